"""What a conversion has seen so far."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from conflict_events.converters.conversion import Merged, Note, SetAside
from conflict_events.converters.tabular.account import Running


@dataclass(slots=True)
class State:
    """The account while it grows. `unread`: inputs of which no row could be read."""

    sheets: list[Running] = field(default_factory=list)
    closed: list[tuple[Running, str | None]] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unread: int = 0
    derived: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    rows_out: Counter[str] = field(default_factory=Counter)
