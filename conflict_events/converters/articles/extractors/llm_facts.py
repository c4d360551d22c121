"""One fact of a model's answer at a time, put as the rules put it; nothing where the article does not bear it out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from conflict_events.converters.articles.extractors.llm_answer import Harmed
from conflict_events.converters.articles.gazetteer.fold import fold
from conflict_events.converters.articles.model import Actor, Count, Mention, Sentence, Spot, When
from conflict_events.converters.articles.what import casualties
from conflict_events.converters.articles.when import dates
from conflict_events.converters.articles.when.calendar import full_dates, precision
from conflict_events.converters.articles.when.date_rules import default_window
from conflict_events.converters.articles.where import places
from conflict_events.converters.articles.where.geocode import bare
from conflict_events.converters.articles.who import actors
from conflict_events.converters.articles.words.numbers import number_at
from conflict_events.converters.articles.words.tokens import tokenise

LONGEST_BACK = dates.BACKGROUND_DAYS
_SPAN = re.compile(r"(?<=\d)[-‐‑–—](?=\d)")
_FIGURE = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d{1,7})(?![.,]?\d)")
_CIVILIANS = Actor(None, "Civilians", "civilians", None, True)


def numbers(text: str, english: bool) -> set[int]:
    """The whole numbers in a text, in figures and in English words; "a" and "an" count one."""
    lows = tokenise(_SPAN.sub(" - ", text)).lows
    found = {hit[0] for index in range(len(lows)) if (hit := number_at(lows, index)) is not None}
    if not english:  # figures may be written together with the word that follows
        found |= {int(figure.replace(",", "")) for figure in _FIGURE.findall(text)}
    return found | ({1} if english and not {"a", "an"}.isdisjoint(lows) else set())


def actor(name: str, kind: str | None, local: dict[str, Actor]) -> Actor:
    """The curated actor, the forces of a country or the unnamed group that the name means; else one of that name."""
    tokens = tokenise(name)
    found = [m for m in actors.find(tokens, dict(local)) if not m.modifier]
    best: Mention | None = max(found, key=lambda m: m.end - m.start, default=None)
    length = len(tokens.lows) - (tokens.lows[:1] == ["the"])
    if best is not None and 2 * (best.end - best.start) >= length:
        return best.actor
    return Actor(None, name, kind or "unknown")


def spot(name: str, parent: str | None, near: Sequence[Spot]) -> Spot:
    """The place as the rules read it in the article, in `near`; else as they read its name alone."""
    wanted = fold(name)
    same = [s for s in near if wanted and wanted in (fold(s.name), fold(bare(s)))]
    alone = places.find(tokenise(name), [], [])
    found = same[0] if same else alone[0] if len(alone) == 1 and fold(bare(alone[0])) == wanted else Spot(0, 0, name)
    return found if found.parent or not parent or parent == name else replace(found, parent=parent)


def when(words: str | None, start: str | None, end: str | None, published: date | None, text: str) -> When:
    """The days of an event. `words` stand in the article; without them it is as undated as the rules would have it.

    Where the rules can read the words, their reckoning is taken rather than the model's.
    """
    if words is None:
        return default_window(published)
    read, _ = dates.find(words, tokenise(words).lows, published, None)
    sure = [one for one in read if one.start and one.end and not one.background]
    if len(sure) == 1 and len(read) == 1:
        one = sure[0]
        return When(one.start, one.end, one.precision, one.basis, words, one.continuous)
    first, last = _iso(start), _iso(end or start)
    if first is None or last is None or last < first or not _anchored(first, last, published, text):
        return When(words=words)
    return When(first, last, precision(first, last), "relative", words)


def _anchored(first: date, last: date, published: date | None, text: str) -> bool:
    """Not after publication; without a day of publication, near a full date that the text gives."""
    if published is not None:
        return last <= published
    return any(abs((first - day).days) <= LONGEST_BACK for _, _, day in full_dates(text))


def _iso(text: str | None) -> date | None:
    if text is None or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2100 else None


def figures(one: Harmed) -> list[int]:
    """The figures of an entry, those that say that nobody was harmed apart."""
    return [value for value in (one["low"], one["best"], one["high"]) if value]


def count(one: Harmed, words: str | None, around: set[int], sides: tuple[Actor | None, Actor | None]) -> Count | None:
    """People harmed; `words` count them in the sentence or beside it, `around` are the numbers that stand there."""
    given = figures(one)
    if words is None or not given or not set(given) <= around or max(given) > 2_000_000:
        return None
    if given != sorted(given) or 0 in (one["low"], one["best"], one["high"]):
        return None
    who, side = _victims(one["who"], sides)
    return Count(one["harm"], one["low"], one["best"], one["high"], words, who, side, 0, 0)


def _victims(who: str, sides: tuple[Actor | None, Actor | None]) -> tuple[str, Actor | None]:
    if who == "civilians":
        return "civilians", _CIVILIANS
    side = {"side_a": sides[0], "side_b": sides[1]}.get(who)
    if side is None:
        return "unknown", None
    return ("civilians" if side.actor_type == "civilians" else "armed"), side


def harmless(sentences: Sequence[Sentence]) -> bool:
    """Whether one of the sentences says that nobody was harmed."""
    return any(casualties.none_reported(sentence.tokens) for sentence in sentences)
