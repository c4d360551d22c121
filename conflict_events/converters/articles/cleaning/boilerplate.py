"""Lines that are no news; see lexicon/boilerplate.toml, where every word of these rules stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from conflict_events.converters.articles.cleaning import language
from conflict_events.converters.articles.knowledge import lexicon, words
from conflict_events.converters.articles.when.calendar import month_number

_WORD_END = r"(?![\w'’-])"
_COPYRIGHT = re.compile(r"(?:copyright\s*)?(?:©|\(c\)|copyright)\s*(?:19|20)\d\d", re.IGNORECASE)
_NAME = r"[A-Z][\w.'’-]{1,30}"
_NAMES = rf"{_NAME}(?: {_NAME}){{0,4}}"
_EDGES = " \t\xa0\"'“”‘’.,:;!?()[]{}<>«»‹›|*•·→←–—-+#/0123456789"
_CAPTION_LENGTH = 500  # code points; a longer paragraph is a story, whatever it ends in
_SEPARATORS = re.compile(r"[\s,|;/&]+")


def unreadable(text: str, given: str) -> str | None:
    """As `language.unreadable`: "empty", "binary", "language", or None where there is English prose to read."""
    return language.unreadable(text, given, is_boilerplate)


def is_boilerplate(text: str) -> bool:
    """Whether a paragraph is a notice, an appeal, navigation, a caption or a byline."""
    stripped = text.strip()
    low = stripped.lower().replace("’", "'")
    return bool(
        _beginnings().match(low)
        or _COPYRIGHT.match(stripped)
        or is_aside(stripped)
        or _label().match(low)
        or _is_short(low)
        or _appeals_to_readers(low)
        or is_bar(low)
        or is_caption(stripped)
        or byline(stripped)
    )


def is_heading(text: str) -> bool:
    """Whether a paragraph is a heading: a few words without a full stop."""
    stripped = text.strip()
    return len(stripped.split()) <= 6 and not stripped.endswith((".", "!", "?", ":", ";", ","))


def _any(entries: Iterable[str]) -> str:
    return "|".join(re.escape(entry) for entry in sorted(entries, key=len, reverse=True))


@cache
def _beginnings() -> re.Pattern[str]:
    return re.compile(rf"[\W_]{{0,3}}(?:{_any(lexicon('boilerplate')['starts'])}){_WORD_END}")


@cache
def _label() -> re.Pattern[str]:
    """A label and its colon or bar; a dash after a word that is "file", or after several words."""
    listed = lexicon("boilerplate")["labels"]
    several = [label for label in listed if " " in label or label == "file"]
    return re.compile(rf"[\W_]{{0,3}}(?:(?:{_any(listed)})\s{{0,2}}[:|]|(?:{_any(several)})\s{{1,2}}[–—-]\s)")


@cache
def _bracketed() -> re.Pattern[str]:
    data = lexicon("boilerplate")
    listed = _any([*data["labels"], *data["pictures"]])
    return re.compile(rf"[(\[]\s?(?:{listed})(?:\s?[:|/]|\s(?:by|–|—|-)\s)[^()\[\]\n]{{0,300}}[)\]]\.?", re.IGNORECASE)


def is_aside(text: str) -> bool:
    """Whether a sentence is a caption in brackets, or names another article: "Also read: …"."""
    if text[:1] in "([":
        return bool(_bracketed().fullmatch(text.strip()))
    label = _label().match(text[:60].lower().replace("’", "'"))
    return bool(label and " " in label.group().strip(" :|–—-"))


def asides(text: str) -> Iterator[tuple[int, int]]:
    """Where captions in brackets stand between the sentences of a paragraph."""
    if "(" not in text and "[" not in text:
        return
    for match in _bracketed().finditer(text):
        before, after = text[max(0, match.start() - 3) : match.start()].rstrip(), text[match.end() :][:3].lstrip()
        if (not before or before[-1] in '.!?"”’)]') and (not after or not after[0].islower()):
            yield match.span()


@cache
def _short() -> re.Pattern[str]:
    return re.compile(rf"[\W_]{{0,3}}(?:{_any(lexicon('boilerplate')['short_starts'])}){_WORD_END}")


def _is_short(low: str) -> bool:
    """A line of navigation: whole, by each of its words, or by its beginning where it is short."""
    if len(low) > 160:
        return False
    whole = words("boilerplate", "lines")
    bare, listed = low.strip(_EDGES), low.split()
    if bare in whole or (listed and all(word.strip(_EDGES) in whole for word in listed)):
        return True
    return len(listed) <= 10 and not low.endswith(".") and bool(_short().match(low))


def _appeals_to_readers(low: str) -> bool:
    data = lexicon("boilerplate")
    if any(phrase in low for phrase in data["contains"]):
        return True
    if not any(phrase in low for phrase in data["appeals"]):
        return False
    spoken = re.sub(r"[\"“][^\"“”]*[\"”]", " ", low)
    return not words("boilerplate", "address").isdisjoint(re.findall(r"[a-z]+", spoken))


def is_bar(low: str) -> bool:
    """A bar of links: "home > news > mali"; one of its parts is a word of navigation."""
    if len(low) > 300:
        return False
    parts = _bars().split(low)
    if len(parts) < 2:
        return False
    named = {part.strip(_EDGES) for part in parts if part.strip(_EDGES)}
    return not named.isdisjoint(words("boilerplate", "bar_words")) and all(len(p.split()) <= 4 for p in named)


@cache
def _bars() -> re.Pattern[str]:
    """The signs between links; a slash only with spaces around it."""
    return re.compile(rf"\s*(?:{_any(set(lexicon('boilerplate')['bars']) - {'/'})})\s*|\s/\s")


@cache
def _credit() -> re.Pattern[str]:
    data = lexicon("boilerplate")
    agency, picture, word = (_any(data[key]) for key in ("agencies", "pictures", "credits"))
    return re.compile(
        rf"\[[^\[\]]{{0,80}}\b(?i:{agency}|{picture})\]\.?$"
        rf"|\((?:(?i:{agency})\s)?(?i:{picture})(?:[/:,\s][^()]{{0,80}})?\)\.?$"
        rf"|\([^()]{{0,80}}/\s?(?i:{picture})\)\.?$|\({_NAMES}\s?/\s?(?i:{agency})\)\.?$"
        rf"|(?<![\w/])(?:/\s)?(?i:{agency})\s?/\s?(?:{_NAMES}|(?i:{picture}))(?:\s?/\s?{_NAMES}){{0,2}}\.?$"
        rf"|{_NAMES}\s?/\s?(?i:{agency})\.?$|\s/\s?(?i:{agency})\.?$"
        rf"|[.!?][\"”]?\s+(?i:{word})\s?(?:[:/]|\bby\b)[^.]{{1,60}}$|[.!?]\s+(?i:source:)\s?(?i:{picture})\.?$"
    )


def is_caption(text: str) -> bool:
    """Whether a paragraph is a caption: a sentence or two that end in a picture's credit."""
    if len(text) > _CAPTION_LENGTH or len(re.findall(r"[.!?]\s+[A-Z]", text)) > 3:
        return False
    return bool(_credit().search(text[-200:]))


