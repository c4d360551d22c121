"""The page of a release that says what it covers."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import conflict_events as ce
from conflict_events import resources
from conflict_events.dataset.build import tables
from conflict_events.dataset.coverage import TABLES, markdown
from conflict_events.dataset.records import add, read


def cells(page: str, title: str) -> list[list[str]]:
    """The table under a heading, without its header."""
    section = page.split(f"## {title}\n\n")[1].split("\n\n")[0]
    return [line.strip("|").split("|") for line in section.splitlines()[2:]]


def number(cell: str) -> int:
    return int(cell.replace(",", ""))


def page_of(records: Path, **rows: list[dict[str, Any]]) -> str:
    add(records, rows)
    return markdown(tables(read(records)))


def event(key: str, day: date, precision: int) -> dict[str, Any]:
    return {"event_id": key, "origin": "article", "date_start": day, "date_end": day, "date_precision": precision}


def test_a_week_in_which_nothing_was_told_stands_in_the_table(records: Path) -> None:
    page = page_of(records, events=[event("e2", date(2016, 12, 6), 1), event("e3", date(2016, 12, 1), 4)])
    weeks = [(row[0].strip(), number(row[1])) for row in cells(page, "By week and first division")]
    assert weeks == [("2016-11-21", 1), ("2016-11-28", 0), ("2016-12-05", 1)]
    assert "1 events dated more widely than to a week, 0 without a date" in page


def test_independent_are_two_publishers_with_two_claimants(records: Path) -> None:
    told = {"event_id": "e1", "claim_kind": "event", "assertion": "stated"}
    source = {"publisher_id": "wire", "language": "en"}

    def independent(page: str) -> int:
        (row,) = (r for r in cells(page, "How exact, how well founded") if "independent" in r[0])
        return number(row[1])

    same = {"report_id": "r2", "source_id": "w1", "claimed_by": "The Ministry", **told}
    assert independent(page_of(records, sources=[{"source_id": "w1", **source}], reports=[same])) == 0
    other = {"report_id": "r3", "source_id": "w2", "claimed_by": "residents", **told}
    assert independent(page_of(records, sources=[{"source_id": "w2", **source}], reports=[other])) == 1


def test_the_counts_of_the_shipped_page_add_up_to_the_shipped_tables() -> None:
    page = (resources.release() / "COVERAGE.md").read_text(encoding="utf-8")
    data = {name: ce.load(name) for name in TABLES}
    assert page == markdown(data)
    events = data["events"].num_rows
    assert sum(number(row[2]) for row in cells(page, "By kind")) == events
    left = [int(n.replace(",", "")) for n in re.findall(r"([\d,]+) (?:events dated more|without a date)", page)]
    assert sum(number(row[1]) for row in cells(page, "By week and first division")) + sum(left) == events
    assert sum(number(row[1]) for row in cells(page, "Who tells it")) == data["reports"].num_rows
    assert sum(number(row[1]) for row in cells(page, "Articles by language")) == data["sources"].num_rows
