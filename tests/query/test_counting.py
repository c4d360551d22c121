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
        *("n_without_low", "n_without_best", "n_without_high", "n_spanning", "covered"),
    ]
    assert relation.fetchall() == [
        # an event without a low counts 0 to the lowest sum, one without a high its best to the highest
        ("IRQ", day(10, 1), 3, 2, 7, 14, 2, 1, 2, 1, None),
        ("IRQ", day(11, 1), 1, None, None, None, 1, 1, 1, 0, None),
        ("SYR", day(11, 1), 1, 0, 0, 0, 1, 0, 1, 0, None),
        (None, None, 1, 0, 7, 7, 1, 0, 1, 0, None),
    ]


def test_an_event_that_spans_months_counts_as_it_is_told_to(over: Over) -> None:
    con = over(dated(10, 31, days=32, deaths_best=32))  # a day of October, thirty of November, one of December

    def shares(policy: str) -> list[tuple[date | None, float]]:
        query = f"SELECT month, round(deaths_best, 6) FROM country_month(spanning := '{policy}')"
        return con.execute(query).fetchall()

    months = [day(10, 1), day(11, 1), day(12, 1)]
    assert shares("first") == [(months[0], 32)]
    assert shares("last") == [(months[2], 32)]
    assert shares("days") == list(zip(months, (1, 30, 1), strict=True))
    assert shares("even") == [(month, round(32 / 3, 6)) for month in months]
    assert shares("drop") == [(None, 32)]
    with pytest.raises(duckdb.Error, match="spanning is none of first, last, even, days, drop: late"):
        shares("late")


def test_an_event_known_to_its_country_fills_no_cell(over: Over) -> None:
    near = {"country": "IRQ", "admin1": "Nineveh", "priogrid_gid": 1, "where_precision": 1}
    con = over(
        near,
        near,
        {**near, "priogrid_gid": 2},
        {**near, "admin1": "Anbar", "priogrid_gid": 3},
        {"country": "IRQ", "admin1": "Nineveh", "priogrid_gid": 9, "where_precision": 4, "deaths_best": 300},
        {"country": "IRQ", "priogrid_gid": 9, "where_precision": 6, "deaths_best": 400},
        {"country": "SYR", "priogrid_gid": 9, "where_precision": 6, "deaths_best": 500},
    )

    def cells(arguments: str) -> dict[int | None, float]:
        query = f"SELECT priogrid_gid, round(sum(deaths_best), 6) FROM grid_month({arguments}) GROUP BY 1"
        return {cell: dead for cell, dead in con.execute(query).fetchall() if dead is not None}

    assert cells("") == {None: 1200}
    # 300 over the two cells of Nineveh by their events, 400 over the three of Iraq; nothing is known of Syria
    assert cells("unplaced := 'distribute'") == {1: 400, 2: 200, 3: 100, None: 500}
    assert cells("widest := 4") == {9: 300, None: 900}
    with pytest.raises(duckdb.Error, match="unplaced is none of apart, distribute: x"):
        cells("unplaced := 'x'")


def test_admin_month_by_hand(over: Over) -> None:
    con = over(
        dated(10, 1, admin1="Nineveh", deaths_best=3),
        dated(10, 2, admin1="Anbar"),
        dated(10, 3, deaths_best=8),
        dated(10, 4, country="SYR"),
    )
    query = "SELECT country, admin1, n_events, deaths_best, n_not_placed FROM admin_month({})"
    assert con.execute(query.format("")).fetchall() == [
        ("IRQ", "Anbar", 1, None, 0),
        ("IRQ", "Nineveh", 1, 3, 0),
        ("IRQ", None, 1, 8, 1),
        ("SYR", None, 1, None, 1),
    ]
    assert con.execute(query.format("unplaced := 'distribute'")).fetchall() == [
        ("IRQ", "Anbar", 1.5, 4, 0.5),
        ("IRQ", "Nineveh", 1.5, 7, 0.5),
        ("SYR", None, 1, None, 1),
    ]


