"""The figures of `validate_engines` as tables for the documentation."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.benchmarks.peers import COMPETITORS

BEGIN, END = "<!-- validation figures: begin -->", "<!-- validation figures: end -->"
_HEAD = "| tool | rules | start-up s | clean s | 1 % bad s | CPU s | x decode | x ours | peak MB |"
_ABOUT = (
    "Whole processes, best of {best_of}; the two ratios are of the clean file and leave out the start-up, which is "
    "a run on ten rows. CPU is that of the clean file, the peak the higher of both."
)

Row = dict[str, Any]


def markdown(result: Row) -> str:
    """A table a size, with the command, the machine and the versions."""
    machine = result["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in result["versions"].items())
    about = [
        f"Made by `{result['command']}` on {machine['cpus']} cores with {machine['memory_gib']} GiB, "
        f"{machine['system']}, Python {machine['python']}; load at the start {machine['load_at_start']}.",
        f"Versions: {versions}.",
        f"{result['rules']} rules over {result['columns']} columns of events. {_ABOUT.format(**result)}",
    ]
    tables = [_table(result, rows) for rows in sorted({run["rows_in_file"] for run in result["runs"]})]
    return "\n".join([*about, *tables, *_notes(result)])


def write(page: Path, tables: str) -> None:
    """Put the tables between the markers of a page; ValueError where it has none."""
    before, begun, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not (begun and ended):
        raise ValueError(f"{page} lacks the markers {BEGIN} and {END}")
    page.write_text(f"{before}{BEGIN}\n{tables}\n{END}{after}", encoding="utf-8")


def size(rows: int) -> str:
    """A number of rows for people: 1 M, 500 k."""
    for unit, name in ((1_000_000, "M"), (1_000, "k")):
        if rows >= unit and rows % unit == 0:
            return f"{rows // unit} {name}"
    return f"{rows:,}"


def _table(result: Row, rows: int) -> str:
    lines = [f"\n{size(rows)} rows", "", _HEAD, "| --- |" + " --- |" * (_HEAD.count("|") - 2)]
    for name, one in COMPETITORS.items():
        runs = {r["data"]: r for r in result["runs"] if r["name"] == name and r["rows_in_file"] == rows}
        if runs:
            lines.append("| " + " | ".join([one.title, *_cells(runs, result["start_up"][name], rows)]) + " |")
    return "\n".join(lines)


def _cells(runs: dict[str, Row], start: Row, rows: int) -> Iterable[str]:
    clean, bad = runs["clean"], runs["bad"]
    ran = [r for r in (clean, bad) if "not_run" not in r]
    if not ran:
        return [f"not run at {size(rows)}: {clean['not_run']}", *[""] * 7]
    asked = str(max(r["rules"] for r in ran) or "-")
    seconds = [_number(r.get("seconds")) for r in (clean, bad)]
    shown = clean if "not_run" not in clean else {}
    figures = [_number(shown.get(key)) for key in ("cpu_seconds", "by_decode", "by_duckdb")]
    return [asked, _number(start["seconds"]), *seconds, *figures, f"{max(r['peak_mb'] for r in ran):,}"]


def _number(value: float | None) -> str:
    return "not run" if value is None else f"{value:.2f}" if value < 100 else f"{value:.0f}"


def _notes(result: Row) -> list[str]:
    """What differs: counts, rules that a tool does not run, tools that are not installed."""
    notes = []
    for name in dict.fromkeys(run["name"] for run in result["runs"]):
        runs = [run for run in result["runs"] if run["name"] == name and "not_run" not in run]
        differ = {rule: pair for run in runs for rule, pair in run["differences"].items()}
        if differ:
            told = ", ".join(f"{rule} ({theirs} where we count {ours})" for rule, (theirs, ours) in differ.items())
            notes.append(f"- {COMPETITORS[name].title} counts other failing rows: {told}.")
        lacks = sorted({rule for run in runs for rule in run["rules_not_run"]})
        if lacks:
            notes.append(f"- {COMPETITORS[name].title} does not run {', '.join(lacks)}.")
    notes += [f"- {COMPETITORS[n].title}: {lack} is not installed." for n, lack in result["not_installed"].items()]
    same = "Every other count of failing rows is the same as ours, rule by rule." if notes else ""
    return ["", *notes, same or "All count the same failing rows, rule by rule."]
