"""What to run: the rules of a suite for a table, as the generated SQL index has them."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from conflict_events import resources, schema
from conflict_events.errors import ConflictEventsError, UsageError
from conflict_events.schema import freeze


class StaleArtefactError(ConflictEventsError):
    """validation/ was not made from this declaration: a fault of ours, not the user's (exit 3)."""

    exit_code = 3


def rules(table: str, suite: str) -> tuple[schema.Rule, ...]:
    """The rules of the table in the suite, structural ones apart; UsageError for an unknown suite."""
    if suite not in schema.SUITES:
        raise UsageError(f"no suite '{suite}': use one of {', '.join(schema.SUITES)}")
    wanted = schema.SUITES[: schema.SUITES.index(suite) + 1]
    return tuple(rule for rule in schema.table(table).rules if rule.suite in wanted)


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
