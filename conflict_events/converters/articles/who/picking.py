"""One party out of those that a clause names: its subject, its object, whose the weapon is, who holds the place."""

from __future__ import annotations

from conflict_events.converters.articles.knowledge import lexicon, words
from conflict_events.converters.articles.model import Mention, Tokens, Trigger

_OBLIQUE_OK = frozenset({"", "about", "as", "after", "before", "since", "because", "until"})
UNARMED = ("civilians", "protesters", "rioters")


def is_country(mention: Mention) -> bool:
    return (mention.actor.actor_id or "").startswith("government-of-")


def names_place(tokens: Tokens, mention: Mention) -> bool:
    """Whether a country only says where the place before it lies: "in Kirkuk, Iraq, killed …"."""
    at = mention.start
    after_name = at > 1 and tokens.lows[at - 1] == "," and tokens.words[at - 2][:1].isupper()
    return is_country(mention) and after_name and tokens.lows[at - 2] not in words("places", "never")


def governed(listed: list[Mention], prepositions: set[str]) -> Mention | None:
    return next((m for m in listed if m.preposition in prepositions and not m.modifier), None)


def ungoverned(listed: list[Mention]) -> Mention | None:
    """The first mention that no preposition governs: a subject or an object; a describing adjective is neither."""
    return next((m for m in listed if m.preposition in _OBLIQUE_OK and not m.modifier), None)


def of_people(tokens: Tokens, left: list[Mention]) -> Mention | None:
    """ "Twelve heads of X were killed": the party whose people are the subject."""
    for mention in left:
        if mention.preposition == "of" and not mention.modifier and not is_country(mention):
            ahead = tokens.lows[max(0, mention.start - 4) : mention.start]
            if not set(ahead).isdisjoint(lexicon("groups")["holders"]["words"]) or "heads" in ahead:
                return mention
    return None


def of_means(tokens: Tokens, left: list[Mention]) -> Mention | None:
    """ "A helicopter of X bombed", "shells of X hit": the party whose weapon is the subject."""
    arms = words("grammar", "flying") | words("grammar", "guns")
    for mention in left:
        ahead = tokens.lows[max(0, mention.start - 4) : mention.start]
        if mention.preposition == "of" and not mention.modifier and not is_country(mention):
            return mention if not arms.isdisjoint(ahead) else None
    return None


def describing(tokens: Tokens, left: list[Mention], floor: int) -> Mention | None:
    """ "A police station was attacked": the party that describes the thing which is the subject."""
    first = left[0] if left else None
    if first is None or not first.modifier or not first.actor.generic or first.actor.actor_type in UNARMED:
        return None
    opening = tokens.lows[floor : first.start]
    return first if all(low in words("grammar", "determiners") for low in opening) else None


def object_of(tokens: Tokens, trigger: Trigger, right: list[Mention]) -> Mention | None:
    """The object of a verb: the first mention that no preposition but "of" parts from it: "hit a convoy of the RSF"."""
    for mention in right:
        gap = tokens.lows[trigger.end : mention.start]
        if gap[-1:] == ["and"] and gap[-2:-1] and gap[-2] in lexicon("groups")["holders"]["words"]:
            gap = gap[:-2]  # "the positions and dens of X"
        if len(gap) > 9 or any(low in words("grammar", "ends_object") for low in gap):
            return None
        if mention.modifier and not is_country(mention) and mention.actor.actor_type not in UNARMED:
            return mention  # "killed a Taliban leader", "attacked a police vehicle"
        if mention.modifier or mention.preposition not in (*_OBLIQUE_OK, "of"):
            continue
        return mention
    return None


def near(tokens: Tokens, trigger: Trigger, mention: Mention) -> bool:
    gap = tokens.lows[trigger.end : mention.start]
    return len(gap) <= 6 and not any(low in (",", ":", ";", "and", "after", "when", "as") for low in gap)


def agent_of_by(tokens: Tokens, right: list[Mention]) -> Mention | None:
    """Who did it: "by X", but not the holder in "a road used by X"."""
    for mention in right:
        if mention.preposition == "by" and not mention.modifier:
            at = next((k for k in range(mention.start - 1, -1, -1) if tokens.lows[k] == "by"), 0)
            if not at or tokens.lows[at - 1] not in words("grammar", "held_by"):
                return mention
    return None


def holder(tokens: Tokens, listed: list[Mention]) -> Mention | None:
    """ "Strikes on areas held by X", "a depot belonging to X": who holds what is attacked."""
    for mention in listed:
        ahead = tokens.lows[max(0, mention.start - 3) : mention.start]
        held = mention.preposition == "by" and not _HELD.isdisjoint(ahead)
        if (held or (mention.preposition == "to" and "belonging" in ahead)) and not mention.modifier:
            return mention
    return None


_HELD = frozenset({"held", "controlled", "occupied", "manned"})


def attributed(tokens: Tokens, right: list[Mention]) -> Mention | None:
    """ "A drone attributed to X": the party that a weapon is said to be of."""
    for mention in right:
        ahead = tokens.lows[max(0, mention.start - 3) : mention.start]
        if mention.preposition == "to" and "attributed" in ahead:
            return mention
    return None


def attributive(tokens: Tokens, mentions: list[Mention], trigger: Trigger) -> Mention | None:
    """ "coalition airstrike", "Turkish airstrikes", "a US drone strike": the actor right before the noun."""
    start = trigger.start
    skipped = words("grammar", "before_attack")
    while start > 0:
        if start > 1 and tokens.lows[start - 1] == "and" and tokens.lows[start - 2].endswith(_ATTACKS):
            start -= 2  # "Turkish airstrikes and shelling"
        elif tokens.lows[start - 1] in skipped:
            start -= 1
        else:
            break
    return next((m for m in mentions if m.end == start), None)


_ATTACKS = ("strike", "strikes", "raids", "shelling", "bombardment", "attacks")


def same_force(first: Mention, second: Mention) -> bool:
    """ "The Congolese army, the FARDC": a force and its name."""
    state = ("state_forces", "external_forces")
    both = first.actor.actor_type in state and second.actor.actor_type in state
    return (
        both and None not in (first.actor.country, second.actor.country) and first.actor.country == second.actor.country
    )
