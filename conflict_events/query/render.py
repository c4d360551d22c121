"""Write a result to a stream: an aligned table for people, CSV, JSON, JSON lines or Markdown.

DuckDB makes the text of the cells, a batch at a time, so a result of any size is written within bounded memory.
Dates are ISO 8601, binary is lower-case hexadecimal, lists and structs are JSON.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TextIO

from conflict_events.errors import UsageError
from conflict_events.query import cells, layout
from conflict_events.query.message import one_line

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

FORMATS = ("table", "csv", "json", "jsonl", "markdown")

_ROWS_PER_BATCH = 16_384
_VIEW = "conflict_events_rendered"


def render(
    relation: duckdb.DuckDBPyRelation | pa.Table,
    format: str,
    out: TextIO,
    *,
    max_rows: int | None = 50,
    width: int | None = None,
) -> None:
    """Write the rows of a DuckDB relation or an Arrow table to `out` as one of FORMATS.

    Only `table` cuts anything, and says so in its last line: rows after `max_rows` (None for all), and cells and
    columns beyond `width`, in terminal columns; by default the terminal's where `out` is one, else no limit. Null is
    an empty cell in CSV, where an empty text is `""`; in JSON it is null, as are NaN and infinities; in the others
    it is the word null.

    Raises UsageError, one line, for another format and for what DuckDB raises while it computes the rows.
    """
    writers: dict[str, Callable[[duckdb.DuckDBPyRelation, TextIO], None]] = {
        "table": lambda rows, to: _table(rows, to, max_rows, width),
        "csv": _csv,
        "json": _json,
        "jsonl": _jsonl,
        "markdown": _markdown,
    }
    if format not in writers:
        raise UsageError(f"format '{format}' is none of {', '.join(FORMATS)}")
    writers[format](_relation(relation), out)


def _relation(given: duckdb.DuckDBPyRelation | pa.Table) -> duckdb.DuckDBPyRelation:
    import duckdb

    return given if isinstance(given, duckdb.DuckDBPyRelation) else duckdb.connect().from_arrow(given)


def _csv(relation: duckdb.DuckDBPyRelation, out: TextIO) -> None:
    out.write(",".join(map(cells.csv_name, relation.columns)) + "\n")
    _write_lines(relation, cells.csv_line(_types(relation)), out)


def _jsonl(relation: duckdb.DuckDBPyRelation, out: TextIO) -> None:
    _write_lines(relation, cells.json_line(relation.columns, _types(relation)), out)


def _json(relation: duckdb.DuckDBPyRelation, out: TextIO) -> None:
    line = cells.json_line(relation.columns, _types(relation))
    out.write("[")
    before = "\n"
    for batch in _batches(relation, [line]):
        if batch.num_rows:
            out.write(before + ",\n".join(batch.column(0).to_pylist()))
            before = ",\n"
    out.write("\n]\n" if before != "\n" else "]\n")


def _markdown(relation: duckdb.DuckDBPyRelation, out: TextIO) -> None:
    numeric = list(map(cells.is_number, _types(relation)))
    out.write(layout.markdown_head(relation.columns, numeric))
    for batch in _batches(relation, list(map(cells.text, cells.names(relation), _types(relation)))):
        out.writelines(map(layout.markdown_row, _rows(batch)))


def _table(relation: duckdb.DuckDBPyRelation, out: TextIO, max_rows: int | None, width: int | None) -> None:
    if width is None and out.isatty():
        width = shutil.get_terminal_size().columns
    numeric = list(map(cells.is_number, _types(relation)))
    shown: list[tuple[str | None, ...]] = []
    total = 0
    # the rest is read for its number alone: running the query a second time could give another one
    for batch in _batches(relation, list(map(cells.text, cells.names(relation), _types(relation)))):
        wanted = batch.num_rows if max_rows is None else max(0, max_rows - len(shown))
        shown.extend(_rows(batch.slice(0, wanted)))
        total += batch.num_rows
    out.writelines(layout.table(relation.columns, shown, numeric, total, width))


def _write_lines(relation: duckdb.DuckDBPyRelation, line: str, out: TextIO) -> None:
    for batch in _batches(relation, [line]):
        if batch.num_rows:
            out.write("\n".join(batch.column(0).to_pylist()) + "\n")


def _batches(relation: duckdb.DuckDBPyRelation, expressions: list[str]) -> Iterator[pa.RecordBatch]:
    """The rows with the expressions, over columns named by `cells.names`, in place of the columns."""
    import duckdb
    import pyarrow as pa

    named = ", ".join(cells.names(relation))
    try:
        view = relation.query(_VIEW, f"SELECT {', '.join(expressions)} FROM {_VIEW} AS r({named})")
        assert view is not None  # a SELECT has a result
        # an error in a later batch comes through Arrow, as OSError
        yield from view.to_arrow_reader(_ROWS_PER_BATCH)
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        raise UsageError(one_line(error)) from error


def _rows(batch: pa.RecordBatch) -> list[tuple[Any, ...]]:
    return list(zip(*(column.to_pylist() for column in batch.columns), strict=True))


def _types(relation: duckdb.DuckDBPyRelation) -> list[str]:
    return [str(type) for type in relation.types]
