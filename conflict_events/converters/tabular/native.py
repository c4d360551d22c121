"""The JSON text of `native`: the cells of a row that have no home, each under its column's name, as text.

Most of the time that a wide file takes goes into this text, so a row is written in the cheapest way that its block
allows. A look at the block's buffers tells which columns are always filled, which are empty, and which hold a
character that JSON escapes. Rows whose implied columns say nothing new are then one concatenation: constants and cells
side by side, no cell copied twice. All other rows take the plain way, a JSON call for each cell. Both give the same
bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conflict_events.converters.tabular import quoted
from conflict_events.converters.tabular.cells import Day, normal
from conflict_events.converters.tabular.dataset import TEXT, Mapped
from conflict_events.converters.tabular.days import has_time
from conflict_events.converters.tabular.header import Recognised

if TYPE_CHECKING:
    import pyarrow as pa

PARTS = "parts_"
"""A cell beside the source's: the rows that an event was made of, as a JSON list; null where a row is an event."""

_LEADS = 8
"""Among how many columns the first filled one is looked for: each before it is tested for every one after it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a block's cells are like. nulls, escaped: of the columns without a home, how many cells are empty, and in
    which JSON must escape a character. digits: columns whose filled cells are digits and nothing else."""

    rows: int
    nulls: dict[str, int]
    escaped: frozenset[str]
    digits: frozenset[str] = frozenset()


def look(block: pa.Table, known: Recognised) -> Seen:
    """What the cells of a block of text columns are like; costs a few passes over bytes that stay in memory."""
    homes = {m.source for m in known.dataset.mapped} | {i.source for i in known.dataset.implied}
    kept = [name for name in block.column_names if name not in homes]
    nulls = {name: block.column(name).null_count for name in kept}
    spans = {name: _bytes(block.column(name)) for name in block.column_names}
    escaped = frozenset(name for name in kept if _is_escaped(spans[name]))
    digits = frozenset(name for name, (low, high, _) in spans.items() if low >= ord("0") and high <= ord("9"))
    return Seen(block.num_rows, nulls, escaped, digits)


def native(known: Recognised, seen: Seen | None = None, plain_days: bool = False) -> str:
    """SQL of the JSON object of all cells that have no home, null where there is none of them.

    seen: what the block's cells are like; without it every row takes the plain way. plain_days: no day has a time.
    """
    pieces = list(_pieces(known, seen.digits if seen else frozenset(), plain_days))
    if not pieces:
        return "NULL"
    plain = f"nullif('{{' || concat_ws(',', {', '.join(p.json for p in pieces)}) || '}}', '{{}}')"
    quick = _quick(known, pieces, seen) if seen and not known.groups else None
    if quick is None:
        return plain
    fits, text = quick
    return f"CASE WHEN {fits} THEN {text} ELSE {plain} END" if fits else text


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cell that can stay. json: SQL of `"key":value`, null where it does not. absent: SQL that is true where it
    does not, for one that seldom does; value: SQL of its text, for one that does wherever it is filled."""

    source: str
    key: str
    json: str
    absent: str | None = None
    value: str | None = None


def _pieces(known: Recognised, digits: frozenset[str], plain_days: bool) -> Iterator[_Piece]:
    """Declared columns first, in the declaration's order, so that two layouts of the same rows give the same text."""
    dataset, keys, parts = known.dataset, known.keys, {c.sql for c in known.parts}
    mapped = {m.source: m for m in dataset.mapped}
    implied = {i.source: i for i in dataset.implied}
    declared = [name for name in dataset.columns if name in keys]
    for name in [*declared, *(name for name in keys if name not in declared)]:
        if name in parts:
            continue
        cell, key = quoted.name(name), json.dumps(keys[name], ensure_ascii=False)
        label = quoted.text(f"{key}:")
        if name in mapped:
            stays = _stays(mapped[name], plain_days)
            if stays:
                piece = f"CASE WHEN {stays} THEN {label} || to_json({cell}) END"
                yield _Piece(name, key, piece, absent=f"({cell} IS NULL OR ({stays}) IS NOT TRUE)")
        elif name in implied:
            one = implied[name]
            said = normal(one.kind, cell, name in digits)
            # most cells are what is implied, letter for letter: then they need not be normalised
            absent = f"CASE WHEN {cell} = {one.sql} THEN true ELSE {said} IS NOT DISTINCT FROM {one.sql} END"
            piece = f"CASE WHEN NOT {absent} THEN {label} || coalesce(to_json({said}), 'null') END"
            yield _Piece(name, key, piece, absent=absent)
        else:
            said = normal(dataset.kept.get(name, TEXT), cell, name in digits)
            yield _Piece(name, key, f"{label} || to_json({said})", value=said)
    if known.groups:
        yield _Piece(PARTS, "rows", f"'\"rows\":' || {PARTS}", absent=f"({PARTS} IS NULL)")


