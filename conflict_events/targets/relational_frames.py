"""One query a relational kind, in narwhals: the failing rows, for polars, pandas, pyarrow and Spark frames.

The same meaning as `relational.py`, which says it in DuckDB's SQL; `tests/conformance` holds the two together.
Built of filters, group-bys and joins on one column or on the rule's own, which every backend has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

import narwhals as nw

from conflict_events import schema
from conflict_events.schema import kinds
from conflict_events.targets.predicates import holds, is_one_of

Frame = nw.LazyFrame[Any]
_N = "__ce_n"


def failing(rule: schema.Rule, frames: Mapping[str, Frame], place: Sequence[str]) -> Frame:
    """The `place` columns of the rows of the rule's table that break it; TypeError for a rule of another kind.

    `frames`: table name -> its rows, with `place` columns that tell the rows of the rule's table apart.
    """
    rows = frames[rule.table]
    if rule.origins:
        rows = rows.filter(is_one_of(nw.col("origin"), rule.origins))
    broken = _of_kind(rule, rows, frames, place)
    return broken.select(*place).unique()


def _of_kind(rule: schema.Rule, rows: Frame, frames: Mapping[str, Frame], place: Sequence[str]) -> Frame:
    col = nw.col
    match rule.kind:
        case kinds.Unique(columns):
            known = rows.filter(_all_known(columns))
            repeated = known.group_by(*columns).agg(nw.len().alias(_N)).filter(col(_N) > 1).select(*columns)
            return known.join(repeated, on=list(columns), how="semi")
        case kinds.References(column, other, key, where):
            there = frames[other] if where is None else frames[other].filter(holds(where))
            return _known(rows, column).join(_keys(there, key, column), on=column, how="anti")
        case kinds.NotAmong(column, other, key, when):
            return _known(rows, column).join(
                _keys(frames[other].filter(holds(when)), key, column), on=column, how="semi"
            )
        case kinds.ReferencedBy(column, other, key, when):
            asked = rows if when is None else rows.filter(holds(when))
            return _known(asked, column).join(_keys(frames[other], key, column), on=column, how="anti")
        case kinds.CountOf(column, key, other, other_key, when):
            counted = _known(frames[other], other_key).group_by(other_key).agg(nw.len().alias(_N))
            joined = _renamed(rows.filter(holds(when)), counted, key, other_key)
            reports = nw.when(col(_N).is_null()).then(0).otherwise(col(_N))
            return joined.filter(col(column).cast(nw.Int64) != reports.cast(nw.Int64))
        case kinds.OneValuePer(key, columns):
            known = _known(rows, key)
            several = [_several_values(known, key, column) for column in columns]
            return known.join(nw.concat(several).unique(), on=key, how="semi")
        case kinds.NullInChildren(parent, key, columns):
            any_known = rows.filter(reduce(or_, (~col(c).is_null() for c in columns)))
            return _known(any_known, parent).join(_keys(any_known, key, parent), on=parent, how="semi")
        case kinds.ItemsAreColumns(column):
            items = _known(rows, column).select(*place, column).explode(column)
            return items.filter(~col(column).is_in(schema.table(rule.table).names))
    raise TypeError(f"{type(rule.kind).__name__} is no relational kind")


def _all_known(columns: Sequence[str]) -> nw.Expr:
    return reduce(and_, (~nw.col(c).is_null() for c in columns))


def _known(rows: Frame, column: str) -> Frame:
    return rows.filter(~nw.col(column).is_null())


def _keys(rows: Frame, key: str, name: str) -> Frame:
    """The distinct values of `key`, nulls apart, under another name."""
    return _known(rows, key).select(nw.col(key).alias(name)).unique()


def _renamed(rows: Frame, counted: Frame, key: str, other_key: str) -> Frame:
    return rows.join(counted.select(nw.col(other_key).alias(key), _N), on=key, how="left")


def _several_values(rows: Frame, key: str, column: str) -> Frame:
    """The keys whose rows hold more than one value of the column, nulls apart."""
    pairs = _known(rows, column).select(key, column).unique()
    return pairs.group_by(key).agg(nw.len().alias(_N)).filter(nw.col(_N) > 1).select(key)
