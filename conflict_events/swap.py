"""A folder or a file replaced as a whole: its new content is made aside, so that a crash leaves the old one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa


def refuse_other(out: Path, mark: str) -> None:
    """UsageError where `out` is there, holds something, and lacks the file that marks it as one we made before."""
    if out.exists() and not (out / mark).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out} is there and is not of our making ({mark} is not in it): name a new folder")


@contextmanager
def folder(out: Path) -> Iterator[Path]:
    """A new folder beside `out` to write into; it takes the place of `out` when the block ends well.

    Where the block or the exchange fails, `out` is as it was and nothing lies beside it. No file system that we
    can count on exchanges two folders in one step, so a kill between the two renames leaves the old content under
    another name: `recover` puts it back.
    """
    recover(out)
    new, old = _new(out), _old(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    new.mkdir()
    try:
        yield new
        if out.exists():
            out.rename(old)
        try:
            new.rename(out)
        except BaseException:
            if old.exists():
                old.rename(out)
            raise
    finally:
        shutil.rmtree(new, ignore_errors=True)
    # The new content stands; what is left of the old one is only rubbish, which the next run removes too.
    shutil.rmtree(old, ignore_errors=True)


def recover(out: Path) -> None:
    """Put `out` back, or clear away what lies beside it, after a run that was killed."""
    new, old = _new(out), _old(out)
    if old.exists() and not out.exists():
        old.rename(out)
    for left in (new, old):
        if left.exists():
            shutil.rmtree(left)


def _new(out: Path) -> Path:
    return out.with_name(f".{out.name}.new")


def _old(out: Path) -> Path:
    return out.with_name(f".{out.name}.old")


def text_file(path: Path, text: str) -> None:
    """Write a text file as a whole, UTF-8 with LF: a crash or a full disk leaves what was there before.

    What a link points at is replaced, not the link; a device or a pipe is written to, never replaced. UsageError for
    a folder.
    """
    target = path.resolve()
    if target.is_dir():
        raise UsageError(f"{path} is a folder: name a file")
    if target.exists() and not target.is_file():
        with target.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        return
    with _replaced(target, path) as aside:
        aside.write_text(text, encoding="utf-8", newline="\n")


def parquet_file(path: Path, table: pa.Table, **options: Any) -> None:
    """Write a Parquet file as a whole (options: those of pyarrow's `write_table`), its folder made where it lacks.

    UsageError where it cannot be written; nothing half-written is left.
    """
    import pyarrow.parquet as pq

    with _replaced(path, path) as aside:
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, aside, compression="zstd", **options)


@contextmanager
def _replaced(target: Path, named: Path) -> Iterator[Path]:
    """A file beside `target` to write, which takes its place when the block ends well. UsageError, with the name that
    the user gave, where it cannot be written."""
    aside = target.with_name(f".{target.name}.new")
    try:
        yield aside
        aside.replace(target)
    except OSError as error:
        raise UsageError(f"{named} cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
