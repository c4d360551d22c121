"""The words that the reports share: verdict, counts, shares, where a failure is; and text that is safe to print."""

from __future__ import annotations

import re

from conflict_events import schema
from conflict_events.quality.formats.sample import Failure
from conflict_events.quality.result import Result

JOINERS = "\u200c\u200d"
"""Zero-width joiners, which Persian and other scripts are spelled with; all other invisible characters are replaced."""

_OF_COLUMN = re.compile(r"column (\w+) is (.*)")


def verdict(result: Result) -> str:
    """One line: ok or not ok, how many rows, rules and errors, how long it took."""
    errors = sum(n for r, n in result.counts.items() if result.severity(r) is schema.Severity.ERROR)
    tables = ", ".join(sorted({c.table for c in result.checked}))
    excused = f", {result.excused.num_rows:,} excused" if result.excused.num_rows else ""
    found = f"{plural(len(result.counts), 'rule')}; {plural(errors, 'error')}{excused}"
    took = f"({result.seconds:.2f} s, {result.engine})"
    ok = "ok" if result.ok else "not ok"
    return f"{ok}: {plural(result.rows, 'row')} of {tables}; suite {result.suite}, {found} {took}"


def plural(count: int, noun: str) -> str:
    """A count and its noun: 1 row, 2,000 rows."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def share(result: Result, rule_id: str) -> str | None:
    """Which part of the table's rows break the rule, as text; None for a rule about columns or values."""
    table = schema.rule(rule_id).table
    rows = sum(c.rows for c in result.checked if c.table == table)
    if not rows:
        return None
    percent = 100 * result.counts[rule_id] / rows
    return "<0.1 %" if 0 < percent < 0.1 else f"{min(percent, 99.9) if percent < 100 else percent:.3g} %"


def tally(result: Result, rule_id: str) -> str:
    """How often a rule failed: 2 failures, 100 % of rows; 1 excused; 5 allowed."""
    of_rows = share(result, rule_id)
    parts = [plural(result.counts[rule_id], "failure") + (f", {of_rows} of rows" if of_rows else "")]
    excused, allowed = result.excused_counts.get(rule_id, 0), result.allowed.get(rule_id, 0)
    parts += [f"{excused:,} excused"] if excused else []
    parts += [f"{allowed:,} allowed"] if allowed else []
    return "; ".join(parts)


def place(failure: Failure) -> str:
    """The file, the row and the key of a failure."""
    where = failure.file if failure.row is None else f"{failure.file} row {failure.row}"
    return f"{where} [{failure.key}]" if failure.key else where


def not_run(result: Result) -> list[tuple[str, list[str]]]:
    """The reasons for which rules did not run, each with their ids. What is said of several columns is said once."""
    reasons: dict[str, set[str]] = {}
    columns: dict[str, set[str]] = {}
    for one in result.not_run:
        of_column = _OF_COLUMN.fullmatch(one.reason)
        said = of_column[2] if of_column else one.reason
        reasons.setdefault(said, set()).add(one.rule_id)
        if of_column:
            columns.setdefault(said, set()).add(of_column[1])
    out = []
    for said, ids in reasons.items():
        named = sorted(columns.get(said, ()))
        subject = f"column {named[0]} is " if len(named) == 1 else f"columns {', '.join(named)} are " if named else ""
        out.append((subject + said, sorted(ids)))
    return sorted(out)


def printable(text: str) -> str:
    """One line without control and direction characters, so that bad data cannot write on the terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in JOINERS else "\N{REPLACEMENT CHARACTER}" for c in text)
