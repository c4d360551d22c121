"""What to run: the rules of a suite for a table, and the generated SQL index that the DuckDB engine runs."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from conflict_events import resources, schema
from conflict_events.errors import ConflictEventsError, UsageError
from conflict_events.schema import freeze, kinds


class StaleArtefactError(ConflictEventsError):
    """validation/ was not made from this declaration: a fault of ours, not the user's (exit 3)."""

    exit_code = 3


def known_suite(name: str) -> str:
    """The name of a suite; UsageError for an unknown one."""
    if name not in schema.SUITES:
        raise UsageError(f"no suite '{name}': use one of {', '.join(schema.SUITES)}")
    return name


def row_rules(table: str, suite: str) -> tuple[schema.Rule, ...]:
    """The rules that look at one row of the table at a time."""
    return tuple(r for r in schema.rules(table, suite) if isinstance(r.kind, kinds.RowKind))


def relational_rules(table: str, suite: str) -> tuple[schema.Rule, ...]:
    """The rules that look at several rows of the table, or at other tables."""
    return tuple(r for r in schema.rules(table, suite) if isinstance(r.kind, kinds.RelationalKind))


def columns(rule: schema.Rule) -> tuple[str, ...]:
    """The columns of the rule's own table that it needs."""
    return tuple(sql()[rule.id]["columns"])


def needs(rule: schema.Rule) -> tuple[str, ...]:
    """The other tables that a relational rule needs."""
    return tuple(sql()[rule.id]["needs"])


@cache
def sql() -> dict[str, dict[str, Any]]:
    """Rule id -> its SQL: `columns` it needs, and a `predicate`, or a `query` with the tables it `needs`."""
    path = resources.validation() / "sql" / "rules.json"
    if not path.is_file():
        raise StaleArtefactError(f"{path} is missing: run `conflict-events schema export`")
    index = json.loads(path.read_text(encoding="utf-8"))
    if index["declaration"] != freeze.fingerprint():
        raise StaleArtefactError(
            f"{path} was made from another declaration than this one: run `conflict-events schema export`"
        )
    return dict(index["rules"])
