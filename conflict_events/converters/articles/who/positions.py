"""People in a statement, and forces that a sentence only places: two patterns without an action verb."""

from __future__ import annotations

from conflict_events.converters.articles.knowledge import state_actor, words
from conflict_events.converters.articles.model import Actor, Claim, Draft, Mention, Spot, Tokens, Trigger, When
from conflict_events.converters.articles.who.forces import countries
from conflict_events.converters.articles.words.tokens import tokenise

_ARMED = frozenset(
    {"state_forces", "rebel_group", "political_militia", "identity_militia", "external_forces", "unknown"}
)
_PLACED = frozenset(["located", "stationed", "positioned", "deployed", "based", "seen", "present", "massed"])


def position(
    tokens: Tokens, mentions: list[Mention], spots: list[Spot], whens: list[When], claim: Claim, sentence: int
) -> Draft | None:
    """ "On Monday, X was about 90 km east of Y": an armed actor, a form of "be", a place and a day."""
    live = [when for when in whens if not when.background]
    if not live or len(whens) != len(live):
        return None
    for mention in mentions:
        if mention.preposition or mention.modifier or mention.actor.generic or mention.actor.actor_type not in _ARMED:
            continue
        if (mention.actor.actor_id or "").startswith("government-of-"):
            continue
        be = _copula(tokens, mention.end)
        if be is None:
            continue
        spot = next(
            (s for s in spots if s.start > be and s.role != "parent" and s.kind not in ("country", "wide")), None
        )
        following = tokens.lows[be + 1 : be + 2]
        if (
            spot is None
            or not following
            or following[0] not in {"in", "at", "near", "about", "some", "around"} | _PLACED
        ):
            return None
        if spot.start - be > 16:
            return None
        return Draft(
            "troop_movement",
            "was",
            sentence,
            (spot,),
            mention.actor,
            None,
            mention.text,
            when=live[0],
            claim=claim,
            rule="position of an armed actor on a day",
        )
    return None


def _copula(tokens: Tokens, start: int) -> int | None:
    """ "was" or "were" after the name, or after an apposition between commas."""
    at = start
    if at < len(tokens.lows) and tokens.lows[at] == ",":
        closing = next((k for k in range(at + 1, min(at + 18, len(tokens.lows))) if tokens.lows[k] == ","), None)
        if closing is None:
            return None
        at = closing + 1
    return at if at < len(tokens.lows) and tokens.lows[at] in ("was", "were") else None


def speaker(tokens: Tokens, mentions: list[Mention], trigger: Trigger) -> tuple[str | None, Actor | None]:
    """Who announced: a person with a title in an actor, or the actor itself; else (None, None)."""
    floor = 0
    for k in range(trigger.start - 1, -1, -1):
        if tokens.lows[k] in (";", ":", "that", "who", "which"):
            floor = k + 1
            break
    left = [m for m in mentions if floor <= m.start and m.end <= trigger.start]
    name_end = next(
        (k for k in range(floor, trigger.start) if tokens.lows[k] == "," and _capital_run(tokens, k) >= 2), None
    )
    if (name_end is not None and tokens.lows[trigger.start - 1] == ",") or (
        name_end is not None
        and any(low in words("attribution", "titles") for low in tokens.lows[name_end : trigger.start])
    ):
        run = _capital_run(tokens, name_end)
        actor = next((m.actor for m in left if m.start > name_end and not m.actor.generic), None)
        titled = any(low in words("attribution", "titles") for low in tokens.lows[name_end : trigger.start])
        if titled and actor is not None:
            return " ".join(tokens.words[name_end - run : name_end]), actor
    subject = next((m for m in left if not m.preposition and not m.modifier), None)
    if subject is not None and not subject.actor.generic and trigger.start - subject.end <= 3:
        return None, subject.actor
    return None, None


def claimant(mentions: list[Mention], claim: Claim) -> Mention | None:
    """The party that a claimant belongs to: "the army", "a spokesman for ISIS", "the Russian defence ministry"."""
    if claim.by is None or claim.kind not in ("government", "own_side"):
        return None
    padded = f" {claim.by} "
    named = [m for m in mentions if m.actor.actor_type in _ARMED and f" {m.text} " in padded and not m.modifier]
    if named:
        return max(named, key=lambda m: m.end - m.start)
    listed = tokenise(claim.by)
    if not _OF_STATE.isdisjoint(listed.lows):
        for _, _, values in countries().all(listed.lows):
            return Mention(0, 0, state_actor(values[0][0]), claim.by)
    return None


_OF_STATE = frozenset({"defence", "defense", "military", "army", "navy"})


def _capital_run(tokens: Tokens, end: int) -> int:
    """How many name words end right before token `end`."""
    count = 0
    while end - count - 1 >= 0 and count < 6:
        word = tokens.words[end - count - 1]
        if not any(c.isupper() for c in word) or tokens.lows[end - count - 1] in words("places", "never"):
            break
        count += 1
    return count
