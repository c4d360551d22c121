"""Who acts and who is acted on, for one trigger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from conflict_events.converters.articles.knowledge import lexicon, words
from conflict_events.converters.articles.model import Mention, Tokens, Trigger
from conflict_events.converters.articles.what.actions import support_verb
from conflict_events.converters.articles.who.picking import (
    UNARMED,
    agent_of_by,
    attributed,
    attributive,
    describing,
    governed,
    holder,
    is_country,
    names_place,
    near,
    object_of,
    of_means,
    of_people,
    same_force,
    ungoverned,
)
from conflict_events.converters.articles.words.inflection import inflect
from conflict_events.converters.articles.words.tokens import Phrases

_CLAUSE = frozenset(
    {";", ":", "that", "who", "which", "whose", "when", "while", "because", "after", "before", "although", "as"}
)


@dataclass(frozen=True, slots=True)
class Sides:
    """The mentions that a trigger's clause gives."""

    agent: Mention | None = None
    target: Mention | None = None
    taken_from: Mention | None = None
    mutual: bool = False
    receiver: Mention | None = None


def find(
    tokens: Tokens,
    mentions: list[Mention],
    triggers: list[Trigger],
    number: int,
    before: Sides | None,
    speaker: Mention | None = None,
) -> Sides:
    """The sides of trigger `number`; `before` are those of the trigger ahead of it, `speaker` who says the sentence."""
    found = _find(tokens, mentions, triggers, number, before)
    trigger = triggers[number]
    own = trigger.kind in ("territory", "arrest") and trigger.passive and not trigger.noun
    if speaker is not None and own and found.agent is None:
        return replace(found, agent=speaker)  # "X has been retaken, the army said"
    if speaker is None or trigger.noun or trigger.reversed or trigger.participle:
        return found
    if found.agent is None and not trigger.passive and pronoun(tokens, trigger.start):
        return replace(found, agent=speaker)
    own = found.agent is not None and found.agent.actor.generic and _possessed(tokens, found.agent)
    return replace(found, agent=speaker) if own and not speaker.actor.generic else found


def pronoun(tokens: Tokens, position: int) -> bool:
    """Whether "it" or "they" is the subject of the verb at `position`, auxiliaries and adverbs skipped."""
    skipped = words("grammar", "have") | words("grammar", "be")
    position -= 1
    while position >= 0 and (tokens.lows[position] in skipped or tokens.lows[position].endswith("ly")):
        position -= 1
    return position >= 0 and tokens.lows[position] in ("it", "they", "we")


def _possessed(tokens: Tokens, mention: Mention) -> bool:
    return mention.start > 0 and tokens.lows[mention.start - 1] in ("its", "their", "our")


def _find(tokens: Tokens, mentions: list[Mention], triggers: list[Trigger], number: int, before: Sides | None) -> Sides:
    trigger = triggers[number]
    floor = _clause_start(tokens, trigger.start)
    ceiling = _clause_end(tokens, triggers, number)
    mentions = [
        m
        for m in mentions
        if not (is_country(m) and m.start >= trigger.end and m.preposition not in ("by", "against", "with", "between"))
    ]
    mentions = [m for m in mentions if not names_place(tokens, m)]
    left = [m for m in mentions if floor <= m.start and m.end <= trigger.start]
    right = [m for m in mentions if trigger.end <= m.start < ceiling]
    if trigger.noun:
        return _noun(tokens, mentions, triggers, number, left, right, floor)
    by = agent_of_by(tokens, right)
    if trigger.reversed:
        return Sides(ungoverned(right) or governed(right, {"of", "to"}), None)
    if trigger.passive:
        taken = governed(right, {"from"})
        if trigger.kind == "battle" and repels(tokens, trigger):  # "the attack by X was repulsed by Y"
            return Sides(_attacker(tokens, mentions, triggers, number), by)
        if by is None and tokens.lows[trigger.start : trigger.end][1:2] == ["under"]:
            by = taken  # "came under attack from X"
        sufferer = (
            ungoverned(left) or of_people(tokens, left) or holder(tokens, left) or describing(tokens, left, floor)
        )
        return Sides(by, sufferer, taken)
    agent = _agent(tokens, mentions, triggers, number, left, floor, before)
    if trigger.participle:
        agent = None
    if trigger.kind == "battle" and agent is not None and not trigger.passive:
        partner = _partner(tokens, left, agent, trigger)
        if partner is not None:
            return Sides(agent, partner, None, True)
    if trigger.kind == "means" and agent is not None and tokens.lows[trigger.start].startswith("trigger"):
        victim = agent.actor.actor_type in (*UNARMED, "state_forces")  # others who trigger a mine have laid it
        return Sides(None, agent) if victim else Sides(agent)
    target = object_of(tokens, trigger, right) or governed(right, {"against", "with"})
    if target is None and trigger.kind in ("hit", "kill", "wound", "means", "battle", "weapon", "destroy"):
        target = next((m for m in right if m.preposition in ("on", "at", "into") and near(tokens, trigger, m)), None)
    if target is None and trigger.kind == "destroy":  # "destroyed vehicles belonging to X"
        target = next((m for m in right if m.preposition in ("of", "to") and near(tokens, trigger, m)), None)
    if agent is not None and target is not None and target.actor == agent.actor:
        target = None
    if trigger.kind == "battle" and agent is not None and not trigger.passive and repels(tokens, trigger):
        attacker = target or _owner(tokens, mentions, triggers, number)
        return Sides(attacker if attacker and attacker.actor != agent.actor else None, agent)
    mutual = trigger.kind == "battle" and governed(right, {"with"}) is not None
    receiver = governed(right, {"to"}) if trigger.kind == "lose" else None
    return Sides(agent, target, governed(right, {"from"}), mutual, receiver)


