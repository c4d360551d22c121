"""A column and a table, as data. A column carries the rules that speak of it alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from conflict_events.schema.kinds import Between, Matches, OneOf, Required
from conflict_events.schema.rule import DESIGN, Rule, Severity
from conflict_events.schema.types import Type

ColumnRule = Callable[["Column"], Rule]
"""A rule still without its column: `Table` gives it one."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type, meaning, unit, and the source of its definition.

    A column is nullable unless one of its rules is `required`.
    """

    name: str
    type: Type
    description: str
    source: str = DESIGN
    unit: str | None = None
    rules: tuple[ColumnRule, ...] = ()

    @property
    def nullable(self) -> bool:
        """Whether the declaration allows a null."""
        return not any(isinstance(make(self).kind, Required) for make in self.rules)

    @property
    def vocabulary(self) -> str | None:
        """The closed vocabulary of the column's values, if it has one."""
        for make in self.rules:
            kind = make(self).kind
            if isinstance(kind, OneOf):
                return kind.vocabulary
        return None


def required(id: str) -> ColumnRule:
    """The column may not be null."""

    def make(column: Column) -> Rule:
        return Rule(
            id=id,
            name=f"{column.name}_required",
            table="",
            kind=Required(column.name),
            message=f"{column.name} is missing",
            explanation=f"Every row has a {column.name}. {column.description}",
            source=column.source,
        )

    return make


def one_of(id: str, vocabulary: str) -> ColumnRule:
    """The column holds a code of the vocabulary."""

    def make(column: Column) -> Rule:
        return Rule(
            id=id,
            name=f"{column.name}_known",
            table="",
            kind=OneOf(column.name, vocabulary),
            message=f"{column.name} '{{{column.name}}}' is not in the vocabulary {vocabulary}",
            explanation=f"{column.name} takes a code of the closed vocabulary `{vocabulary}`, spelled as there.",
            source=column.source,
        )

    return make


def between(id: str, low: float | None, high: float | None = None) -> ColumnRule:
    """low <= value <= high, None leaving an end open."""
    span = f">= {low:g}" if high is None else f"between {low:g} and {high:g}"

    def make(column: Column) -> Rule:
        return Rule(
            id=id,
            name=f"{column.name}_in_range",
            table="",
            kind=Between(column.name, low, high),
            message=f"{column.name} is {{{column.name}}}; it must be {span}",
            explanation=f"{column.name} is {span}{f' ({column.unit})' if column.unit else ''}.",
            source=column.source,
        )

    return make


def matches(id: str, pattern: str, what: str, length: int | None = None) -> ColumnRule:
    """The text has the form that `what` names."""

    def make(column: Column) -> Rule:
        return Rule(
            id=id,
            name=f"{column.name}_form",
            table="",
            kind=Matches(column.name, pattern, length),
            message=f"{column.name} '{{{column.name}}}' is not {what}",
            explanation=f"{column.name} is {what} (regular expression `{pattern}`).",
            source=column.source,
        )

    return make


def as_warning(make: ColumnRule) -> ColumnRule:
    """The same rule with severity warning."""
    return lambda column: replace(make(column), severity=Severity.WARNING)


def in_release(make: ColumnRule) -> ColumnRule:
    """The same rule, asked of the release suite only."""
    return lambda column: replace(make(column), suite="release")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns in order, its key, how a release sorts it, and the rules over several columns."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    table_rules: tuple[Rule, ...] = ()
    sort: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where there is none."""
        return next(c for c in self.columns if c.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(c.name for c in self.columns)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule of the table, those of single columns first."""
        single = (replace(make(c), table=self.name) for c in self.columns for make in c.rules)
        return (*single, *(replace(rule, table=self.name) for rule in self.table_rules))
