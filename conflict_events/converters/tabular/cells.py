"""How a source's text cells become values, and how the values become cells again.

A kind reads a cell (`read`), writes a value back as the cell would stand after normalisation (`back`), and says what
that normalisation is (`normalises`). `read` is null where the cell is empty or is no such value: the row is then set
aside with the column named. Each method takes and returns SQL of DuckDB.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

from conflict_events.converters.tabular import days, quoted

BLANKS = "' ' || chr(9) || chr(10) || chr(13) || chr(160)"
"""What may stand around a value and is none of it: space, tab, line ends, no-break space."""


def bare(cell: str) -> str:
    """SQL of the cell without the blanks around it."""
    return f"trim({cell}, {BLANKS})"


class Kind(Protocol):
    """What a cell holds."""

    what: ClassVar[str]
    normalises: ClassVar[str]

    def read(self, cell: str, order: days.Order | None) -> str:
        """SQL of the value of the text expression `cell`; null where it is none."""
        ...

    def back(self, value: str) -> str:
        """SQL of the normalised text of the value expression `value`."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """Text as it stands."""

    what: ClassVar[str] = "text"
    normalises: ClassVar[str] = "none"

    def read(self, cell: str, order: days.Order | None) -> str:  # noqa: ARG002
        """The cell."""
        return cell

    def back(self, value: str) -> str:
        """The text."""
        return value


@dataclass(frozen=True, slots=True)
class Id:
    """An identifier, prefixed with its source's name where it is one among several sources' (`ucdp:333`)."""

    prefix: str = ""
    what: ClassVar[str] = "identifier"
    normalises: ClassVar[str] = "blanks around it and a spreadsheet's `.0` go"

    def read(self, cell: str, order: days.Order | None) -> str:  # noqa: ARG002
        """The identifier: whole numbers that a spreadsheet wrote as `15960.0` lose the fraction."""
        text = bare(cell)
        text = (
            f"CASE WHEN contains({cell}, '.0') AND regexp_full_match({text}, '[0-9]+\\.0+') "
            f"THEN split_part({text}, '.', 1) ELSE nullif({text}, '') END"
        )
        return f"'{self.prefix}' || {text}" if self.prefix else text

    def back(self, value: str) -> str:
        """The identifier without the prefix."""
        return f"substr({value}, {len(self.prefix) + 1})" if self.prefix else value


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number, int32."""

    what: ClassVar[str] = "whole number within 32 bits"
    normalises: ClassVar[str] = "digits alone: `5.0` and `+5` are `5`"

    def read(self, cell: str, order: days.Order | None) -> str:  # noqa: ARG002
        """The number; null for a fraction, which DuckDB's own cast would round in silence."""
        plain = f"TRY_CAST({cell} AS INTEGER)"
        # what casts back to the same text needs no regular expression, and nearly every cell does
        return (
            f"CASE WHEN CAST({plain} AS VARCHAR) = {cell} THEN {plain} "
            f"WHEN regexp_full_match({bare(cell)}, '[+-]?[0-9]+(\\.0*)?') "
            f"THEN TRY_CAST(split_part({bare(cell)}, '.', 1) AS INTEGER) END"
        )

    def back(self, value: str) -> str:
        """The digits."""
        return f"CAST({value} AS VARCHAR)"


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number, double."""

    what: ClassVar[str] = "number"
    normalises: ClassVar[str] = "the shortest text of the same number: `30.50` is `30.5`"

    def read(self, cell: str, order: days.Order | None) -> str:  # noqa: ARG002
        """The number; null for infinities and not-a-number, which no measure is."""
        plain = f"TRY_CAST({cell} AS DOUBLE)"
        return f"CASE WHEN isfinite({plain}) THEN {plain} END"

    def back(self, value: str) -> str:
        """The number's shortest text."""
        return f"CAST(CAST({value} AS DOUBLE) AS VARCHAR)"


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false, however it is spelled."""

    what: ClassVar[str] = "true or false"
    normalises: ClassVar[str] = "`1` and `0`"

    def read(self, cell: str, order: days.Order | None) -> str:  # noqa: ARG002
        """The truth of `1`, `true`, `t`, `yes`, `y` and of their opposites, whatever the case."""
        text = f"lower({bare(cell)})"
        return (
            f"CASE WHEN {text} IN ('1', '1.0', 'true', 't', 'yes', 'y') THEN true "
            f"WHEN {text} IN ('0', '0.0', 'false', 'f', 'no', 'n') THEN false END"
        )

    def back(self, value: str) -> str:
        """`1` or `0`."""
        return f"CAST(CAST({value} AS TINYINT) AS VARCHAR)"


@dataclass(frozen=True, slots=True)
class Coded:
    """A code of the source's for a value of ours. codes: (spelling, value); of several spellings the first is written.

    Values are whole numbers or texts. Spellings are compared without regard to case and to a spreadsheet's `.0`.
    """

    codes: tuple[tuple[str, int | str], ...]
    what: ClassVar[str] = "code that the codebook has"
    normalises: ClassVar[str] = "the codebook's spelling"

    def read(self, cell: str, order: days.Order | None) -> str:  # noqa: ARG002
        """The value; null where the cell is none of the codes."""
        spelled = {spelling.lower(): value for spelling, value in self.codes}
        spelled |= {f"{spelling}.0": value for spelling, value in spelled.items() if spelling.isdecimal()}
        plain, other = (
            f"MAP {{{', '.join(f'{quoted.text(s)}: {_constant(v)}' for s, v in codes)}}}"
            for codes in (self.codes, spelled.items())
        )
        # nearly every cell is spelled as the codebook does
        return f"coalesce({plain}[{cell}], CASE WHEN {cell} IS NOT NULL THEN {other}[lower({bare(cell)})] END)"

    def back(self, value: str) -> str:
        """The value's first spelling."""
        first: dict[int | str, str] = {}
        for spelling, of in self.codes:
            first.setdefault(of, spelling)
        return f"CASE {value} {' '.join(f'WHEN {_constant(v)} THEN {quoted.text(s)}' for v, s in first.items())} END"


