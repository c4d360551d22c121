"""The closed set of rule kinds: what a rule can say, as data.

A *row* kind looks at one row and becomes one boolean predicate (`targets/predicates.py`); it is broken only
where that predicate is FALSE, so a null does not break it. A *relational* kind looks at several rows or at
several tables and becomes one query that returns the failing rows (`targets/relational.py`). A *structural*
kind looks at the columns of a file before any row is read. A *compared* kind looks at two releases of one table.

Adding a kind means: a dataclass here, its predicate or query in `targets/`, a test.
"""

from __future__ import annotations

from dataclasses import dataclass

Code = str | int


@dataclass(frozen=True, slots=True)
class When:
    """A condition on one column: it has one of `values`, or (values empty) it is not null."""

    column: str
    values: tuple[Code, ...] = ()


# --- row kinds -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Required:
    """The column is not null."""

    column: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """The value is a code of the vocabulary."""

    column: str
    vocabulary: str


@dataclass(frozen=True, slots=True)
class Between:
    """low <= value <= high; None leaves that end open. NaN lies outside."""

    column: str
    low: float | str | None = None
    high: float | str | None = None


@dataclass(frozen=True, slots=True)
class Matches:
    """The whole text matches a regular expression and has the given length, where one is given."""

    column: str
    pattern: str
    length: int | None = None


@dataclass(frozen=True, slots=True)
class NotAfter:
    """first <= second, for dates and numbers."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Differs:
    """The two columns do not hold the same value."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Together:
    """All of the columns are null, or none is."""

    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequiredWhen:
    """The column is not null where the condition holds."""

    column: str
    when: When


@dataclass(frozen=True, slots=True)
class NullWhen:
    """The column is null where the condition holds."""

    column: str
    when: When


@dataclass(frozen=True, slots=True)
class EqualsWhen:
    """The column holds this value where the condition holds."""

    column: str
    value: Code
    when: When


@dataclass(frozen=True, slots=True)
class AnyRequiredWhen:
    """At least one of the columns is not null where the condition holds."""

    columns: tuple[str, ...]
    when: When


@dataclass(frozen=True, slots=True)
class Determines:
    """The code in `column` has one parent in its vocabulary, and `parent` holds it."""

    column: str
    parent: str
    vocabulary: str


@dataclass(frozen=True, slots=True)
class SpanFits:
    """The number of days from start to end agrees with the date precision (spans in `DATE_SPANS`)."""

    start: str
    end: str
    precision: str


@dataclass(frozen=True, slots=True)
class SumIs:
    """The parts, all known, add up to the total."""

    parts: tuple[str, ...]
    total: str


@dataclass(frozen=True, slots=True)
class CellOf:
    """The PRIO-GRID cell is the one that the formula gives for the point."""

    cell: str
    latitude: str
    longitude: str


@dataclass(frozen=True, slots=True)
class StartsWith:
    """The text begins with the value of another column and a separator."""

    column: str
    prefix: str
    separator: str


@dataclass(frozen=True, slots=True)
class Joins:
    """The text is the values of other columns, joined by a separator; null parts join to null."""

    column: str
    parts: tuple[str, ...]
    separator: str


@dataclass(frozen=True, slots=True)
class Bracketed:
    """The text begins with `opening` and ends with `closing`."""

    column: str
    opening: str
    closing: str


RowKind = (
    Required
    | OneOf
    | Between
    | Matches
    | NotAfter
    | Differs
    | Together
    | RequiredWhen
    | NullWhen
    | EqualsWhen
    | AnyRequiredWhen
    | Determines
    | SpanFits
    | SumIs
    | CellOf
    | StartsWith
    | Joins
    | Bracketed
)

# --- relational kinds ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unique:
    """No two rows share the columns' values; rows with a null among them are left out; all of a group fail."""

    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class References:
    """Every value stands in a column of another table (or of this one), among its rows that meet `where`."""

    column: str
    table: str
    other: str
    where: When | None = None


@dataclass(frozen=True, slots=True)
class NotAmong:
    """No value stands in a column of another table (or of this one) among its rows that meet `where`."""

    column: str
    table: str
    other: str
    where: When


@dataclass(frozen=True, slots=True)
class ReferencedBy:
    """Where the condition holds, at least one row of the other table points at this one."""

    column: str
    table: str
    other: str
    when: When | None = None


@dataclass(frozen=True, slots=True)
class CountOf:
    """The column holds the number of rows of the other table that point at this row's key."""

    column: str
    key: str
    table: str
    other: str
    when: When


@dataclass(frozen=True, slots=True)
class OneValuePer:
    """All rows with one key agree on the columns; every row of a key that does not fails."""

    key: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NullInChildren:
    """Where the parent row has any of the columns, its children have none of them; the children fail."""

    parent: str
    key: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemsAreColumns:
    """Every item of the list is the name of a column of this table."""

    column: str


RelationalKind = (
    Unique | References | NotAmong | ReferencedBy | CountOf | OneValuePer | NullInChildren | ItemsAreColumns
)

# --- structural kinds ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Structure:
    """What a file's columns are, against the declaration: missing, extra, mistyped, or a cast that failed."""

    problem: str


# --- kinds that compare two releases -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Compared:
    """How far a table may stray from the release before: its volume, nulls, values or coverage; `limit` is a share."""

    what: str
    limit: float


Kind = RowKind | RelationalKind | Structure | Compared

DATE_SPANS: dict[int, tuple[int, int | None]] = {1: (1, 1), 2: (2, 6), 3: (7, 7), 4: (8, 31), 5: (32, None)}
"""Days, both ends counted, that each UCDP date precision allows (UCDP GED Codebook; seen on 16,566 rows)."""
