"""The default: the rules and lexicons of this package. They need no network and no model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conflict_events.converters.articles import extract
from conflict_events.converters.articles.model import Extraction
from conflict_events.converters.articles.rows import event_rows
from conflict_events.errors import UsageError


@dataclass(frozen=True, slots=True)
class Rules:
    """`articles.extract` as an Extractor."""

    coder: str = event_rows.CODER

    def __call__(
        self, text: str, *, article: str, published: date | None = None, url: str | None = None, html: bool = False
    ) -> Extraction:
        return extract(text, article=article, published=published, url=url, html=html)


def factory(model: str | None) -> Rules:
    """The rules, which have no model to choose."""
    if model is not None:
        raise UsageError(f"the extractor 'rules' takes no model, and was given '{model}'")
    return Rules()
