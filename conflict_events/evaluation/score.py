"""Precision, recall and slot accuracies over articles, by a greedy one-to-one match of events."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from conflict_events.evaluation.comparison import Pair, compare
from conflict_events.evaluation.gold import Article, Event

SLOTS = (
    "kind",
    "place",
    "country",
    "date",
    "date_invented",
    "side_a",
    "side_b",
    "sides_swapped",
    "territory_to",
    "deaths_best",
    "deaths_invented",
)
"""Asked of each lenient match where the coding has a value; `…_invented`: where it has none; the fewer the better."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of `n` cases; None of none."""

    hits: int
    n: int

    @property
    def rate(self) -> float | None:
        """Between 0 and 1, or None where nothing was asked."""
        return round(self.hits / self.n, 3) if self.n else None


@dataclass(frozen=True, slots=True)
class Level:
    """Agreement on which events there are, micro-averaged."""

    matched: int
    coded: int
    extracted: int

    @property
    def precision(self) -> float:
        """Share of the extracted events that are coded ones."""
        return round(self.matched / self.extracted, 3) if self.extracted else 0.0

    @property
    def recall(self) -> float:
        """Share of the coded events that were extracted."""
        return round(self.matched / self.coded, 3) if self.coded else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return round(2 * self.precision * self.recall / both, 3) if both else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """An event that only one of the two has."""

    article: str
    what: str  # "missed" or "false"
    kind: str
    place: str | None
    side_a: str | None
    side_b: str | None
    evidence: str | None = None

    def to_text(self) -> str:
        """One line."""
        tail = f" | {self.evidence}" if self.evidence else ""
        return f"{self.article} {self.what:6} {self.kind} | {self.place} | {self.side_a} -> {self.side_b}{tail}"


@dataclass(frozen=True, slots=True)
class Match:
    """A coded event, by its article and its number there from 0, that was found."""

    article: str
    number: int
    strict: bool


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one evaluation; docs/reference/evaluation.md says what each means."""

    articles: int
    lenient: Level
    dated: Level
    strict: Level
    slots: dict[str, Rate]
    empty_articles: int
    false_on_empty: int
    misses: tuple[Miss, ...] = field(default=(), repr=False)
    matches: tuple[Match, ...] = field(default=(), repr=False)

    def to_dict(self) -> dict[str, object]:
        """Plain numbers, for JSON."""
        levels = {
            name: asdict(level) | {"precision": level.precision, "recall": level.recall, "f1": level.f1}
            for name, level in self._levels()
        }
        return {
            "articles": self.articles,
            **levels,
            "slots": {name: {"rate": rate.rate, "n": rate.n} for name, rate in self.slots.items()},
            "articles_without_events": {"articles": self.empty_articles, "false_events": self.false_on_empty},
        }

    def _levels(self) -> tuple[tuple[str, Level], ...]:
        return ("lenient", self.lenient), ("dated", self.dated), ("strict", self.strict)

    def to_json(self) -> str:
        """`to_dict` as JSON."""
        return json.dumps(self.to_dict(), indent=2)

    def to_text(self) -> str:
        """A table for people."""
        lines = [f"{self.articles} articles: {self.lenient.coded} events coded, {self.lenient.extracted} extracted", ""]
        lines.append(f"{'':16} precision  recall     F1")
        for name, level in self._levels():
            lines.append(f"{name:16} {level.precision:9.3f} {level.recall:7.3f} {level.f1:6.3f}")
        lines += ["", f"{'slot':16}      rate       n"]
        for name, rate in self.slots.items():
            shown = "-" if rate.rate is None else f"{rate.rate:.3f}"
            lines.append(f"{name:16} {shown:>9} {rate.n:7}")
        lines += ["", f"{self.false_on_empty} events from {self.empty_articles} articles that hold none"]
        return "\n".join(lines)


def evaluate(gold: Iterable[Article], predictions: Mapping[str, Sequence[Event]]) -> Score:
    """Compare extracted events with coded ones, article by article.

    Matching is greedy: the best pair first, each event once. Coded events marked `context` are optional: neither
    missed nor, where they are found, false.
    """
    articles = empty = false_on_empty = coded = extracted = 0
    pairs: list[Pair] = []
    misses: list[Miss] = []
    matches: list[Match] = []
    for article in gold:
        events = list(predictions.get(article.name, ()))
        found = match_events(article.events, events)
        optional = {g for g, event in enumerate(article.events) if event.get("context")}
        counted = [pair for g, _, pair in found if g not in optional]
        articles += 1
        coded += len(article.events) - len(optional)
        extracted += len(events) - (len(found) - len(counted))
        pairs.extend(counted)
        matches.extend(Match(article.name, g, pair.strict) for g, _, pair in found)
        if not article.events:
            empty += 1
            false_on_empty += len(events)
        misses.extend(_misses(article, events, found, optional))
    slots: dict[str, Rate] = {}
    for name in SLOTS:
        asked = [pair.slots[name] for pair in pairs if pair.slots[name] is not None]
        slots[name] = Rate(sum(bool(value) for value in asked), len(asked))
    return Score(
        articles,
        Level(len(pairs), coded, extracted),
        Level(sum(pair.dated for pair in pairs), coded, extracted),
        Level(sum(pair.strict for pair in pairs), coded, extracted),
        slots,
        empty,
        false_on_empty,
        tuple(misses),
        tuple(matches),
    )


def match_events(gold: Sequence[Event], events: Sequence[Event]) -> list[tuple[int, int, Pair]]:
    """(coded event, extracted event, pair) of a greedy one-to-one match, the best first."""
    pairs = [
        (pair, g, p)
        for g, coded in enumerate(gold)
        for p, event in enumerate(events)
        if (pair := compare(coded, event)) is not None
    ]
    free_gold, free_events = set(range(len(gold))), set(range(len(events)))
    found: list[tuple[int, int, Pair]] = []
    for pair, g, p in sorted(pairs, key=lambda one: (-one[0].score, one[1], one[2])):
        if g in free_gold and p in free_events:
            free_gold.remove(g)
            free_events.remove(p)
            found.append((g, p, pair))
    return found


def _misses(
    article: Article, events: Sequence[Event], found: Sequence[tuple[int, int, Pair]], optional: set[int]
) -> list[Miss]:
    hit_gold, hit_events = {g for g, _, _ in found}, {p for _, p, _ in found}
    missed = [
        Miss(
            article.name, "missed", e["event_type"], e.get("place"), e.get("side_a"), e.get("side_b"), e.get("evidence")
        )
        for g, e in enumerate(article.events)
        if g not in hit_gold | optional
    ]
    false = [
        Miss(article.name, "false", str(e.get("event_subtype")), e.get("place_name"), e.get("side_a"), e.get("side_b"))
        for p, e in enumerate(events)
        if p not in hit_events
    ]
    return missed + false
