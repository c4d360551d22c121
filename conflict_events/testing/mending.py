"""How a row that breaks a rule of a row kind can be made to keep it: changes to try, the best one first.

A change maps columns to new values. Whoever applies one checks that it touches no fixed column and stays within the
columns' domains. The last changes of a rule are nulls, which end a quarrel between rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from conflict_events import schema
from conflict_events.schema import kinds, vocabulary
from conflict_events.schema.kinds import When
from conflict_events.testing.checking import Row, cell, codes_of, on_globe, parents

Change = dict[str, Any]
Fresh = Callable[..., Any]
"""fresh(column, nudge=0) -> a value of the column's domain for this row; another one for each nudge."""
Moves = Callable[[Row, Fresh], Iterable[Change]]


def mends(rule: schema.Rule, derived: frozenset[str]) -> Moves:
    """The changes that make a row keep the rule. `derived`: columns that follow from others, changed last."""
    kind, table = rule.kind, schema.table(rule.table)
    match kind:
        case kinds.Required(column):
            return lambda _, fresh: [{column: fresh(column)}]
        case kinds.OneOf(column) | kinds.Between(column) | kinds.Matches(column) | kinds.Bracketed(column):
            return lambda _, fresh: [{column: fresh(column)}, {column: None}]
        case kinds.ItemsAreColumns(column):
            return lambda _, fresh: [{column: fresh(column)}, {column: None}]
        case kinds.NotAfter(first, second):
            return _in_order(first, second, derived)
        case kinds.Differs(first, second):
            return lambda _, fresh: (
                *({second: fresh(second, n)} for n in (0, 1, 2)),
                {second: None},
                *({first: fresh(first, n)} for n in (0, 1, 2)),
                {first: None},
            )
        case kinds.Together(columns):
            return lambda row, fresh: (
                {c: fresh(c) for c in columns if row[c] is None},
                dict.fromkeys((c for c in columns if row[c] is not None), None),
            )
        case kinds.RequiredWhen(column, when):
            return lambda _, fresh: ({column: fresh(column)}, *_avoid(when, table))
        case kinds.NullWhen(column, when):
            return lambda _row, _fresh: ({column: None}, *_avoid(when, table))
        case kinds.EqualsWhen(column, value, when):
            return lambda _row, _fresh: ({column: value}, *_avoid(when, table), {column: None})
        case kinds.AnyRequiredWhen(columns, when):
            return lambda _, fresh: (*({c: fresh(c)} for c in columns), *_avoid(when, table))
        case kinds.Determines(column, parent, name):
            return _determined(column, parent, name)
        case kinds.SpanFits(start, end, precision):
            return _span(start, end, precision)
        case kinds.SumIs(parts, total):
            return _sum(parts, total)
        case kinds.CellOf(column, latitude, longitude):
            return _cell(column, latitude, longitude)
        case kinds.StartsWith(column, prefix, separator):
            return lambda row, _: [{column: f"{row[prefix]}{separator}{row[column]}"}, {column: None}]
        case kinds.Joins(column, parts, separator):
            return _joined(column, parts, separator)
    raise TypeError(f"{type(kind).__name__} is no row kind")


def derived_by(kind: kinds.Kind) -> tuple[str, ...]:
    """The columns that follow from others by a rule of the kind."""
    match kind:
        case kinds.SumIs():
            return (kind.total,)
        case kinds.CellOf():
            return (kind.cell,)
        case kinds.Joins() | kinds.StartsWith():
            return (kind.column,)
    return ()


def _avoid(when: When, table: schema.Table) -> Iterator[Change]:
    """Changes after which the condition holds no longer."""
    column = table.column(when.column)
    if when.values and column.vocabulary:
        yield from ({when.column: code} for code in codes_of(column, column.vocabulary) if code not in when.values)
    yield {when.column: None}


def _in_order(first: str, second: str, derived: frozenset[str]) -> Moves:
    def moves(row: Row, _: Fresh) -> Iterator[Change]:
        raised, lowered = {second: row[first]}, {first: row[second]}
        yield from (lowered, raised) if second in derived and first not in derived else (raised, lowered)
        yield {first: None}
        yield {second: None}

    return moves


def _determined(column: str, parent: str, name: str) -> Moves:
    def moves(row: Row, _: Fresh) -> Iterator[Change]:
        yield {parent: parents(name)[row[column]]}
        yield from ({column: t.code} for t in vocabulary.terms(name) if t.parent == row[parent])
        yield {column: None}
        yield {parent: None}

    return moves


def _span(start: str, end: str, precision: str) -> Moves:
    def moves(row: Row, fresh: Fresh) -> Iterator[Change]:
        shortest, longest = kinds.DATE_SPANS[row[precision]]
        # the column's own value of `end` serves as the number that says how long: both edges, or between
        wanted: date = fresh(end)
        number = wanted.toordinal()
        most = longest if longest is not None else shortest + 400
        days = (shortest, most, shortest + number % (most - shortest + 1))[number % 3] - 1
        yield {end: row[start] + timedelta(days)}
        found = (row[end] - row[start]).days + 1
        yield {precision: next(c for c, (a, b) in kinds.DATE_SPANS.items() if a <= found and (b is None or found <= b))}
        yield {start: row[end] - timedelta(days)}
        yield {precision: None}
        yield {end: None}
        yield {start: None}

    return moves


def _sum(parts: tuple[str, ...], total: str) -> Moves:
    def moves(row: Row, _: Fresh) -> Iterator[Change]:
        yield {total: sum(row[p] for p in parts)}
        # a sum that no column can hold: smaller parts
        less = {p: row[p] // (4 * len(parts)) for p in parts}
        yield {**less, total: sum(less.values())}
        for part in reversed(parts):
            yield {part: row[part] + row[total] - sum(row[p] for p in parts)}
        for part in reversed(parts):
            yield {**dict.fromkeys(parts, 0), part: row[total]}
        yield {total: None}
        yield from ({part: None} for part in parts)

    return moves


def _cell(column: str, latitude: str, longitude: str) -> Moves:
    def moves(row: Row, _: Fresh) -> Iterator[Change]:
        if on_globe(row[latitude], row[longitude]):
            yield {column: cell(row[latitude], row[longitude])}
        down, across = divmod(row[column] - 1, 720)
        yield {latitude: down * 0.5 - 90 + 0.25, longitude: across * 0.5 - 180 + 0.25}
        yield {column: None}
        yield {latitude: None, longitude: None}

    return moves


def _joined(column: str, parts: tuple[str, ...], separator: str) -> Moves:
    def moves(row: Row, _: Fresh) -> Iterator[Change]:
        yield {column: separator.join(row[p] for p in parts)}
        pieces = row[column].split(separator, len(parts) - 1)
        if len(pieces) == len(parts):
            yield dict(zip(parts, pieces, strict=True))
        yield from ({part: None} for part in parts[1:])
        yield {column: None}

    return moves
