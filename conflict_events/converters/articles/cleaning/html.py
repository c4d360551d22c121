"""Web pages: prose and metadata by trafilatura, with offsets into the page's source where it allows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from conflict_events.converters.articles import pipeline as _pipeline
from conflict_events.converters.articles.cleaning import metadata as _metadata
from conflict_events.converters.articles.cleaning import text as _text
from conflict_events.converters.articles.cleaning.markup import strip
from conflict_events.converters.articles.model import Extraction, Finding, Sentence
from conflict_events.converters.articles.when.calendar import full_dates
from conflict_events.errors import UsageError
from conflict_events.evidence import normalise, normalise_with_owners

LARGEST = 5_000_000  # code points; a page beyond this is no article
_DEEPEST = 100_000  # tags; beyond this the parser is spared and tags are simply cut out
_PUBLISHED = re.compile(
    r"<meta\s[^<>]{0,200}?(?:article:published_time|datePublished|dc\.date(?:\.issued)?|pubdate)[^<>]{0,200}>"
    r"|\"datePublished\"\s{0,4}:\s{0,4}\"[^\"<>]{4,40}\"",
    re.IGNORECASE,
)


def extract(text: str, *, article: str, published: date | None, url: str | None) -> Extraction:
    """As `articles.extract`, for a page's source; raises UsageError where the `html` extra is not installed."""
    try:
        import trafilatura
    except ImportError:
        raise UsageError(
            "reading HTML needs trafilatura, which is not installed: pip install 'conflict-events[html]'"
        ) from None
    finding: Finding | None = None
    page: Any = None
    if len(text) > LARGEST:
        finding = Finding(article, "too_large", f"the page has {len(text):,} characters; only {LARGEST:,} are read")
    source = text[:LARGEST]
    if source.count("<") <= _DEEPEST:
        page = _page(trafilatura, source)
    prose = (page.text if page is not None else None) or strip(source)[0]
    document = _text.read(prose)
    meta = _meta(document, page, source, published, url)
    found = _pipeline.run(document, meta, text, article, _Locator(source).span)
    return replace(found, findings=[finding, *found.findings]) if finding else found


def _page(trafilatura: Any, source: str) -> Any:
    """trafilatura's reading of the page, or None where the page defeats its parser."""
    try:
        return trafilatura.bare_extraction(source, with_metadata=True, include_comments=False, include_formatting=False)
    except (RecursionError, ValueError, TypeError, AttributeError, AssertionError):
        return None


def _meta(
    document: _text.Document, page: Any, source: str, published: date | None, url: str | None
) -> _metadata.Metadata:
    """What the prose says, completed by the page's head; the page's guesses at a date are not used."""
    stamp = _PUBLISHED.search(source)
    dates = full_dates(stamp.group().replace("T", " ", 1)) if stamp else []
    stated = published or (dates[0][2] if dates else None)
    meta = _metadata.read(document, stated, url or _address(getattr(page, "url", None)))
    return replace(
        meta,
        title=getattr(page, "title", None) or meta.title,
        author=meta.author or getattr(page, "author", None),
        publisher=meta.publisher or getattr(page, "sitename", None),
    )


def _address(value: str | None) -> str | None:
    return value if value and re.fullmatch(r"https?://\S+", value) else None


class _Locator:
    """Finds sentences of the prose in the page's source; the source is normalised once, when first asked."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._index: tuple[str, list[int], list[int]] | None = None

    def span(self, sentence: Sentence) -> tuple[int, int] | None:
        """Offsets into the source, or None where tags stand inside the sentence or it is not found."""
        if self._index is None:
            plain, offsets = strip(self._source)
            normal, owners, _ = normalise_with_owners(plain)
            self._index = normal, owners, offsets
        normal, owners, offsets = self._index
        wanted = normalise(sentence.text)
        at = normal.find(wanted) if wanted else -1
        if at < 0:
            return None
        start, end = offsets[owners[at]], offsets[owners[at + len(wanted) - 1]] + 1
        return (start, end) if normalise(self._source[start:end]) == wanted else None
