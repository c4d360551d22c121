"""What the page shows, as plain data. Aggregated in bulk; row by row only for the failures that are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import conflict_events
from conflict_events import schema
from conflict_events.quality.formats import sample, words
from conflict_events.quality.formats.html import places
from conflict_events.quality.result import Result

if TYPE_CHECKING:
    import pyarrow as pa

MOST = 10_000
"""Failing rows that the page lists."""
BARS = 20
"""Bars of a chart by rule or country; years may have twice as many."""
COLUMNS = {"latitude": "DOUBLE", "longitude": "DOUBLE", "country": "VARCHAR", "date_start": "DATE"}


def of(result: Result) -> dict[str, Any]:
    """All that the page shows."""
    where = result.where(COLUMNS) if result.failures.num_rows else None
    return {
        "ok": result.ok,
        "suite": result.suite,
        "engine": result.engine,
        "version": conflict_events.__version__,
        "schema": schema.VERSION,
        "seconds": round(result.seconds, 2),
        "rows": result.rows,
        "files": [{"file": words.printable(c.file), "table": c.table, "rows": c.rows} for c in result.checked],
        "cards": _cards(result),
        "rules": _rules(result),
        "not_run": [{"reason": words.printable(reason), "ids": ids} for reason, ids in words.not_run(result)],
        "failures": _failures(result),
        "charts": _charts(result, where) if where is not None else [],
        "map": places.of(where) if where is not None else {"placed": 0, "unplaced": 0, "points": []},
    }


def _cards(result: Result) -> list[dict[str, Any]]:
    """The numbers at the top of the page."""

    def failures(severity: schema.Severity) -> int:
        return sum(n for r, n in result.counts.items() if result.severity(r) is severity)

    clean = sum(not n for n in result.counts.values())
    cards = [
        ("Rows checked", result.rows),
        ("Errors", failures(schema.Severity.ERROR)),
        ("Warnings", failures(schema.Severity.WARNING)),
        ("Notes", failures(schema.Severity.INFO)),
        ("Excused", result.excused.num_rows),
        ("Rules kept", clean),
        ("Rules broken", len(result.counts) - clean),
        ("Rules not run", len({s.rule_id for s in result.not_run})),
    ]
    always = {"Rows checked", "Errors", "Warnings", "Rules kept", "Rules broken"}
    return [{"label": label, "value": value} for label, value in cards if value or label in always]


def _rules(result: Result) -> list[dict[str, Any]]:
    """Every rule that ran, the worst first, then those that nothing broke."""
    failed = result.worst_first
    excused, blocking = result.excused_counts, set(result.blocking)
    return [
        {
            "id": r,
            "name": schema.rule(r).name,
            "table": schema.rule(r).table,
            "severity": result.severity(r).value,
            "failures": result.counts[r],
            "share": (words.share(result, r) or "") if result.counts[r] else "",
            "excused": excused.get(r, 0),
            "allowed": result.allowed.get(r, 0),
            "blocking": r in blocking,
            "explanation": schema.rule(r).explanation,
            "source": schema.rule(r).source,
        }
        for r in (*failed, *sorted(r for r in result.counts if not result.counts[r]))
    ]


def _failures(result: Result) -> dict[str, Any]:
    """The failures that the page lists: rule, file (by its place in `files`), row, key, message, excuse."""
    shown = sample.worst(result, MOST)
    files = sorted({f.file for f in shown})
    number = {name: n for n, name in enumerate(files)}
    rows = [[f.rule_id, number[f.file], f.row, *(_shown(t) for t in (f.key, f.message, f.excused))] for f in shown]
    return {"total": result.failures.num_rows, "files": [_shown(name) for name in files], "rows": rows}


def _shown(text: str | None) -> str | None:
    return None if text is None else words.printable(text)


def _charts(result: Result, where: pa.Table) -> list[dict[str, Any]]:
    """Failures by rule, by country and by year of the event."""
    import pyarrow.compute as pc

    by_rule = [(f"{r} {schema.rule(r).name}", result.counts[r]) for r in result.worst_first]
    by_rule.sort(key=lambda bar: -bar[1])
    countries = _tally(where["country"])
    years = _tally(pc.year(where["date_start"]))
    common = sorted(years[: 2 * BARS], key=lambda bar: int(bar[0]))
    return [
        _chart("By rule", by_rule[:BARS], by_rule[BARS:], 0),
        _chart("By country", countries[:BARS], countries[BARS:], where["country"].null_count),
        _chart("By year", common, years[2 * BARS :], where["date_start"].null_count),
    ]


def _tally(values: pa.ChunkedArray) -> list[tuple[str, int]]:
    """Each value that is not null and how often it is there, the most frequent first."""
    counts = values.drop_null().value_counts().to_pylist()
    return sorted(((words.printable(str(c["values"])), c["counts"]) for c in counts), key=lambda bar: (-bar[1], bar[0]))


def _chart(title: str, bars: list[tuple[str, int]], others: list[tuple[str, int]], unknown: int) -> dict[str, Any]:
    rest = {"count": len(others), "failures": sum(n for _, n in others)}
    return {"title": title, "bars": bars, "others": rest, "unknown": unknown}
