"""The one declaration: vocabularies, columns, tables and rules, as data.

Everything else is made from it: Arrow and Parquet schemas, SQL, documentation, checks. This package imports
nothing else of conflict_events and no heavy library.
"""

from __future__ import annotations

from conflict_events.schema.column import Column, Table
from conflict_events.schema.comparison import COMPARED
from conflict_events.schema.rule import Rule, Severity
from conflict_events.schema.structure import STRUCTURAL
from conflict_events.schema.suites import SUITES, Suite
from conflict_events.schema.tables.actors import ACTORS, PLACES
from conflict_events.schema.tables.coverage import COVERAGE
from conflict_events.schema.tables.crosswalks import (
    CROSSWALK_ACLED,
    CROSSWALK_ACLED_ACTOR,
    CROSSWALK_CAMEO,
    CROSSWALK_CAMEO_ACTOR,
    CROSSWALK_COUNTRY,
    CROSSWALK_PLOVER,
    CROSSWALK_UCDP,
    VOCABULARY,
)
from conflict_events.schema.tables.events import EVENTS
from conflict_events.schema.tables.links import EVENTS_HISTORY, LINKS
from conflict_events.schema.tables.reports import CASUALTIES, EVENT_ACTORS, REPORTS
from conflict_events.schema.tables.sources import PUBLISHERS, SOURCES
from conflict_events.schema.types import Type

VERSION = "1.2.0"
"""Version of the schema (SemVer); the package and the data release have versions of their own."""

CROSSWALKS = (
    VOCABULARY,
    CROSSWALK_ACLED,
    CROSSWALK_ACLED_ACTOR,
    CROSSWALK_UCDP,
    CROSSWALK_CAMEO,
    CROSSWALK_PLOVER,
    CROSSWALK_COUNTRY,
    CROSSWALK_CAMEO_ACTOR,
)
TABLES = (
    EVENTS,
    EVENT_ACTORS,
    REPORTS,
    CASUALTIES,
    SOURCES,
    PUBLISHERS,
    ACTORS,
    PLACES,
    LINKS,
    EVENTS_HISTORY,
    COVERAGE,
    *CROSSWALKS,
)
RULES = (*STRUCTURAL, *COMPARED, *(rule for table in TABLES for rule in table.rules))

_TABLES = {table.name: table for table in TABLES}
_RULES = {rule.id: rule for rule in RULES}


def table(name: str) -> Table:
    """The table of that name; KeyError where there is none."""
    return _TABLES[name]


def rule(id: str) -> Rule:
    """The rule of that id; KeyError where there is none."""
    return _RULES[id]


def rules(table: str, suite: str = "release") -> tuple[Rule, ...]:
    """The rules of the table in the suite, structural ones apart; KeyError for an unknown name."""
    return tuple(r for r in _TABLES[table].rules if SUITES[suite].has(r))


def severity(rule_id: str, suite: str) -> Severity:
    """How bad a failure of the rule is in the suite; KeyError for an unknown name."""
    return SUITES[suite].severity(_RULES[rule_id])


__all__ = [
    "COMPARED",
    "CROSSWALKS",
    "RULES",
    "STRUCTURAL",
    "SUITES",
    "TABLES",
    "VERSION",
    "Column",
    "Rule",
    "Severity",
    "Suite",
    "Table",
    "Type",
    "rule",
    "rules",
    "severity",
    "table",
]
