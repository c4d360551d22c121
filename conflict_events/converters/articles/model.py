"""What passes from one step of the extraction to the next."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the user should know about one article; not an error."""

    article: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """Rows by table, the findings, and for each event the sentence and the rule that made it.

    `explanations`: event_id -> lines for a person that say where each column comes from.
    """

    article: str
    tables: dict[str, list[dict[str, object]]]
    findings: list[Finding]
    trace: dict[str, str]
    explanations: dict[str, list[str]] = field(default_factory=dict)


class Tokens(NamedTuple):
    """A sentence cut into words and signs; `starts` and `ends` are offsets into the sentence.

    `said`: where phrases of the lexicon's lists stand, filled when first asked for.
    """

    words: list[str]
    lows: list[str]
    starts: list[int]
    ends: list[int]
    said: dict[str, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the cleaned text; `start` and `end` are offsets into the cleaned text."""

    text: str
    start: int
    end: int
    paragraph: int
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Actor:
    """Who can be a side. `state` means the forces of whichever country the context names; `body` is the part of them
    that is told apart ("police")."""

    actor_id: str | None
    name: str
    actor_type: str
    country: str | None = None
    generic: bool = False
    state: bool = False
    body: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor between two tokens, the preposition that governs it, and whether it only describes a noun."""

    start: int
    end: int
    actor: Actor
    text: str
    preposition: str = ""
    modifier: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A place between two tokens, as written; `role` is place, parent (it holds another) or anchor (only near it)."""

    start: int
    end: int
    name: str
    kind: str = ""
    preposition: str = ""
    country: str | None = None
    direction: str = ""
    distance_km: float | None = None
    role: str = "place"
    parent: str = ""
    group: int = 0


@dataclass(frozen=True, slots=True)
class When:
    """A span of days with UCDP's precision, how it was found, and the words that say so. No start: undated."""

    start: date | None = None
    end: date | None = None
    precision: int | None = None
    basis: str | None = None
    words: str | None = None
    continuous: bool = False
    background: bool = False
    position: int = -1
    shift: int | None = None  # days from the day that the text spoke of before: "two days earlier" is -2
    clause: bool = False  # good only for what stands after it: "a day after rebels shelled X"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells of an event; `start` and `end` are token positions."""

    start: int
    end: int
    kind: str
    subtype: str | None
    noun: bool
    passive: bool = False
    reversed: bool = False
    participle: bool = False
    placed: bool = False  # good only with a named place as its direct object


@dataclass(frozen=True, slots=True)
class Count:
    """People harmed: a figure, its bounds, and the words that count them."""

    harm: str
    low: int | None
    best: int | None
    high: int | None
    words: str
    victims: str
    actor: Actor | None
    start: int
    end: int
    additional: bool = False
    toll: bool = False  # a total of the event's dead, in another figure than the parts
    definite: bool = False  # one person spoken of as known ("he was killed"): counts only where nothing else does


@dataclass(frozen=True, slots=True)
class Claim:
    """Who is credited with a sentence, and how it is put.

    `aside` are the tokens of a credit that stands apart from what happened ("…, the army said"; "according to the
    army, …"): whoever is named there speaks and is no side by it. `actor` is the party that the claimant belongs to.
    """

    by: str | None = None
    kind: str | None = None
    assertion: str = "stated"
    aside: tuple[int, int] | None = field(default=None, compare=False)
    actor: Actor | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Draft:
    """One event as one sentence tells it, before the story around it is known."""

    subtype: str
    trigger: str
    sentence: int
    spots: tuple[Spot, ...] = ()
    side_a: Actor | None = None
    side_b: Actor | None = None
    text_a: str | None = None
    text_b: str | None = None
    others: tuple[tuple[str, str, Actor], ...] = ()
    counts: tuple[Count, ...] = ()
    when: When = field(default_factory=When)
    claim: Claim = field(default_factory=Claim)
    rule: str = ""
    refers_back: bool = False
    mutual: bool = False
    no_casualties: bool = False
    taken_from: Actor | None = None
    extent: str | None = None
    person: str | None = None
    trigger_noun: bool = False
    positions: tuple[int, ...] = ()  # tokens of the words that tell it
    pronoun: bool = False  # "they" or "it" is its subject
    total: bool = False  # counts over several places: "in both villages", "in all"
    follows: bool = False  # makes no event of its own: it adds to one told before
    another: bool = False  # "troops also killed …", "separately": none of those told before

    def with_(self, **changes: object) -> Draft:
        """A copy with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]
