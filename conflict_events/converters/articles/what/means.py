"""The kind of an attack by what it is made with."""

from __future__ import annotations

from conflict_events.converters.articles.knowledge import lexicon
from conflict_events.converters.articles.model import Tokens, Trigger
from conflict_events.converters.articles.what.filters import UNARMED
from conflict_events.converters.articles.who import sides

_FLYING = frozenset(lexicon("grammar")["flying"])


_GUNS = frozenset(lexicon("grammar")["guns"])


_OPEN_MEANS = frozenset(
    ["hit", "kill", "wound", "armed_clash", "shelling_artillery_missile", "remote_explosive_landmine_ied"]
)


def at_arms(who: sides.Sides) -> bool:
    """ "The army destroyed positions of X": an attack by one armed party on another, no arson."""
    pair = (who.agent, who.target)
    return all(m is not None and m.actor.actor_type not in UNARMED for m in pair)


def _thing(tokens: Tokens, trigger: Trigger) -> set[str]:
    """The words right before a verb without an agent: "a helicopter gunship attacked", "fighter jets have killed"."""
    if trigger.noun or trigger.passive:
        return set()
    return set(tokens.lows[max(0, trigger.start - 4) : trigger.start])


def _with_what(tokens: Tokens, trigger: Trigger) -> set[str]:
    """The words of "with an armed drone", "with rockets" after a verb."""
    for position in range(trigger.end, min(trigger.end + 16, len(tokens.lows))):
        if tokens.lows[position] == "with":
            return set(tokens.lows[position + 1 : position + 4])
        if tokens.lows[position] in (";", "and", "who", "which", "after"):
            break
    return set()


def by_means(tokens: Tokens, subtype: str, who: sides.Sides, trigger: Trigger) -> str:
    """What the attacker uses tells the kind: "a drone fired a missile" is an air strike, "howitzers hit" shelling."""
    if subtype not in _OPEN_MEANS:
        return subtype
    used = set(tokens.lows[who.agent.start : who.agent.end]) if who.agent else _thing(tokens, trigger)
    used |= _with_what(tokens, trigger)
    if used & _FLYING:
        return "air_drone_strike"
    if used & _GUNS and subtype in ("hit", "kill", "wound"):
        return "shelling_artillery_missile"
    return subtype
