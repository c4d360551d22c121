"""The reference engine: DuckDB, one scan for all row rules of a part, larger than memory.

Only rows that break a rule leave the scan, and each of them gets a mask with a bit a rule: every failing row is known
and nothing else is kept. The filter comes first and the mask after it, so the mask of a good row is never made. The
filter is the least of all predicates: least() passes over nulls, as the rules do, and takes half the time of an OR,
whose every step picks rows anew and forgets that a column is a dictionary. Rules over several rows or tables run as the
queries of validation/sql.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from conflict_events import schema
from conflict_events.quality import failures, plan
from conflict_events.quality.engines import Counts, Engine
from conflict_events.quality.inputs import FILE, ROW
from conflict_events.quality.structure import Usable

if TYPE_CHECKING:
    import duckdb

BITS = 62
"""Rules in one mask: a BIGINT's bits, its sign and one more kept free."""


def _check_rows(con: duckdb.DuckDBPyConnection, part: Usable, rules: Sequence[schema.Rule]) -> Counts:
    """One scan of the part for all of its row rules."""
    chunks = [rules[i : i + BITS] for i in range(0, len(rules), BITS)]
    masks = ", ".join(f"{_mask(chunk)} AS _m{i}" for i, chunk in enumerate(chunks))
    least = f"least({', '.join(plan.sql()[r.id]['predicate'] for r in rules)}, true)"
    kept = "".join(f', "{c}"' for c in failures.message_columns(rules, part))
    made = con.execute(
        f"CREATE OR REPLACE TEMP TABLE _failing AS SELECT {FILE}, {ROW}, {failures.key(part)} AS _key{kept}, "
        f"{masks} FROM ({part.sql}) WHERE NOT {least}"
    )
    if made.fetchall() == [(0,)]:
        return dict.fromkeys((rule.id for rule in rules), 0)
    sums = ", ".join(
        f"count(*) FILTER (_m{i} & {1 << bit} <> 0)" for i, chunk in enumerate(chunks) for bit in range(len(chunk))
    )
    found = con.execute(f"SELECT {sums} FROM _failing").fetchone()
    assert found is not None
    places = [(i, bit, rule) for i, chunk in enumerate(chunks) for bit, rule in enumerate(chunk)]
    counts = {}
    for n, (i, bit, rule) in zip(found, places, strict=True):
        counts[rule.id] = n
        if n:
            failures.insert(con, rule, part, f"_failing WHERE _m{i} & {1 << bit} <> 0")
    con.execute("DROP TABLE _failing")
    return counts


def _check_relations(
    con: duckdb.DuckDBPyConnection, tables: Mapping[str, Sequence[Usable]], table: str, rules: Sequence[schema.Rule]
) -> Counts:
    """The published queries, on views named as the tables are."""
    for name in {table, *(other for rule in rules for other in plan.needs(rule))}:
        rows = " UNION ALL BY NAME ".join(part.sql for part in tables[name])
        con.execute(f'CREATE OR REPLACE TEMP VIEW "{name}" AS {rows}')
    first = tables[table][0]
    keyed = "(SELECT *, {key} AS _key FROM ({query}))"
    return {
        rule.id: failures.insert(
            con, rule, first, keyed.format(key=failures.key(first), query=plan.sql()[rule.id]["query"])
        )
        for rule in rules
    }


def _mask(rules: Sequence[schema.Rule]) -> str:
    bits = (f"CASE WHEN NOT {plan.sql()[r.id]['predicate']} THEN {1 << bit} ELSE 0 END" for bit, r in enumerate(rules))
    return f"CAST({' + '.join(bits)} AS BIGINT)"


ENGINE = Engine("duckdb", _check_rows, _check_relations)
