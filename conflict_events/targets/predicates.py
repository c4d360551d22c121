"""One predicate a row kind, as a narwhals expression: the meaning of a rule in every engine.

It is TRUE or null where a row is good and FALSE where it breaks the rule. narwhals runs it on polars, pandas,
pyarrow and Spark; `targets/sql.py` has narwhals write it as SQL for DuckDB.

Three habits keep engines alike: dates are compared, never subtracted; counts are added as doubles; a float is never
cast to an integer. One keeps them fast: a case is written as `not this case, or it holds`, so that an engine looks at
the costly part only where the case is given.
"""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import and_, or_

import narwhals as nw

from conflict_events import schema
from conflict_events.schema import kinds, vocabulary
from conflict_events.schema.kinds import Code, When
from conflict_events.schema.types import Type


def predicate(rule: schema.Rule) -> nw.Expr:
    """The boolean expression of a rule of a row kind; TypeError for a rule of another kind."""
    table = schema.table(rule.table)
    expression = _of_kind(rule.kind, table)
    if not rule.origins:
        return expression
    return ~is_one_of(nw.col("origin"), rule.origins) | expression


def is_row_rule(rule: schema.Rule) -> bool:
    """Whether the rule looks at one row at a time."""
    return isinstance(rule.kind, kinds.RowKind)


def columns_of(rule: schema.Rule) -> tuple[str, ...]:
    """The columns of the rule's own table that it needs, in the table's order."""
    kind = rule.kind
    named: set[str] = {"origin"} if rule.origins else set()
    for slot in kind.__dataclass_fields__:
        value = getattr(kind, slot)
        if isinstance(value, When):
            # a foreign key's `where` speaks of the other table, unless that is this very table
            if slot != "where" or getattr(kind, "table", None) == rule.table:
                named.add(value.column)
        elif isinstance(value, tuple):
            named.update(v for v in value if isinstance(v, str))
        elif isinstance(value, str):
            named.add(value)
    if getattr(kind, "table", None) == rule.table:
        named.add(kind.other)  # type: ignore[union-attr]
    return tuple(c for c in schema.table(rule.table).names if c in named)


def is_one_of(column: nw.Expr, values: tuple[Code, ...]) -> nw.Expr:
    """Whether the column holds one of the values; null where it is null."""
    return reduce(or_, (column == v for v in values)) if len(values) <= 3 else column.is_in(values)


def holds(when: When) -> nw.Expr:
    """Whether the condition holds; null where its column is null and it asks for values."""
    column = nw.col(when.column)
    return is_one_of(column, when.values) if when.values else ~column.is_null()


def _codes(column: str, name: str, table: schema.Table) -> tuple[Code, ...]:
    codes = vocabulary.codes(name)
    return codes if table.column(column).type is Type.STRING else tuple(int(code) for code in codes)


def _literal(value: float | str, table: schema.Table, column: str) -> float | date:
    if isinstance(value, str):
        assert table.column(column).type is Type.DATE
        return date.fromisoformat(value)
    return value


