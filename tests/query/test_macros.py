"""events_between, evidence, and what holds for every macro: documented, ordered, usable from plain DuckDB."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

import conflict_events as ce
from conflict_events.query import macro, reference

Over = Callable[..., duckdb.DuckDBPyConnection]


def span(start: str, end: str) -> dict[str, Any]:
    return {"date_start": date.fromisoformat(start), "date_end": date.fromisoformat(end)}


def test_events_between_takes_every_overlap_of_the_closed_interval(over: Over) -> None:
    con = over(
        span("2016-09-01", "2016-09-30"),  # e1 ends the day before
        span("2016-09-01", "2016-10-01"),  # e2 ends on the first day
        span("2016-10-31", "2016-12-01"),  # e3 begins on the last day
        span("2016-11-01", "2016-11-01"),  # e4 begins the day after
        span("2016-01-01", "2017-01-01"),  # e5 all around
        span("2016-10-05", "2016-10-05"),  # e6 within
        {},  # e7 undated
    )
    for first, last in (("'2016-10-01'", "'2016-10-31'"), ("DATE '2016-10-01'", "DATE '2016-10-31'")):
        found = con.execute(f"SELECT event_id FROM events_between({first}, {last}) ORDER BY 1").fetchall()
        assert found == [("e2",), ("e3",), ("e5",), ("e6",)]


def test_events_between_refuses_a_span_that_ends_before_it_begins(over: Over) -> None:
    for year in (2015, 2016, 2020):  # before, around and after: no statistics of the file may hide the mistake
        con = over(span(f"{year}-01-01", f"{year}-12-31"))
        with pytest.raises(duckdb.Error, match="first is after last"):
            con.execute("FROM events_between('2016-10-31', '2016-10-01')").fetchall()


def test_evidence_gives_every_report_of_the_event_by_day() -> None:
    relation = ce.connect().sql("FROM evidence('e1')")
    rows = [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
    assert [row["report_id"] for row in rows] == ["r2", "r1"]
    assert rows[1] == {
        "report_id": "r1",
        "source_id": "s1",
        "publisher": "The Fictional Courier",
        "title": "Clash at the bridge",
        "url": "https://example.org/1",
        "published": date(2016, 11, 3),
        "derived_from_url": None,
        "claimed_by": "North",
        "claimant_type": "own_side",
        "assertion": "claimed",
        "casualties": "captured a: best 2; killed b: low 3, best 4 ('three or four'); killed civilians: no figure "
        "('dozens')",
        "supersedes_report_id": None,
        "evidence_sha256": "a" * 64,
        "evidence_length": 40,
        "evidence_start": 10,
        "evidence_end": 60,
    }
    assert (rows[0]["publisher"], rows[0]["assertion"], rows[0]["casualties"]) == (None, "denied", None)


def test_evidence_of_what_nobody_reports_is_empty_and_of_no_event_an_error(over: Over) -> None:
    assert over({}).execute("FROM evidence('e1')").fetchall() == []
    for con in (ce.connect(), over()):
        with pytest.raises(duckdb.Error, match="evidence: no event 'no such event' is in events or reports"):
            con.execute("FROM evidence('no such event')").fetchall()


def test_evidence_can_be_asked_for_every_event() -> None:
    query = "SELECT e.event_id, count(*) FROM events AS e, LATERAL evidence(e.event_id) GROUP BY ALL ORDER BY 1"
    assert ce.connect().execute(query).fetchall() == [("e1", 2), ("e2", 1)]


@pytest.mark.parametrize(
    ("points", "km"),
    [
        ("0, 0, 0, 180", 20015.1145),  # half of 2 pi 6371.0088
        ("90, 0, -90, 77", 20015.1145),
        ("0, 0, 1, 0", 111.1951),
        ("10, 179.5, 10, -179.5", 109.5058),
        ("5, 5, 5, 5", 0.0),
    ],
)
def test_haversine_by_hand(points: str, km: float) -> None:
    got = ce.connect().execute(f"SELECT haversine_km({points})").fetchall()[0][0]
    assert got == pytest.approx(km, abs=1e-3)


def test_every_macro_works_from_a_connection_of_no_doing_of_ours(
    plain: Callable[[list[dict[str, Any]]], duckdb.DuckDBPyConnection],
) -> None:
    con = plain([{"latitude": 36.34, "longitude": 43.13, "side_a": "North"}])
    for name in macro.names():
        con.execute((macro.FOLDER / f"{name}.sql").read_text(encoding="utf-8"))
    for name in macro.names():
        con.execute(reference.described(name).example).fetchall()
    assert con.execute("SELECT count(*) FROM events_within(36, 43, 100)").fetchall() == [(1,)]


@pytest.mark.parametrize("name", macro.names())
def test_the_example_runs_on_the_release(name: str) -> None:
    assert ce.sql(reference.described(name).example).fetchall()


@pytest.mark.parametrize("name", macro.names())
def test_a_file_holds_one_macro_of_its_name_and_documents_its_arguments(name: str) -> None:
    described = reference.described(name)
    made = re.findall(r"CREATE OR REPLACE MACRO (\w+)\(\s*([^)]*?)\s*\)", macro.text(name))
    assert [f"{found}({arguments})" for found, arguments in made] == [described.call]
    documented = ", ".join(argument for argument, _ in described.arguments)
    assert documented == re.sub(r" := [^,)]+|^\w+\(|\)$", "", described.call)
    assert described.summary.endswith(".")
    assert described.returns


def test_the_reference_page_is_up_to_date(root: Path) -> None:
    page = root / "docs" / "reference" / "macros.md"
    assert page.read_text(encoding="utf-8") == reference.markdown()


def test_an_actor_is_found_by_id_name_alias_and_among_the_allies(over: Over) -> None:
    north = {"side_a": "North", "side_a_id": "north"}
    con = over(
        {**span("2016-10-02", "2016-10-02"), **north}, {**span("2016-10-01", "2016-10-01"), "side_b": "North"}, {}
    )
    con.execute("CREATE OR REPLACE VIEW actors AS SELECT 'north' AS actor_id, 'North' AS name, ['The N.'] AS aliases")
    con.execute(
        "CREATE OR REPLACE VIEW event_actors AS SELECT * FROM (VALUES "
        "('e1', 'north', 'North', 'a', 'primary'), ('e3', 'north', 'N. Brigade', 'b', 'ally')) "
        "AS v(event_id, actor_id, name, side, role)"
    )
    for name in ("north", "NORTH", "the n."):
        found = con.execute(
            f"SELECT event_id, actor_name, actor_side, actor_role FROM actor_timeline('{name}')"
        ).fetchall()
        assert found[-1] == ("e3", "N. Brigade", "b", "ally")
        assert ("e1", "North", "a", "primary") in found
    assert con.execute("SELECT event_id FROM actor_timeline('North')").fetchall() == [("e2",), ("e1",), ("e3",)]
    with pytest.raises(duckdb.Error, match="actor_timeline: no actor, alias or side is 'nobody': look for the name in"):
        con.execute("FROM actor_timeline('nobody')").fetchall()


def test_reports_that_contradict_each_other_are_named_with_their_publishers(over: Over) -> None:
    con = over({}, {})
    con.execute(
        "CREATE OR REPLACE VIEW reports AS SELECT *, NULL AS supersedes_report_id, 'event' AS claim_kind FROM (VALUES "
        "('r1', 'e1', 's1', 'stated', 'attack', DATE '2016-10-01', DATE '2016-10-01', 1), "
        "('r2', 'e1', 's2', 'claimed', 'attack', DATE '2016-10-03', DATE '2016-10-03', 1), "
        "('r3', 'e2', 's1', 'stated', 'attack', DATE '2016-10-01', DATE '2016-10-01', 1)) "
        "AS v(report_id, event_id, source_id, assertion, event_subtype, date_start, date_end, date_precision)"
    )
    con.execute(
        "CREATE OR REPLACE VIEW sources AS FROM (VALUES ('s1', 'p1'), ('s2', 'p2')) AS v(source_id, publisher_id)"
    )
    con.execute("CREATE OR REPLACE VIEW publishers AS FROM (VALUES ('p1', 'Courier')) AS v(publisher_id, name)")
    con.execute(
        "CREATE OR REPLACE VIEW casualties AS FROM (VALUES ('r1', 'b', 'killed', 4), ('r2', 'b', 'killed', 10), "
        "('r2', 'a', 'killed', 1), ('r1', 'b', 'wounded', 1)) AS v(report_id, side, harm, best)"
    )
    assert con.execute("FROM conflicting_reports()").fetchall() == [
        ("e1", "day", 2, "2016-10-01 (Courier); 2016-10-03 (p2)", 2.0),
        ("e1", "killed", 2, "b: 4 (Courier); 10 (p2)", 2.5),
    ]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("country_month(spanning := 1)", "spanning is none of first, last, even, days, drop: 1"),
        ("country_month(spanning := NULL)", "spanning is none of first, last, even, days, drop: null"),
        ("dyad_history(spanning := 'x')", "spanning is none of first, last, even, days, drop: x"),
        ("admin_month(unplaced := 'x')", "unplaced is none of apart, distribute: x"),
        ("grid_month(widest := 0)", "widest is a where_precision from 1 to 7: 0"),
        ("placed_months('town')", "unit is none of admin1, grid: town"),
        ("events_within(91, 0, 5)", "lat must be from -90 to 90"),
        ("events_within(0, 0, -5)", "km must be 0 or more"),
        ("events_within(NULL, 0, 5)", "lat, lon or km is null"),
        ("events_between('2016-12-01', '2016-11-01')", "first is after last"),
        ("events_between(NULL, '2016-11-01')", "first or last is null"),
        ("actor_timeline('nobody')", "no actor, alias or side is 'nobody'"),
        ("evidence('e99')", "no event 'e99' is in events or reports"),
        ("country_month(zeros := true)", "zeros := true needs the table coverage"),
        ("country_month(nonsense := 1)", "does not support the supplied arguments"),
        ("events_as_of('x')", "is no data release"),
    ],
)
@pytest.mark.parametrize("rows", [0, 1])
def test_a_wrong_argument_is_an_error_whether_there_are_events_or_not(
    over: Over, call: str, message: str, rows: int
) -> None:
    con = over(*[{"latitude": 1.0, "longitude": 1.0, **span("2016-10-01", "2016-10-01")}] * rows)
    with pytest.raises(duckdb.Error, match=message):
        con.execute(f"FROM {call}").fetchall()
    with pytest.raises(duckdb.Error, match=message):
        con.execute(f"SELECT count(*) FROM {call}").fetchall()
