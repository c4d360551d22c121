"""From the parts of one sentence to the events that it tells: triggers with their places, sides and counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from conflict_events.converters.articles.knowledge import lexicon, words
from conflict_events.converters.articles.model import Actor, Claim, Count, Draft, Mention, Spot, Tokens, Trigger, When
from conflict_events.converters.articles.syntax import Parse
from conflict_events.converters.articles.what.actions import event_verb, says, scene
from conflict_events.converters.articles.what.merging import merge
from conflict_events.converters.articles.where import locations
from conflict_events.converters.articles.who import roles, sides
from conflict_events.converters.articles.words.numbers import number_at

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
    speaker: Mention | None = None,
    parse: Parse | None = None,
) -> list[Draft]:
    """The sentence's events in order; a sentence that only weighs, denies or explains has none."""
    if not triggers or claim.assertion == "denied" or says(tokens, "analysis") or says(tokens, "untrue"):
        return []
    fighters = any(armed(m) for m in mentions)
    accident = bool(says(tokens, "accidents"))
    crash = not {"crash", "crashed", "crashes"}.isdisjoint(tokens.lows)
    triggers = [t for t in triggers if not (crash and t.noun and t.kind in ("battle", "hit"))]
    harmless = ("kill", "wound", "die") if fighters else ("kill", "wound", "die", "hit", "battle")
    triggers = [t for t in triggers if not (accident and t.kind in harmless) and not _relative(tokens, t)]
    if not fighters:
        triggers = [t for t in triggers if t.kind != "move" or not _CARRIERS.isdisjoint(tokens.lows)]
        if scene(tokens):
            triggers = [t for t in triggers if counts and t.kind in ("means", "weapon") and not _bare_strike(tokens, t)]
        harmed = bool(counts) or any(t.kind in ("kill", "wound") for t in triggers)
        triggers = [t for t in triggers if harmed or not (_bare_strike(tokens, t) or _under_fire(tokens, t))]
        triggers = [t for t in triggers if harmed or not _subject_unarmed(tokens, t)]
        triggers = [t for t in triggers if harmed or t.noun or t.kind != "battle" or not _unarmed_ahead(mentions, t)]
    looks_back = says(tokens, "background")
    triggers = [t for t in triggers if not _looks_back(tokens, t, looks_back)]
    triggers = [t for t in triggers if not _points_back(tokens, t, triggers)]
    violent = any(t.kind in _VIOLENT for t in triggers)
    triggers = [t for t in triggers if not (violent and t.kind == "move" and _circumstance(tokens, t))]
    cut = _days_after(tokens)
    if cut is not None and any(t.start < cut for t in triggers):
        triggers = [t for t in triggers if t.start < cut]
        counts = [count for count in counts if count.start < cut]
    triggers = [t for t in triggers if not t.noun or _eventive(tokens, t, triggers, spots, counts)]
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
        made = (
            _changes[trigger.kind](tokens, spots, trigger, who)
            if trigger.kind in _changes
            else _other(tokens, spots, triggers, number, who)
        )
        for one in made:
            one = _unknown_attacker(tokens, one, who, trigger)
            if trigger.kind == "riot" and not trigger.noun and who.agent is None:
                continue  # "burning tyres were reported"
            if trigger.kind == "protest" and who.agent is not None and who.agent.actor.actor_type not in _UNARMED:
                continue  # an army that marches protests against nobody
            when = _nearest(tokens, trigger, whens)
            if not when.background and not (when.start is None and when.shift is None and looks_back):
                told = one.with_(when=when, claim=claim, sentence=sentence, positions=(trigger.start,))
                told = told.with_(trigger_noun=trigger.noun)
                pronoun = who.agent is None and not trigger.noun and sides.pronoun(tokens, trigger.start)
                found.append(told.with_(follows=trigger.kind == "die", pronoun=pronoun))
    drafts = [_scene(tokens, one, spots, triggers) for one in _arrivals(_searches(merge(found)))]
    placed = [part for one in _with_counts(tokens, drafts, counts) for part in _each_its_own(one, spots)]
    return [victims(one) for one in placed]


_CARRIERS = frozenset(
    [
        "convoy",
        "column",
        "tanks",
        "vehicles",
        "battalion",
        "brigade",
        "reinforcements",
        "contingent",
        "ships",
        "warships",
    ]
)
_UNARMED = frozenset({"civilians", "protesters", "rioters"})


def armed(mention: Mention) -> bool:
    """Whether a mention is of a party that bears arms, and not of a country as such."""
    return mention.actor.actor_type not in _UNARMED and not (mention.actor.actor_id or "").startswith("gov")


