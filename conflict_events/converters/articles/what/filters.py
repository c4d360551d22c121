"""Which of a sentence's triggers tell of an event: what looks back, describes, sums up or mishappens does not."""

from __future__ import annotations

from conflict_events.converters.articles.knowledge import words
from conflict_events.converters.articles.model import Count, Mention, Spot, Tokens, Trigger
from conflict_events.converters.articles.what.actions import event_verb, says, scene
from conflict_events.converters.articles.where import locations
from conflict_events.converters.articles.who import sides

UNARMED = frozenset({"civilians", "protesters", "rioters"})


VIOLENT = frozenset(
    ["hit", "battle", "means", "weapon", "kill", "wound", "execute", "abduct", "destroy", "territory", "sexual"]
)


def kept(
    tokens: Tokens, mentions: list[Mention], spots: list[Spot], triggers: list[Trigger], counts: list[Count]
) -> tuple[list[Trigger], list[Count]]:
    """The triggers that tell of an event of this sentence, and the counts that belong to them."""
    fighters = any(armed(m) for m in mentions)
    accident = bool(says(tokens, "accidents"))
    crash = not {"crash", "crashed", "crashes"}.isdisjoint(tokens.lows)
    triggers = [t for t in triggers if not (crash and t.noun and t.kind in ("battle", "hit"))]
    harmless = ("kill", "wound", "die") if fighters else ("kill", "wound", "die", "hit", "battle")
    triggers = [t for t in triggers if not (accident and t.kind in harmless) and not _relative(tokens, t)]
    if not fighters:
        triggers = _without_fighters(tokens, mentions, triggers, counts)
    looks_back = says(tokens, "background")
    triggers = [t for t in triggers if not _looks_back(tokens, t, looks_back)]
    triggers = [t for t in triggers if not _points_back(tokens, t, triggers)]
    violent = any(t.kind in VIOLENT for t in triggers)
    triggers = [t for t in triggers if not (violent and t.kind == "move" and _circumstance(tokens, t))]
    cut = _days_after(tokens)
    if cut is not None and any(t.start < cut for t in triggers):
        triggers = [t for t in triggers if t.start < cut]
        counts = [count for count in counts if count.start < cut]
    return [t for t in triggers if not t.noun or _eventive(tokens, t, triggers, spots, counts)], counts


def _without_fighters(
    tokens: Tokens, mentions: list[Mention], triggers: list[Trigger], counts: list[Count]
) -> list[Trigger]:
    """A sentence that names no armed party has to show that its violent words are meant: by a means, or by harm."""
    triggers = [t for t in triggers if t.kind != "move" or not words("grammar", "carriers").isdisjoint(tokens.lows)]
    if not counts and tokens.lows[0] in ("by", "if", "without") and "would" in tokens.lows:
        return []  # "by backing an offensive on X, they would …"
    if scene(tokens):
        triggers = [t for t in triggers if counts and t.kind in ("means", "weapon") and not _bare_strike(tokens, t)]
    if counts or any(t.kind in ("kill", "wound") for t in triggers):
        return triggers
    triggers = [t for t in triggers if not (_bare_strike(tokens, t) or _under_fire(tokens, t))]
    triggers = [t for t in triggers if not _subject_unarmed(tokens, t)]
    return [t for t in triggers if t.noun or t.kind != "battle" or not _unarmed_ahead(mentions, t)]


def armed(mention: Mention) -> bool:
    """Whether a mention is of a party that bears arms, and not of a country as such."""
    return mention.actor.actor_type not in UNARMED and not (mention.actor.actor_id or "").startswith("gov")


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
    return any(m.end <= trigger.start and m.actor.actor_type in UNARMED and not m.preposition for m in mentions)


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
    if "for" in ahead_words[-4:] and not _REPUTE.isdisjoint(ahead_words[-5:]):
        return False  # "a gang known for kidnappings"
    if trigger.kind in ("means", "weapon") and any(low in words("grammar", "found") for low in ahead_words):
        return False
    if trigger.kind in ("means", "weapon") and (_seized(tokens, trigger) or _dug(tokens, trigger)):
        return False
    if sides.has_support(tokens, trigger):
        return True
    if trigger.kind == "battle" and "between" in tokens.lows[trigger.end : trigger.end + 12]:
        return True  # "the fighting is between X and Y"
    verbs = range(trigger.end, min(trigger.end + 7, len(tokens.lows)))
    happened = any(event_verb(tokens, k) for k in verbs)
    harmed = bool(counts) or any(t.kind in ("kill", "wound") for t in triggers)
    placed = bool(locations.at(tokens, spots, trigger, min(trigger.end + 8, len(tokens.lows))))
    if trigger.kind == "weapon":
        fired = set(tokens.lows[trigger.end : trigger.end + 7]) & {"fired", "launched", "lobbed", "dropped", "shot"}
        return happened or harmed or bool(fired)
    if tokens.lows[trigger.end : trigger.end + 1] in (["was"], ["were"]):  # "the encounter was at about noon in X"
        placed = placed or bool(locations.at(tokens, spots, trigger, min(trigger.end + 16, len(tokens.lows))))
    ahead = any(event_verb(tokens, k) for k in range(max(0, trigger.start - 4), trigger.start))
    return happened or harmed or placed or ahead


_REPUTE = frozenset(["known", "notorious", "infamous", "wanted", "responsible", "blamed"])


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