def _noun(
    tokens: Tokens,
    mentions: list[Mention],
    triggers: list[Trigger],
    number: int,
    left: list[Mention],
    right: list[Mention],
    floor: int,
) -> Sides:
    trigger = triggers[number]
    between = [m for m in right if m.preposition == "between"]
    if between:
        pair = [m for m in right if m.start >= between[0].start and not m.modifier]
        other = next((m for m in pair[1:] if m.actor != pair[0].actor and not same_force(pair[0], m)), None)
        if other is not None:
            return Sides(pair[0], other, None, True)
    agent = attributive(tokens, mentions, trigger) or agent_of_by(tokens, right) or attributed(tokens, right)
    if agent is None and trigger.kind == "weapon":  # "shells of X"
        agent = next(
            (m for m in right[:1] if m.preposition == "of" and not m.modifier and near(tokens, trigger, m)), None
        )
    if agent is None:
        carrier = _support(tokens, trigger, floor)
        if carrier is not None:
            agent = ungoverned([m for m in left if m.end <= carrier])
    suffered = _suffered(tokens, trigger, floor)
    if suffered is not None:
        return Sides(
            agent_of_by(tokens, right) or attributive(tokens, mentions, trigger),
            ungoverned([m for m in left if m.end <= suffered]),
        )
    own = [m for m in right if _CLAUSE.isdisjoint(tokens.lows[trigger.end : m.start])]
    target = governed(right, {"against", "targeting"}) or governed(right, {"on", "at", "with", "into"})
    target = target or holder(tokens, right) or ungoverned(own)
    if agent is not None and target is not None and target.actor == agent.actor:
        target = None
    met = trigger.kind == "battle" and target is not None and target.preposition == "with"
    return Sides(agent, target, None, met)


def _suffered(tokens: Tokens, trigger: Trigger, floor: int) -> int | None:
    """Where the words stand that make the subject the sufferer: "was the target of an attack", "came under attack"."""
    for position in range(trigger.start - 1, max(floor, trigger.start - 7) - 1, -1):
        pair = tokens.lows[position : position + 2]
        if pair in (["target", "of"], ["targets", "of"], ["victim", "of"], ["victims", "of"], ["subjected", "to"]):
            return position
    return None


def _support(tokens: Tokens, trigger: Trigger, floor: int) -> int | None:
    for position in range(trigger.start - 1, max(floor, trigger.start - 8) - 1, -1):
        if support_verb(tokens, position):
            return position
    return None


def has_support(tokens: Tokens, trigger: Trigger) -> bool:
    """Whether a verb carries the noun: "carried out an air strike"."""
    return _support(tokens, trigger, _clause_start(tokens, trigger.start)) is not None


def _agent(
    tokens: Tokens,
    mentions: list[Mention],
    triggers: list[Trigger],
    number: int,
    left: list[Mention],
    floor: int,
    before: Sides | None,
) -> Mention | None:
    trigger = triggers[number]
    ahead = [t for t in triggers[:number] if t.start >= floor and not t.noun]
    if not ahead:
        found = ungoverned(left) or _resumed(tokens, mentions, floor, trigger) or _following(tokens, mentions, trigger)
        found = found or of_means(tokens, left)
        if found is None and before is not None and _participial(tokens, trigger):
            return before.agent
        return found
    last = ahead[-1]
    cut = next((k for k in range(trigger.start - 1, last.end - 1, -1) if tokens.lows[k] in ("and", ",", "but")), None)
    fresh = ungoverned([m for m in left if cut is not None and m.start > cut])
    if fresh is not None:
        return fresh
    return before.agent if before else None


