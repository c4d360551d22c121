"""From the parts of one sentence to the events that it tells: triggers with their places, sides and counts."""

from __future__ import annotations

from dataclasses import replace

from conflict_events.converters.articles.knowledge import words
from conflict_events.converters.articles.model import Actor, Claim, Count, Draft, Mention, Spot, Tokens, Trigger, When
from conflict_events.converters.articles.syntax import Parse
from conflict_events.converters.articles.what import changes, filters, harm, means
from conflict_events.converters.articles.what.actions import says
from conflict_events.converters.articles.what.filters import UNARMED, VIOLENT
from conflict_events.converters.articles.what.merging import merge
from conflict_events.converters.articles.when.nearest import nearest
from conflict_events.converters.articles.where import locations
from conflict_events.converters.articles.who import roles, sides
from conflict_events.converters.articles.words.numbers import number_at


def draft(
    tokens: Tokens,
    mentions: list[Mention],
    spots: list[Spot],
    triggers: list[Trigger],
    counts: list[Count],
    whens: list[When],
    claim: Claim,
    sentence: int,
    speaker: Mention | None = None,
    parse: Parse | None = None,
) -> list[Draft]:
    """The sentence's events in order; a sentence that only weighs, denies or explains has none."""
    if not triggers or claim.assertion == "denied" or says(tokens, "analysis") or says(tokens, "untrue"):
        return []
    triggers, counts = filters.kept(tokens, mentions, spots, triggers, counts)
    looks_back = says(tokens, "background")
    found: list[Draft] = []
    previous: sides.Sides | None = None
    for number, trigger in enumerate(triggers):
        who = sides.find(tokens, mentions, triggers, number, previous, speaker)
        if parse is not None:
            who = roles.refine(parse, tokens, mentions, trigger, who, speaker)
        previous = who if who.agent or previous is None else previous
        many = trigger.end < len(tokens.lows) and number_at(tokens.lows, trigger.end) is not None
        if trigger.kind == "abduct" and not (trigger.noun or who.target or many):
            continue  # "carrying off two motorcycles"
        if tokens.lows[trigger.start] in _SHOTS and not (trigger.noun or who.target or counts or trigger.passive):
            continue  # "shot the missile down"
        if changes.of_people(tokens, spots, trigger, who):
            taken = ("abduct", "abduction_forced_disappearance") if _abducted(who) else ("arrest", "arrests")
            trigger = replace(trigger, kind=taken[0], subtype=taken[1])
            made = _other(tokens, spots, [trigger], 0, who)
        elif trigger.kind in changes.KINDS:
            made = changes.KINDS[trigger.kind](tokens, spots, trigger, who)
            if not any(one.spots for one in made) and changes.of_site(tokens, trigger, who):
                trigger = replace(trigger, kind="battle", subtype="armed_clash")
                made = _other(tokens, spots, [trigger], 0, who)
        else:
            made = _other(tokens, spots, triggers, number, who)
        for one in made:
            one = _unknown_attacker(tokens, one, who, trigger)
            if trigger.kind == "riot" and not trigger.noun and who.agent is None:
                continue  # "burning tyres were reported"
            if trigger.kind == "protest" and who.agent is not None and who.agent.actor.actor_type not in UNARMED:
                continue  # an army that marches protests against nobody
            when = nearest(tokens, trigger, whens)
            if not when.background and not (when.start is None and when.shift is None and looks_back):
                told = one.with_(when=when, claim=claim, sentence=sentence, positions=(trigger.start,))
                told = told.with_(trigger_noun=trigger.noun, another=_another(tokens, trigger))
                pronoun = who.agent is None and not trigger.noun and sides.pronoun(tokens, trigger.start)
                found.append(told.with_(follows=trigger.kind == "die", pronoun=pronoun))
    drafts = [_scene(tokens, one, spots, triggers) for one in _arrivals(_searches(merge(found)))]
    placed = [part for one in harm.with_counts(tokens, drafts, counts) for part in harm.each_its_own(one, spots)]
    return [harm.victims(one) for one in placed]


def _abducted(who: sides.Sides) -> bool:
    """Whether people without arms are taken by a party that is no state: "a gang seized missionaries"."""
    state = who.agent is not None and who.agent.actor.actor_type in ("state_forces", "external_forces")
    return who.agent is not None and not state and who.target is not None and who.target.actor.actor_type in UNARMED


def _another(tokens: Tokens, trigger: Trigger) -> bool:
    """ "Troops also killed …", "separately, …": something besides what was told before."""
    also = not trigger.noun and "also" in tokens.lows[max(0, trigger.start - 2) : trigger.start]
    return also or bool(says(tokens, "besides"))


_SHOTS = frozenset(["shot", "shoot", "shoots", "shooting"])


