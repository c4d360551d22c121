"""Who was harmed in which of a sentence's events, and whose people they were."""

from __future__ import annotations

from conflict_events.converters.articles.model import Count, Draft, Spot, Tokens
from conflict_events.converters.articles.what.filters import UNARMED
from conflict_events.converters.articles.where import locations

_NO_VICTIM = frozenset(
    ["statement", "agreement", "troop_movement", "peaceful_protest", "other", "territory", "advance"]
)


_SEARCHED = frozenset(
    ["encounter", "operation", "raid", "sweep", "search operation", "military operation", "security operation"]
)


def each_its_own(draft: Draft, spots: list[Spot]) -> list[Draft]:
    """ "Six were killed in X, four in Y": each place with its own count."""
    dead = [count for count in draft.counts if count.harm == "killed"]
    if len(dead) < 2 or draft.subtype not in ("kill", "armed_clash", "hit", "attack"):
        return [draft]
    ends = [*(count.start for count in dead[1:]), 1_000_000]
    groups = locations.groups(spots)
    own = [
        next((g for g in groups if count.end <= g[0].start < end and g[0].preposition == "in"), None)
        for count, end in zip(dead, ends, strict=True)
    ]
    if any(group is None for group in own) or len({id(group) for group in own}) < len(own):
        return [draft]
    rest = tuple(count for count in draft.counts if count.harm != "killed")
    return [
        draft.with_(spots=group[:1], counts=(count, *(rest if number == 0 else ())))
        for number, (count, group) in enumerate(zip(dead, own, strict=True))
        if group is not None
    ]


def victims(draft: Draft) -> Draft:
    """Whose people were harmed is a side, where no word says so: "12 soldiers died in an ambush"."""
    if draft.subtype in _NO_VICTIM or (draft.side_b is not None and (draft.side_a is not None or not draft.mutual)):
        return draft
    harmed = [c.actor for c in draft.counts if c.harm in ("killed", "wounded") and c.actor is not None]
    if draft.side_b is not None:  # "clashes with militants left four soldiers dead"
        armed = [actor for actor in harmed if actor.actor_type not in UNARMED and actor != draft.side_b]
        return draft.with_(side_a=draft.side_b, text_a=draft.text_b, side_b=armed[0], text_b=None) if armed else draft
    others = [actor for actor in dict.fromkeys(harmed) if actor != draft.side_a]
    armed = [actor for actor in others if actor.actor_type not in UNARMED]
    if draft.side_a is None and len(armed) == 2 and draft.subtype in ("armed_clash", "kill", "hit"):
        state = [actor for actor in armed if actor.actor_type in ("state_forces", "external_forces")]
        if len(state) == 1:
            other = next(actor for actor in armed if actor is not state[0])
            pair = (state[0], other) if draft.trigger.lower() in _SEARCHED else (other, state[0])
            return draft.with_(side_a=pair[0], side_b=pair[1], mutual=True)
    if not others or (draft.side_a is not None and draft.side_a.actor_type in UNARMED):
        return draft
    return draft.with_(side_b=(armed or others)[0])


def _distance(tokens: Tokens, draft: Draft, count: Count) -> int:
    """Words between a count and the nearest word that tells the event."""
    gaps = [
        max(at - count.end, count.start - at, 0) + 10 * sum(low in (";", ":") for low in _between(tokens, at, count))
        for at in draft.positions
    ]
    return min(gaps, default=0)


def _between(tokens: Tokens, at: int, count: Count) -> list[str]:
    return tokens.lows[at : count.start] if at < count.start else tokens.lows[count.end : at]


def with_counts(tokens: Tokens, drafts: list[Draft], counts: list[Count]) -> list[Draft]:
    """Harm belongs to the event that it stands with: the violent one, or arrests for people captured."""
    if not drafts or not counts:
        return drafts
    given: list[list[Count]] = [[] for _ in drafts]
    for count in counts:
        captured = count.harm == "captured"
        fits = [
            k for k, d in enumerate(drafts) if (d.subtype in ("arrests", "abduction_forced_disappearance")) == captured
        ]
        violent = [k for k in fits if drafts[k].subtype not in ("statement", "agreement", "troop_movement")]
        if violent or fits:
            given[min(violent or fits, key=lambda k: _distance(tokens, drafts[k], count))].append(count)
        elif not captured:
            given[0].append(count)
    return [one.with_(counts=tuple(listed)) for one, listed in zip(drafts, given, strict=True)]