def test_a_dyad_is_one_pair_whoever_attacks(over: Over) -> None:
    con = over(
        dated(10, 1, side_a="North", side_b="South", initiator="a", deaths_best=5, deaths_side_a=1, deaths_side_b=4),
        dated(10, 9, side_a="South", side_b="North", initiator="a", deaths_best=2, deaths_side_a=2),
        dated(11, 9, side_a="South", side_b="North", initiator="unknown"),
        dated(11, 9, side_a="South", initiator="a"),
        dated(11, 8, side_b="South", deaths_side_b=3),
        dated(11, 7),
    )
    columns = "side_1, side_2, month, n_events, n_by_1, n_by_2, deaths_best, deaths_1, deaths_2, first_day, last_day"
    ends = (day(10, 1), day(11, 9))
    assert con.execute(f"SELECT {columns} FROM dyad_history()").fetchall() == [
        ("North", "South", day(10, 1), 2, 1, 1, 7, 1, 6, *ends),
        ("North", "South", day(11, 1), 1, 0, 0, None, None, None, *ends),
        # a side that is not known makes no pair; the side that is known is the first
        ("South", None, day(11, 1), 2, 1, 0, None, 3, None, day(11, 8), day(11, 9)),
        (None, None, day(11, 1), 1, 0, 0, None, None, None, day(11, 7), day(11, 7)),
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
def bounds(draw: st.DrawFn) -> list[int | None]:
    """Low, best and high in their order, any of them open."""
    known = sorted(draw(st.lists(st.integers(0, 2**31 - 1), min_size=3, max_size=3)))
    return [figure if draw(st.booleans()) else None for figure in known]


@st.composite
def event_rows(draw: st.DrawFn) -> Row:
    start = draw(days)
    return {
        "date_start": start,
        "date_end": start and start + timedelta(days=draw(st.integers(0, 70))),
        "country": draw(st.none() | st.sampled_from(["IRQ", "SYR"])),
        "admin1": draw(st.none() | st.sampled_from(["X", "Y"])),
        "priogrid_gid": draw(st.none() | st.integers(1, 3)),
        "where_precision": draw(st.none() | st.integers(1, 7)),
        "record_status": draw(statuses),
        "side_a": draw(names),
        "side_b": draw(names),
        "event_cluster_id": draw(st.none() | st.sampled_from(["c", "d"])),
        **dict(zip(COUNTS, draw(bounds()), strict=True)),
        **{name: draw(counts) for name in BY_SIDE},
    }


def known_sum(rows: list[Row], *columns: str) -> int | None:
    values = [row[column] for row in rows for column in columns if row[column] is not None]
    return sum(values) if values else None


POLICIES = {
    "dedupe": st.sampled_from(["NULL", "true"]),
    "spanning": st.sampled_from(["'first'", "'even'", "'days'", "'drop'"]),
    "unplaced": st.sampled_from(["'apart'", "'distribute'"]),
    "widest": st.sampled_from(["1", "3", "7"]),
}
TAKEN = {
    "country_month": ("dedupe", "spanning"),
    "dyad_history": ("dedupe", "spanning"),
    "admin_month": ("dedupe", "spanning", "unplaced"),
    "grid_month": ("dedupe", "spanning", "unplaced", "widest"),
}
COUNTED = """
SELECT count(*), coalesce(sum(bounded_low(deaths_low, deaths_best)), 0), coalesce(sum(deaths_best), 0),
    coalesce(sum(coalesce(deaths_high, deaths_best)), 0), count(*) - count(deaths_best), count(*) - count(deaths_high)
FROM counted_events(dedupe := {dedupe})"""
SUMMED = """
SELECT coalesce(sum(n_events), 0), coalesce(sum(deaths_low), 0), coalesce(sum(deaths_best), 0),
    coalesce(sum(deaths_high), 0), coalesce(sum(n_without_best), 0), coalesce(sum(n_without_high), 0)
FROM {call}"""
UNORDERED = "FROM {call} WHERE deaths_low > deaths_best * (1 + 1e-6) OR deaths_best > deaths_high * (1 + 1e-9)"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(event_rows(), max_size=12), policy=st.fixed_dictionaries(POLICIES))
def test_totals_are_conserved_under_every_policy(
    plain: Callable[[list[Row]], duckdb.DuckDBPyConnection], rows: list[Row], policy: dict[str, str]
) -> None:
    con = plain(rows)
    con.execute(macro.script())
    [wanted] = con.execute(COUNTED.format(**policy)).fetchall()
    for name, taken in TAKEN.items():
        call = f"{name}({', '.join(f'{one} := {policy[one]}' for one in taken)})"
        [got] = con.execute(SUMMED.format(call=call)).fetchall()
        assert got == pytest.approx(tuple(map(float, wanted))), call
        assert con.execute(UNORDERED.format(call=call)).fetchall() == [], call


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(event_rows(), max_size=12))
def test_what_is_counted_is_what_a_loop_counts(
    plain: Callable[[list[Row]], duckdb.DuckDBPyConnection], rows: list[Row]
) -> None:
    con = plain(rows)
    con.execute(macro.script())
    counted = [row for row in rows if row["record_status"] in ("final", "candidate")]
    [got] = con.execute("SELECT sum(n_events), sum(deaths_best), sum(n_without_best) FROM country_month()").fetchall()
    without = sum(row["deaths_best"] is None for row in counted)
    dead = known_sum(counted, "deaths_best")
    assert got == (pytest.approx((len(counted), dead and float(dead), without)) if counted else (None, None, None))
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