def _resumed(tokens: Tokens, mentions: list[Mention], floor: int, trigger: Trigger) -> Mention | None:
    """The subject ahead of a clause set between signs: "The army, whose chief …, entered the town"."""
    if not floor or tokens.lows[floor - 1] not in ("who", "which", "whose"):
        return None
    if not any(low in (",", "—", "–", ")") for low in tokens.lows[floor : trigger.start]):
        return None
    return ungoverned([m for m in mentions if m.end < floor])


def _following(tokens: Tokens, mentions: list[Mention], trigger: Trigger) -> Mention | None:
    """ "After taking X, the rebels moved on Y": the subject that comes after the opening clause."""
    opening = tokens.lows[max(0, trigger.start - 1) : trigger.start]
    if not _participial(tokens, trigger) or trigger.start > 2 or opening not in (["after"], ["before"], ["while"], []):
        return None
    comma = next((k for k in range(trigger.end, len(tokens.lows)) if tokens.lows[k] == ","), None)
    after = [m for m in mentions if comma is not None and comma < m.start <= comma + 3]
    return ungoverned(after)


def _participial(tokens: Tokens, trigger: Trigger) -> bool:
    return tokens.lows[trigger.start].endswith("ing")


def _partner(tokens: Tokens, left: list[Mention], agent: Mention, trigger: Trigger) -> Mention | None:
    """ "X and Y clashed": the second party of a joint subject, where the verb takes no object."""
    if tokens.lows[trigger.start] not in (
        "clash",
        "clashed",
        "fought",
        "battled",
        "clashing",
        "fight",
        "skirmished",
        "exchanged",
        "traded",
    ):
        return None
    for mention in left:
        if mention.start > agent.end and tokens.lows[agent.end : mention.start][:1] == ["and"]:
            gap = tokens.lows[agent.end : mention.start]
            if len(gap) <= 4 and not mention.modifier and mention.actor != agent.actor:
                return mention
    return None


def repels(tokens: Tokens, trigger: Trigger) -> bool:
    """ "The army beat back an assault": who is beaten back had begun it."""
    return bool(_repelling().at(tokens.lows, trigger.start))


@cache
def _repelling() -> Phrases:
    phrases = Phrases()
    for verb in lexicon("grammar")["repelling"]:
        for form in inflect(verb).values():
            phrases.add(form, True)
    return phrases


def _attacker(tokens: Tokens, mentions: list[Mention], triggers: list[Trigger], number: int) -> Mention | None:
    """Whose the attack was that is said to have been repulsed: of the noun ahead, by its agent or its owner."""
    for earlier in reversed(triggers[:number]):
        if earlier.noun and earlier.kind in ("battle", "hit"):
            reach = [m for m in mentions if earlier.end <= m.start < triggers[number].start]
            return attributive(tokens, mentions, earlier) or governed(reach, {"by", "of", "from"})
    return None


def _owner(tokens: Tokens, mentions: list[Mention], triggers: list[Trigger], number: int) -> Mention | None:
    """Whose the assault is that the verb names: "Russian assaults", "an attack by X"."""
    following = next((t for t in triggers[number + 1 : number + 2] if t.noun), None)
    if following is None:
        return None
    return attributive(tokens, mentions, following) or next(
        (m for m in mentions if following.end <= m.start <= following.end + 6 and m.preposition in ("by", "of")), None
    )


def _clause_start(tokens: Tokens, position: int) -> int:
    verbs = words("attribution", "verbs")
    for k in range(position - 1, -1, -1):
        low = tokens.lows[k]
        if low in _CLAUSE and not (low == "as" and tokens.lows[k + 1 : k + 2] == ["well"]):
            timed = low in ("after", "before") and tokens.lows[k + 1] in words("grammar", "times_of_day")
            if not timed:
                return k + 1
        if low in verbs and k + 1 < position and tokens.lows[k] not in ("announced", "reports", "claims"):
            return k + 1
    return 0


def _clause_end(tokens: Tokens, triggers: list[Trigger], number: int) -> int:
    following = [t.start for t in triggers[number + 1 :] if not t.noun]
    limit = following[0] if following else len(tokens.lows)
    for k in range(triggers[number].end, limit):
        if tokens.lows[k] in (";", "who", "which", "while", "because", "although", "that", "when"):
            return k
    return limit


def backers(tokens: Tokens, mentions: list[Mention]) -> list[Mention]:
    """Actors that back another one and are no side: "backed by the US", "supported by Russia"."""
    return [
        m
        for m in mentions
        if m.preposition == "by"
        and any(tokens.lows[k] in ("backed", "supported", "aided") for k in range(max(0, m.start - 4), m.start))
    ]