def _bare_strike(tokens: Tokens, trigger: Trigger) -> bool:
    """ "A strike" may be one of workers, unless it hits or destroys something."""
    if not trigger.noun or trigger.end - trigger.start > 1 or tokens.lows[trigger.start] not in ("strike", "strikes"):
        return False
    return not any(event_verb(tokens, k) for k in range(trigger.end, min(trigger.end + 3, len(tokens.lows))))


def _under_fire(tokens: Tokens, trigger: Trigger) -> bool:
    """ "Came under fire" may be from critics, unless someone armed is named."""
    return trigger.kind == "battle" and tokens.lows[trigger.start] in ("come", "comes", "came", "coming")


def _subject_unarmed(tokens: Tokens, trigger: Trigger) -> bool:
    """Whether a violent verb's subject is a common noun that is no known party: "the striker hit"."""
    if trigger.noun or trigger.passive or trigger.participle or trigger.kind not in ("hit", "battle", "kill", "wound"):
        return False
    position = trigger.start - 1
    while position >= 0 and (tokens.lows[position] in words("grammar", "have") or tokens.lows[position].endswith("ly")):
        position -= 1
    if position < 0 or not tokens.lows[position].isalpha() or tokens.words[position] != tokens.lows[position]:
        return False
    closed = ("prepositions", "be", "determiners", "relatives", "subordinators")
    return tokens.lows[position] not in (
        "and",
        "but",
        "or",
        "it",
        "they",
        "he",
        "she",
        "we",
        "group",
        "force",
        "to",
    ) and not any(tokens.lows[position] in words("grammar", key) for key in closed)


def _unarmed_ahead(mentions: list[Mention], trigger: Trigger) -> bool:
    """ "Residents fought over food": a fight of people without arms that harms nobody."""
    return any(m.end <= trigger.start and m.actor.actor_type in _UNARMED and not m.preposition for m in mentions)


def _looks_back(tokens: Tokens, trigger: Trigger, background: list[tuple[int, int]]) -> bool:
    """Whether the trigger stands in a clause like "a year after rebels captured X"."""
    spans = [end for _, end in background if tokens.lows[end - 1] in ("after", "since")]
    return any(end <= trigger.start and "," not in tokens.lows[end : trigger.start] for end in spans)


def _circumstance(tokens: Tokens, trigger: Trigger) -> bool:
    """ "A bomb went off as the convoy reached X": a movement that only says when."""
    ahead = tokens.lows[max(0, trigger.start - 6) : trigger.start]
    return not {"as", "when", "while"}.isdisjoint(ahead)


def _points_back(tokens: Tokens, trigger: Trigger, triggers: list[Trigger]) -> bool:
    """ "Hours after the raid a bomb went off": a noun that only dates what the sentence tells of."""
    if trigger.noun and (_began(tokens, trigger) or _site(tokens, trigger)):
        return True
    if (
        not trigger.noun
        or trigger.start < 2
        or tokens.lows[trigger.start - 1] not in ("the", "that", "this", "its", "their")
    ):
        return False
    ahead = tokens.lows[trigger.start - 2]
    if ahead in ("after", "before", "following", "since"):
        return True
    return ahead in ("during", "from", "of", "until") and any(
        t is not trigger and t.kind not in ("die", "wound", "statement") for t in triggers
    )


def _site(tokens: Tokens, trigger: Trigger) -> bool:
    """ "The site of a strike", "the aftermath of the bombing": what is spoken of is not the event."""
    for position in range(trigger.start - 1, max(0, trigger.start - 6), -1):
        if tokens.lows[position] == "of":
            return tokens.lows[position - 1] in words("grammar", "aftermath")
        if tokens.lows[position] in words("grammar", "prepositions"):
            return False
    return False


def _began(tokens: Tokens, trigger: Trigger) -> bool:
    """ "The attack by X that started the war": what all knew before the report."""
    for position in range(trigger.end, min(trigger.end + 6, len(tokens.lows) - 1)):
        if tokens.lows[position] in ("that", "which") and tokens.lows[position + 1] in _BEGAN:
            return True
    return False


def _days_after(tokens: Tokens) -> int | None:
    """Where a clause begins that only dates the sentence: "…, a day after rebels killed nine"."""
    for position in range(3, len(tokens.lows)):
        if tokens.lows[position] == "after" and tokens.lows[position - 1] in _SPANS:
            return position
    return None


_SPANS = frozenset(["day", "days", "hours", "week", "weeks", "month", "months"])
_BEGAN = frozenset(["started", "began", "triggered", "sparked", "prompted", "ignited", "ended", "shocked", "toppled"])


