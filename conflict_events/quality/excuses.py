"""Which failures a policy excuses: those that are waived, then those that a baseline knows. In bulk, in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conflict_events.files import quoted
from conflict_events.quality.failures import registered
from conflict_events.quality.policy import Policy, Waiver

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

COLUMNS = ("rule_id", "file", "row", "key", "message", "reason")


def none() -> pa.Table:
    """No excused failure."""
    import pyarrow as pa

    return pa.schema([(c, pa.int64() if c == "row" else pa.string()) for c in COLUMNS]).empty_table()


def excused(con: duckdb.DuckDBPyConnection, failures: pa.Table, policy: Policy, baseline: pa.Table | None) -> pa.Table:
    """The failures that are excused, each with its reason. A baseline excuses as many of the same as it counted."""
    if not policy.waivers and baseline is None:
        return none()
    answers = ((_meets(w), quoted(f"waived until {w.expires}: {w.reason}")) for w in policy.waivers)
    waived = " ".join(f"WHEN {meets} THEN {reason}" for meets, reason in answers)
    reason = f"CASE {waived} END" if waived else "CAST(NULL AS VARCHAR)"
    with registered(con, "_collected", failures), registered(con, "_known", baseline or _nothing_known()):
        return con.sql(
            f"""
            WITH marked AS (SELECT *, {reason} AS reason, coalesce("key", message) AS what FROM _collected),
            counted AS (
                SELECT m.*, row_number() OVER (PARTITION BY rule_id, what, reason IS NULL ORDER BY "file", "row") AS nth
                FROM marked AS m
            )
            SELECT rule_id, "file", "row", "key", message, coalesce(reason, 'in the baseline') AS reason
            FROM counted AS c LEFT JOIN _known AS k USING (rule_id, what)
            WHERE reason IS NOT NULL OR nth <= k.n
            ORDER BY rule_id, "file", "row", "key", message
            """
        ).to_arrow_table()


def _meets(waiver: Waiver) -> str:
    terms = [f"rule_id = {quoted(waiver.rule)}"]
    if waiver.file is not None:
        terms.append(f"replace(\"file\", '\\', '/') GLOB {quoted(waiver.file)}")
    if waiver.key is not None:
        terms.append(f'"key" = {quoted(waiver.key)}')
    return " AND ".join(terms)


def _nothing_known() -> pa.Table:
    import pyarrow as pa

    return pa.schema([("rule_id", pa.string()), ("what", pa.string()), ("n", pa.int64())]).empty_table()
