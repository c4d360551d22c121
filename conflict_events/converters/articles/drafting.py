"""From the parts of one sentence to the events that it tells: triggers with their places, sides and counts."""

from __future__ import annotations

from conflict_events.converters.articles import locations, sides
from conflict_events.converters.articles.actions import event_verb, says
from conflict_events.converters.articles.knowledge import words
from conflict_events.converters.articles.merging import merge
from conflict_events.converters.articles.model import Claim, Count, Draft, Mention, Spot, Tokens, Trigger, When

_ALONE = frozenset(
    {"move", "statement", "agreement", "arrest", "abduct", "protest", "riot", "other", "sexual", "destroy"}
)


def draft(
    tokens: Tokens,
    mentions: list[Mention],
    spots: list[Spot],
    triggers: list[Trigger],
    counts: list[Count],
    whens: list[When],
    claim: Claim,
    sentence: int,
) -> list[Draft]:
    """The sentence's events in order; a sentence that only weighs, denies or explains has none."""
    if claim.assertion == "denied" or says(tokens, "analysis"):
        return []
    accident = bool(says(tokens, "accidents"))
    triggers = [t for t in triggers if not (accident and t.kind in ("kill", "wound")) and not _relative(tokens, t)]
    triggers = [t for t in triggers if not t.noun or _eventive(tokens, t, triggers, spots, counts)]
    found: list[Draft] = []
    previous: sides.Sides | None = None
    for number, trigger in enumerate(triggers):
        who = sides.find(tokens, mentions, triggers, number, previous)
        previous = who if who.agent or previous is None else previous
        made = (
            _territory(tokens, spots, trigger, who)
            if trigger.kind == "territory"
            else _other(tokens, spots, triggers, number, who)
        )
        for one in made:
            when = _nearest(tokens, trigger, whens)
            if not when.background and not (when.start is None and says(tokens, "background")):
                found.append(one.with_(when=when, claim=claim, sentence=sentence))
    drafts = [_scene(tokens, one, spots, triggers) for one in merge(found)]
    return _with_counts(drafts, counts)


def _relative(tokens: Tokens, trigger: Trigger) -> bool:
    """Whether the trigger stands in a relative clause: what someone did before, not what is told."""
    for position in range(trigger.start - 1, max(-1, trigger.start - 7), -1):
        low = tokens.lows[position]
        if low in words("grammar", "relatives"):
            return True
        if low in (",", ";", "—", "–", ")") or low in words("attribution", "verbs"):
            return False
    return False


def _eventive(
    tokens: Tokens, trigger: Trigger, triggers: list[Trigger], spots: list[Spot], counts: list[Count]
) -> bool:
    """Whether a noun tells of an event here: a verb carries it, it is somewhere, or people were harmed in it."""
    ahead_words = tokens.lows[max(0, trigger.start - 14) : trigger.start]
    if trigger.kind in ("means", "weapon") and any(low in words("grammar", "found") for low in ahead_words):
        return False
    if sides.has_support(tokens, trigger):
        return True
    verbs = range(trigger.end, min(trigger.end + 7, len(tokens.lows)))
    happened = any(event_verb(tokens, k) for k in verbs)
    harmed = bool(counts) or any(t.kind in ("kill", "wound") for t in triggers)
    placed = bool(locations.at(tokens, spots, trigger, min(trigger.end + 8, len(tokens.lows))))
    if trigger.kind == "weapon":
        return happened or harmed
    ahead = any(event_verb(tokens, k) for k in range(max(0, trigger.start - 4), trigger.start))
    return happened or harmed or placed or ahead


def _territory(tokens: Tokens, spots: list[Spot], trigger: Trigger, who: sides.Sides) -> list[Draft]:
    named = locations.taken(tokens, spots, trigger)
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


def _other(tokens: Tokens, spots: list[Spot], triggers: list[Trigger], number: int, who: sides.Sides) -> list[Draft]:
    trigger = triggers[number]
    end = triggers[number + 1].start if number + 1 < len(triggers) else len(tokens.lows)
    where = locations.at(tokens, spots, trigger, end)
    kind = trigger.kind
    subtype = trigger.subtype or {"advance": "advance", "kill": "kill", "wound": "wound"}.get(kind, kind)
    if kind == "hit":
        subtype = "hit"
    words_ = " ".join(tokens.words[trigger.start : trigger.end])
    noun = "noun" if trigger.noun else "verb"
    back = {"the", "this", "these", "those", "first", "second", "third", "twin", "two"}
    refers_back = trigger.noun and trigger.start > 0 and tokens.lows[trigger.start - 1] in back
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


def _scene(tokens: Tokens, draft: Draft, spots: list[Spot], triggers: list[Trigger]) -> Draft:
    """The place of an event that names none after its words: one that opens the sentence, else any that it names."""
    if draft.spots or draft.subtype in ("territory", "statement", "agreement", "troop_movement", "advance"):
        return draft
    first = next((t for t in triggers if " ".join(tokens.words[t.start : t.end]) == draft.trigger), triggers[0])
    where = locations.before(spots, first) or locations.anywhere(spots)
    return draft.with_(spots=where) if where else draft


def _nearest(tokens: Tokens, trigger: Trigger, whens: list[When]) -> When:
    """The expression of time closest to a trigger; one that looks back counts only inside the trigger's own clause."""
    if not whens:
        return When()
    at = tokens.starts[trigger.start]
    live = [when for when in whens if not when.background]
    old = [when for when in whens if when.background]
    best = min(live, key=lambda when: abs(when.position - at)) if live else None
    worst = min(old, key=lambda when: abs(when.position - at)) if old else None
    if worst is not None and (best is None or abs(worst.position - at) < abs(best.position - at)):
        return worst
    return best or When()


def _with_counts(drafts: list[Draft], counts: list[Count]) -> list[Draft]:
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
            given[(violent or fits)[0]].append(count)
        elif not captured:
            given[0].append(count)
    return [one.with_(counts=tuple(listed)) for one, listed in zip(drafts, given, strict=True)]