@cache
def _by() -> re.Pattern[str]:
    roles = _any(lexicon("boilerplate")["roles"])
    return re.compile(
        rf"[(\[*\s]{{0,3}}(?P<role>(?:{roles})\s)?by[:\s]\s*(?P<names>.{{2,200}}?)[)\]\s]*$", re.IGNORECASE
    )


def byline(text: str) -> str | None:
    """The names of a line that says who wrote it and nothing else, or None."""
    match = _by().match(text) if len(text) <= 220 else None
    if match is None:
        return None
    names, role = match["names"], match["role"]
    listed = [word for word in _SEPARATORS.split(names) if word]
    first = listed[0].strip(".").lower() if listed else ""
    if not first or month_number(first) or first in _weekdays() or (names.endswith(".") and not role):
        return None
    if not (role or len(listed) <= 12) or not all(map(_in_byline, listed)):
        return None
    return names if any(word[0].isupper() for word in listed) or first in ("our", "staff") else None


def is_credit(text: str) -> bool:
    """Whether a byline tells what its people did: "Additional reporting by …" names no author."""
    match = _by().match(text)
    return bool(match and match["role"] and not match["role"].lower().startswith("written"))


@cache
def _byline_words() -> frozenset[str]:
    return words("boilerplate", "byline") | words("boilerplate", "role_words")


def _in_byline(word: str) -> bool:
    plain = word.strip(".()[]").lower()
    return plain in _byline_words() or word[0] in "@(" or "@" in word or word[0].isupper() or not word[0].isascii()


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(word for word in lexicon("boilerplate")["languages"]["en"] if word.endswith("day"))


def blocks(paragraphs: Sequence[str]) -> set[int]:
    """The paragraphs of lists of other articles and of readers' comments, by their number."""
    found: set[int] = set()
    listing = False
    for number, text in enumerate(paragraphs):
        bare = text.strip().lower().replace("’", "'").strip(_EDGES) if len(text) < 80 else ""
        if bare in words("boilerplate", "blocks"):
            listing = True
        elif not (listing and _is_headline(text)):
            listing = False
        if listing:
            found.add(number)
        if bare in words("boilerplate", "comments") and _commented(paragraphs[number + 1 : number + 7]):
            return found | set(range(number, len(paragraphs)))
    return found


def _is_headline(text: str) -> bool:
    stripped = text.strip()
    return 4 <= len(stripped.split()) <= 25 and stripped[-1] not in '.!?:"”'


def _commented(following: Sequence[str]) -> bool:
    marks = tuple(lexicon("boilerplate")["comment_marks"])
    return any(len(text) < 80 and text.strip().lower().strip(" .|·•").endswith(marks) for text in following)
