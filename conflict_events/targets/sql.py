"""The rules as DuckDB SQL: `validation/sql/`, a query a rule that returns the failing rows, and their index.

The index, `rules.json`, holds each row rule's predicate and each relational rule's query. It is what the DuckDB
engine runs, so the published SQL and the SQL that runs are one (see docs/decisions/0002).
"""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

from conflict_events import schema
from conflict_events.schema import freeze
from conflict_events.schema.types import Type
from conflict_events.targets import relational
from conflict_events.targets.predicates import columns_of, is_row_rule, predicate

_PREFIXED = re.compile(
    r"""\(regexp_matches\(("[a-z0-9_]+"), '\^\(\?:\[a-z_\]\+:\[\^\\n\]\+\)\$'\) AND \(NOT ends_with\(\1, '\n'\)\)\)"""
)
_LOOKED_UP = re.compile(
    r"""\(CASE WHEN contains\((\[[^\]]*\]), ("[a-z0-9_]+")\) THEN """
    r"""(list_extract\(map_extract\("map"\(\1, \[[^\]]*\]\), \2\), 1\)) ELSE NULL END\)"""
)
_WHOLE = re.compile(r"""regexp_matches\(("[a-z0-9_]+"), '\^\(\?:((?:[^']|'')*)\)\$'\)""")
_STUBS = itertools.count()  # narwhals keeps its stub tables for the life of the process


def _stub_types() -> dict[Type, Any]:
    import narwhals as nw

    return {
        Type.STRING: nw.String,
        Type.BOOL: nw.Boolean,
        Type.INT8: nw.Int8,
        Type.INT32: nw.Int32,
        Type.FLOAT: nw.Float32,
        Type.DOUBLE: nw.Float64,
        Type.DATE: nw.Date,
        Type.BINARY: nw.Binary,
        Type.STRINGS: nw.List(nw.String),
    }


def _predicates(table: schema.Table) -> dict[str, str]:
    """The SQL of every row rule of the table, by rule id."""
    from narwhals.sql import table as stub

    types = _stub_types()
    columns = {c.name: types[c.type] for c in table.columns if c.type in types}
    frame = stub(f"stub_{next(_STUBS)}", columns)
    out = {}
    for rule in table.rules:
        if is_row_rule(rule):
            sql = frame.select(broken=predicate(rule)).to_sql()
            match = re.fullmatch(r'SELECT (.*) AS "?broken"? FROM "?stub_\d+"?', sql, re.S)
            assert match, f"narwhals wrote SQL of another shape for {rule.id}: {sql}"
            out[rule.id] = _tidy(match.group(1))
    return out


def _tidy(sql: str) -> str:
    """One line, and what DuckDB is quick at in place of what narwhals writes, meaning the same.

    Membership is IN, which it plans better than its function on a list. A match of the whole text is its own function,
    which takes a sixth of the time of a search between anchors. Plain functions of one column run once for each entry
    of its dictionary, while regular expressions and cases run once for each row: so a code is looked up without a
    case, and a name, a colon and more are told without an expression.
    """
    # what stands between quotes stays: a line break is what some rules look for
    sql = re.sub(r"('(?:[^']|'')*')|\s*\n\s*", lambda found: found[1] or " ", sql)
    sql = _LOOKED_UP.sub(r"\3", sql)
    sql = re.sub(r"contains\(\[([^\]]*)\], (\"[a-z0-9_]+\")\)", r"(\2 IN (\1))", sql)
    sql = _PREFIXED.sub(_prefixed, sql)
    return _WHOLE.sub(r"regexp_full_match(\1, '\2')", sql)


def _prefixed(found: re.Match[str]) -> str:
    column = found[1]
    return (
        f"(ltrim({column}, 'abcdefghijklmnopqrstuvwxyz_') LIKE ':_%' AND NOT starts_with({column}, ':') "
        f"AND NOT contains({column}, '\n'))"
    )


def index() -> dict[str, Any]:
    """Every rule's SQL, with the fingerprint of the declaration that it was made from."""
    rules: dict[str, dict[str, Any]] = {}
    for table in schema.TABLES:
        predicates = _predicates(table)
        for rule in table.rules:
            entry: dict[str, Any] = {"table": rule.table, "columns": columns_of(rule)}
            if is_row_rule(rule):
                entry["predicate"] = predicates[rule.id]
            else:
                entry["query"] = relational.query(rule)
                entry["needs"] = relational.tables_of(rule)
            rules[rule.id] = entry
    return {"schema_version": schema.VERSION, "declaration": freeze.fingerprint(), "rules": rules}


def files() -> dict[str, str]:
    """The files of `validation/sql/`: name to text."""
    made = index()
    out = {"rules.json": json.dumps(made, indent=1, ensure_ascii=False) + "\n"}
    for table in schema.TABLES:
        for rule in table.rules:
            entry = made["rules"][rule.id]
            body = entry.get("query") or f'SELECT * FROM "{rule.table}" WHERE NOT {entry["predicate"]}'
            out[f"{rule.table}/{rule.id}_{rule.name}.sql"] = (
                f"-- {rule.id} {rule.name} ({rule.severity}, suite {rule.suite})\n"
                f"-- {rule.explanation}\n"
                f"-- Returns the rows of {rule.table} that break it. Source: {rule.source}.\n"
                f"{body};\n"
            )
    return out
