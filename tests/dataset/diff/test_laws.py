"""What holds for any two tables: the counts add up, and OLD with the reported changes is NEW."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import conflict_events as ce
from conflict_events.dataset.diff import Diff, native
from conflict_events.dataset.diff.columns import FOLLOWS
from conflict_events.targets.arrow import arrow_schema
from conflict_events.testing import tables

NATIVES = st.dictionaries(st.sampled_from(["a", "b", 'c"d', "", "e.f"]), st.sampled_from(["x", "X ", None, 1, 1.5]))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[pa.Table, pa.Table]:
    """Two tables of events with many ids in common, some rows alike, and natives of a few keys."""
    sides = []
    common = draw(tables("events", max_rows=4)).to_pylist()
    for _ in range(2):
        own = draw(tables("events", max_rows=6)).to_pylist()
        rows = {row["event_id"]: row for row in [*common, *own]}
        renamed = [{**row, "event_id": f"e{i}"} for i, row in enumerate(rows.values())]
        kept = [row for row in renamed if draw(st.booleans())] if draw(st.booleans()) else renamed
        sides.append([{**row, "native": draw(st.none() | NATIVES.map(json.dumps))} for row in kept])
    old, new = (pa.Table.from_pylist(rows, schema=arrow_schema("events")) for rows in sides)
    return old, new


def applied(old: pa.Table, new: pa.Table, found: Diff) -> dict[str, dict[str, Any]]:
    """OLD with every reported change made. Added rows are taken whole from NEW."""
    rows = {row["event_id"]: as_text(row, found) for row in old.to_pylist()}
    theirs = {row["event_id"]: as_text(row, found) for row in new.to_pylist()}
    for change in found.changes().to_pylist():
        id, kind, column = change["event_id"], change["change"], change["column"]
        if kind == "added":
            assert id not in rows
            rows[id] = theirs[id]
        elif kind == "withdrawn":
            del rows[id]
        else:
            assert rows[id].get(column) == change["old"]
            rows[id][column] = change["new"]
            if change["new"] is None:
                del rows[id][column]
    return rows


def as_text(row: dict[str, Any], found: Diff) -> dict[str, Any]:
    """The row as the comparison sees it: values as DuckDB writes them, native key by key, nulls left out."""
    layout = {entry.column for entry in found.table().layout}
    flat = {k: v for k, v in row.items() if k not in (*FOLLOWS, "native", "event_id")}
    native = json.loads(row["native"] or "{}")
    typed = pa.Table.from_pylist([flat], schema=pa.schema([arrow_schema("events").field(k) for k in flat]))
    found.con.register("one_row", typed)
    texts = []
    for name in flat:
        text = f'to_json("{name}")' if name == "derived" else f'"{name}"'
        texts.append(f'CAST({text} AS VARCHAR) AS "{name}"')
    values = found.con.sql(f"SELECT {', '.join(texts)} FROM one_row").fetchall()[0]
    found.con.unregister("one_row")
    out = {k: v for k, v in zip(flat, values, strict=True) if v is not None}
    # a cell that follows the point is told with the point
    out.pop("priogrid_gid", None)
    keys = {f"native.{k}": str(v) for k, v in native.items() if v is not None}
    return out | {k: v for k, v in keys.items() if k not in layout}


def without_cell(found: Diff) -> bool:
    return not any(c.column == "priogrid_gid" for c in found.table().columns)


@given(pairs())
@settings(max_examples=12)
def test_old_with_the_reported_changes_is_new(both: tuple[pa.Table, pa.Table]) -> None:
    old, new = (
        side.set_column(
            side.schema.get_field_index("priogrid_gid"), "priogrid_gid", pa.nulls(side.num_rows, pa.int32())
        )
        for side in both
    )
    found = ce.diff(old, new)
    assert without_cell(found)
    assert applied(old, new, found) == {row["event_id"]: as_text(row, found) for row in new.to_pylist()}


ANY_KEY = st.sampled_from(["a", "A", "b/c", "~1", "~", "", "0", "-", 'd"e', "'", "é", "$.a", "*"])
ANY_VALUE = st.sampled_from(["x", "X ", "1.0", "", None, 1, 1.0, -0.0, 10**30, True, [1], [1.0], {"a": 1}, {}])
ANY_NATIVE = st.one_of(
    st.none(),
    st.sampled_from(["", "broken {", "null", "[]", '"a"', ' {"a": 1}', '{"a": 1, "a": 2}', '{"a": NaN}', '{"a": 1e0}']),
    st.dictionaries(ANY_KEY, ANY_VALUE, max_size=5).map(json.dumps),
)


@given(st.lists(st.tuples(ANY_NATIVE, ANY_NATIVE), min_size=4, max_size=20))
@settings(max_examples=10)
def test_native_read_by_name_differs_as_native_taken_to_pieces(texts: list[tuple[str | None, str | None]]) -> None:
    sides = (
        pa.table({"event_id": pa.array(map(str, range(len(texts)))), "native": pa.array(side, pa.string())})
        for side in zip(*texts, strict=True)
    )
    old, new = sides
    quick = ce.diff(old, new, "events")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(native, "MOST", 0)
        plain = ce.diff(old, new, "events")
    assert quick.changes().to_pylist() == plain.changes().to_pylist()
    assert quick.table() == plain.table()


@given(pairs())
@settings(max_examples=12)
def test_the_counts_add_up_and_are_mirrored_when_the_sides_are_swapped(both: tuple[pa.Table, pa.Table]) -> None:
    old, new = both
    there, back = ce.diff(old, new), ce.diff(new, old)
    one, other = there.table(), back.table()
    assert (one.rows_old, one.rows_new) == (old.num_rows, new.num_rows)
    assert one.rows_old == one.kept + one.withdrawn + one.rows_apart_old
    assert one.rows_new == one.kept + one.added + one.rows_apart_new
    assert one.kept == one.unchanged + one.revised
    assert one.spelling_only <= one.revised
    assert (one.added, one.withdrawn) == (other.withdrawn, other.added)
    assert (one.kept, one.revised, one.spelling_only) == (other.kept, other.revised, other.spelling_only)
    assert one.columns == other.columns
    assert [(d.best_old, d.best_new) for d in there.deaths] == [(d.best_new, d.best_old) for d in back.deaths]


@given(tables("events", max_rows=20))
@settings(max_examples=12)
def test_a_table_does_not_differ_from_itself(one: pa.Table) -> None:
    found = ce.diff(one, one)
    assert not found.differs
    assert found.changes().num_rows == 0
    assert found.table().unchanged == one.num_rows
    assert not any(d.differs for d in found.deaths)


@pytest.mark.parametrize("name", ["reports", "casualties", "actors", "links", "events_history"])
def test_every_table_is_compared_by_its_key(name: str) -> None:
    @given(tables(name, max_rows=8), tables(name, max_rows=8))
    @settings(max_examples=8)
    def law(old: pa.Table, new: pa.Table) -> None:
        found = ce.diff(old, new)
        one = found.table(name)
        key = list(one.key)
        was, now = ({tuple(row[k] for k in key) for row in side.to_pylist()} for side in (old, new))
        if None in {value for row in was | now for value in row}:
            return
        assert (one.added, one.withdrawn, one.kept) == (len(now - was), len(was - now), len(was & now))

    law()
