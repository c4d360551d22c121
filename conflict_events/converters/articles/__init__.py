"""Articles to events: a deterministic extractor made of rules and lexicon data; see lexicon/README.md."""

from __future__ import annotations

from datetime import date

from conflict_events.converters.articles import pipeline as _pipeline
from conflict_events.converters.articles.cleaning import metadata as _metadata
from conflict_events.converters.articles.cleaning import text as _text
from conflict_events.converters.articles.model import Extraction, Finding
from conflict_events.converters.articles.syntax import Syntax

__all__ = ["Extraction", "Finding", "extract"]


def extract(
    text: str,
    *,
    article: str,
    published: date | None = None,
    url: str | None = None,
    html: bool = False,
    syntax: Syntax | None = None,
) -> Extraction:
    """Events, reports, casualties and the source of one article.

    `text` is the decoded document as it was given, `article` the input's stem. `published` and `url` override what the
    text says. With `html` the `html` extra is needed. Evidence offsets are code points into `text`. With `syntax`,
    sides and mood go by its parses; without, by the order of words.
    """
    if html:
        from conflict_events.converters.articles.cleaning import html as _html

        return _html.extract(text, article=article, published=published, url=url, syntax=syntax)
    document = _text.read(text)
    meta = _metadata.read(document, published, url)
    return _pipeline.run(document, meta, text, article, syntax=syntax)
