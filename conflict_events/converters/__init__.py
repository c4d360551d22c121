"""Raw sources to events: articles, and the field's other datasets, a module each.

`convert` returns the tables and a loss report that accounts for everything that went in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from conflict_events.converters.conversion import Conversion, refuse_loss
from conflict_events.converters.formats import ARTICLE, dataset, recognise
from conflict_events.errors import UsageError


def convert(
    source: str | Path | Sequence[str | Path],
    source_format: str = "auto",
    *,
    published: date | None = None,
    url: str | None = None,
    version: str | None = None,
    extractor: str = "rules",
    strict: bool = False,
    on_input: Callable[[], None] | None = None,
) -> Conversion:
    """Convert file(s) to the schema's tables, in memory; `conflict_events.converters.output` writes larger ones.

    source: path(s). source_format: a name of `formats.FORMATS`, or `auto` to recognise it. published, url: for
    articles, override what the text says of itself. version: release of the source dataset, over what the file's name
    says. extractor: what reads articles, as NAME or NAME:MODEL: `rules`, `llm:MODEL`, or one that another package
    registers. strict: any loss (a row set aside or merged) is an error. on_input: called before each article, to show
    progress.

    Raises UsageError where a path is absent, a format is unknown or cannot be recognised, an option does not go with
    the format, or an extra is missing; BadDataError where `strict` and something was lost. A file that cannot be read
    is no error here: it stands in `loss.set_aside` with its reason.
    """
    paths = [Path(p) for p in ([source] if isinstance(source, (str, Path)) else source)]
    name = recognise(paths, source_format)
    if name == ARTICLE:
        from conflict_events.converters.articles import files

        conversion = files.convert(paths, published=published, url=url, extractor=extractor, on_input=on_input)
    else:
        if extractor != "rules":
            raise UsageError(f"an extractor reads articles and does not go with {name} files")
        from conflict_events.converters.tabular import run
        from conflict_events.converters.tabular.sink import Memory

        sink = Memory()
        loss = run.convert(paths, run.Call(dataset(name), version), sink)
        conversion = Conversion(sink.tables(), loss)
    if strict:
        refuse_loss(conversion.loss)
    return conversion


__all__ = ["Conversion", "convert"]
