"""Raw sources to events: articles, and in time the field's other datasets, a module each.

`convert` returns the tables and a loss report that accounts for everything that went in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from conflict_events.converters.conversion import Conversion
from conflict_events.converters.formats import recognise


def convert(
    source: str | Path | Sequence[str | Path],
    source_format: str = "auto",
    *,
    published: date | None = None,
    url: str | None = None,
    on_input: Callable[[], None] | None = None,
) -> Conversion:
    """Convert file(s) to the schema's tables.

    source: path(s). source_format: `article`, or `auto` to recognise it. published, url: for articles, override
    what the text says of itself. on_input: called before each input, to show progress.

    Raises UsageError where a path is absent, a format is unknown or cannot be recognised, or an extra is missing.
    A file that cannot be read is no error here: it stands in `loss.set_aside` with its reason.
    """
    paths = [Path(p) for p in ([source] if isinstance(source, (str, Path)) else source)]
    return recognise(paths, source_format)(paths, published=published, url=url, on_input=on_input)


__all__ = ["Conversion", "convert"]
