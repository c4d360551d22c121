"""The macros that count and sum: by hand, by law, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflict_events.query import macro

Row = dict[str, Any]
Over = Callable[..., duckdb.DuckDBPyConnection]


def day(month: int, number: int) -> date:
    return date(2016, month, number)


def dated(month: int, number: int, days: int = 1, **values: Any) -> Row:
    start = day(month, number)
    return {"country": "IRQ", "date_start": start, "date_end": start + timedelta(days=days - 1), **values}


EVENTS = (
    dated(10, 1, deaths_low=2, deaths_best=3, deaths_high=10),
    dated(10, 31, days=3, deaths_best=4),  # into November
    dated(10, 15),
    dated(11, 2),
    dated(11, 3, country="SYR", deaths_best=0),
    dated(10, 20, record_status="claim", deaths_best=1000),
    dated(10, 20, record_status="withdrawn", deaths_best=1000),
    {"record_status": "candidate", "deaths_best": 7},
)


def test_country_month_by_hand(over: Over) -> None:
    relation = over(*EVENTS).sql("FROM country_month()")
    assert relation.columns == [
        *("country", "month", "n_events", "deaths_low", "deaths_best", "deaths_high"),
        *("n_without_low", "n_without_best", "n_without_high", "n_spanning"),
    ]
    assert relation.fetchall() == [
        ("IRQ", day(10, 1), 3, 2, 7, 10, 2, 1, 2, 1),
        ("IRQ", day(11, 1), 1, None, None, None, 1, 1, 1, 0),
        ("SYR", day(11, 1), 1, None, 0, None, 1, 0, 1, 0),
        (None, None, 1, None, 7, None, 1, 0, 1, 0),
    ]


SIDES = (
    {"side_a": "North", "side_b": "South", "deaths_side_a": 1, "deaths_side_b": 2, "deaths_civilians": 3},
    {"side_a": "South", "side_b": "North", "deaths_side_a": 10, "deaths_unknown": 4},
    {"side_a": "North", "side_b": "North", "deaths_side_a": 5, "deaths_side_b": 6},
    {"side_a": "East", "deaths_side_b": 20, "deaths_civilians": 0},
    {"side_a": "North", "side_b": "South", "deaths_side_a": 500, "record_status": "withdrawn"},
)


def test_side_deaths_by_hand(over: Over) -> None:
    relation = over(*SIDES).sql("FROM side_deaths()")
    assert relation.columns == ["status", "side", "deaths", "n_events", "n_without"]
    assert relation.fetchall() == [
        ("member", None, 20, 1, 0),
        ("member", "North", 12, 3, 1),
        ("member", "South", 12, 2, 0),
        ("member", "East", None, 1, 1),
        ("civilian", "civilians", 3, 4, 2),
        ("unknown", "unknown", 4, 4, 3),
    ]


counts = st.none() | st.integers(0, 2**31 - 1)
days = st.none() | st.dates(date(1989, 1, 1), date(2030, 12, 31))
statuses = st.sampled_from(["final", "candidate", "claim", "withdrawn"])
names = st.none() | st.sampled_from(["North", "South", "Civilians"])
COUNTS = ("deaths_low", "deaths_best", "deaths_high")
BY_SIDE = ("deaths_side_a", "deaths_side_b", "deaths_civilians", "deaths_unknown")


@st.composite
def event_rows(draw: st.DrawFn) -> Row:
    start = draw(days)
    return {
        "date_start": start,
        "date_end": start and start + timedelta(days=draw(st.integers(0, 70))),
        "country": draw(st.none() | st.sampled_from(["IRQ", "SYR"])),
        "record_status": draw(statuses),
        "side_a": draw(names),
        "side_b": draw(names),
        **{name: draw(counts) for name in (*COUNTS, *BY_SIDE)},
    }


def known_sum(rows: list[Row], *columns: str) -> int | None:
    values = [row[column] for row in rows for column in columns if row[column] is not None]
    return sum(values) if values else None


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(event_rows(), max_size=12))
def test_totals_are_conserved(plain: Callable[[list[Row]], duckdb.DuckDBPyConnection], rows: list[Row]) -> None:
    con = plain(rows)
    con.execute(macro.script())
    counted = [row for row in rows if row["record_status"] in ("final", "candidate")]

    got = con.execute(
        "SELECT coalesce(sum(n_events), 0), sum(deaths_low), sum(deaths_best), sum(deaths_high), "
        "coalesce(sum(n_without_best), 0) FROM country_month()"
    ).fetchall()[0]
    without = sum(row["deaths_best"] is None for row in counted)
    assert got == (len(counted), *(known_sum(counted, column) for column in COUNTS), without)

    by_side = con.execute("SELECT sum(deaths) FROM side_deaths()").fetchall()[0][0]
    assert by_side == known_sum(counted, *BY_SIDE)


MIXED = (
    {"event_id": "u1", "origin": "ucdp_ged", "country": "IRQ", "deaths_best": 5, "event_cluster_id": "c1"},
    {"event_id": "a1", "origin": "acled", "country": "IRQ", "deaths_best": 8, "event_cluster_id": "c1"},
    {"event_id": "a2", "origin": "acled", "country": "IRQ", "deaths_best": 1},
    {"event_id": "g1", "origin": "gdelt", "country": "IRQ", "record_status": "claim"},
)
REFUSAL = (
    "events mixes origins (acled, ucdp_ged), so one event may count twice: say origin := 'NAME', or "
    "dedupe := true to count each event_cluster_id once"
)


@pytest.mark.parametrize(
    "query",
    [
        "FROM country_month()",
        "FROM side_deaths()",
        "FROM counted_events()",
        "FROM country_month(dedupe := false)",
        "SELECT count(*) FROM country_month()",
        "SELECT 1 FROM country_month() LIMIT 1",
        "SELECT * FROM country_month() WHERE country = 'IRQ'",
        "SELECT * FROM country_month() WHERE n_events > 1000000",
        "SELECT c.country FROM country_month() AS c JOIN events AS e USING (country)",
        "SELECT e.event_id FROM events AS e LEFT JOIN country_month() AS c USING (country)",
        "SELECT event_id FROM events WHERE country IN (SELECT country FROM country_month())",
        "SELECT event_id FROM events WHERE country NOT IN (SELECT country FROM country_month() WHERE n_events > 99)",
        "SELECT 1 WHERE EXISTS (FROM country_month())",
        "SELECT (SELECT max(deaths_best) FROM country_month())",
        "WITH m AS MATERIALIZED (FROM country_month()) SELECT sum(n_events) FROM m",
        "SELECT event_id, n FROM events AS e, LATERAL (SELECT n_events AS n FROM country_month() AS c "
        "WHERE c.country = e.country)",
        "SELECT DISTINCT 1 FROM side_deaths() WHERE status = 'civilian'",
        "FROM country_month() UNION ALL FROM country_month(origin := 'acled')",
    ],
)
def test_a_mix_of_origins_is_refused_wherever_the_macro_stands(over: Over, query: str) -> None:
    with pytest.raises(duckdb.Error) as caught:
        over(*MIXED).execute(query).fetchall()
    assert str(caught.value).endswith(REFUSAL)


def test_one_origin_is_counted_when_named(over: Over) -> None:
    con = over(*MIXED)
    assert con.execute("SELECT n_events, deaths_best FROM country_month(origin := 'acled')").fetchall() == [(2, 9)]
    assert con.execute("SELECT n_events, deaths_best FROM country_month('ucdp_ged')").fetchall() == [(1, 5)]


def test_claims_beside_one_origin_are_no_mix(over: Over) -> None:
    assert over(MIXED[0], MIXED[3]).execute("SELECT n_events FROM country_month()").fetchall() == [(1,)]


@pytest.mark.parametrize("origin", ["ucdp", "UCDP_GED", "gdelt", "icews"])
def test_an_origin_with_nothing_to_count_is_an_error(over: Over, origin: str) -> None:
    for name in ("country_month", "side_deaths", "counted_events"):
        with pytest.raises(duckdb.Error) as caught:
            over(*MIXED).execute(f"FROM {name}(origin := '{origin}')").fetchall()
        assert str(caught.value).endswith(
            f"events has nothing to count of origin '{origin}' (claims and withdrawn events are left out); "
            "it has acled, ucdp_ged"
        )


def test_an_empty_table_gives_an_empty_result(over: Over) -> None:
    con = over()
    assert con.execute("FROM country_month()").fetchall() == []
    assert con.execute("FROM country_month(origin := 'acled')").fetchall() == []


def test_dedupe_counts_each_cluster_once_and_the_unlinked_singly(over: Over) -> None:
    con = over(*MIXED)
    kept = con.execute("SELECT event_id FROM counted_events(dedupe := true) ORDER BY 1").fetchall()
    assert kept == [("a1",), ("a2",)]
    assert con.execute("SELECT n_events, deaths_best FROM country_month(dedupe := true)").fetchall() == [(2, 9)]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"record_status": "final"}, {"record_status": "candidate", "deaths_best": 1}),
        ({"deaths_best": 0, "reviewed": False}, {"deaths_best": None, "reviewed": True}),
        ({"reviewed": True}, {"reviewed": False}),
        ({"event_id": "a"}, {"event_id": "b"}),
    ],
)
def test_of_a_cluster_the_better_event_is_kept(over: Over, better: Row, worse: Row) -> None:
    one = {"event_id": "z", "event_cluster_id": "c", "origin": "acled", "side_a": "kept", **better}
    other = {"event_id": "b", "event_cluster_id": "c", "origin": "other", "side_a": "left", **worse}
    for order in ((one, other), (other, one)):
        assert over(*order).execute("SELECT side_a FROM counted_events(dedupe := true)").fetchall() == [("kept",)]
