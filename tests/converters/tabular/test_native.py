"""The JSON of what has no home is the same text however it is made."""

from __future__ import annotations

import json

import duckdb
import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as st

from conflict_events.converters.tabular.cells import Text
from conflict_events.converters.tabular.dataset import Dataset, Implied, Layout, Mapped
from conflict_events.converters.tabular.header import Recognised, recognise
from conflict_events.converters.tabular.native import look, native

KEPT = ("a", 'b "quoted"', "c'", "d", "e")
COLUMNS = ("id", "year", "side", *KEPT)

CELLS = st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=6)
PLAIN = st.none() | st.sampled_from(["x", "007", "1.50", "é😀"])
ROWS = st.lists(st.tuples(*[CELLS] * len(COLUMNS)), min_size=1, max_size=8)
PLAIN_ROWS = st.lists(st.tuples(*[PLAIN] * len(COLUMNS)), min_size=1, max_size=8)
Row = tuple[str | None, ...]


def known(nulls: frozenset[str] = frozenset()) -> Recognised:
    dataset = Dataset(
        name="invented",
        title="Invented",
        licence="none",
        layouts=(Layout("one"),),
        key=frozenset({"id"}),
        mapped=(Mapped("id", "origin_id"), Mapped("side", "side_a", unless="side = 'x'")),
        implied=(Implied("year", "our_year", Text()),),
        kept=dict.fromkeys(KEPT, Text()),
        nulls=nulls,
    )
    found = recognise([COLUMNS], [dataset])
    assert found is not None
    return found


def reference(row: Row, year: str | None) -> str | None:
    cells = dict(zip(COLUMNS, row, strict=True))
    kept: dict[str, str | None] = {}
    if cells["side"] == "x":
        kept["side"] = "x"
    if cells["year"] != year:
        kept["year"] = cells["year"]
    kept |= {name: cells[name] for name in KEPT if cells[name] is not None}
    members = [f"{dumps(name)}:{'null' if cell is None else dumps(cell)}" for name, cell in kept.items()]
    return f"{{{','.join(members)}}}" if members else None


def dumps(text: str) -> str:
    """As `json.dumps`, but with capitals in the hexadecimal digits of control characters."""
    upper = (
        f"\\u{ord(c):04X}" if c < " " and c not in "\b\f\n\r\t" else json.dumps(c, ensure_ascii=False)[1:-1]
        for c in text
    )
    return f'"{"".join(upper)}"'


def made(rows: list[Row], year: str | None, *, seen: bool, chunks: int = 1) -> list[str | None]:
    table = pa.concat_tables(
        pa.table({name: pa.array([row[i] for row in rows[at::chunks]], pa.string()) for i, name in enumerate(COLUMNS)})
        for at in range(chunks)
    )
    sheet = known()
    sql = native(sheet, look(table, sheet) if seen else None)
    with duckdb.connect() as con:
        con.register("block", table.append_column("our_year", pa.array([year] * len(rows), pa.string())))
        return [text for (text,) in con.execute(f"SELECT {sql} FROM block").fetchall()]


@given(ROWS | PLAIN_ROWS, PLAIN)
@example([(None, "x", None, '"', "\\", "\n\t\x01\x1f\x7f", "\u2028", None)], "x")
@example([("1", "x", "x", None, None, None, None, None)], "x")
@example([("1", None, None, None, "x", None, "y", "z"), ("1", None, None, "x", None, None, None, "z")], None)
@example([("1", "2", None, "x", "x", "x", "x", "x"), ("1", "x", None, "x", "x", "x", "x", "x")], "x")
def test_the_quick_way_the_plain_way_and_python_write_the_same_bytes(rows: list[Row], year: str | None) -> None:
    expected = [reference(row, year) for row in rows]
    assert made(rows, year, seen=False) == expected
    assert made(rows, year, seen=True) == expected


@given(PLAIN_ROWS)
def test_rows_in_several_chunks_are_written_alike(rows: list[Row]) -> None:
    several = [row for at in range(2) for row in rows[at::2]]
    assert made(rows, None, seen=True, chunks=2) == [reference(row, None) for row in several]


@given(ROWS)
def test_the_look_finds_every_cell_that_json_escapes(rows: list[Row]) -> None:
    table = pa.table({name: pa.array([row[i] for row in rows], pa.string()) for i, name in enumerate(COLUMNS)})
    seen = look(table.slice(len(rows) // 2), known())
    for i, name in enumerate(COLUMNS):
        if name in KEPT:
            cells = [row[i] for row in rows[len(rows) // 2 :] if row[i] is not None]
            escaped = any(json.dumps(cell, ensure_ascii=False) != f'"{cell}"' for cell in cells)
            assert (name in seen.escaped) == escaped
            assert seen.nulls[name] == len(rows) - len(rows) // 2 - len(cells)


def test_a_block_of_plain_filled_cells_takes_the_quick_way() -> None:
    table = pa.table({name: ["x"] for name in COLUMNS})
    text = native(known(), look(table, known()))
    assert text.startswith("CASE WHEN")
    assert 'concat(\'{"a":"\', "a"' in text


def test_a_word_that_means_null_does_not_break_the_object() -> None:
    table = pa.table({name: ["NA", "x"] for name in COLUMNS})
    sheet = known(frozenset({"NA"}))
    cells = ", ".join(f"nullif({_q(name)}, 'NA') AS {_q(name)}" for name in COLUMNS)
    with duckdb.connect() as con:
        con.register("block", table)
        query = f"SELECT {native(sheet, look(table, sheet))} FROM (SELECT {cells}, 'x' AS our_year FROM block)"
        found = [text for (text,) in con.execute(query).fetchall()]
    assert found == [reference((None,) * len(COLUMNS), "x"), reference(("x",) * len(COLUMNS), "x")]


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