def _quick(known: Recognised, pieces: list[_Piece], seen: Seen) -> tuple[str, str] | None:
    """Which rows can be written as one concatenation (SQL, empty where all can), and its SQL.

    Every part opens with what closes the part before it, so that a null cell drops out with its part's constant. The
    first part that is there opens the object instead: the row must have a filled cell early (the lead) for it.
    """
    filled = [p for p in pieces if p.value is not None and seen.nulls.get(p.source, 0) < seen.rows]
    nulls = [1 if known.dataset.nulls else seen.nulls.get(p.source, 0) for p in filled]
    if not filled:
        return None
    lead = min(range(min(_LEADS, len(filled))), key=nulls.__getitem__)
    tests = [p.absent for p in pieces if p.absent]
    if nulls[lead]:
        tests.append(f"{quoted.name(filled[lead].source)} IS NOT NULL")
    parts = []
    for i, piece in enumerate(filled):
        there = f"{quoted.name(piece.source)} IS NOT NULL"
        first, next_ = quoted.text(f'{{{piece.key}:"'), quoted.text(f'",{piece.key}:"')
        opening = next_ if i > lead else first
        if 0 < i <= lead:
            before = " AND ".join(f"{quoted.name(p.source)} IS NULL" for p in filled[:i])
            opening = f"CASE WHEN {before} THEN {first} ELSE {next_} END"
        parts.append(f"CASE WHEN {there} THEN {opening} END" if nulls[i] and i != lead else opening)
        parts.append(_inner(piece.value or "") if piece.source in seen.escaped else piece.value or "")
    return " AND ".join(tests), f"concat({', '.join(parts)}, '\"}}')"


def _inner(value: str) -> str:
    """SQL of the text as it stands between the quotes in JSON."""
    return f"CAST(to_json({value}) AS VARCHAR)[2:-2]"


def _stays(mapped: Mapped, plain_days: bool) -> str | None:
    """SQL: whether the cell of a mapped column must stay in `native` because our value does not say all of it."""
    tests = [mapped.unless] if mapped.unless else []
    if isinstance(mapped.kind, Day) and not plain_days:
        tests.append(has_time(quoted.name(mapped.source)))
    if mapped.lenient:
        tests.append(f"our_{mapped.to} IS NULL")
    if mapped.keep:
        tests.append(mapped.keep)
    return " OR ".join(f"({t})" for t in tests) or None


_NOTHING = (0xFF, 0, b"")


def _bytes(column: pa.ChunkedArray) -> tuple[int, int, bytes]:
    """The least and the greatest byte of all cells, and the bytes themselves."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if column.null_count == len(column):
        return _NOTHING
    # one buffer rather than many: the calls cost more than the copy
    cells = pa.concat_arrays(column.cast(pa.string()).chunks)
    _, offsets, data = cells.buffers()
    ends = pa.Array.from_buffers(pa.int32(), len(cells) + 1, [None, offsets], offset=cells.offset)
    first, last = ends[0].as_py(), ends[-1].as_py()
    if first == last:
        return _NOTHING
    data = data.slice(first, last - first)
    found = pc.min_max(pa.Array.from_buffers(pa.uint8(), last - first, [None, data])).as_py()
    return found["min"], found["max"], data.to_pybytes()


def _is_escaped(span: tuple[int, int, bytes]) -> bool:
    """Whether a quote, a backslash or a control character is among the bytes."""
    low, _, text = span
    return low < 0x20 or b'"' in text or b"\\" in text
