"""What reads an article: the rules, a stronger extractor, or another package's, all behind one interface."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol, cast, runtime_checkable

from conflict_events.converters.articles.model import Extraction
from conflict_events.errors import ConflictEventsError, UsageError

GROUP = "conflict_events.extractors"
"""The group of entry points by which another package registers an extractor."""
BUILT_IN = {
    "rules": "conflict_events.converters.articles.extractors.rules:factory",
    "spacy": "conflict_events.converters.articles.extractors.spacy:factory",
    "llm": "conflict_events.converters.articles.extractors.llm:factory",
}
"""Name -> module:factory; a module is loaded only when its extractor is asked for."""


class ExtractionError(ConflictEventsError):
    """This article cannot be extracted now; it is set aside with the message, and the others go on (exit 1)."""

    exit_code = 1


@runtime_checkable
class Extractor(Protocol):
    """Reads one article; `coder` goes into `events.coder`, so it names the extractor and its version or model."""

    @property
    def coder(self) -> str:
        """Who coded the rows: `rules/1.0`, `llm/MODEL`."""

    def __call__(
        self, text: str, *, article: str, published: date | None = None, url: str | None = None, html: bool = False
    ) -> Extraction:
        """As `articles.extract`; raises ExtractionError where this article is to be set aside."""


Factory = Callable[[str | None], Extractor]


def extractor(spec: str) -> Extractor:
    """The extractor that `NAME` or `NAME:MODEL` asks for; what follows the first colon is the extractor's own affair.

    Raises UsageError where the name is unknown, the model is missing or not wanted, or a plug-in is broken.
    """
    name, colon, model = spec.partition(":")
    if colon and not model:
        raise UsageError(f"the extractor '{spec}' has a colon and no model after it: write {name} or {name}:MODEL")
    if name in BUILT_IN:
        module, _, factory = BUILT_IN[name].partition(":")
        return cast(Factory, getattr(_module(name, module), factory))(model or None)
    return _Plugin(name, _made(_registered(name), model or None))


def names() -> list[str]:
    """The names known: our own, and those that installed packages register."""
    return sorted({*BUILT_IN, *(point.name for point in entry_points(group=GROUP))})


def _module(name: str, module: str) -> object:
    try:
        return import_module(module)
    except ImportError as error:
        raise UsageError(f"the extractor '{name}' is not in this installation: {_line(error)}") from error


def _registered(name: str) -> EntryPoint:
    points = {point.value: point for point in entry_points(group=GROUP) if point.name == name}
    if len(points) > 1:
        raise UsageError(f"the extractor '{name}' is registered more than once: {', '.join(sorted(points))}")
    if not points:
        raise UsageError(
            f"unknown extractor '{name}': known are {', '.join(names())}; a package registers another by an entry "
            f"point of the group {GROUP}"
        )
    return next(iter(points.values()))


def _made(point: EntryPoint, model: str | None) -> Extractor:
    """What the plug-in's factory makes; whatever it does wrong is one line that names it."""
    try:
        made: object = point.load()(model)
    except ConflictEventsError:
        raise
    except Exception as error:
        raise UsageError(f"the extractor '{point.name}' ({point.value}) is broken: {_line(error)}") from error
    if not isinstance(made, Extractor) or not isinstance(made.coder, str) or not made.coder:
        raise UsageError(f"the extractor '{point.name}' ({point.value}) is broken: its factory made no Extractor")
    return made


@dataclass(frozen=True, slots=True)
class _Plugin:
    """Another package's extractor: its faults must not look like ours."""

    name: str
    made: Extractor

    @property
    def coder(self) -> str:
        return self.made.coder

    def __call__(
        self, text: str, *, article: str, published: date | None = None, url: str | None = None, html: bool = False
    ) -> Extraction:
        try:
            found: object = self.made(text, article=article, published=published, url=url, html=html)
        except ConflictEventsError:
            raise
        except Exception as error:
            raise UsageError(f"the extractor '{self.name}' is broken: on {article}: {_line(error)}") from error
        if not isinstance(found, Extraction) or not {"events", "sources"} <= found.tables.keys():
            raise UsageError(f"the extractor '{self.name}' is broken: on {article} it gave no Extraction with tables")
        return found


def _line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]


__all__ = ["BUILT_IN", "GROUP", "ExtractionError", "Extractor", "Factory", "extractor", "names"]
