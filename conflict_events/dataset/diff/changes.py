"""All changes of one table as one query over the tables that `tables` made."""

from __future__ import annotations

from conflict_events import schema
from conflict_events.dataset.diff.columns import meet
from conflict_events.dataset.diff.periods import period
from conflict_events.dataset.diff.result import TableDiff, names


def query(found: TableDiff) -> str:
    """The SQL of `Diff.changes`, unsorted."""
    key, name = names(found.key), found.table
    parts = [_only(found, "new", "added"), _only(found, "old", "withdrawn")]
    for kind, table in (("revised", f"{name}_changes"), ("label", f"{name}_labels")):
        parts.append(
            f"SELECT {key}, '{kind}', \"column\", old, new, spelling_only, CAST(NULL AS DATE), CAST(NULL AS VARCHAR) "
            f"FROM {table}"
        )
    parts.append(
        f"SELECT {key}, 'apart', NULL, CAST(old_rows AS VARCHAR), CAST(new_rows AS VARCHAR), NULL, NULL, NULL "
        f"FROM {name}_apart"
    )
    return " UNION ALL ".join(parts)


def _only(found: TableDiff, side: str, kind: str) -> str:
    key, name = names(found.key), found.table
    dated = (found.added_periods if side == "new" else found.withdrawn_periods) is not None
    only = "was AND NOT is_now" if side == "old" else "is_now AND NOT was"
    day, when = ("date_start", period("date_start", found.covers)) if dated else ("CAST(NULL AS DATE)", "NULL")
    return (
        f"SELECT {key}, '{kind}' AS change, CAST(NULL AS VARCHAR) AS \"column\", CAST(NULL AS VARCHAR) AS old, "
        f"CAST(NULL AS VARCHAR) AS new, CAST(NULL AS BOOLEAN) AS spelling_only, {day} AS date_start, "
        f"CAST({when} AS VARCHAR) AS period FROM {side}_{name} AS r "
        f"SEMI JOIN (SELECT {key} FROM {name}_pairs WHERE {only}) AS k ON {meet(schema.table(name), 'r', 'k')}"
    )
