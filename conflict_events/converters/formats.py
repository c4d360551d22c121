"""Which converter a source needs. A new source dataset adds its module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from conflict_events.converters.conversion import Conversion
from conflict_events.errors import UsageError

_MODULES = {"article": "conflict_events.converters.articles.files"}
_SUFFIXES = {".txt": "article", ".text": "article", ".md": "article", ".html": "article", ".htm": "article"}
FORMATS = ("auto", *_MODULES)


def recognise(paths: Sequence[Path], source_format: str) -> Callable[..., Conversion]:
    """The `convert` function of the format; UsageError where it is unknown or the files do not tell it."""
    if source_format not in FORMATS:
        raise UsageError(f"no source format '{source_format}': use one of {', '.join(FORMATS)}")
    if not paths:
        raise UsageError("no source given: name at least one file")
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: no such file")
        if path.is_dir():
            raise UsageError(f"{path} is a folder: name its files, for example {path}/*.txt")
    if source_format == "auto":
        found = {_SUFFIXES.get(path.suffix.lower()) for path in paths}
        unknown = next((p for p in paths if p.suffix.lower() not in _SUFFIXES), None)
        if unknown is not None:
            raise UsageError(
                f"cannot tell the format of {unknown} from its name: say it with --source-format "
                f"({', '.join(FORMATS[1:])})"
            )
        if len(found) > 1:
            raise UsageError(f"the files are of several formats ({', '.join(map(str, found))}): convert them apart")
        source_format = str(found.pop())
    convert: Callable[..., Conversion] = import_module(_MODULES[source_format]).convert
    return convert
