"""Good and bad rows apart, in files of the form they came in; the bad ones with the ids of the rules they break.

    DIR/good/NAME   DIR/bad/NAME (with a column ce_rules)   DIR/quarantine.json (what went where, in numbers)

Every row lands in one of the two; the numbers are checked before the folder takes its place.
"""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events import schema, swap
from conflict_events.errors import ConflictEventsError, UsageError
from conflict_events.quality.inputs import TEXT_SUFFIXES
from conflict_events.quality.rows import RULES
from conflict_events.quality.structure import Usable

if TYPE_CHECKING:
    import pyarrow as pa

    from conflict_events.quality.result import Result, Rows

LIST = "quarantine.json"


class LostRowsError(ConflictEventsError):
    """Good and bad rows do not add up to what was read: a fault of ours (exit 3)."""

    exit_code = 3


def write(result: Result, rows: Rows, out: str | os.PathLike[str]) -> dict[str, Any]:
    """Write the rows of a result apart into folder `out`; returns what quarantine.json says.

    Replaces `out` where it is a quarantine of an earlier run. Raises UsageError for a folder that is anything else,
    a full disk or a place that cannot be written: then `out` is as it was and nothing lies beside it.
    """
    folder = Path(out)
    swap.refuse_other(folder, LIST)
    _refuse_strangers(folder)
    inside = next((one.file for one in result.checked if folder.resolve() in Path(one.file).resolve().parents), None)
    if inside is not None:
        raise UsageError(f"{inside} lies in {folder}, which would be replaced: name a new folder")
    try:
        with swap.folder(folder) as new:
            document = _write(result, rows, new)
            (new / LIST).write_text(
                json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n"
            )
    except OSError as error:
        raise UsageError(f"{folder} cannot be written, and nothing is left of it: {error.strerror or error}") from error
    return document


def _refuse_strangers(folder: Path) -> None:
    """UsageError where an earlier quarantine holds files that it did not write: they would go with it."""
    if not folder.exists():
        return
    try:
        names = {one["name"] for one in json.loads((folder / LIST).read_text(encoding="utf-8"))["files"]}
    except (ValueError, KeyError, TypeError, OSError):
        names = set()
    ours = {LIST, *(f"{kind}/{name}" for kind in ("good", "bad") for name in names)}
    found = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if not path.is_dir())
    stranger = next((name for name in found if name not in ours), None)
    if stranger is not None:
        raise UsageError(f"{folder} holds {stranger}, which is not of our making: move it, or name a new folder")


def _write(result: Result, rows: Rows, folder: Path) -> dict[str, Any]:
    names = _names(rows.parts)
    counted = {file: {"good": 0, "bad": 0} for file in names}
    for kind in ("good", "bad"):
        (folder / kind).mkdir()
        for part in rows.parts:
            for file, n in _write_part(folder / kind, names, rows.in_order(part, good=kind == "good")):
                counted[file][kind] += n
    files = []
    for one in result.checked:
        parted = counted[one.file]
        if sum(parted.values()) != one.rows:
            raise LostRowsError(f"{one.file}: {parted} are not the {one.rows:,} rows that were read")
        files.append({"file": one.file, "table": one.table, "name": names[one.file], "rows": one.rows, **parted})
    return {"schema_version": schema.VERSION, "suite": result.suite, "files": files}


def _names(parts: tuple[Usable, ...]) -> dict[str, str]:
    """A file name for each input: its own, or its table's where it is a frame, numbered where two are alike."""
    out: dict[str, str] = {}
    taken: set[str] = set()
    for file, table in ((file, part.table.name) for part in parts for file in part.files):
        path = Path(f"{table}.parquet" if file.startswith("<") else file)
        name, n = path.name, 1
        while name.lower() in taken:
            n += 1
            name = f"{path.stem}-{n}{path.suffix}"
        taken.add(name.lower())
        out[file] = name
    return out


def _write_part(
    folder: Path, names: dict[str, str], batches: Iterator[tuple[str, pa.RecordBatch]]
) -> Iterator[tuple[str, int]]:
    """Write a part's files one after the other; yields how many rows each batch brought to which file."""
    for file, group in itertools.groupby(batches, key=lambda pair: pair[0]):
        path = folder / names[file]
        write = _write_text if path.suffix.lower() in TEXT_SUFFIXES else _write_parquet
        yield file, write(path, Path(file), (batch for _, batch in group))


def _write_text(path: Path, source: Path, batches: Iterator[pa.RecordBatch]) -> int:
    """A CSV of the text that was read; the rule ids are joined by blanks. Returns the number of rows."""
    import pyarrow.compute as pc
    import pyarrow.csv as csv

    first = next(batches)
    n = 0

    def plain(batch: pa.RecordBatch) -> pa.RecordBatch:
        if RULES not in batch.schema.names:
            return batch
        return batch.set_column(batch.schema.get_field_index(RULES), RULES, pc.binary_join(batch[RULES], " "))

    options = csv.WriteOptions(delimiter="\t" if source.suffix.lower() == ".tsv" else ",")
    with csv.CSVWriter(str(path), plain(first).schema, write_options=options) as writer:
        for batch in itertools.chain([first], batches):
            writer.write(plain(batch))
            n += batch.num_rows
    return n


def _write_parquet(path: Path, source: Path, batches: Iterator[pa.RecordBatch]) -> int:
    """A Parquet file with the source's own types and metadata. Returns the number of rows."""
    import pyarrow.parquet as pq

    first = next(batches)
    wanted = _types_of(source, first.schema)
    n = 0
    with pq.ParquetWriter(path, wanted, compression="zstd") as writer:
        for batch in itertools.chain([first], batches):
            writer.write(_cast(batch, wanted))
            n += batch.num_rows
    return n


def _types_of(source: Path, found: pa.Schema) -> pa.Schema:
    """The schema to write: each column as its source has it, so that nothing is retyped on the way."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    before = pq.read_schema(source) if source.is_file() else found
    types = {field.name: field for field in before}
    return pa.schema([types.get(field.name, field) for field in found], metadata=before.metadata)


def _cast(batch: pa.RecordBatch, wanted: pa.Schema) -> pa.RecordBatch:
    import pyarrow as pa

    columns = []
    for column, field in zip(batch.columns, wanted, strict=True):
        plain = column.storage if isinstance(column.type, pa.BaseExtensionType) else column
        columns.append(plain if plain.type == field.type else plain.cast(field.type))
    return pa.record_batch(columns, schema=wanted)