def _other(tokens: Tokens, spots: list[Spot], triggers: list[Trigger], number: int, who: sides.Sides) -> list[Draft]:
    trigger = triggers[number]
    end = triggers[number + 1].start if number + 1 < len(triggers) else len(tokens.lows)
    where = locations.at(tokens, spots, trigger, end)
    kind = trigger.kind
    subtype = trigger.subtype or {"die": "kill"}.get(kind, kind)
    if kind == "hit" or (kind == "destroy" and means.at_arms(who)):
        subtype = "hit"
    subtype = means.by_means(tokens, subtype, who, trigger)
    fired = tokens.lows[trigger.start : trigger.end] in (["fired", "on"], ["fired", "at"], ["fires", "on"])
    if fired and where and who.target is None and who.agent is not None and not who.agent.actor.generic:
        subtype = "shelling_artillery_missile"  # a force that fires on a settlement
    words_ = " ".join(tokens.words[trigger.start : trigger.end])
    noun = "noun" if trigger.noun else "verb"
    refers_back = trigger.noun and trigger.start > 0 and _pointing(tokens, trigger.start)
    return [
        Draft(
            subtype,
            words_,
            -1,
            where,
            who.agent.actor if who.agent else None,
            who.target.actor if who.target else None,
            who.agent.text if who.agent else None,
            who.target.text if who.target else None,
            rule=f"{kind} {noun} '{words_}'",
            refers_back=refers_back,
            mutual=who.mutual,
        )
    ]


_BACK = frozenset({"the", "this", "these", "those", "first", "second", "third", "twin", "two"})


_KNOWN = frozenset(
    ["latest", "deadly", "same", "bloody", "ensuing", "fierce", "whole", "morning", "overnight", "night-time"]
)


def _pointing(tokens: Tokens, start: int) -> bool:
    """Whether "the", "these" or the like stands before a noun: "the attack", "the latest encounter"."""
    ahead = tokens.lows[max(0, start - 2) : start]
    return ahead[-1] in _BACK or (len(ahead) == 2 and ahead[0] in ("the", "this") and ahead[1] in _KNOWN)


BOMBER = Actor(None, "Suicide bomber", "unknown", None, True)


_ATTACKERS = Actor(None, "Unidentified men", "unknown", None, True)


def _unknown_attacker(tokens: Tokens, draft: Draft, who: sides.Sides, trigger: Trigger) -> Draft:
    """People who shoot or bomb are no civilians, whoever they are: "two men sprayed the bus with bullets"."""
    if draft.subtype == "suicide_bomb" and (draft.side_a is None or draft.side_a.actor_type == "civilians"):
        bomber = {"bomber", "bombers", "attacker", "attackers", "himself", "herself", "themselves", "strapped"}
        return draft.with_(side_a=BOMBER) if bomber & set(tokens.lows) else draft
    if trigger.kind not in VIOLENT or draft.side_a is None or draft.side_a.actor_type != "civilians" or not who.agent:
        return draft
    return draft.with_(side_a=_ATTACKERS)


def _scene(tokens: Tokens, draft: Draft, spots: list[Spot], triggers: list[Trigger]) -> Draft:
    """The place of an event that names none after its words: one that opens the sentence, else any that it names."""
    if draft.spots or draft.subtype in ("territory", "statement", "agreement", "troop_movement", "advance"):
        return draft
    first = next((t for t in triggers if " ".join(tokens.words[t.start : t.end]) == draft.trigger), triggers[0])
    where = locations.before(tokens, spots, first) or locations.anywhere(
        [s for s in spots if s.end > first.start or not locations.spoken(tokens, s, first.start)]
    )
    return draft.with_(spots=where) if where else draft


def _searches(drafts: list[Draft]) -> list[Draft]:
    """ "In an operation, troops arrested two men": the arrest is the event."""
    if not any(d.subtype == "arrests" for d in drafts):
        return drafts
    return [
        d for d in drafts if not (d.subtype == "armed_clash" and d.trigger.lower() in words("grammar", "operations"))
    ]


def _arrivals(drafts: list[Draft]) -> list[Draft]:
    """ "Insurgents entered X and beheaded four men": the way there is part of the attack, and X its place."""
    kept: list[Draft] = []
    for number, one in enumerate(drafts):
        rest = drafts[number + 1 :]
        if one.subtype == "troop_movement" and rest and rest[0].subtype in _ATTACKS:
            following = rest[0]
            same = following.side_a is None or one.side_a is None or following.side_a == one.side_a
            names = {s.name for s in one.spots} | {s.parent for s in one.spots}
            if same and (not following.spots or {s.name for s in following.spots} <= names):
                drafts[number + 1] = following.with_(
                    spots=one.spots or following.spots,
                    side_a=following.side_a or one.side_a,
                    text_a=following.text_a or one.text_a,
                    when=following.when if following.when.words else one.when,
                )
                continue
        kept.append(drafts[number])
    return kept


_ATTACKS = frozenset(
    [
        "attack",
        "kill",
        "hit",
        "armed_clash",
        "abduction_forced_disappearance",
        "looting_property_destruction",
        "sexual_violence",
    ]
)
