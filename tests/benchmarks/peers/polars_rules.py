"""Rules of the events table as polars expressions: true or null where a row is good.

Row kinds are the shared predicate; the others are written by hand. Dataframely, pointblank and pandera take them.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw
import polars as pl

from conflict_events import schema
from conflict_events.schema import kinds
from conflict_events.targets.predicates import holds, is_one_of, is_row_rule, predicate


def expression(rule: schema.Rule) -> pl.Expr | None:
    """The rule; None where it looks at another table."""
    if is_row_rule(rule):
        return native(predicate(rule))
    if getattr(rule.kind, "table", rule.table) != rule.table:
        return None
    found = _of_kind(rule)
    return found if found is None or not rule.origins else ~_in_scope(rule) | found


def native(expression: nw.Expr) -> pl.Expr:
    """The polars expression behind one of narwhals, which has no public way to it."""
    frame: Any = nw.from_native(pl.LazyFrame())
    compliant: Any = expression._to_compliant_expr(frame._compliant_frame.__narwhals_namespace__())
    made: pl.Expr = compliant.native
    return made


def _in_scope(rule: schema.Rule) -> pl.Expr:
    return native(is_one_of(nw.col("origin"), rule.origins))


def _scoped(rule: schema.Rule, column: str) -> pl.Expr:
    """The column's values among the rows that the rule speaks of."""
    return pl.when(_in_scope(rule)).then(pl.col(column)) if rule.origins else pl.col(column)


def _of_kind(rule: schema.Rule) -> pl.Expr | None:
    match rule.kind:
        case kinds.Unique(columns):
            null = reduce(or_, (pl.col(c).is_null() for c in columns))
            return null | pl.struct(columns).is_unique() if len(columns) > 1 else null | pl.col(*columns).is_unique()
        case kinds.OneValuePer(key, columns):
            several = (_scoped(rule, c).drop_nulls().n_unique().over(key) > 1 for c in columns)
            return pl.col(key).is_null() | ~reduce(or_, several)
        case kinds.ItemsAreColumns(column):
            known = list(schema.table(rule.table).names)
            return pl.col(column).list.eval(pl.element().is_in(known)).list.all()
        case kinds.NotAmong(column, _, key, where):
            return ~pl.col(column).is_in(pl.col(key).filter(native(holds(where))).implode())
        case kinds.NullInChildren(parent, key, columns):
            known_here = reduce(or_, (pl.col(c).is_not_null() for c in columns))
            return ~(known_here & pl.col(parent).is_in(pl.col(key).filter(known_here).implode()))
    return None
