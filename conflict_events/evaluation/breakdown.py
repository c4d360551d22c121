"""Which coded events are found, by the style of the article, the kind of event, or what makes it hard."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from conflict_events.evaluation.gold import Article, Event
from conflict_events.evaluation.score import Score


@dataclass(frozen=True, slots=True)
class Found:
    """Of `coded` events of a group, how many were found, leniently and strictly. Optional events are left out."""

    coded: int
    lenient: int
    strict: int


def breakdown(gold: Iterable[Article], score: Score, by: str) -> dict[str, Found]:
    """Group -> what was found of it; `by` is a key of GROUPS. An event may be in several groups."""
    groups = GROUPS[by]
    strict = {(m.article, m.number): m.strict for m in score.matches}
    tally: dict[str, list[bool | None]] = {}
    for article in gold:
        for number, event in enumerate(article.events):
            if event.get("context"):
                continue
            for name in groups(article, event):
                tally.setdefault(name, []).append(strict.get((article.name, number)))
    return {
        name: Found(len(listed), sum(one is not None for one in listed), sum(bool(one) for one in listed))
        for name, listed in sorted(tally.items())
    }


def _style(article: Article, _event: Event) -> list[str]:
    return [article.style or "no style given"]


def _kind(_article: Article, event: Event) -> list[str]:
    return [str(event["event_type"])]


def _phenomenon(article: Article, event: Event) -> list[str]:
    told = [other for other in article.events if other.get("evidence") == event.get("evidence")]
    best, low, high = (event.get(f"deaths_{key}") for key in ("best", "low", "high"))
    checks = {
        "several events in one sentence": len(told) > 1,
        "one event in its sentence": len(told) == 1,
        "a toll": best is not None,
        "rival or rising tolls": best is not None and (low not in (None, best) or high not in (None, best)),
        "at least N": best is not None and high is None,
        "a toll over several events": bool(event.get("shared_deaths")),
        "nobody killed, said so": best == 0,
        "no day can be told": not event.get("date"),
        "a day": event.get("date_precision") == "day",
        "a week or longer": event.get("date_precision") in ("week", "month", "year"),
        "no acting side": not event.get("side_a"),
        "both sides": bool(event.get("side_a") and event.get("side_b")),
        "no place": not event.get("place"),
        "place inside another": bool(event.get("place_parent")),
        "credited to someone": bool(event.get("claim_by")),
    }
    return [name for name, holds in checks.items() if holds]


GROUPS: dict[str, Callable[[Article, Event], list[str]]] = {"style": _style, "kind": _kind, "phenomenon": _phenomenon}
