"""Web pages: prose and metadata by trafilatura, with offsets into the page's source where it allows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from conflict_events.converters.articles import pipeline as _pipeline
from conflict_events.converters.articles.cleaning import metadata as _metadata
from conflict_events.converters.articles.cleaning import stamps
from conflict_events.converters.articles.cleaning import text as _text
from conflict_events.converters.articles.cleaning.markup import strip
from conflict_events.converters.articles.model import Extraction, Finding, Sentence
from conflict_events.converters.articles.syntax import Syntax
from conflict_events.errors import UsageError
from conflict_events.evidence import normalise, normalise_with_owners

LARGEST = 5_000_000  # code points; a page beyond this is no article
# Tags; beyond this the parser, whose time grows with their square, is spared and tags are simply cut out.
_DEEPEST = 15_000
_PUBLISHED = re.compile(
    r"<(?:meta|time)\s[^<>]{0,400}?(?:[\"'=:.\s_-])(?:published_time|datepublished|dc\.date(?:\.issued)?|dcterms\.(?:created|date|issued)"
    r"|pub-?date|publish-?date|publication_?date|parsely-pub-date|sailthru\.date|(?<=name=.)date)[^<>]{0,400}>"
    r"|\"datePublished\"\s{0,4}:\s{0,4}\"[^\"<>]{4,40}\"",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"\b(?:content|datetime)\s{0,2}=\s{0,2}[\"']?([^\"'<>]{1,60})|:\s{0,4}\"([^\"]{4,40})\"$", re.IGNORECASE
)
_STAMPS = 20  # dates of publication that a page's head may give; the first that is a date counts


def extract(
    text: str, *, article: str, published: date | None, url: str | None, syntax: Syntax | None = None
) -> Extraction:
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
    found = _pipeline.run(document, meta, text, article, _Locator(source).span, syntax)
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
    said = _said(source)
    stated = published or next((day for day in map(stamps.day_of, said) if day), None)
    meta = _metadata.read(document, stated, url or _address(getattr(page, "url", None)))
    return replace(
        meta,
        title=getattr(page, "title", None) or meta.title,
        author=meta.author or getattr(page, "author", None),
        publisher=meta.publisher or getattr(page, "sitename", None),
        bad_date=meta.bad_date if meta.published or not said else said[0],
    )


def _said(source: str) -> list[str]:
    """What the page's head, its structured data and its marked times give as the date of publication, in order."""
    tags = [match.group() for match, _ in zip(_PUBLISHED.finditer(source), range(_STAMPS), strict=False)]
    values = [found for found in map(_VALUE.search, tags) if found]
    return [(found[1] or found[2]).strip() for found in values]


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