def _of_kind(kind: kinds.Kind, table: schema.Table) -> nw.Expr:
    col = nw.col
    match kind:
        case kinds.Required(column):
            return ~col(column).is_null()
        case kinds.OneOf(column, name):
            return col(column).is_in(_codes(column, name, table))
        case kinds.Between(column, low, high):
            ends = []
            if low is not None:
                ends.append(col(column) >= _literal(low, table, column))
            if high is not None:
                ends.append(col(column) <= _literal(high, table, column))
            if table.column(column).type in (Type.FLOAT, Type.DOUBLE):
                # said of its own: Parquet's statistics leave NaN out, and a reader may take x <= 180 for proved
                ends.append(~col(column).is_nan())
            return reduce(and_, ends)
        case kinds.Matches(column, pattern, length):
            # `$` alone would let a line break at the end pass in some engines
            form = col(column).str.contains(f"^(?:{pattern})$") & ~col(column).str.ends_with("\n")
            return form if length is None else form & (col(column).str.len_chars() == length)
        case kinds.NotAfter(first, second):
            return col(first) <= col(second)
        case kinds.Differs(first, second):
            return col(first) != col(second)
        case kinds.Together(columns):
            first, *rest = columns
            return reduce(and_, (col(first).is_null() == col(other).is_null() for other in rest))
        case kinds.RequiredWhen(column, when):
            return ~holds(when) | ~col(column).is_null()
        case kinds.NullWhen(column, when):
            return ~holds(when) | col(column).is_null()
        case kinds.EqualsWhen(column, value, when):
            equal = col(column) if value is True else col(column) == value
            return ~holds(when) | equal
        case kinds.AnyRequiredWhen(columns, when):
            return ~holds(when) | reduce(or_, (~col(c).is_null() for c in columns))
        case kinds.Determines(column, parent, name):
            parents = {term.code: term.parent for term in vocabulary.terms(name)}
            # a code that the vocabulary does not have gives null: it breaks another rule, not this one
            wanted = col(column).replace_strict(parents, default=None, return_dtype=nw.String)
            return wanted == col(parent)
        case kinds.SpanFits(start, end, precision):
            return _span_fits(col(start), col(end), col(precision))
        case kinds.SumIs(parts, total):
            # doubles hold every count of people exactly, and no sum of theirs overflows
            return reduce(lambda a, b: a + b, (col(p).cast(nw.Float64) for p in parts)) == col(total).cast(nw.Float64)
        case kinds.CellOf(cell, latitude, longitude):
            return _cell_of(col(cell), col(latitude), col(longitude))
        case kinds.Joins(column, parts, separator):
            return col(column) == nw.concat_str([col(p) for p in parts], separator=separator)
        case kinds.StartsWith(column, prefix, separator):
            return _starts_with(col(column), col(prefix), separator, _prefixes(prefix, table))
        case kinds.Bracketed(column, opening, closing):
            return col(column).str.starts_with(opening) & col(column).str.ends_with(closing)
    raise TypeError(f"{type(kind).__name__} is no row kind")


def _span_fits(start: nw.Expr, end: nw.Expr, precision: nw.Expr) -> nw.Expr:
    fits = []
    for code, (shortest, longest) in kinds.DATE_SPANS.items():
        span = _clipped(end) >= _later(start, shortest - 1) if shortest > 1 else end >= start
        if longest is not None:
            span = span & (_clipped(end) <= _later(start, longest - 1) if longest > 1 else end <= start)
        fits.append((precision != code) | span)
    # start <= end is a rule of its own: a reversed pair breaks that one only
    return (start > end) | reduce(and_, fits)


def _later(day: nw.Expr, days: int) -> nw.Expr:
    # an interval added to a day at an end of time would overflow in some engines; no literal of an earlier year
    # reaches Spark
    return nw.when((day >= date(1000, 1, 1)) & (day <= date(9900, 1, 1))).then(day).dt.offset_by(f"{days}d")


def _clipped(day: nw.Expr) -> nw.Expr:
    # a later day than Python's last one cannot be compared with a moment
    return nw.when(day > date(9999, 12, 31)).then(nw.lit(date(9999, 12, 31))).otherwise(day)


def _cell_of(cell: nw.Expr, latitude: nw.Expr, longitude: nw.Expr) -> nw.Expr:
    # points off the globe (and NaN) break the coordinates' own rules; lat 90 and lon 180 lie in the last cell
    on_globe = (latitude >= -90) & (latitude <= 90) & (longitude >= -180) & (longitude <= 180)
    on_globe = on_globe & ~latitude.is_nan() & ~longitude.is_nan()
    row = nw.min_horizontal(((latitude + 90) * 2).floor(), nw.lit(359.0))
    column = nw.min_horizontal(((longitude + 180) * 2).floor(), nw.lit(719.0))
    return ~on_globe | (cell.cast(nw.Float64) == row * 720 + column + 1)


def _prefixes(column: str, table: schema.Table) -> tuple[str, ...]:
    name = table.column(column).vocabulary
    assert name is not None, f"{column} has no vocabulary"
    return vocabulary.codes(name)


def _starts_with(text: nw.Expr, prefix: nw.Expr, separator: str, prefixes: tuple[str, ...]) -> nw.Expr:
    # one comparison a known prefix: engines differ in whether starts_with takes a column
    return reduce(and_, ((prefix != p) | text.str.starts_with(p + separator) for p in prefixes))
