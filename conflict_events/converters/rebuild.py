"""The proof of a conversion: the source's rows, made again from ours, column by column.

A mapped column is written back from our column, an implied one from the columns that imply it, and the rest is taken
from `native`. An event that was made of several rows gives them all, one after the other (`native.rows`). What differs
from the source is only what the loss report states as normalised for each column.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events.converters.conversion import Loss
from conflict_events.converters.formats import dataset
from conflict_events.converters.tabular.dataset import Dataset, Groups, Mapped
from conflict_events.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa


def rebuild(events: pa.Table | str | Path, loss: Loss | str | Path | None = None) -> dict[str, pa.Table]:
    """Each source sheet that was converted, by name: the rows that were converted, every cell as text, empty as null.

    events: the converted table, or its Parquet file. loss: the loss report, or its file (beside the Parquet file where
    not given). Columns stand in the source's order under the source's names; where a name stands twice, the later one
    has a `_` after it. Rows set aside or merged are not among them: the report names those.

    Raises UsageError where there is no loss report, or it is of articles.
    """
    import duckdb

    sheets = _sheets(loss if loss is not None else _beside(events))
    out: dict[str, pa.Table] = {}
    with duckdb.connect(config={"autoload_known_extensions": "false"}) as con:
        if isinstance(events, (str, Path)):
            from conflict_events import files

            con.execute(
                f"CREATE VIEW converted AS SELECT *, file_row_number AS row_ FROM "
                f"{files.scan([Path(events)], ', file_row_number = true')}"
            )
        else:
            con.register("given", events)
            con.execute("CREATE VIEW converted AS SELECT *, row_number() OVER () - 1 AS row_ FROM given")
        for sheet in sheets:
            out[sheet["file"]] = con.sql(_select(sheet, dataset(sheet["dataset"]))).to_arrow_table()
    return out


def _select(sheet: Mapping[str, Any], source: Dataset) -> str:
    """The query that makes a sheet's rows again."""
    ours = ", ".join(f'"{to}" AS our_{to}' for to in _ours(source))
    first, n = sheet["first_row"], sheet["rows_out"]
    span = f"row_ BETWEEN {first} AND {first + n - 1}"
    made = ", ".join(f"{sql} AS {_q(name)}" for name, sql in _columns(sheet, source))
    events = f"SELECT row_, native, {ours} FROM converted WHERE {span}"
    spoken = [f"{sql} AS {_q(name)}" for name, sql in _spoken_of(sheet, source)]
    if _groups(sheet, source):
        rows = """from_json(json_extract(native, '/rows'), '["JSON"]')"""
        spoken += [f"unnest({rows}) AS part_", f"generate_subscripts({rows}, 1) AS nth_"]
    order = "row_, nth_" if _groups(sheet, source) else "row_"
    return f"SELECT {made} FROM (SELECT {', '.join(['*', *spoken])} FROM ({events})) ORDER BY {order}"


def _groups(sheet: Mapping[str, Any], source: Dataset) -> Groups | None:
    """How the sheet's rows made events, where they were parts of them."""
    return next((layout.groups for layout in source.layouts if layout.name == sheet["layout"]), None)


def _spoken_of(sheet: Mapping[str, Any], source: Dataset) -> Iterator[tuple[str, str]]:
    """Name and SQL of the cells that the SQL of implied columns speaks of, null where the sheet has none."""
    groups = _groups(sheet, source)
    at = {part: f"/rows/0/{part}" for part in groups.parts} if groups else {}
    at |= {to: f"/rows/1/{part}" for part, to in groups.second.items()} if groups else {}
    mapped = {m.source: m for m in source.mapped}
    there = {column["to"] for column in sheet["columns"]}
    for name in dict.fromkeys(cell for implied in source.implied for cell in implied.cells):
        if name in at:
            yield name, f"json_extract_string(native, {_text(at[name])})"
        elif name in mapped and mapped[name].to in there:
            yield name, _written(mapped[name])
        else:
            yield name, _native(name)


def _ours(source: Dataset) -> list[str]:
    return list(dict.fromkeys([*(m.to for m in source.mapped), *(m.to for m in source.made)]))


def _columns(sheet: Mapping[str, Any], source: Dataset) -> Iterator[tuple[str, str]]:
    """Name and SQL of each of the sheet's columns that has a name."""
    mapped = {m.to: m for m in source.mapped}
    implied = {i.source: i for i in source.implied}
    names: set[str] = set()
    for column in sheet["columns"]:
        if column["fate"] == "dropped":
            continue
        name = column["column"] or "unnamed"
        while name in names:
            name += "_"
        names.add(name)
        if column["fate"] == "mapped":
            yield name, _written(mapped[column["to"]])
            continue
        if column["fate"] == "part":
            pointer = _text(_pointer(str(column["to"]).removeprefix("native.rows.")))
            yield name, f"json_extract_string(part_, {pointer})"
            continue
        key = str(column["to"]).removeprefix("native.")
        if column["fate"] == "implied":
            pointer = _text(_pointer(key))
            said = f"native IS NOT NULL AND json_exists(native, {pointer})"
            yield name, f"CASE WHEN {said} THEN {_native(key)} ELSE {implied[key].sql} END"
        else:
            yield name, _native(key)


def _written(mapped: Mapped) -> str:
    """SQL of a mapped column's cell: what stayed of it, else our value written back."""
    return f"coalesce({_native(mapped.source)}, {mapped.kind.back(f'our_{mapped.to}')})"


def _native(key: str) -> str:
    return f"json_extract_string(native, {_text(_pointer(key))})"


def _pointer(key: str) -> str:
    """The key as a JSON pointer (RFC 6901)."""
    return "/" + key.replace("~", "~0").replace("/", "~1")


def _beside(events: pa.Table | str | Path) -> Path:
    if not isinstance(events, (str, Path)):
        raise UsageError("a table has no loss report beside it: give loss=")
    path = Path(events)
    return path.with_name(f"{path.name}.loss.json")


def _sheets(loss: Loss | str | Path) -> list[Mapping[str, Any]]:
    if isinstance(loss, Loss):
        found: list[Mapping[str, Any]] = loss.to_dict()["sheets"]
    else:
        try:
            found = json.loads(Path(loss).read_text(encoding="utf-8"))["sheets"]
        except OSError as error:
            raise UsageError(f"{loss}: cannot be read: {error.strerror or error}: give the loss report") from error
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{loss} is not a loss report of `conflict-events convert`") from error
    if not found:
        raise UsageError("this conversion has no sheets to rebuild: articles are not made again from events")
    return found


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
