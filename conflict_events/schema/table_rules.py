"""Rules that recur over several columns or tables, one function each."""

from __future__ import annotations

from conflict_events.schema.kinds import NotAfter, References, RequiredWhen, Unique, When
from conflict_events.schema.rule import DESIGN, Rule


def unique(id: str, *columns: str) -> Rule:
    """No two rows share the columns' values."""
    shown = ", ".join(f"{c} '{{{c}}}'" for c in columns)
    return Rule(
        id=id,
        name=f"{'_'.join(columns)}_unique",
        table="",
        kind=Unique(columns),
        message=f"{shown} stands more than once",
        explanation=f"{', '.join(columns)} is the key of the table; every row of a duplicated key fails.",
        source=DESIGN,
    )


def exists(id: str, column: str, table: str, other: str, suite: str = "release") -> Rule:
    """Every value of the column stands in another table: a foreign key."""
    return Rule(
        id=id,
        name=f"{column}_in_{table}",
        table="",
        kind=References(column, table, other),
        message=f"{column} '{{{column}}}' is not in {table}",
        explanation=f"Every {column} is a row of {table}.",
        source=DESIGN,
        suite=suite,
    )


def in_order(id: str, first: str, second: str, source: str = DESIGN) -> Rule:
    """first <= second."""
    return Rule(
        id=id,
        name=f"{first}_not_above_{second}" if not first.endswith(("start", "from")) else f"{first}_before_{second}",
        table="",
        kind=NotAfter(first, second),
        message=f"{first} {{{first}}} is after {second} {{{second}}}",
        explanation=f"{first} is at most {second}.",
        source=source,
    )


def needs(id: str, column: str, when: str, why: str, suite: str = "core") -> Rule:
    """Where `when` is known, `column` is known too."""
    return Rule(
        id=id,
        name=f"{when}_needs_{column}",
        table="",
        kind=RequiredWhen(column, When(when)),
        message=f"{when} '{{{when}}}' without {column}",
        explanation=why,
        source=DESIGN,
        suite=suite,
    )