def _relative(tokens: Tokens, trigger: Trigger) -> bool:
    """Whether the trigger stands in a relative clause: what someone did before, not what is told."""
    for position in range(trigger.start - 1, max(-1, trigger.start - 7), -1):
        low = tokens.lows[position]
        if low in words("grammar", "relatives"):
            apart = low == "that" and tokens.lows[position - 1 : position] == [","]
            cleft = apart or tokens.lows[:2] == ["it", "was"]
            if cleft and trigger.noun and event_verb(tokens, trigger.end):
                return False  # "it was in X, that the attack took place"
            return not (low == "who" and tokens.lows[position - 1 : position] == ["those"] and trigger.kind == "die")
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
    if trigger.kind in ("means", "weapon") and (_seized(tokens, trigger) or _dug(tokens, trigger)):
        return False
    if sides.has_support(tokens, trigger):
        return True
    verbs = range(trigger.end, min(trigger.end + 7, len(tokens.lows)))
    happened = any(event_verb(tokens, k) for k in verbs)
    harmed = bool(counts) or any(t.kind in ("kill", "wound") for t in triggers)
    placed = bool(locations.at(tokens, spots, trigger, min(trigger.end + 8, len(tokens.lows))))
    if trigger.kind == "weapon":
        fired = set(tokens.lows[trigger.end : trigger.end + 2]) & {"fired", "launched", "lobbed", "dropped", "shot"}
        return happened or harmed or bool(fired)
    if tokens.lows[trigger.end : trigger.end + 1] in (["was"], ["were"]):  # "the encounter was at about noon in X"
        placed = placed or bool(locations.at(tokens, spots, trigger, min(trigger.end + 16, len(tokens.lows))))
    ahead = any(event_verb(tokens, k) for k in range(max(0, trigger.start - 4), trigger.start))
    return happened or harmed or placed or ahead


def _dug(tokens: Tokens, trigger: Trigger) -> bool:
    """ "A copper mine", "the mine of X": what people dig in, unless it goes off or someone strikes it."""
    if trigger.end - trigger.start > 1 or tokens.lows[trigger.start] not in ("mine", "mines"):
        return False
    after = tokens.lows[trigger.end : trigger.end + 6]
    ahead = tokens.lows[max(0, trigger.start - 4) : trigger.start]
    goes_off = any(event_verb(tokens, trigger.end + k) for k in range(len(after)))
    return not goes_off and words("grammar", "runs_on").isdisjoint(ahead)


def _seized(tokens: Tokens, trigger: Trigger) -> bool:
    """ "Grenades were seized": a weapon found."""
    ahead = tokens.lows[trigger.end : trigger.end + 4]
    return not (words("grammar", "be").isdisjoint(ahead) or words("grammar", "found").isdisjoint(ahead))


def _territory(tokens: Tokens, spots: list[Spot], trigger: Trigger, who: sides.Sides) -> list[Draft]:
    named = locations.taken(tokens, spots, trigger)
    if trigger.placed and not _takes_place(tokens, named, trigger):
        return []
    if not (named or trigger.participle) and tokens.lows[trigger.start].startswith("captur") and who.target is not None:
        return _other(tokens, spots, [replace(trigger, kind="arrest", subtype="arrests")], 0, who)
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


_changes = {"territory": _territory, "lose": _lost, "expel": _expelled}


def _other(tokens: Tokens, spots: list[Spot], triggers: list[Trigger], number: int, who: sides.Sides) -> list[Draft]:
    trigger = triggers[number]
    end = triggers[number + 1].start if number + 1 < len(triggers) else len(tokens.lows)
    where = locations.at(tokens, spots, trigger, end)
    kind = trigger.kind
    subtype = trigger.subtype or {"die": "kill"}.get(kind, kind)
    if kind == "hit" or (kind == "destroy" and _at_arms(who)):
        subtype = "hit"
    subtype = _by_means(tokens, subtype, who, trigger)
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


_VIOLENT = frozenset(
    ["hit", "battle", "means", "weapon", "kill", "wound", "execute", "abduct", "destroy", "territory", "sexual"]
)
BOMBER = Actor(None, "Suicide bomber", "unknown", None, True)
_ATTACKERS = Actor(None, "Unidentified men", "unknown", None, True)


def _unknown_attacker(tokens: Tokens, draft: Draft, who: sides.Sides, trigger: Trigger) -> Draft:
    """People who shoot or bomb are no civilians, whoever they are: "two men sprayed the bus with bullets"."""
    if draft.subtype == "suicide_bomb" and (draft.side_a is None or draft.side_a.actor_type == "civilians"):
        bomber = {"bomber", "bombers", "attacker", "attackers", "himself", "herself", "themselves", "strapped"}
        return draft.with_(side_a=BOMBER) if bomber & set(tokens.lows) else draft
    if trigger.kind not in _VIOLENT or draft.side_a is None or draft.side_a.actor_type != "civilians" or not who.agent:
        return draft
    return draft.with_(side_a=_ATTACKERS)


