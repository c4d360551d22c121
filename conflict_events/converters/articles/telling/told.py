"""An event while the article is read, and what a paragraph has said so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from conflict_events.converters.articles.model import Actor, Count, Draft, Spot, When


@dataclass(slots=True)
class Account:
    """One sentence's share in an event: who says it, and what it counts."""

    draft: Draft
    counts: tuple[Count, ...] = ()


@dataclass(slots=True)
class Told:
    """An event while the article is read. The only mutable type here: later sentences add to it."""

    subtype: str
    spot: Spot | None
    side_a: Actor | None
    side_b: Actor | None
    when: When
    accounts: list[Account]
    paragraph: int
    order: int
    person: str | None = None
    organisation: Actor | None = None
    loser: Actor | None = None
    extent: str | None = None
    mutual: bool = False
    aggregate: bool = False
    parent: Told | None = None
    inferred: set[str] = field(default_factory=set)
    touched: int = -1  # the paragraph that spoke of it last

    def killed(self) -> list[Count]:
        """Counts of the dead over all accounts."""
        return [count for account in self.accounts for count in account.counts if count.harm == "killed"]


@dataclass(slots=True)
class Memory:
    """What the paragraph has said so far."""

    paragraph: int = -1
    spots: list[Spot] = field(default_factory=list)
    agent: Actor | None = None
    loser: Actor | None = None
    opponents: list[Actor] = field(default_factory=list)
    when: When | None = None
    dated: tuple[Actor | None, str] | None = None
    when_places: set[str] = field(default_factory=set)
