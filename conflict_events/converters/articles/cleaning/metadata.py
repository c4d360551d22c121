"""Title, author, publisher and the dates of first publication and of republication."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from urllib.parse import urlsplit

from conflict_events.converters.articles.cleaning import boilerplate, language, stamps
from conflict_events.converters.articles.cleaning.stamps import Stamp
from conflict_events.converters.articles.cleaning.text import Document, Paragraph
from conflict_events.converters.articles.knowledge import curated, lexicon, slug
from conflict_events.converters.articles.model import Finding
from conflict_events.converters.articles.when.calendar import full_dates
from conflict_events.converters.articles.words.sentences import dateline

_ORIGINAL = re.compile(
    r"original source of this (?:article|text|report|story) is\s+"
    r"(?P<name>[^\n.©]{2,60}?)(?=\s*(?:copyright|©|\.|$|\n))",
    re.IGNORECASE,
)
_SINGLE_URL = re.compile(r"https?://[^\s]+")
_CUT = re.compile(r"\s(?:in|at|for)\s|\s?[|,;/]|\s-\s")
_HEAD = 12  # paragraphs; what stands below them is the story


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of the article itself; `lines` are the paragraphs that say it or are no news.

    `bad_date` is what stands where the date of publication should, and is no date or could be two.
    """

    title: str | None = None
    author: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: date | None = None
    republisher: str | None = None
    republished: date | None = None
    lines: frozenset[int] = frozenset()
    bad_date: str | None = None


def read(document: Document, published: date | None, url: str | None) -> Metadata:
    """Arguments first, then header lines, then what the text's own lines say. Nothing is invented."""
    headers = document.headers
    texts = [paragraph.text.strip() for paragraph in document.paragraphs]
    head = _head(texts)
    author = headers.get("author") or head.author
    lines = head.lines | boilerplate.blocks(texts)
    if boilerplate.unreadable(document.clean, document.original) is None:
        # a page in two languages is read where it is English; one in another language is left whole to who reads it
        lines |= {number for number, text in enumerate(texts) if language.foreign(text)}
    title, title_line = _title(texts, headers.get("title"), lines)
    if title_line is not None:
        lines = lines | {title_line}
    url = url or _url(headers.get("url"))
    name, day, again, again_day = _who(head.stamps, _original(texts))
    name = headers.get("publisher") or name or _by_host(url)
    said = headers.get("published")
    stated = published or (stamps.day_of(said) if said else None) or day or _dateline_date(document.paragraphs)
    stated = stated or stamps.day_of(headers.get("updated", ""))
    if again_day is not None and stated is not None and again_day < stated:
        again, again_day = None, None
    bad = said if said and stamps.day_of(said) is None else head.bad
    return Metadata(title, author, url, name, stated, again, again_day, frozenset(lines), None if stated else bad)


@dataclass(slots=True)
class _Head:
    """What the lines above the story say."""

    lines: set[int] = field(default_factory=set)
    stamps: list[Stamp] = field(default_factory=list)
    author: str | None = None
    bad: str | None = None


def _head(texts: list[str]) -> _Head:
    head = _Head()
    for number, text in enumerate(texts[:_HEAD]):
        names = boilerplate.byline(text) if len(text) <= 120 else None
        found = [] if names else stamps.read(text)
        names = names or next((stamp.author for stamp in found if stamp.author), None)
        if names:
            head.author = head.author or (None if boilerplate.is_credit(text) else _author(names))
        elif not found and stamps.is_bad(text):
            head.bad = head.bad or text.partition(":")[2].strip()
        elif not found:
            continue
        head.stamps += found
        head.lines.add(number)
    return head


def _author(names: str) -> str | None:
    return _CUT.split(names.strip(), maxsplit=1)[0].strip(" .") or None


def _original(texts: list[str]) -> str | None:
    named = [match["name"].strip() for match in map(_ORIGINAL.search, texts) if match]
    return named[-1] if named else None


def publisher_row(name: str) -> dict[str, object]:
    """The publisher's row: the curated one, or a new one of kind "other"."""
    known = curated("publishers").get(stamps.outlet_names().get(name.casefold(), ""))
    return dict(known) if known else {"publisher_id": slug(name), "name": name, "kind": "other"}


def _who(listed: list[Stamp], original: str | None) -> tuple[str | None, date | None, str | None, date | None]:
    """First publisher and date, republisher and date. The earlier stamp is the original's, or the one named so.

    The date of an update counts where the page gives no other.
    """
    dated = [stamp for stamp in listed if stamp.kind != "updated"]
    if not (dated or listed):
        return original, None, None, None
    plain = [stamp for stamp in dated if stamp.kind != "republished"]
    first = min(plain or dated or listed, key=lambda stamp: stamp.day)
    if original:
        named = [stamp for stamp in dated if stamp.outlet and stamp.outlet.casefold() == original.casefold()]
        first = named[0] if named else first
    later = [s for s in dated if s.day >= first.day and s.outlet and s.outlet != first.outlet and first.outlet]
    again = later[0] if later else next((s for s in dated if s.kind == "republished" and s is not first), None)
    return first.outlet or original, first.day, again.outlet if again else None, again.day if again else None


def _title(texts: list[str], header: str | None, lines: set[int]) -> tuple[str | None, int | None]:
    """The title without its "Video:" prefix, and the paragraph that it stands in."""
    number = next((n for n, text in enumerate(texts) if n not in lines and not _above_title(text)), None)
    first = texts[number] if number is not None else ""
    looks_like = 10 <= len(first) <= 220 and len(texts) > 1 and not first.endswith((".", "!", ":", ","))
    if header:
        return _bare(header), number if looks_like and first.casefold() == header.casefold() else None
    return (_bare(first), number) if looks_like else (None, None)


def _above_title(text: str) -> bool:
    """Whether a line is no title: navigation and the like, but "Video: …" and its kin begin titles."""
    prefixes = tuple(lexicon("boilerplate")["title_prefixes"])
    return boilerplate.is_boilerplate(text) and not text.lower().startswith(prefixes)


def _bare(title: str) -> str:
    for prefix in lexicon("boilerplate")["title_prefixes"]:
        if title.lower().startswith(prefix):
            return title[len(prefix) :].strip()
    return title.strip()


def _dateline_date(paragraphs: tuple[Paragraph, ...]) -> date | None:
    for paragraph in paragraphs[:6]:
        match = dateline(paragraph.text)
        dates = full_dates(match.group()) if match else []
        if dates:
            return dates[0][2]
    return None


def _url(value: str | None) -> str | None:
    return value if value and _SINGLE_URL.fullmatch(value) else None


@cache
def _hosts() -> dict[str, str]:
    return {host: key for key, outlet in lexicon("outlets").items() for host in outlet["domains"]}


def _by_host(url: str | None) -> str | None:
    """The outlet's name by its site; for an unknown site the host itself."""
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return None
    parts = host.split(".")
    for cut in range(len(parts) - 1):
        key = _hosts().get(".".join(parts[cut:]))
        if key:
            return str(curated("publishers")[key]["name"])
    return host or None


def undated(article: str, meta: Metadata) -> list[Finding]:
    """The finding of an article without a date of publication: none was found, or what stands there is no date."""
    if meta.published is not None:
        return []
    mend = "give one with --published"
    if meta.bad_date is None:
        return [Finding(article, "no_date", f"no date of publication was found; {mend}")]
    return [Finding(article, "bad_date", f"'{meta.bad_date[:40]}' is no date of publication, or could be two; {mend}")]
