"""Where `data/` and `validation/` are: in the wheel, in a checkout, or in an editable install.

A wheel carries both folders as `conflict_events/_packaged/`; a checkout, editable or not, has them beside
the package. Nothing else in the project builds such a path.
"""

from __future__ import annotations

from pathlib import Path

from conflict_events.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent


def _root() -> Path:
    packaged = _PACKAGE / "_packaged"
    return packaged if packaged.is_dir() else _PACKAGE.parent


def _folder(*parts: str) -> Path:
    folder = _root().joinpath(*parts)
    if not folder.is_dir():
        raise UsageError(
            f"{'/'.join(parts)} is not in this installation ({folder}): reinstall with `pip install conflict-events`"
        )
    return folder


def records() -> Path:
    """The folder of the reviewed records, plain text, the source of truth."""
    return _folder("data", "records")


def release() -> Path:
    """The folder of the built release: Parquet files and their metadata."""
    return _folder("data", "release")


def validation() -> Path:
    """The folder of the generated rule files (`sql/` and, in time, other formats)."""
    return _folder("validation")


def checkout() -> Path | None:
    """The project's root where this is a checkout (editable or not), None where it is an installed wheel."""
    root = _PACKAGE.parent
    return root if not (_PACKAGE / "_packaged").is_dir() and (root / "pyproject.toml").is_file() else None
