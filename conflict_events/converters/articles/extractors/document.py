"""The first and the last step that extractors share: the text or page as a document, and rows from what was read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date

from conflict_events.converters.articles.cleaning import boilerplate, metadata
from conflict_events.converters.articles.cleaning import text as texts
from conflict_events.converters.articles.model import Extraction, Finding, Sentence
from conflict_events.converters.articles.rows import event_rows
from conflict_events.converters.articles.rows.tables import TABLES, Reading, Span, fill, source
from conflict_events.errors import UsageError
from conflict_events.evidence import normalise

_UNREADABLE = {
    "empty": ("empty", "the article has no text"),
    "binary": ("unreadable_text", "the text is not prose; was a binary file read as text?"),
}


@dataclass(frozen=True, slots=True)
class Opened:
    """An article ready to be read. `span` gives a sentence's offsets in the text as handed in, which is `given`.

    unreadable: why nothing can be read from it, as a finding. english: whether it looks like English prose.
    """

    article: str
    given: str
    document: texts.Document
    meta: metadata.Metadata
    span: Span
    unreadable: Finding | None
    english: bool
    findings: list[Finding] = field(default_factory=list)


def open_article(text: str, *, article: str, published: date | None, url: str | None, html: bool) -> Opened:
    """Clean the text, or take the prose out of the page, and read what the article says of itself."""
    findings: list[Finding] = []
    if html:
        document, meta, span, finding = _page(text, article, published, url)
        findings += [finding] if finding else []
    else:
        document = texts.read(text)
        meta, span = metadata.read(document, published, url), _span_of(document)
    reason = boilerplate.unreadable(document.clean, document.original)
    unreadable = Finding(article, *_UNREADABLE[reason]) if reason in _UNREADABLE else None
    return Opened(article, text, document, meta, span, unreadable, reason != "language", findings)


def assemble(
    opened: Opened, reading: Reading | None, findings: list[Finding], *, coder: str, language: str
) -> Extraction:
    """Rows as the rules make them: ids, reports, casualties, evidence and the source come from one place."""
    digest = hashlib.sha256(opened.given.encode("utf-8", "surrogatepass")).hexdigest()
    short = digest[:12]
    tables: dict[str, list[event_rows.Row]] = {name: [] for name in TABLES}
    source(tables, opened.meta, short, digest, language)
    trace = fill(tables, reading, short, opened.span, coder) if reading is not None else {}
    found = [*opened.findings, *([opened.unreadable] if opened.unreadable else []), *findings]
    found.extend(metadata.undated(opened.article, opened.meta))
    return Extraction(opened.article, tables, found, trace, reading.explanations if reading is not None else {})


def _span_of(document: texts.Document) -> Span:
    def span(sentence: Sentence) -> tuple[int, int] | None:
        start, end = document.span(sentence.start, sentence.end)
        same = normalise(document.original[start:end]) == normalise(sentence.text)
        return (start, end) if same else None

    return span


def _page(
    source_text: str, article: str, published: date | None, url: str | None
) -> tuple[texts.Document, metadata.Metadata, Span, Finding | None]:
    """What `html.extract` does before it runs the rules."""
    from conflict_events.converters.articles.cleaning import html
    from conflict_events.converters.articles.cleaning.markup import strip

    try:
        import trafilatura
    except ImportError:
        raise UsageError(
            "reading HTML needs trafilatura, which is not installed: pip install 'conflict-events[html]'"
        ) from None
    page_text, finding = source_text[: html.LARGEST], None
    if len(source_text) > html.LARGEST:
        size = f"the page has {len(source_text):,} characters; only {html.LARGEST:,} are read"
        finding = Finding(article, "too_large", size)
    page = html._page(trafilatura, page_text) if page_text.count("<") <= html._DEEPEST else None
    document = texts.read((page.text if page is not None else None) or strip(page_text)[0])
    meta = html._meta(document, page, page_text, published, url)
    return document, meta, html._Locator(page_text).span, finding
