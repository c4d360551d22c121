"""A conversion on disk: one Parquet file of events, or a folder of every table, and the loss report beside it.

Everything is written aside and renamed at the end, so a run that dies leaves nothing that looks whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from conflict_events import schema, swap
from conflict_events.converters.conversion import Conversion
from conflict_events.errors import UsageError

_NOT_WRITTEN = (".csv", ".tsv", ".json", ".jsonl", ".xlsx", ".txt")


def write(conversion: Conversion, out: Path) -> list[Path]:
    """Write the conversion to `out` (a name ending in .parquet: the events; else a folder: every table).

    The loss report goes to `OUT.loss.json`. Returns what was written. Raises UsageError where `out` is a folder
    that holds other files, or cannot be written.
    """
    from conflict_events.targets import parquet

    if out.suffix.lower() in _NOT_WRITTEN:
        raise UsageError(f"{out}: name a file in .parquet, or a folder; for JSON lines use --format jsonl without -o")
    out = out.resolve()
    loss = out.with_name(f"{out.name}.loss.json")
    provenance = {"source": conversion.loss.source_format}
    try:
        if out.suffix.lower() == ".parquet":
            if out.is_dir():
                raise UsageError(f"{out} is a folder: name a file, or a folder without .parquet in its name")
            out.parent.mkdir(parents=True, exist_ok=True)
            parquet.write("events", conversion.tables["events"], out, provenance)
        else:
            _refuse_other_folder(out)
            with swap.folder(out) as aside:
                for name, table in conversion.tables.items():
                    parquet.write(name, table, aside / f"{name}.parquet", provenance)
        swap.text_file(loss, conversion.loss.to_json())
    except OSError as error:
        raise UsageError(f"cannot write {out}: {error.strerror or error}") from error
    return [out, loss]


def _refuse_other_folder(out: Path) -> None:
    """The folder is replaced as a whole, so it may hold nothing but tables."""
    if not out.exists():
        return
    if not out.is_dir():
        raise UsageError(f"{out} is a file: end the name in .parquet for events alone, or name a folder")
    ours = {f"{table.name}.parquet" for table in schema.TABLES}
    other = next((p.name for p in sorted(out.iterdir()) if p.name not in ours), None)
    if other is not None:
        raise UsageError(f"{out} holds other files ({other}): name a new folder, nothing in it was touched")


def jsonl(conversion: Conversion) -> Iterator[str]:
    """One JSON object per event: the events columns, plus `article`, the stem of the input it came from."""
    for batch in conversion.tables["events"].to_batches(max_chunksize=4096):
        for row in batch.to_pylist():
            row["article"] = conversion.articles.get(row["event_id"])
            yield json.dumps(row, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"no JSON form for {type(value).__name__}")