_SHOTS = frozenset(["shot", "shoot", "shoots", "shooting"])
_FLYING = frozenset(lexicon("grammar")["flying"])
_GUNS = frozenset(lexicon("grammar")["guns"])
_OPEN_MEANS = frozenset(
    ["hit", "kill", "wound", "armed_clash", "shelling_artillery_missile", "remote_explosive_landmine_ied"]
)


def _at_arms(who: sides.Sides) -> bool:
    """ "The army destroyed positions of X": an attack by one armed party on another, no arson."""
    pair = (who.agent, who.target)
    return all(m is not None and m.actor.actor_type not in _UNARMED for m in pair)


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


def _by_means(tokens: Tokens, subtype: str, who: sides.Sides, trigger: Trigger) -> str:
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


def _scene(tokens: Tokens, draft: Draft, spots: list[Spot], triggers: list[Trigger]) -> Draft:
    """The place of an event that names none after its words: one that opens the sentence, else any that it names."""
    if draft.spots or draft.subtype in ("territory", "statement", "agreement", "troop_movement", "advance"):
        return draft
    first = next((t for t in triggers if " ".join(tokens.words[t.start : t.end]) == draft.trigger), triggers[0])
    where = locations.before(tokens, spots, first) or locations.anywhere(
        [s for s in spots if s.end > first.start or not locations.spoken(tokens, s, first.start)]
    )
    return draft.with_(spots=where) if where else draft


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


def _nearest(tokens: Tokens, trigger: Trigger, whens: list[When]) -> When:
    """The expression of time closest to a trigger; one that looks back counts only inside the trigger's own clause."""
    if not whens:
        return When()
    at = tokens.starts[trigger.start]
    live = [when for when in whens if not when.background and not (when.clause and when.position > at)]
    old = [when for when in whens if when.background]
    if len(live) > 1:  # "…, police said on Wednesday" tells when police spoke
        live = [when for when in live if not _of_speech(tokens, when)] or live
    near = [when for when in live if when.shift is not None or (when.precision or 9) <= 2]
    live = near or live  # "overnight" before "last week"
    best = min(live, key=lambda when: abs(when.position - at)) if live else None
    worst = min(old, key=lambda when: abs(when.position - at)) if old else None
    if worst is not None and (best is None or abs(worst.position - at) < abs(best.position - at)):
        return worst
    if best is not None and best.basis == "relative" and best.start == best.end and _of_speech(tokens, best):
        return _before_speech(best)
    return best or When()


_SEARCHED = frozenset(
    ["encounter", "operation", "raid", "sweep", "search operation", "military operation", "security operation"]
)
_NO_VICTIM = frozenset(
    ["statement", "agreement", "troop_movement", "peaceful_protest", "other", "territory", "advance"]
)


def _each_its_own(draft: Draft, spots: list[Spot]) -> list[Draft]:
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


def victims(draft: Draft) -> Draft:
    """Whose people were harmed is a side, where no word says so: "12 soldiers died in an ambush"."""
    if draft.subtype in _NO_VICTIM or (draft.side_b is not None and (draft.side_a is not None or not draft.mutual)):
        return draft
    harmed = [c.actor for c in draft.counts if c.harm in ("killed", "wounded") and c.actor is not None]
    if draft.side_b is not None:  # "clashes with militants left four soldiers dead"
        armed = [actor for actor in harmed if actor.actor_type not in _UNARMED and actor != draft.side_b]
        return draft.with_(side_a=draft.side_b, text_a=draft.text_b, side_b=armed[0], text_b=None) if armed else draft
    others = [actor for actor in dict.fromkeys(harmed) if actor != draft.side_a]
    armed = [actor for actor in others if actor.actor_type not in _UNARMED]
    if draft.side_a is None and len(armed) == 2 and draft.subtype in ("armed_clash", "kill", "hit"):
        state = [actor for actor in armed if actor.actor_type in ("state_forces", "external_forces")]
        if len(state) == 1:
            other = next(actor for actor in armed if actor is not state[0])
            pair = (state[0], other) if draft.trigger.lower() in _SEARCHED else (other, state[0])
            return draft.with_(side_a=pair[0], side_b=pair[1], mutual=True)
    if not others or (draft.side_a is not None and draft.side_a.actor_type in _UNARMED):
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


def _with_counts(tokens: Tokens, drafts: list[Draft], counts: list[Count]) -> list[Draft]:
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
