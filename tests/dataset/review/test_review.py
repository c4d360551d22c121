"""An article's way into the records: proposed as a sheet, decided by a curator, applied as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conflict_events.dataset.records import read
from conflict_events.dataset.review import Applied, apply, propose, sheet
from conflict_events.errors import BadDataError, UsageError
from conflict_events.evidence import evidence

FIRST = "Iraqi security forces recaptured the village of Tel Nasir from ISIS on Monday, the Iraqi army said."
TOLL = "Sixteen civilians were killed when a car bomb exploded in Mosul on Tuesday, medics said."
ARTICLE = f"""URL: https://riverpost.example/2016/11/tel-nasir
Title: Village retaken
Published: 2016-11-23

{FIRST}

{TOLL}
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "nasir.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


Mend = Callable[[str], str]


@pytest.fixture
def review(records: Path, article: Path, tmp_path: Path) -> Callable[[Mend], Applied]:
    """Proposes the article, lets the test mend the sheet's text, and applies it."""

    def run(mend: Mend) -> Applied:
        path = tmp_path / "nasir.toml"
        path.write_text(mend(sheet.to_text(propose(article, read(records)), article.name)), encoding="utf-8")
        return apply([sheet.read(path)], records)

    return run


def decide(*decisions: str) -> Mend:
    left = list(decisions)
    return lambda text: re.sub(r'decision = "[^"]*"', lambda _: f'decision = "{left.pop(0)}"', text)


def rows(records: Path, table: str) -> list[dict[str, Any]]:
    return list(read(records).tables[table])


def test_a_new_event_gets_the_next_ids_and_the_hash_of_its_sentence(
    records: Path, review: Callable[[Mend], Applied]
) -> None:
    applied = review(decide("new", "new"))
    assert applied.new == ("ce-000001", "ce-000002")
    assert applied.sources == ("riverpost-example-2016-11-23",)
    first, second = (row for row in rows(records, "events") if row["event_id"] != "e1")
    assert (first["place_name"], first["event_subtype"]) == ("Tel Nasir", "government_regains_territory")
    assert (second["place_name"], second["deaths_best"], second["deaths_civilians"]) == ("Mosul", 16, 16)
    told = {row["event_id"]: row for row in rows(records, "reports")}
    assert told["ce-000001"]["report_id"] == "cr-000001"
    assert (told["ce-000001"]["evidence_sha256"], told["ce-000001"]["evidence_length"]) == evidence(FIRST)
    assert {row["publisher_id"] for row in rows(records, "publishers")} == {"gazette", "riverpost-example"}
    texts = [path.read_text(encoding="utf-8") for path in records.rglob("*.toml")]
    assert not any("recaptured the village" in text for text in texts)


def test_another_account_of_an_event_changes_its_dead_and_nothing_else_of_it(
    records: Path, review: Callable[[Mend], Applied]
) -> None:
    before = rows(records, "events")[0]
    applied = review(decide("skip", "e1"))
    assert (applied.new, applied.joined, applied.skipped) == ((), ("e1",), 1)
    (after,) = rows(records, "events")
    assert {row["event_id"] for row in rows(records, "reports")} == {"e1"}
    apart = [name for name in after if name.startswith("deaths_")]
    assert {k: v for k, v in after.items() if k not in apart} == {k: v for k, v in before.items() if k not in apart}
    assert (after["deaths_low"], after["deaths_best"]) == (16, 16)  # the opponent's 20 is no bound from below


def test_what_was_skipped_leaves_nothing_behind(records: Path, review: Callable[[Mend], Applied]) -> None:
    before = {path: path.read_bytes() for path in records.rglob("*.toml")}
    assert review(decide("skip", "skip")).files == ()
    assert {path: path.read_bytes() for path in records.rglob("*.toml")} == before


def test_a_reviewed_candidate_is_final(records: Path, review: Callable[[Mend], Applied]) -> None:
    review(lambda text: decide("new", "skip")(text).replace("reviewed = false", "reviewed = true"))
    assert [row["record_status"] for row in rows(records, "events")] == ["candidate", "final"]


def test_what_the_curator_mends_is_what_is_written(records: Path, review: Callable[[Mend], Applied]) -> None:
    def mend(text: str) -> str:
        text = text.replace(f'evidence = "{FIRST}"', 'evidence = "Another sentence stands there."')
        return decide("new", "skip")(text).replace('place_name = "Tel Nasir"', 'place_name = "Tall Nasir"')

    review(mend)
    assert rows(records, "events")[1]["place_name"] == "Tall Nasir"
    assert rows(records, "reports")[1]["evidence_sha256"] == evidence("Another sentence stands there.")[0]


