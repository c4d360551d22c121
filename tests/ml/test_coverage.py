"""What a source looked at, as the table `coverage` says it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import pytest

from conflict_events import ml
from conflict_events.errors import BadDataError, UsageError
from conflict_events.ml.coverage import declared
from conflict_events.targets.arrow import to_table

Row = dict[str, Any]
Over = Callable[..., duckdb.DuckDBPyConnection]
FIRST, LAST = date(2016, 11, 1), date(2017, 12, 1)


def row(id: str, **values: Any) -> Row:
    return {
        "coverage_id": id,
        "origin": "article",
        "first_month": FIRST,
        "last_month": LAST,
        "scope": "battles",
        "source": "codebook",
        **values,
    }


@pytest.fixture
def over() -> Over:
    def make(*rows: Row) -> duckdb.DuckDBPyConnection:
        con = duckdb.connect()
        con.register("coverage", to_table("coverage", list(rows)))
        return con

    return make


def test_the_release_covers_twelve_governorates_from_november_2016() -> None:
    found = ml.shipped()
    assert {(one.first, one.last) for one in found} == {(FIRST, LAST)}
    assert sorted((one.country, one.admin1) for one in found) == [
        *(("IRQ", name) for name in ("Al Anbar", "Kirkuk", "Nineveh", "Salah ad Din")),
        *(("SYR", name) for name in ("Al-Hasakah", "Aleppo", "Ar-Raqqah", "As-Suwayda", "Deir ez-Zor", "Hama", "Homs")),
        ("SYR", "Rif Dimashq"),
    ]


def test_every_covered_division_of_the_release_is_named_as_in_its_events() -> None:
    import conflict_events as ce

    strange = ce.sql(
        "SELECT admin1 FROM coverage WHERE (country, admin1) NOT IN (SELECT (country, admin1) FROM events)"
    )
    assert strange.fetchall() == []


def test_the_world_a_country_and_a_division_are_read_as_declared(
    over: Callable[..., duckdb.DuckDBPyConnection],
) -> None:
    con = over(row("a"), row("b", country="IRQ"), row("c", country="IRQ", admin1="Nineveh"))
    assert declared(con) == [ml.Coverage(FIRST, LAST, *place) for place in ((), ("IRQ",), ("IRQ", "Nineveh"))]


def test_one_origin_is_read_when_named_and_a_mix_is_refused(over: Over) -> None:
    con = over(row("a", country="IRQ"), row("u", origin="ucdp_ged"))
    assert declared(con, "ucdp_ged") == [ml.Coverage(FIRST, LAST)]
    with pytest.raises(UsageError, match="coverage mixes origins: it tells of article, ucdp_ged: say which"):
        declared(con)
    with pytest.raises(UsageError, match="coverage says nothing of acled: it tells of article, ucdp_ged"):
        declared(con, "acled")


def test_an_empty_table_covers_nothing_and_says_so(over: Over) -> None:
    with pytest.raises(UsageError, match="coverage says nothing: it has no row; add rows"):
        declared(over())


def test_a_month_that_was_looked_at_in_part_is_no_month(over: Over) -> None:
    con = over(row("a", country="IRQ", first_month=date(2016, 10, 17)))
    with pytest.raises(BadDataError, match=r"coverage 'a': 2016-10-17 or 2017-12-01 is not the first day"):
        declared(con)