def _constant(value: int | str) -> str:
    return str(value) if isinstance(value, int) else quoted.text(value)


@dataclass(frozen=True, slots=True)
class Day:
    """A day, in any of the forms of `days`."""

    what: ClassVar[str] = "day that can be read one way only"
    normalises: ClassVar[str] = "YYYY-MM-DD; a time of midnight goes, any other stays in `native`"

    def read(self, cell: str, order: days.Order | None) -> str:
        """The day; `order` says how numeric days are to be read, None that they cannot be where both ways are open."""
        return days.read(cell, order)

    def back(self, value: str) -> str:
        """The day as YYYY-MM-DD."""
        return f"CAST({value} AS VARCHAR)"


@dataclass(frozen=True, slots=True)
class CompactDay:
    """A day as eight digits, YYYYMMDD, and nothing else."""

    what: ClassVar[str] = "day as YYYYMMDD"
    normalises: ClassVar[str] = "none"

    def read(self, cell: str, order: days.Order | None) -> str:  # noqa: ARG002
        """The day."""
        number = f"TRY_CAST({cell} AS INTEGER)"
        day = f"TRY(make_date({number} // 10000, {number} // 100 % 100, {number} % 100))"
        return f"CASE WHEN length({cell}) = 8 AND CAST({number} AS VARCHAR) = {cell} THEN {day} END"

    def back(self, value: str) -> str:
        """The eight digits."""
        return f"strftime({value}, '%Y%m%d')"


@dataclass(frozen=True, slots=True)
class Point:
    """A point as WKT, `POINT (longitude latitude)`; kept as text."""

    what: ClassVar[str] = "point in WKT"
    normalises: ClassVar[str] = "each number by its shortest text"

    def read(self, cell: str, order: days.Order | None) -> str:  # noqa: ARG002
        """The point with its numbers normalised; text of another form as it stands."""
        parts = f"string_split_regex(trim({cell}), '[() ]+')"
        x, y = (f"TRY_CAST({parts}[{i}] AS DOUBLE)" for i in (2, 3))
        return f"coalesce('POINT (' || {x} || ' ' || {y} || ')', {cell})"

    def back(self, value: str) -> str:
        """The text."""
        return value


def value(kind: Kind, cell: str, order: days.Order | None, digits: bool, plain_days: bool) -> str:
    """`kind.read`, in a quicker way where the block allows it.

    digits: the column's cells are digits and nothing else. plain_days: try whether all days are of the usual forms.
    """
    if plain_days and isinstance(kind, Day):
        return days.read_plain(cell, digits)
    if digits and isinstance(kind, Id):
        return f"'{kind.prefix}' || {cell}" if kind.prefix else cell
    return f"TRY_CAST({cell} AS INTEGER)" if digits and isinstance(kind, Whole) else kind.read(cell, order)


def normal(kind: Kind, cell: str, digits: bool) -> str:
    """SQL of the cell after the kind's normalisation; what the kind cannot read stays as it is."""
    if isinstance(kind, Text) or (digits and isinstance(kind, Id)):
        return cell
    whole = f"coalesce({kind.back(kind.read(cell, None))}, {cell})"
    return f"CASE WHEN {cell} IN ('0', '1') THEN {cell} ELSE {whole} END" if isinstance(kind, Flag) else whole
