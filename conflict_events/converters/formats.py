"""Which converter a source needs. A new source dataset adds its module and one line here."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from conflict_events.errors import BadDataError, UsageError

if TYPE_CHECKING:
    from conflict_events.converters.tabular.dataset import Dataset

ARTICLE = "article"
_DATASETS = {
    "ucdp_ged": "conflict_events.converters.ucdp_ged:UCDP_GED",
    "icews": "conflict_events.converters.icews:ICEWS",
    "polecat": "conflict_events.converters.polecat:POLECAT",
    "gdelt": "conflict_events.converters.gdelt:GDELT",
    "gdelt_mentions": "conflict_events.converters.gdelt_mentions:GDELT_MENTIONS",
    "acled": "conflict_events.converters.acled:ACLED",
}
FORMATS = ("auto", ARTICLE, *_DATASETS)
_PAGES = (".html", ".htm")
_TEXTS = (".txt", ".text", ".md", *_PAGES)


def dataset(name: str) -> Dataset:
    """The declaration of a source dataset; KeyError where there is none of that name."""
    module, _, attribute = _DATASETS[name].partition(":")
    found: Dataset = getattr(import_module(module), attribute)
    return found


def recognise(paths: Sequence[Path], source_format: str) -> str:
    """The format of the files, a name of FORMATS without `auto`, told by what is in them.

    Raises UsageError where a path is absent, the format is unknown, the files are of several formats or none is
    recognised; BadDataError where that is because the only file is empty or cannot be read.
    """
    if source_format not in FORMATS:
        raise UsageError(f"no source format '{source_format}': use one of {', '.join(FORMATS)}")
    if not paths:
        raise UsageError("no source given: name at least one file")
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: no such file")
        if path.is_dir():
            raise UsageError(f"{path} is a folder: name its files, for example {path}/*.csv")
        if source_format != ARTICLE and not path.is_file():
            raise UsageError(f"{path} is no ordinary file, and it is read more than once: save it as a file first")
    if source_format != "auto":
        return source_format
    found, reasons = {}, {}
    for path in paths:
        found[path], reasons[path] = _recognise(path)
    names = set(found.values()) - {None}
    if len(names) > 1:
        told = ", ".join(f"{path.name} is {name}" for path, name in found.items() if name)
        raise UsageError(f"the files are of several formats ({told}): convert them apart")
    if not names:
        unknown = next((path for path, reason in reasons.items() if reason is None), None)
        if unknown is None:
            raise BadDataError(f"{paths[0]}: {reasons[paths[0]]}")
        raise UsageError(
            f"cannot tell the format of {unknown} from its header or its name: say it with --source-format "
            f"({', '.join(FORMATS[1:])})"
        )
    return str(names.pop())


def _recognise(path: Path) -> tuple[str | None, str | None]:
    """The format of one file, None where nothing tells; and why it cannot be read, where that is so."""
    if path.suffix.lower() in _PAGES:
        return ARTICLE, None
    from conflict_events.converters.conversion import SetAside
    from conflict_events.converters.reading import sheets
    from conflict_events.converters.tabular import header
    from conflict_events.converters.tabular.envelope import told

    datasets = [dataset(name) for name in _DATASETS]
    reason, named = None, False
    for sheet in sheets(path):
        if isinstance(sheet, SetAside):
            reason = sheet.reason
            continue
        if not any(cell.strip() for record in sheet.first for cell in record):
            reason = "; ".join(("empty", *told(sheet.envelope, 0)))
            continue
        known = header.recognise(sheet.first, datasets)
        if known is not None:
            return known.dataset.name, None
        named = True
    if path.suffix.lower() in _TEXTS:
        return ARTICLE, None
    return None, None if named else reason
