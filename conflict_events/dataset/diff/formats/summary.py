"""What the readable formats say: sentences with counts, tables of figures, and examples."""

from __future__ import annotations

from collections.abc import Sequence

from conflict_events.dataset.diff.columns import identifier
from conflict_events.dataset.diff.result import ColumnChange, Deaths, Diff, Periods, TableDiff

COLUMNS_SHOWN = 15
YEARS_SHOWN = 30
COLUMNS_WITH_EXAMPLES = 3
LONGEST = 60

Rows = list[Sequence[str]]
"""Rows of a table of text, the heading first."""


def heading(found: Diff) -> str:
    """OLD -> NEW, with their data releases where they say them."""
    sides = ((found.old, found.old_release), (found.new, found.new_release))
    return " -> ".join(f"{shown(label)}{f' ({shown(release)})' if release else ''}" for label, release in sides)


def counts(one: TableDiff) -> list[str]:
    """Sentences with every count of a table."""
    noun = "event" if one.table == "events" else "row"
    out = [f"{plural(one.rows_old, noun)} before, {one.rows_new:,} after"]
    out.append(
        f"kept {one.kept:,}: {one.unchanged:,} unchanged, {one.revised:,} revised"
        + (f" ({one.spelling_only:,} of them in spelling only)" if one.spelling_only else "")
    )
    out.append(f"withdrawn {one.withdrawn:,}{_withdrawn(one)}")
    out.append(f"added {one.added:,}{_added(one)}")
    if one.keys_apart:
        out.append(
            f"set apart {plural(one.keys_apart, 'key')} that are null or stand in several rows of a side "
            f"({one.rows_apart_old:,} rows before, {one.rows_apart_new:,} after): not compared"
        )
    if one.labels:
        labels = ", ".join(f"{label.column} in {label.rows:,}" for label in one.labels)
        out.append(f"release labels changed (no revision): {labels}")
    return out


def _withdrawn(one: TableDiff) -> str:
    if not one.withdrawn or one.withdrawn_periods is None or one.covers is None:
        return ""
    return _periods(one.withdrawn_periods, f"dated up to {one.covers.last}", "dated later")


def _added(one: TableDiff) -> str:
    if not one.added or one.added_periods is None or one.covers is None:
        return ""
    years = f"{one.covers.first} to {one.covers.last}"
    return _periods(one.added_periods, f"late, dated {years}", "of the new period after it")


def _periods(found: Periods, within: str, after: str) -> str:
    said = ((found.within, within), (found.after, after), (found.before, "dated before it"), (found.undated, "undated"))
    return ": " + ", ".join(f"{n:,} {what}" for n, what in said if n)


def layout(one: TableDiff) -> list[str]:
    """What only one side has, a sentence each side and kind."""
    out = []
    for side, foreign, what in (
        ("old", False, "only before"),
        ("new", False, "only after"),
        ("old", True, "before, unknown to the schema"),
        ("new", True, "after, unknown to the schema"),
    ):
        names = [shown(entry.column) for entry in one.layout if (entry.side, entry.foreign) == (side, foreign)]
        if names:
            out.append(f"layout, not compared ({what}): {', '.join(names)}")
    return out


def columns(one: TableDiff) -> Rows:
    """The columns that changed: ours before keys of native, those with most changes other than of spelling first."""
    ordered = sorted(one.columns, key=_weight)
    rows: Rows = [("revised column", "rows", "spelling only")]
    rows += [(shown(c.column), f"{c.rows:,}", f"{c.spelling_only:,}") for c in ordered[:COLUMNS_SHOWN]]
    if len(ordered) > COLUMNS_SHOWN:
        rows.append((f"... and {len(ordered) - COLUMNS_SHOWN:,} more", "", ""))
    return rows


def deaths(found: Diff) -> Rows:
    """The country-years whose deaths differ; where there are too many, those whose best estimate differs most."""
    changed = [d for d in found.deaths if d.differs]
    most = sorted(changed, key=lambda d: -abs(d.difference("best") or 0))[:YEARS_SHOWN]
    origins = len({d.origin for d in found.deaths}) > 1
    rows: Rows = [("deaths", "low", "best", "high", "best, difference")]
    for one in (d for d in changed if d in most):
        where = f"{one.country or 'no country'} {one.year or 'undated'}{f' ({one.origin})' if origins else ''}"
        figures = (f"{_n(getattr(one, f'{f}_old'))} -> {_n(getattr(one, f'{f}_new'))}" for f in ("low", "best", "high"))
        rows.append((shown(where), *figures, _signed(one)))
    if len(changed) > YEARS_SHOWN:
        rows.append((f"... and {len(changed) - YEARS_SHOWN:,} more", "", "", "", ""))
    return rows


def examples(found: Diff, one: TableDiff, most: int) -> list[tuple[str, list[str]]]:
    """Up to `most` examples of withdrawn rows, late additions, and each of the columns revised most."""
    if not most:
        return []
    out = []
    for what, where in (
        ("withdrawn", "change = 'withdrawn'"),
        ("added late", "change = 'added' AND period = 'within'"),
    ):
        rows = found.con.execute(
            f"SELECT {_key(one)}, CAST(date_start AS VARCHAR) FROM ({_query(one)}) WHERE {where} "
            f"ORDER BY 1 LIMIT {most}"
        ).fetchall()
        out.append((what, [f"{shown(key)}{f', {day}' if day else ''}" for key, day in rows]))
    real = sorted((c for c in one.columns if c.rows > c.spelling_only), key=_weight)
    for column in real[:COLUMNS_WITH_EXAMPLES]:
        rows = found.con.execute(
            f'SELECT {_key(one)}, old, new FROM {one.table}_changes WHERE "column" = ? AND NOT spelling_only '
            f"ORDER BY 1 LIMIT {most}",
            [column.column],
        ).fetchall()
        out.append((column.column, [f"{shown(key)}: {_pair(old, new)}" for key, old, new in rows]))
    return [(shown(what), lines) for what, lines in out if lines]


def _query(one: TableDiff) -> str:
    from conflict_events.dataset.diff.changes import query

    return query(one)


def _key(one: TableDiff) -> str:
    return f"concat_ws(' | ', {', '.join(map(identifier, one.key))})"


def _pair(old: str | None, new: str | None) -> str:
    """Both values; of long texts that begin alike the part in which they differ."""
    if old is not None and new is not None and max(len(old), len(new)) > LONGEST:
        shorter = min(len(old), len(new))
        alike = next((i for i in range(shorter) if old[i] != new[i]), shorter)
        alike = max(0, alike - LONGEST // 3)
        old, new = (f"…{text[alike:]}" if alike else text for text in (old, new))
    return " -> ".join("null" if text is None else shown(text) for text in (old, new))


def _weight(column: ColumnChange) -> tuple[bool, int, int, str]:
    real = column.rows - column.spelling_only
    return column.column.startswith("native."), -real, -column.rows, column.column


def _n(figure: int | None) -> str:
    return "null" if figure is None else f"{figure:,}"


def _signed(one: Deaths) -> str:
    difference = one.difference("best")
    return "null" if difference is None else f"{difference:+,}"


def plural(count: int, noun: str) -> str:
    """A count and its noun: 1 row, 2,000 rows."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def shown(text: str) -> str:
    """The text on one line, cut, without characters that could write on a terminal."""
    line = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
