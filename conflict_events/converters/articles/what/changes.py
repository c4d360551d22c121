"""Places that change hands: who takes what from whom."""

from __future__ import annotations

from conflict_events.converters.articles.knowledge import words
from conflict_events.converters.articles.model import Draft, Mention, Spot, Tokens, Trigger
from conflict_events.converters.articles.where import locations
from conflict_events.converters.articles.who import sides
from conflict_events.converters.articles.who.picking import UNARMED


def of_people(tokens: Tokens, spots: list[Spot], trigger: Trigger, who: sides.Sides) -> bool:
    """ "Captured two fighters": a capture of people, where no place is taken."""
    takes = tokens.lows[trigger.start].startswith(("captur", "seiz"))
    if trigger.kind != "territory" or trigger.participle or not takes:
        return False
    if who.target is None or who.target.modifier or _site(tokens, who.target):
        return False  # "seized the police headquarters"
    placed = trigger.placed and not _takes_place(tokens, locations.taken(tokens, spots, trigger), trigger)
    return not placed and not locations.taken(tokens, spots, trigger)


def of_site(tokens: Tokens, trigger: Trigger, who: sides.Sides) -> bool:
    """ "Captured an army base in X": a fight for a site of the other party, where no settlement changes hands."""
    held = who.target is not None and _site(tokens, who.target)
    armed = who.agent is not None and who.agent.actor.actor_type not in UNARMED
    return held and armed and trigger.kind == "territory" and not trigger.participle


def _site(tokens: Tokens, mention: Mention) -> bool:
    return not words("grammar", "sites").isdisjoint(tokens.lows[mention.end - 1 : mention.end + 1])


def _territory(tokens: Tokens, spots: list[Spot], trigger: Trigger, who: sides.Sides) -> list[Draft]:
    named = locations.taken(tokens, spots, trigger)
    if trigger.placed and not _takes_place(tokens, named, trigger):
        return []
    loser = who.taken_from or (who.target if trigger.passive is False else None)
    agent = who.agent
    words_ = " ".join(tokens.words[trigger.start : trigger.end])
    if not named and trigger.participle:
        return []
    extent = "partial" if "parts" in tokens.lows[trigger.end : trigger.end + 4] else "full"
    return [
        Draft(
            "territory",
            words_,
            -1,
            named,
            agent.actor if agent else None,
            loser.actor if loser else None,
            agent.text if agent else None,
            loser.text if loser else None,
            rule=f"territory verb '{words_}'",
            taken_from=loser.actor if loser else None,
            extent=extent,
        )
    ]


def _takes_place(tokens: Tokens, named: tuple[Spot, ...], trigger: Trigger) -> bool:
    """Whether a common verb has a place for its direct object: "took the town of X", no "took the bus to X"."""
    if not named or trigger.participle:
        return False
    if trigger.passive:
        return tokens.lows[trigger.end : trigger.end + 1] in (["by"], ["from"], ["after"], ["on"], ["back"])
    settled = any(s.kind in ("town", "city", "village", "district", "area", "admin2", "site") for s in named)
    gap = tokens.lows[trigger.end : named[0].start]
    return settled and len(gap) <= 6 and not any(low in (",", "with", "on", "to") for low in gap)


def _lost(tokens: Tokens, spots: list[Spot], trigger: Trigger, who: sides.Sides) -> list[Draft]:
    """ "The army lost control of X to Y": the subject is the one that X passes from."""
    named = () if trigger.passive or trigger.participle else locations.taken(tokens, spots, trigger)
    if not named or who.agent is None:
        return []
    return [_passes(tokens, trigger, named, who.receiver, who.agent)]


def _expelled(tokens: Tokens, spots: list[Spot], trigger: Trigger, who: sides.Sides) -> list[Draft]:
    """ "Y drove X out of the town", "X was expelled from the town by Y"."""
    lows = tokens.lows
    reach = range(trigger.end, min(trigger.end + 9, len(lows)))
    leaves = next((k for k in reach if lows[k] == "from" or lows[k : k + 2] == ["out", "of"]), None)
    if leaves is None or who.target is None:
        return []
    right = [g for g in locations.groups(spots) if leaves < g[0].start <= leaves + 8]
    named = tuple(s for s in right[0] if s.kind not in ("country", "wide")) if right else ()
    if not named and not set(tokens.lows[leaves : leaves + 5]) & {
        "town",
        "village",
        "city",
        "area",
        "district",
        "base",
    }:
        return []
    return [_passes(tokens, trigger, named, who.agent, who.target)]


def _passes(tokens: Tokens, trigger: Trigger, named: tuple[Spot, ...], taker: Mention | None, loser: Mention) -> Draft:
    words_ = " ".join(tokens.words[trigger.start : trigger.end])
    return Draft(
        "territory",
        words_,
        -1,
        named,
        taker.actor if taker else None,
        loser.actor,
        taker.text if taker else None,
        loser.text,
        rule=f"{trigger.kind} verb '{words_}'",
        taken_from=loser.actor,
        extent="full",
    )


KINDS = {"territory": _territory, "lose": _lost, "expel": _expelled}
