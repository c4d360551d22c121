"""The expression of time that a trigger goes with."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from conflict_events.converters.articles.knowledge import words
from conflict_events.converters.articles.model import Tokens, Trigger, When


def _before_speech(when: When) -> When:
    """What was said on a day had happened then or the day before, as far as the sentence tells."""
    if when.start is None:
        return when
    return replace(when, start=when.start - timedelta(days=1), precision=2, basis="default_window")


def _of_speech(tokens: Tokens, when: When) -> bool:
    first = next((k for k, start in enumerate(tokens.starts) if start >= when.position), 0)
    if any(low in words("attribution", "verbs") for low in tokens.lows[max(0, first - 2) : first]):
        return True
    last = first + len((when.words or "").split())
    led = tokens.lows[last : last + 1] == ["that"]  # "told X by phone on Friday that …"
    return led and any(low in words("attribution", "verbs") for low in tokens.lows[max(0, first - 8) : first])


def nearest(tokens: Tokens, trigger: Trigger, whens: list[When]) -> When:
    """The expression of time closest to a trigger; one that looks back counts only inside the trigger's own clause."""
    if not whens:
        return When()
    at = tokens.starts[trigger.start]
    live = [when for when in whens if not when.background and not (when.clause and when.position > at)]
    old = [when for when in whens if when.background]
    if len(live) > 1:  # "…, police said on Wednesday" tells when police spoke
        live = [when for when in live if not _of_speech(tokens, when)] or live
    dated = [when for when in live if when.start is not None and (when.precision or 9) <= 2]
    if dated:  # "at dawn on Saturday" is on Saturday
        live = [when for when in live if when.shift != 0]
    near = [when for when in live if when.shift is not None or (when.precision or 9) <= 2]
    live = near or live  # "overnight" before "last week"
    best = min(live, key=lambda when: abs(when.position - at)) if live else None
    worst = min(old, key=lambda when: abs(when.position - at)) if old else None
    if worst is not None and (best is None or abs(worst.position - at) < abs(best.position - at)):
        return worst
    if best is not None and best.basis == "relative" and best.start == best.end and _of_speech(tokens, best):
        return _before_speech(best)
    return best or When()
