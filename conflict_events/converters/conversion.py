"""What a conversion gives: the tables, and the loss report that accounts for everything that went in."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from conflict_events import schema
from conflict_events.errors import BadDataError

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
    """An input, or a line of one, that says the same as another and adds no event: `into` names the other.

    lossless: the rows are parts of events, which keep all that they say.
    """

    file: str
    into: str
    line: int | None = None
    rows: int = 1
    lossless: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """Something the user should know of an input that was converted: no date in it, no event, an odd encoding."""

    file: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ColumnFate:
    """What became of a source column.

    fate: `mapped` (its values are a column of ours), `native` (its cells stay in `native`), `implied` (other columns
    say the same; in `native` where they do not), `part` (differs between the rows of an event; in `native.rows`),
    `dropped`. normalised: what of its spelling is not kept.
    """

    column: str
    fate: str
    to: str | None
    normalised: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SheetAccount:
    """A source file, or a member or sheet of one: what it was taken for, and which rows of the result are its own.

    Its rows are the result's from `first_row` (0-based) on, `rows_out` of them, in the source's order.
    """

    file: str
    dataset: str
    layout: str
    rows_in: int
    rows_out: int
    first_row: int
    date_order: str | None
    columns: tuple[ColumnFate, ...]


@dataclass(frozen=True, slots=True)
class Deaths:
    """The sum of a death count: in the source's column, in rows set aside or merged, and in ours."""

    column: str
    to: str
    before: int
    set_aside: int
    merged: int
    after: int

    @property
    def adds_up(self) -> bool:
        """Whether nobody was lost or counted twice."""
        return self.before == self.set_aside + self.merged + self.after


@dataclass(frozen=True, slots=True)
class Loss:
    """The loss report. `units_in` = converted + set aside + merged, counted in `unit`s (articles, rows).

    An input that could not be read at all counts as one unit.
    """

    source_format: str
    unit: str
    units_in: int
    converted: int
    rows_out: dict[str, int]
    set_aside: tuple[SetAside, ...] = ()
    merged: tuple[Merged, ...] = ()
    notes: tuple[Note, ...] = ()
    derived: dict[str, int] = field(default_factory=dict)
    sheets: tuple[SheetAccount, ...] = ()
    deaths: tuple[Deaths, ...] = ()

    @property
    def adds_up(self) -> bool:
        """Whether every unit that went in, and every death counted in it, is accounted for."""
        units = self.units_in == self.converted + len(self.set_aside) + sum(m.rows for m in self.merged)
        return units and all(d.adds_up for d in self.deaths)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data."""
        return {"schema_version": schema.VERSION, "adds_up": self.adds_up, **asdict(self)}

    def to_json(self) -> str:
        """The report as JSON text, ending with a newline."""
        text = json.dumps(self.to_dict(), indent=1, ensure_ascii=False) + "\n"
        # a file's name may hold bytes that are no text: JSON can say them as escapes
        return text.encode("utf-8", "backslashreplace").decode()

    def to_text(self) -> str:
        """One line: what went in and what came of it."""
        kept = ", ".join(f"{n:,} {table}" for table, n in self.rows_out.items() if n)
        lost = f", {len(self.set_aside):,} set aside" if self.set_aside else ""
        same = f", {sum(m.rows for m in self.merged):,} merged" if self.merged else ""
        unit = self.unit if self.units_in == 1 else f"{self.unit}s"
        text = f"{self.units_in:,} {unit} in: {self.converted:,} converted{lost}{same}; out: {kept or 'nothing'}"
        told = [d for d in self.deaths if (d.before or d.after) and (d.to == "deaths_best" or not d.adds_up)]
        return "; ".join([text, *(f"{d.column}: {d.before:,} deaths in, {d.after:,} out" for d in told)])


def refuse_loss(loss: Loss) -> None:
    """BadDataError where anything was lost: an input or a row set aside, or merged with another that it repeats."""
    merged = sum(m.rows for m in loss.merged if not m.lossless)
    lost = [f"{len(loss.set_aside)} set aside"] if loss.set_aside else []
    lost += [f"{merged} merged"] if merged else []
    if lost:
        first = loss.set_aside[0] if loss.set_aside else None
        where = f" ({first.file}{f' line {first.line}' if first.line else ''}: {first.reason})" if first else ""
        raise BadDataError(f"{' and '.join(lost)}{where}: nothing was written; convert without --strict to see all")


@dataclass(frozen=True, slots=True)
class Conversion:
    """`tables`: name -> Arrow table of the declared schema. `loss`: what became of each input.

    `articles`: event_id -> the input it came from, for articles. `trace`: event_id -> the sentence and the rule
    that made it; `explanations`: event_id -> lines for a person that say where each column comes from.
    """

    tables: dict[str, pa.Table]
    loss: Loss
    articles: dict[str, str] = field(default_factory=dict)
    trace: dict[str, str] = field(default_factory=dict)
    explanations: dict[str, list[str]] = field(default_factory=dict)
