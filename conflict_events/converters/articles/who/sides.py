"""Who acts and who is acted on, for one trigger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from conflict_events.converters.articles.knowledge import lexicon, words
from conflict_events.converters.articles.model import Mention, Tokens, Trigger
from conflict_events.converters.articles.what.actions import support_verb
from conflict_events.converters.articles.words.inflection import inflect
from conflict_events.converters.articles.words.tokens import Phrases

_OBLIQUE_OK = frozenset({"", "about", "as", "after", "before", "since", "because", "until"})
_UNARMED = ("civilians", "protesters", "rioters")
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
        if not (_is_country(m) and m.start >= trigger.end and m.preposition not in ("by", "against", "with", "between"))
    ]
    mentions = [m for m in mentions if not _names_place(tokens, m)]
    left = [m for m in mentions if floor <= m.start and m.end <= trigger.start]
    right = [m for m in mentions if trigger.end <= m.start < ceiling]
    if trigger.noun:
        return _noun(tokens, mentions, triggers, number, left, right, floor)
    by = _by(tokens, right)
    if trigger.reversed:
        return Sides(_plain(right) or _first(right, {"of", "to"}), None)
    if trigger.passive:
        taken = _first(right, {"from"})
        if trigger.kind == "battle" and repels(tokens, trigger):  # "the attack by X was repulsed by Y"
            return Sides(_attacker(tokens, mentions, triggers, number), by)
        if by is None and tokens.lows[trigger.start : trigger.end][1:2] == ["under"]:
            by = taken  # "came under attack from X"
        sufferer = _subject(left) or _of_people(tokens, left) or _held(tokens, left) or _described(tokens, left, floor)
        return Sides(by, sufferer, taken)
    agent = _agent(tokens, mentions, triggers, number, left, floor, before)
    if trigger.participle:
        agent = None
    if trigger.kind == "battle" and agent is not None and not trigger.passive:
        partner = _partner(tokens, left, agent, trigger)
        if partner is not None:
            return Sides(agent, partner, None, True)
    if trigger.kind == "means" and agent is not None and tokens.lows[trigger.start].startswith("trigger"):
        victim = agent.actor.actor_type in (*_UNARMED, "state_forces")  # others who trigger a mine have laid it
        return Sides(None, agent) if victim else Sides(agent)
    target = _object(tokens, trigger, right) or _first(right, {"against", "with"})
    if target is None and trigger.kind in ("hit", "kill", "wound", "means", "battle", "weapon", "destroy"):
        target = next((m for m in right if m.preposition in ("on", "at", "into") and _near(tokens, trigger, m)), None)
    if target is None and trigger.kind == "destroy":  # "destroyed vehicles belonging to X"
        target = next((m for m in right if m.preposition in ("of", "to") and _near(tokens, trigger, m)), None)
    if agent is not None and target is not None and target.actor == agent.actor:
        target = None
    if trigger.kind == "battle" and agent is not None and not trigger.passive and repels(tokens, trigger):
        attacker = target or _owner(tokens, mentions, triggers, number)
        return Sides(attacker if attacker and attacker.actor != agent.actor else None, agent)
    mutual = trigger.kind == "battle" and _first(right, {"with"}) is not None
    receiver = _first(right, {"to"}) if trigger.kind == "lose" else None
    return Sides(agent, target, _first(right, {"from"}), mutual, receiver)


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
        other = next((m for m in pair[1:] if m.actor != pair[0].actor and not _same_force(pair[0], m)), None)
        if other is not None:
            return Sides(pair[0], other, None, True)
    agent = _attributive(tokens, mentions, trigger) or _by(tokens, right) or _attributed(tokens, right)
    if agent is None and trigger.kind == "weapon":  # "shells of X"
        agent = next(
            (m for m in right[:1] if m.preposition == "of" and not m.modifier and _near(tokens, trigger, m)), None
        )
    if agent is None:
        carrier = _support(tokens, trigger, floor)
        if carrier is not None:
            agent = _subject([m for m in left if m.end <= carrier])
    suffered = _suffered(tokens, trigger, floor)
    if suffered is not None:
        return Sides(
            _by(tokens, right) or _attributive(tokens, mentions, trigger),
            _subject([m for m in left if m.end <= suffered]),
        )
    own = [m for m in right if _CLAUSE.isdisjoint(tokens.lows[trigger.end : m.start])]
    target = _first(right, {"against", "targeting"}) or _first(right, {"on", "at", "with", "into"})
    target = target or _held(tokens, right) or _plain(own)
    if agent is not None and target is not None and target.actor == agent.actor:
        target = None
    met = trigger.kind == "battle" and target is not None and target.preposition == "with"
    return Sides(agent, target, None, met)


def _held(tokens: Tokens, listed: list[Mention]) -> Mention | None:
    """ "Strikes on areas held by X", "a depot belonging to X": who holds what is attacked."""
    for mention in listed:
        ahead = tokens.lows[max(0, mention.start - 3) : mention.start]
        held = mention.preposition == "by" and not _HELD.isdisjoint(ahead)
        if (held or (mention.preposition == "to" and "belonging" in ahead)) and not mention.modifier:
            return mention
    return None


_HELD = frozenset({"held", "controlled", "occupied", "manned"})


def _same_force(first: Mention, second: Mention) -> bool:
    """ "The Congolese army, the FARDC": a force and its name."""
    state = ("state_forces", "external_forces")
    both = first.actor.actor_type in state and second.actor.actor_type in state
    return (
        both and None not in (first.actor.country, second.actor.country) and first.actor.country == second.actor.country
    )


def _attributed(tokens: Tokens, right: list[Mention]) -> Mention | None:
    """ "A drone attributed to X": the party that a weapon is said to be of."""
    for mention in right:
        ahead = tokens.lows[max(0, mention.start - 3) : mention.start]
        if mention.preposition == "to" and "attributed" in ahead:
            return mention
    return None


def _suffered(tokens: Tokens, trigger: Trigger, floor: int) -> int | None:
    """Where the words stand that make the subject the sufferer: "was the target of an attack", "came under attack"."""
    for position in range(trigger.start - 1, max(floor, trigger.start - 7) - 1, -1):
        pair = tokens.lows[position : position + 2]
        if pair in (["target", "of"], ["targets", "of"], ["victim", "of"], ["victims", "of"], ["subjected", "to"]):
            return position
    return None


def _attributive(tokens: Tokens, mentions: list[Mention], trigger: Trigger) -> Mention | None:
    """ "coalition airstrike", "Turkish airstrikes", "a US drone strike": the actor right before the noun."""
    start = trigger.start
    skipped = words("grammar", "before_attack")
    while start > 0:
        if tokens.lows[start - 1] == "and" and tokens.lows[start - 2].endswith(_ATTACKS):
            start -= 2  # "Turkish airstrikes and shelling"
        elif tokens.lows[start - 1] in skipped:
            start -= 1
        else:
            break
    return next((m for m in mentions if m.end == start), None)


_ATTACKS = ("strike", "strikes", "raids", "shelling", "bombardment", "attacks")


def _names_place(tokens: Tokens, mention: Mention) -> bool:
    """Whether a country only says where the place before it lies: "in Kirkuk, Iraq, killed …"."""
    at = mention.start
    after_name = at > 1 and tokens.lows[at - 1] == "," and tokens.words[at - 2][:1].isupper()
    return _is_country(mention) and after_name and tokens.lows[at - 2] not in words("places", "never")


def _is_country(mention: Mention) -> bool:
    return (mention.actor.actor_id or "").startswith("government-of-")


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
        found = _subject(left) or _resumed(tokens, mentions, floor, trigger) or _following(tokens, mentions, trigger)
        found = found or _of_means(tokens, left)
        if found is None and before is not None and _participial(tokens, trigger):
            return before.agent
        return found
    last = ahead[-1]
    cut = next((k for k in range(trigger.start - 1, last.end - 1, -1) if tokens.lows[k] in ("and", ",", "but")), None)
    fresh = _subject([m for m in left if cut is not None and m.start > cut])
    if fresh is not None:
        return fresh
    return before.agent if before else None


def _resumed(tokens: Tokens, mentions: list[Mention], floor: int, trigger: Trigger) -> Mention | None:
    """The subject ahead of a clause set between signs: "The army, whose chief …, entered the town"."""
    if not floor or tokens.lows[floor - 1] not in ("who", "which", "whose"):
        return None
    if not any(low in (",", "—", "–", ")") for low in tokens.lows[floor : trigger.start]):
        return None
    return _subject([m for m in mentions if m.end < floor])


def _following(tokens: Tokens, mentions: list[Mention], trigger: Trigger) -> Mention | None:
    """ "After taking X, the rebels moved on Y": the subject that comes after the opening clause."""
    opening = tokens.lows[max(0, trigger.start - 1) : trigger.start]
    if not _participial(tokens, trigger) or trigger.start > 2 or opening not in (["after"], ["before"], ["while"], []):
        return None
    comma = next((k for k in range(trigger.end, len(tokens.lows)) if tokens.lows[k] == ","), None)
    after = [m for m in mentions if comma is not None and comma < m.start <= comma + 3]
    return _subject(after)


def _participial(tokens: Tokens, trigger: Trigger) -> bool:
    return tokens.lows[trigger.start].endswith("ing")


def _subject(left: list[Mention]) -> Mention | None:
    """The first mention that no preposition governs; a describing adjective is no subject."""
    return next((m for m in left if m.preposition in _OBLIQUE_OK and not m.modifier), None)


def _of_people(tokens: Tokens, left: list[Mention]) -> Mention | None:
    """ "Twelve heads of X were killed": the party whose people are the subject."""
    for mention in left:
        if mention.preposition == "of" and not mention.modifier and not _is_country(mention):
            ahead = tokens.lows[max(0, mention.start - 4) : mention.start]
            if not set(ahead).isdisjoint(lexicon("groups")["holders"]["words"]) or "heads" in ahead:
                return mention
    return None


def _of_means(tokens: Tokens, left: list[Mention]) -> Mention | None:
    """ "A helicopter of X bombed", "shells of X hit": the party whose weapon is the subject."""
    arms = words("grammar", "flying") | words("grammar", "guns")
    for mention in left:
        ahead = tokens.lows[max(0, mention.start - 4) : mention.start]
        if mention.preposition == "of" and not mention.modifier and not _is_country(mention):
            return mention if not arms.isdisjoint(ahead) else None
    return None


def _described(tokens: Tokens, left: list[Mention], floor: int) -> Mention | None:
    """ "A police station was attacked": the party that describes the thing which is the subject."""
    first = left[0] if left else None
    if first is None or not first.modifier or not first.actor.generic or first.actor.actor_type in _UNARMED:
        return None
    opening = tokens.lows[floor : first.start]
    return first if all(low in words("grammar", "determiners") for low in opening) else None


def _plain(listed: list[Mention]) -> Mention | None:
    return next((m for m in listed if m.preposition in _OBLIQUE_OK and not m.modifier), None)


def _object(tokens: Tokens, trigger: Trigger, right: list[Mention]) -> Mention | None:
    """The object of a verb: the first mention that no preposition but "of" parts from it: "hit a convoy of the RSF"."""
    for mention in right:
        gap = tokens.lows[trigger.end : mention.start]
        if gap[-1:] == ["and"] and gap[-2:-1] and gap[-2] in lexicon("groups")["holders"]["words"]:
            gap = gap[:-2]  # "the positions and dens of X"
        if len(gap) > 9 or any(low in words("grammar", "ends_object") for low in gap):
            return None
        if mention.modifier and not _is_country(mention) and mention.actor.actor_type not in _UNARMED:
            return mention  # "killed a Taliban leader", "attacked a police vehicle"
        if mention.modifier or mention.preposition not in (*_OBLIQUE_OK, "of"):
            continue
        return mention
    return None


def _near(tokens: Tokens, trigger: Trigger, mention: Mention) -> bool:
    gap = tokens.lows[trigger.end : mention.start]
    return len(gap) <= 6 and not any(low in (",", ":", ";", "and", "after", "when", "as") for low in gap)


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
            return _attributive(tokens, mentions, earlier) or _first(reach, {"by", "of", "from"})
    return None


def _owner(tokens: Tokens, mentions: list[Mention], triggers: list[Trigger], number: int) -> Mention | None:
    """Whose the assault is that the verb names: "Russian assaults", "an attack by X"."""
    following = next((t for t in triggers[number + 1 : number + 2] if t.noun), None)
    if following is None:
        return None
    return _attributive(tokens, mentions, following) or next(
        (m for m in mentions if following.end <= m.start <= following.end + 6 and m.preposition in ("by", "of")), None
    )


def _by(tokens: Tokens, right: list[Mention]) -> Mention | None:
    """Who did it: "by X", but not the holder in "a road used by X"."""
    for mention in right:
        if mention.preposition == "by" and not mention.modifier:
            at = next((k for k in range(mention.start - 1, -1, -1) if tokens.lows[k] == "by"), 0)
            if not at or tokens.lows[at - 1] not in words("grammar", "held_by"):
                return mention
    return None


def _first(listed: list[Mention], prepositions: set[str]) -> Mention | None:
    return next((m for m in listed if m.preposition in prepositions and not m.modifier), None)


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
