from __future__ import annotations

import math
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from conflict_events import schema
from conflict_events.dataset.digest import DERIVED, digest
from conflict_events.errors import BadDataError
from conflict_events.schema.types import Type
from conflict_events.targets.arrow import arrow_schema, to_table

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
_DATES = st.dates(date(1900, 1, 1), date(2100, 1, 1))
_VALUES: dict[Type, st.SearchStrategy[Any]] = {
    Type.STRING: _TEXTS,
    Type.BOOL: st.booleans(),
    Type.INT8: st.integers(-128, 127),
    Type.INT32: st.integers(-(2**31), 2**31 - 1),
    Type.FLOAT: st.floats(width=32, allow_nan=False),
    Type.DOUBLE: st.floats(allow_nan=False),
    Type.DATE: _DATES,
    Type.STRINGS: st.lists(st.none() | _TEXTS, max_size=3),
    Type.AFFILIATIONS: st.lists(
        st.none()
        | st.fixed_dictionaries({"affiliation": st.none() | _TEXTS, "from": st.none() | _DATES, "to": st.none()}),
        max_size=3,
    ),
}
# Every type that a table has; the other columns stay null.
_COLUMNS = {
    "events": ("event_id", "side_a", "violence_type", "reviewed", "latitude", "confidence", "derived", "date_start"),
    "actors": ("actor_id", "aliases", "affiliations"),
}
slow = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _loose(table: str, rows: list[dict[str, Any]]) -> pa.Table:
    """A table without the declaration's not-null, so that any cell may be null."""
    fields = [pa.field(f.name, f.type) for f in arrow_schema(table)]
    return pa.Table.from_pylist(rows, schema=pa.schema(fields))


def _cells(table: str, name: str) -> st.SearchStrategy[Any]:
    return st.none() | _VALUES[schema.table(table).column(name).type]


def _rows(table: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(st.fixed_dictionaries({n: _cells(table, n) for n in _COLUMNS[table]}), min_size=1, max_size=5)


@slow
@given(st.sampled_from(sorted(_COLUMNS)).flatmap(lambda t: st.tuples(st.just(t), _rows(t))), st.randoms())
def test_row_order_and_a_rewrite_as_parquet_change_nothing(
    tmp_path: Path, case: tuple[str, list[dict[str, Any]]], random: Any
) -> None:
    table, rows = case
    expected = digest(table, _loose(table, rows))
    random.shuffle(rows)
    path = tmp_path / "x.parquet"
    pq.write_table(_loose(table, rows), path, row_group_size=2, compression="gzip")
    assert digest(table, path) == expected


@slow
@given(st.sampled_from(sorted(_COLUMNS)).flatmap(lambda t: st.tuples(st.just(t), _rows(t))), st.data())
def test_any_changed_cell_changes_it(case: tuple[str, list[dict[str, Any]]], data: st.DataObject) -> None:
    table, rows = case
    name = data.draw(st.sampled_from(_COLUMNS[table]))
    index = data.draw(st.integers(0, len(rows) - 1))
    value = data.draw(_cells(table, name))
    assume(value != rows[index][name])
    changed = [*rows[:index], {**rows[index], name: value}, *rows[index + 1 :]]
    assert digest(table, _loose(table, rows)) != digest(table, _loose(table, changed))


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("side_a", None, ""),
        ("derived", None, []),
        ("derived", [], [""]),
        ("derived", [None], [""]),
        ("derived", ["a", "b"], ["av1:b"]),
        ("latitude", 0.1, math.nextafter(0.1, 1)),
        ("latitude", float("nan"), None),
    ],
)
def test_what_looks_alike_differs(name: str, one: object, other: object) -> None:
    assert digest("events", _loose("events", [{name: one}])) != digest("events", _loose("events", [{name: other}]))


def test_a_value_in_the_next_column_differs() -> None:
    first, second = ({"side_a": "x"}, {"side_b": "x"})
    assert digest("events", _loose("events", [first])) != digest("events", _loose("events", [second]))


def test_both_zeros_are_one_number() -> None:
    zeros = [_loose("events", [{"latitude": zero}]) for zero in (0.0, -0.0)]
    assert digest("events", zeros[0]) == digest("events", zeros[1])


def test_geometry_and_bbox_count_for_nothing() -> None:
    assert digest("events", _loose("events", [{"geometry": b"x"}])) == digest("events", _loose("events", [{}]))


def test_the_text_of_a_row_is_as_documented() -> None:
    table = to_table(
        "links",
        [
            {
                "event_id_1": "é",
                "event_id_2": "",
                "score": 0.5,
                "method": "m/1",
                "reasons": "r",
                "reviewed": True,
            }
        ],
    )
    row = sha256("v2:év0:v3:0.5v3:m/1v1:rv4:true".encode()).hexdigest()
    header = "links(event_id_1,event_id_2,score,method,reasons,reviewed)\n"
    assert digest("links", table) == sha256(f"{header}{row}".encode()).hexdigest()


@pytest.mark.parametrize("table", [t.name for t in schema.TABLES])
def test_every_table_has_one_also_when_empty(table: str) -> None:
    header = f"{table}({','.join(c for c in schema.table(table).names if c not in DERIVED)})\n"
    assert digest(table, to_table(table, [])) == sha256(header.encode()).hexdigest()


def test_a_path_is_no_pattern(tmp_path: Path) -> None:
    folder = tmp_path / "a[1]*"
    folder.mkdir()
    pq.write_table(to_table("links", []), folder / "x.parquet")
    assert digest("links", folder / "x.parquet") == digest("links", to_table("links", []))


def test_a_file_that_is_no_such_table_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    pq.write_table(pa.table({"a": [1]}), path)
    with pytest.raises(BadDataError, match=r"x\.parquet: no digest of table events"):
        digest("events", path)
    path.write_bytes(b"no parquet")
    with pytest.raises(BadDataError, match=r"x\.parquet"):
        digest("events", path)
