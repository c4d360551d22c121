"""What a conversion gives: the tables, and the loss report that accounts for everything that went in."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from conflict_events import schema

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class SetAside:
    """An input, or a line of one, that could not be converted, and why."""

    file: str
    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Merged:
    """An input that says the same as another one, word for word, and adds nothing."""

    file: str
    into: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something the user should know of an input that was converted: no date in it, no event, an odd encoding."""

    file: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Loss:
    """The loss report. `units_in` = converted + set aside + merged, counted in `unit`s (articles, rows)."""

    source_format: str
    unit: str
    units_in: int
    converted: int
    rows_out: dict[str, int]
    set_aside: tuple[SetAside, ...] = ()
    merged: tuple[Merged, ...] = ()
    notes: tuple[Note, ...] = ()
    derived: dict[str, int] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        """Whether every unit that went in is accounted for."""
        return self.units_in == self.converted + len(self.set_aside) + len(self.merged)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data."""
        return {"schema_version": schema.VERSION, "adds_up": self.adds_up, **asdict(self)}

    def to_json(self) -> str:
        """The report as JSON text, ending with a newline."""
        return json.dumps(self.to_dict(), indent=1, ensure_ascii=False) + "\n"

    def to_text(self) -> str:
        """One line: what went in and what came of it."""
        kept = ", ".join(f"{n} {table}" for table, n in self.rows_out.items() if n)
        lost = f", {len(self.set_aside)} set aside" if self.set_aside else ""
        same = f", {len(self.merged)} the same as another" if self.merged else ""
        return f"{self.units_in} {self.unit}(s) in: {self.converted} converted{lost}{same}; out: {kept or 'nothing'}"


@dataclass(frozen=True, slots=True)
class Conversion:
    """`tables`: name -> Arrow table of the declared schema. `loss`: what became of each input.

    `articles`: event_id -> the input it came from, for articles. `trace`: event_id -> the sentence and the rule
    that made it.
    """

    tables: dict[str, pa.Table]
    loss: Loss
    articles: dict[str, str] = field(default_factory=dict)
    trace: dict[str, str] = field(default_factory=dict)