def test_events_like_it_are_shown_with_the_reasons_and_need_a_decision(
    records: Path, review: Callable[[Mend], Applied], tmp_path: Path
) -> None:
    review(decide("new", "new"))
    other = tmp_path / "other.txt"
    other.write_text(ARTICLE.replace("riverpost", "lakepost").replace("Tel Nasir", "Tall Nassir"), encoding="utf-8")
    proposed = propose(other, read(records))
    assert [event.decision for event in proposed.events] == ["", ""]
    assert [event.beside[0].split(" ")[0] for event in proposed.events] == ["ce-000001", "ce-000002"]
    assert "name alike" in proposed.events[0].beside[1]
    with pytest.raises(BadDataError, match=r"other.toml: event e1 has no decision"):
        apply([proposed], records)


def test_an_article_that_stands_in_the_records_is_refused(
    records: Path, review: Callable[[Mend], Applied], article: Path
) -> None:
    review(decide("new", "skip"))
    with pytest.raises(UsageError, match=r"stands in the records as sources/riverpost-example-2016-11-23\.toml"):
        propose(article, read(records))


@pytest.mark.parametrize(
    ("mend", "message"),
    [
        (decide("", "skip"), "event e1 has no decision"),
        (decide("ce-9", "skip"), "event e1: the records have no event 'ce-9'"),
        (lambda t: decide("new", "new")(t).replace('event_id = "e2"', 'event_id = "e1"'), "e1 stands twice"),
        (lambda t: t.replace("[source]", "[sauce]"), "unknown key sauce"),
        (
            lambda t: t.replace('place_name = "Tel', 'plaice_name = "Tel'),
            "unknown key plaice_name: is place_name meant?",
        ),
        (lambda t: t.replace("date_start = 2016", "date_start = 20.16 #", 1), "nasir.toml: events.1.*date_start"),
        (lambda t: t.replace("reviewed = false", 'deaths_best = "9"', 1), "deaths_best"),
        (lambda t: t + "[", "not readable as TOML"),
        (lambda t: t + f"x = {'[' * 100_000}", "nested too deeply"),
        (
            lambda t: (
                decide("skip", "new")(t)
                + '\n[[reports]]\nclaim_kind = "total"\nassertion = "stated"\n'
                + '[[reports.casualties]]\nside = "a"\nharm = "killed"\n' * 2
            ),
            "casualties: .* stands twice",
        ),
    ],
)
def test_a_sheet_that_cannot_be_applied_says_why_and_changes_nothing(
    records: Path, review: Callable[[Mend], Applied], mend: Mend, message: str
) -> None:
    before = {path: path.read_bytes() for path in records.rglob("*.toml")}
    with pytest.raises(BadDataError, match=message):
        review(mend)
    assert {path: path.read_bytes() for path in records.rglob("*.toml")} == before


def test_an_incident_keeps_its_aggregate_and_the_dead_stand_at_one_level(records: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    event = """
[[events]]
decision = "new"
event_id = "{id}"
origin = "article"
event_level = "{level}"
event_type = "battles"
date_start = 2016-11-21
date_end = 2016-11-21
{more}
[[events.reports]]
claim_kind = "event"
assertion = "stated"
[[events.reports.casualties]]
side = "unknown"
harm = "killed"
low = {dead}
best = {dead}
high = {dead}
"""
    parent = 'parent_event_id = "all"'
    path.write_text(
        '[source]\npublisher_id = "gazette"\nlanguage = "en"\nurl = "https://gazette.example/2"\n'
        + event.format(id="all", level="aggregate", more="", dead=12)
        + event.format(id="one", level="incident", more=parent, dead=5),
        encoding="utf-8",
    )
    apply([sheet.read(path)], records)
    _, whole, part = rows(records, "events")
    assert part["parent_event_id"] == whole["event_id"]
    assert whole["deaths_best"] == 12
    assert "deaths_best" not in part


def test_a_line_end_in_the_records_cannot_end_a_comment_of_the_sheet(
    records: Path, review: Callable[[Mend], Applied], tmp_path: Path
) -> None:
    review(lambda text: decide("new", "skip")(text).replace('place_name = "Tel Nasir"', 'place_name = "Tel\\nNasir"'))
    other = tmp_path / "other.txt"
    other.write_text(ARTICLE.replace("riverpost", "lakepost"), encoding="utf-8")
    path = tmp_path / "other.toml"
    path.write_text(sheet.to_text(propose(other, read(records)), "a\nb.txt"), encoding="utf-8")
    assert [event.decision for event in sheet.read(path).events] == ["", "new"]
