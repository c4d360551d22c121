"""One query a relational kind: the failing rows, in DuckDB's SQL, over views named as the tables are.

A query returns whole rows of the rule's table, whatever further columns the view has, so the engine can add the
file and the position of each row. NULLs follow the rules' semantics: a null key is neither a duplicate nor a
broken reference.
"""

from __future__ import annotations

from conflict_events import schema
from conflict_events.schema import kinds
from conflict_events.schema.kinds import When


def query(rule: schema.Rule) -> str:
    """The query that returns the rows which break the rule; TypeError for a rule of another kind."""
    table = _quote(rule.table)
    scope = f" AND origin IN ({', '.join(map(_literal, rule.origins))})" if rule.origins else ""
    match rule.kind:
        case kinds.Unique(columns):
            known = " AND ".join(f"{_quote(c)} IS NOT NULL" for c in columns)
            keys = ", ".join(map(_quote, columns))
            # half hashes first, sorted: faster than a group-by, in less memory, and it spills; what collides is
            # then compared in full
            half = f"CAST(hash({keys}) >> 32 AS UINTEGER)"
            return (
                f"WITH hashes AS (SELECT {half} AS h FROM {table} WHERE {known}{scope}), "
                f"pairs AS (SELECT h, lag(h) OVER (ORDER BY h) AS before FROM hashes), "
                f"suspects AS (SELECT h FROM pairs WHERE h = before) "
                f"SELECT * FROM {table} WHERE {known}{scope} AND {half} IN (SELECT h FROM suspects) "
                f"QUALIFY count(*) OVER (PARTITION BY {keys}) > 1"
            )
        case kinds.References(column, other, key, where):
            condition = f" AND {_holds(where)}" if where else ""
            return (
                f"SELECT * FROM {table} WHERE {_quote(column)} IS NOT NULL{scope} AND {_quote(column)} NOT IN "
                f"(SELECT {_quote(key)} FROM {_quote(other)} WHERE {_quote(key)} IS NOT NULL{condition})"
            )
        case kinds.NotAmong(column, other, key, when):
            return (
                f"SELECT * FROM {table} WHERE {_quote(column)} IS NOT NULL{scope} AND {_quote(column)} IN "
                f"(SELECT {_quote(key)} FROM {_quote(other)} WHERE {_holds(when)})"
            )
        case kinds.ReferencedBy(column, other, key, when):
            condition = f" AND {_holds(when)}" if when else ""
            return (
                f"SELECT * FROM {table} WHERE {_quote(column)} IS NOT NULL{scope}{condition} AND {_quote(column)} "
                f"NOT IN (SELECT {_quote(key)} FROM {_quote(other)} WHERE {_quote(key)} IS NOT NULL)"
            )
        case kinds.CountOf(column, key, other, other_key, when):
            return (
                f"SELECT {table}.* FROM {table} LEFT JOIN (SELECT {_quote(other_key)} AS k, count(*) AS n FROM "
                f"{_quote(other)} GROUP BY k) AS counted ON {table}.{_quote(key)} = counted.k "
                f"WHERE {_holds(when, rule.table)} AND {table}.{_quote(column)} <> coalesce(counted.n, 0)"
            )
        case kinds.OneValuePer(key, columns):
            differ = " OR ".join(f"count(DISTINCT {_quote(c)}) > 1" for c in columns)
            return (
                f"SELECT * FROM {table} WHERE {_quote(key)} IN (SELECT {_quote(key)} FROM {table} "
                f"WHERE {_quote(key)} IS NOT NULL{scope} GROUP BY {_quote(key)} "
                f"HAVING {differ}){scope}"
            )
        case kinds.NullInChildren(parent, key, columns):
            any_known = " OR ".join(f"{_quote(c)} IS NOT NULL" for c in columns)
            return (
                f"SELECT * FROM {table} WHERE {_quote(parent)} IS NOT NULL AND ({any_known}) AND {_quote(parent)} IN "
                f"(SELECT {_quote(key)} FROM {table} WHERE {any_known})"
            )
        case kinds.ItemsAreColumns(column):
            names = ", ".join(map(_literal, schema.table(rule.table).names))
            list = _quote(column)
            return f"SELECT * FROM {table} WHERE {list} IS NOT NULL AND NOT list_has_all([{names}], {list})"
    raise TypeError(f"{type(rule.kind).__name__} is no relational kind")


def tables_of(rule: schema.Rule) -> tuple[str, ...]:
    """The other tables that the rule needs."""
    other = getattr(rule.kind, "table", None)
    return (other,) if other and other != rule.table else ()


def _holds(when: When, table: str | None = None) -> str:
    column = f"{_quote(table)}.{_quote(when.column)}" if table else _quote(when.column)
    if not when.values:
        return f"{column} IS NOT NULL"
    return f"{column} IN ({', '.join(map(_literal, when.values))})"


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(value: object) -> str:
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)
