"""A conversion on disk: one Parquet file of events, or a folder of every table, and the loss report beside it.

Everything is written aside and renamed at the end, so a run that dies leaves nothing that looks whole.
"""

from __future__ import annotations

import glob
import json
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events import schema, swap
from conflict_events.converters.conversion import Conversion, Loss, refuse_loss
from conflict_events.converters.reading.archive import shown
from conflict_events.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

    from conflict_events.converters.tabular.dataset import Dataset

_NOT_WRITTEN = (".csv", ".tsv", ".json", ".jsonl", ".xlsx", ".txt")


def write(conversion: Conversion, out: Path) -> list[Path]:
    """Write the conversion to `out` (a name ending in .parquet: the events; else a folder: every table).

    The loss report goes to `OUT.loss.json`. Returns what was written. Raises UsageError where `out` is a folder
    that holds other files, or cannot be written.
    """
    from conflict_events.targets import parquet

    out, loss = check(out)
    provenance = {"source": conversion.loss.source_format}
    try:
        if _is_file(out):
            out.parent.mkdir(parents=True, exist_ok=True)
            parquet.write("events", conversion.tables["events"], out, provenance)
        else:
            with swap.folder(out) as aside:
                for name, table in conversion.tables.items():
                    parquet.write(name, table, aside / f"{name}.parquet", provenance)
        swap.text_file(loss, conversion.loss.to_json())
    except OSError as error:
        raise UsageError(f"cannot write {out}: {error.strerror or error}") from error
    return [out, loss]


def convert_into(
    paths: Sequence[Path],
    source: Dataset,
    out: Path,
    *,
    version: str | None = None,
    strict: bool = False,
    memory_limit: str | None = None,
    on_bytes: Callable[[int], None] | None = None,
) -> Loss:
    """Convert files of a dataset into `out`, block by block, so that memory does not grow with them.

    out: as for `write`; a name ending in .parquet gets the dataset's own table. memory_limit: about how much memory
    to take, such as 512MB; below some 350MB it does not go. strict: BadDataError where anything was lost, and nothing
    is written. Where all rows were set aside, `out` stays as it was and the report alone is written. Of two runs into
    one `out`, the last to end is what stands. Raises UsageError as `write` does, and where a source would be replaced.
    """
    from conflict_events.converters.tabular import run
    from conflict_events.converters.tabular.sink import Files

    out, report = check(out, paths)
    call = run.Call(source, version, block_bytes(memory_limit), on_bytes)
    try:
        with _aside(out) as aside:
            sink = Files(aside, not _is_file(out), {"source": source.name, "licence": source.licence})
            try:
                loss = run.convert(paths, call, sink)
                sink.finish([source.into])
            finally:
                sink.abandon()
            if strict:
                refuse_loss(loss)
            if loss.set_aside and not loss.converted:
                pass  # nothing came of it: what stands at `out` may be worth more than an empty file
            elif _is_file(out):
                sink.path(source.into).replace(out)
            else:
                with swap.folder(out) as new:
                    new.rmdir()
                    aside.rename(new)
        swap.text_file(report, loss.to_json())
    except OSError as error:
        raise UsageError(f"cannot write {out}: {error.strerror or error}") from error
    return loss


_DEAD = 24 * 3600
"""Seconds without a change after which what lies aside is of a run that was killed."""


@contextmanager
def _aside(out: Path) -> Iterator[Path]:
    """A new folder on the file system of `out`, of this run alone, gone when the block ends.

    What a run that was killed has left there is cleared away once it is a day old.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    for left in out.parent.glob(f".{glob.escape(out.name)}.*.parts"):
        if time.time() - max(p.lstat().st_mtime for p in (left, *left.rglob("*"))) > _DEAD:
            shutil.rmtree(left, ignore_errors=True)
    own = Path(tempfile.mkdtemp(".parts", f".{out.name}.", out.parent))
    try:
        tables = own / "tables"
        tables.mkdir()
        yield tables
    finally:
        shutil.rmtree(own, ignore_errors=True)


_LEAST, _MOST, _USUAL = 2**20, 2**25, 2**24
_FLOOR = 300 * 2**20
"""What a conversion takes however small its blocks are: DuckDB, Arrow and their buffers."""
_IN_FLIGHT = 29
"""A block is read ahead, converted and written several times over, and is larger as Arrow than as text."""


def block_bytes(memory_limit: str | None) -> int:
    """How large a block may be so that a conversion takes about this much memory; UsageError where it is no amount."""
    if memory_limit is None:
        return _USUAL
    found = re.fullmatch(r"([1-9][0-9]*(?:\.[0-9]+)?) ?([KMG])i?B", memory_limit.strip(), re.IGNORECASE)
    if not found:
        raise UsageError(f"'{memory_limit}' is no amount of memory: write it as 512MB or 4GB")
    whole = float(found[1]) * {"K": 2**10, "M": 2**20, "G": 2**30}[found[2].upper()]
    return int(min(max((whole - _FLOOR) / _IN_FLIGHT, _LEAST), _MOST))


def check(out: Path, sources: Sequence[Path] = ()) -> tuple[Path, Path]:
    """Where the result and its loss report go; UsageError where they cannot, or would take the place of a source."""
    try:
        str(out).encode()
    except UnicodeEncodeError:
        raise UsageError(f"{shown(str(out))}: the name is no UTF-8: name the result otherwise") from None
    if out.suffix.lower() in _NOT_WRITTEN:
        raise UsageError(f"{out}: name a file in .parquet, or a folder; for JSON lines use --format jsonl without -o")
    out = out.resolve()
    if not _is_file(out):
        _refuse_other_folder(out)
    elif out.is_dir():
        raise UsageError(f"{out} is a folder: name a file, or a folder without .parquet in its name")
    report = out.with_name(f"{out.name}.loss.json")
    for path in sources:
        lost = next((target for target in (out, report) if _is_within(path, target)), None)
        if lost is not None:
            raise UsageError(f"{lost} would take the place of the source {path}: name another result")
    return out, report


def _is_within(path: Path, target: Path) -> bool:
    """Whether the file is the target or lies in it, by whatever name."""
    if not (path.exists() and target.exists()):
        return False
    whole = path.resolve()
    return any(one.samefile(target) for one in (whole, *whole.parents))


def _is_file(out: Path) -> bool:
    return out.suffix.lower() == ".parquet"


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


def jsonl(rows: pa.Table, articles: Mapping[str, str] | None = None) -> Iterator[str]:
    """One JSON object per row; with `articles`, its `article` beside the columns: the stem of the event's input."""
    for batch in rows.to_batches(max_chunksize=4096):
        for row in batch.to_pylist():
            if articles is not None:
                row["article"] = articles.get(row["event_id"])
            yield json.dumps(row, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"no JSON form for {type(value).__name__}")
