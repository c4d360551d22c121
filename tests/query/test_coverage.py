"""Months that were looked at: told beside each count, and zeros only where nothing was found by who looked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

import conflict_events as ce

Row = dict[str, Any]
Looked = Callable[..., duckdb.DuckDBPyConnection]


def month(number: int) -> date:
    return date(2016, number, 1)


def event(number: int, country: str | None = "IRQ", admin1: str | None = None, **values: Any) -> Row:
    return {"country": country, "admin1": admin1, "date_start": month(number), "date_end": month(number), **values}


@pytest.fixture
def looked(write: Callable[..., Path]) -> Looked:
    """A connection over events, and places with the months from and to which they were looked at."""

    def make(events: list[Row], *places: tuple[Any, ...]) -> duckdb.DuckDBPyConnection:
        rows = [
            {
                "coverage_id": f"c{number}",
                "country": country,
                "admin1": admin1,
                "first_month": first,
                "last_month": last,
                "origin": origin[0] if origin else "article",
                "scope": "clashes",
                "source": "the codebook",
            }
            for number, (country, admin1, first, last, *origin) in enumerate(places)
        ]
        return ce.connect([write("events", *events), write("coverage", *rows)])

    return make


def told(con: duckdb.DuckDBPyConnection, call: str, *columns: str) -> list[tuple[Any, ...]]:
    return con.execute(f"SELECT {', '.join(columns)}, n_events, covered FROM {call}").fetchall()


def test_a_country_is_whole_by_itself_or_with_the_world_and_part_by_its_divisions(looked: Looked) -> None:
    con = looked(
        [event(n, c) for n in (1, 2) for c in ("IRQ", "SYR", "JOR", None)] + [{"country": "IRQ"}],
        ("IRQ", None, month(1), month(1)),
        ("SYR", "Homs", month(1), month(1)),
        (None, None, month(2), month(2)),
    )
    assert told(con, "country_month()", "country", "month") == [
        *(("IRQ", month(1), 1, "whole"), ("IRQ", month(2), 1, "whole"), ("IRQ", None, 1, None)),
        *(("JOR", month(1), 1, "none"), ("JOR", month(2), 1, "whole")),
        *(("SYR", month(1), 1, "part"), ("SYR", month(2), 1, "whole")),
        *((None, month(1), 1, None), (None, month(2), 1, "whole")),
    ]


def test_a_division_is_looked_at_with_its_country_but_not_with_its_neighbour(looked: Looked) -> None:
    con = looked(
        [event(n, "SYR", a) for n in (1, 2) for a in ("Homs", "Hama", None)],
        ("SYR", "Homs", month(1), month(1)),
        ("SYR", None, month(2), month(2)),
    )
    assert told(con, "admin_month()", "admin1", "month") == [
        *(("Hama", month(1), 1, "none"), ("Hama", month(2), 1, "whole")),
        *(("Homs", month(1), 1, "whole"), ("Homs", month(2), 1, "whole")),
        *((None, month(1), 1, "part"), (None, month(2), 1, "whole")),
    ]


def test_a_cell_is_known_to_be_looked_at_with_the_world_only(looked: Looked) -> None:
    con = looked(
        [event(n, priogrid_gid=7, where_precision=1) for n in (1, 2, 3)],
        ("IRQ", None, month(1), month(1)),
        (None, None, month(2), month(2)),
    )
    assert told(con, "grid_month()", "month") == [(month(1), 1, None), (month(2), 1, "whole"), (month(3), 1, "none")]


def test_of_several_origins_all_must_have_looked_and_one_can_be_asked_for(looked: Looked) -> None:
    con = looked(
        [event(n, origin="ucdp_ged") for n in (1, 2, 3)],
        (None, None, month(1), month(2), "ucdp_ged"),
        ("IRQ", None, month(2), month(3), "acled"),
    )
    assert [row[-1] for row in told(con, "country_month()", "month")] == ["part", "whole", "part"]
    assert [row[-1] for row in told(con, "country_month(origin := 'ucdp_ged')", "month")] == ["whole", "whole", "none"]


def test_without_coverage_nothing_is_said_and_zeros_are_refused(looked: Looked) -> None:
    con = looked([event(1)])
    for name in ("country_month", "admin_month"):
        assert told(con, f"{name}()", "month") == [(month(1), 1, None)]
        with pytest.raises(duckdb.Error, match=f"{name}: zeros := true needs the table coverage, .* no row: add"):
            con.execute(f"FROM {name}(zeros := true)").fetchall()
    other = looked([event(1)], ("IRQ", None, month(1), month(1), "acled"))
    assert told(other, "country_month(origin := 'article')", "month") == [(month(1), 1, None)]
    with pytest.raises(duckdb.Error, match="it has no row of origin 'article'"):
        other.execute("FROM country_month(origin := 'article', zeros := true)").fetchall()


def test_zeros_stand_where_all_was_looked_at_and_nowhere_else(looked: Looked) -> None:
    con = looked(
        [event(1, deaths_best=5), event(2, "SYR", "Homs")],
        ("IRQ", None, month(1), month(2)),
        ("JOR", None, month(2), month(2)),
        ("SYR", "Homs", month(1), month(2)),
    )
    columns = "country, month, n_events, deaths_low, deaths_best, deaths_high, n_without_best, covered"
    assert con.execute(f"SELECT {columns} FROM country_month(zeros := true)").fetchall() == [
        ("IRQ", month(1), 1, 0, 5, 5, 0, "whole"),
        ("IRQ", month(2), 0, 0, 0, 0, 0, "whole"),
        ("JOR", month(2), 0, 0, 0, 0, 0, "whole"),
        ("SYR", month(2), 1, None, None, None, 1, "part"),
    ]
    assert told(con, "admin_month(zeros := true)", "country", "admin1", "month") == [
        ("IRQ", None, month(1), 1, "whole"),
        ("SYR", "Homs", month(1), 0, "whole"),
        ("SYR", "Homs", month(2), 1, "whole"),
    ]


def test_of_the_world_those_places_get_zeros_that_have_events(looked: Looked) -> None:
    con = looked([event(1, "IRQ", "Nineveh"), event(2, "SYR", "Homs")], (None, None, month(1), month(2)))
    assert [row[:3] for row in told(con, "country_month(zeros := true)", "country", "month")] == [
        *(("IRQ", month(1), 1), ("IRQ", month(2), 0), ("SYR", month(1), 0), ("SYR", month(2), 1)),
    ]
    assert [row[:3] for row in told(con, "admin_month(zeros := true)", "admin1", "month")] == [
        *(("Nineveh", month(1), 1), ("Nineveh", month(2), 0), ("Homs", month(1), 0), ("Homs", month(2), 1)),
    ]


def test_covered_months_are_unfolded_once_each(looked: Looked) -> None:
    con = looked(
        [], ("IRQ", None, month(1), month(2)), ("IRQ", None, month(2), month(3)), ("IRQ", "X", month(1), month(1))
    )
    assert con.execute("FROM covered_months() ORDER BY ALL").fetchall() == [
        ("article", "IRQ", "X", month(1)),
        *(("article", "IRQ", None, month(n)) for n in (1, 2, 3)),
    ]


@pytest.mark.parametrize(
    ("first", "last"), [(date(2016, 1, 17), month(2)), (month(1), date(2016, 2, 29)), (month(2), month(1))]
)
def test_months_that_are_none_are_refused(looked: Looked, first: date, last: date) -> None:
    con = looked([event(1)], ("IRQ", None, first, last))
    for call in ("covered_months()", "country_month()"):
        with pytest.raises(duckdb.Error, match="coverage 'c0': first_month and last_month must be first days"):
            con.execute(f"FROM {call}").fetchall()
