"""Title, author, publisher and the dates of first publication and of republication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from urllib.parse import urlsplit

from conflict_events.converters.articles.cleaning.text import Document, Paragraph
from conflict_events.converters.articles.knowledge import curated, lexicon, slug
from conflict_events.converters.articles.when.calendar import full_dates
from conflict_events.converters.articles.words.sentences import dateline

_BYLINE = re.compile(r"by\s+(?P<name>[^\W\d_][^\n,;:|]{1,60})$", re.IGNORECASE)
_ORIGINAL = re.compile(
    r"original source of this (?:article|text|report|story) is\s+"
    r"(?P<name>[^\n.©]{2,60}?)(?=\s*(?:copyright|©|\.|$|\n))",
    re.IGNORECASE,
)
_SINGLE_URL = re.compile(r"https?://[^\s]+")
_WEEKDAYS = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bpublished\b|\bposted\b|\bupdated\b|\bon\b|\d{1,2}:\d\d\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of the article itself; `lines` are the paragraphs that say it and are no news."""

    title: str | None = None
    author: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: date | None = None
    republisher: str | None = None
    republished: date | None = None
    lines: frozenset[int] = frozenset()


def read(document: Document, published: date | None, url: str | None) -> Metadata:
    """Arguments first, then header lines, then what the text's own lines say. Nothing is invented."""
    headers = document.headers
    lines: set[int] = set()
    author: str | None = headers.get("author")
    original: str | None = None
    stamps: list[tuple[str | None, date]] = []
    for number, paragraph in enumerate(document.paragraphs):
        text = paragraph.text.strip()
        if match := _ORIGINAL.search(text):
            original = match["name"].strip()
        if len(text) > 120:
            continue
        if (match := _BYLINE.fullmatch(text)) and number < 12:
            author = author or match["name"].strip()
            lines.add(number)
        elif number < 12 and (stamp := _stamp(text)) is not None:
            stamps.append(stamp)
            lines.add(number)
    title, title_line = _title(document, headers.get("title"), lines)
    if title_line is not None:
        lines.add(title_line)
    url = url or _url(headers.get("url"))
    name, day, again, again_day = _who(stamps, original)
    name = headers.get("publisher") or name or _by_host(url)
    stated = _header_date(headers.get("published")) or day or _dateline_date(document.paragraphs)
    if published is not None or headers.get("published"):
        stated = published or stated
    if again_day is not None and stated is not None and again_day < stated:
        again, again_day = None, None
    return Metadata(title, author, url, name, stated, again, again_day, frozenset(lines))


def publisher_row(name: str) -> dict[str, object]:
    """The publisher's row: the curated one, or a new one of kind "other"."""
    known = curated("publishers").get(_outlets().get(name.casefold(), ""))
    return dict(known) if known else {"publisher_id": slug(name), "name": name, "kind": "other"}


def _stamp(text: str) -> tuple[str | None, date] | None:
    """A line that holds a date and little else: the outlet's name, if it stands there, and the date."""
    dates = full_dates(text)
    if len(dates) != 1:
        return None
    start, end, day = dates[0]
    rest = _WEEKDAYS.sub(" ", f"{text[:start]} {text[end:]}").strip(" ,|–—-:()\t")
    if len(rest.split()) > 5 or rest.endswith("."):
        return None
    return (rest or None), day


def _who(
    stamps: list[tuple[str | None, date]], original: str | None
) -> tuple[str | None, date | None, str | None, date | None]:
    """First publisher and date, republisher and date. The earlier stamp is the original's, or the one named so."""
    if not stamps:
        return original, None, None, None
    first = min(stamps, key=lambda stamp: stamp[1])
    if original:
        named = [stamp for stamp in stamps if stamp[0] and stamp[0].casefold() == original.casefold()]
        first = named[0] if named else first
    later = [stamp for stamp in stamps if stamp[0] and stamp[0] != first[0] and stamp[1] >= first[1]]
    again = later[0] if later and first[0] else (None, None)
    return first[0] or original, first[1], again[0], again[1]


def _title(document: Document, header: str | None, lines: set[int]) -> tuple[str | None, int | None]:
    """The title without its "Video:" prefix, and the paragraph that it stands in."""
    number = next((n for n in range(len(document.paragraphs)) if n not in lines), None)
    first = document.paragraphs[number].text.strip() if number is not None else ""
    looks_like = 10 <= len(first) <= 220 and len(document.paragraphs) > 1 and not first.endswith((".", "!", ":", ","))
    if header:
        return _bare(header), number if looks_like and first.casefold() == header.casefold() else None
    return (_bare(first), number) if looks_like else (None, None)


def _bare(title: str) -> str:
    for prefix in lexicon("boilerplate")["title_prefixes"]:
        if title.lower().startswith(prefix):
            return title[len(prefix) :].strip()
    return title.strip()


def _header_date(value: str | None) -> date | None:
    dates = full_dates(value or "")
    return dates[0][2] if dates else None


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
def _outlets() -> dict[str, str]:
    return {name.casefold(): key for key, outlet in lexicon("outlets").items() for name in outlet["names"]}


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
