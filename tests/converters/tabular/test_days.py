"""Days are read as written, and what can be read two ways is asked of the whole file, never guessed."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_events.converters.tabular import days
from conflict_events.converters.tabular.days import Evidence, Order

DAYS = st.dates(date(1969, 1, 1), date(2068, 12, 31))
FORMS = {
    "iso": "%Y-%m-%d",
    "iso with time": "%Y-%m-%d 00:00:00.000",
    "iso with zone": "%Y-%m-%dT00:00:00Z",
    "compact": "%Y%m%d",
    "month's name": "%d-%B-%Y",
    "short name": "%d %b %Y",
    "short name, short year": "%d-%b-%y",
    "american name": "%B %d, %Y",
}
NUMERIC = {
    Order.DAY_FIRST: ("%d/%m/%Y", "%d-%m-%y", "%d.%m.%Y"),
    Order.MONTH_FIRST: ("%m/%d/%Y", "%m/%d/%Y 12:00:00 AM"),
}


def read(text: str, order: Order | None = None) -> date | None:
    [(found,)] = duckdb.execute(f"SELECT {days.read('cell', order)} FROM (SELECT ? AS cell)", [text]).fetchall()
    assert found is None or isinstance(found, date)
    return found


def evidence(texts: list[str]) -> Evidence:
    with duckdb.connect() as con:
        con.execute("CREATE TABLE cells AS SELECT unnest(?) AS day_", [texts])
        [row] = con.execute(days.evidence(["day_"], "cells")).fetchall()
    return Evidence(*row)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@given(day=DAYS)
def test_a_day_that_can_be_read_one_way_only_needs_no_order(form: str, day: date) -> None:
    assert read(day.strftime(form)) == day


@pytest.mark.parametrize("order", [*Order])
@given(day=DAYS, data=st.data())
def test_a_numeric_day_is_read_in_the_order_of_its_file(order: Order, day: date, data: st.DataObject) -> None:
    assert read(day.strftime(data.draw(st.sampled_from(NUMERIC[order]))), order) == day


@given(day=DAYS)
def test_without_an_order_a_numeric_day_is_read_only_where_there_is_no_choice(day: date) -> None:
    found = read(day.strftime("%d/%m/%Y"))
    assert found == (day if day.day > 12 or day.day == day.month else None)


@pytest.mark.parametrize(
    "text", ["", "  ", "2019", "2019-13-01", "2019-02-30", "31/31/2019", "0", "n/a", "43831", "1.5"]
)
@pytest.mark.parametrize("order", [None, *Order])
def test_what_is_no_day_is_none(text: str, order: Order | None) -> None:
    assert read(text, order) is None


@given(text=st.text(max_size=30), order=st.sampled_from([None, *Order]))
def test_no_text_makes_it_fail(text: str, order: Order | None) -> None:
    read(text.replace("\0", ""), order)


def test_the_file_tells_its_order() -> None:
    assert evidence(["13/02/2019", "01/02/2019", "2019-02-01", "05/05/2019"]) == Evidence(1, 0, 1)
    assert days.order(Evidence(day_first=1), Order.MONTH_FIRST) is Order.DAY_FIRST
    assert days.order(Evidence(month_first=3, either=9), None) is Order.MONTH_FIRST
    assert days.order(Evidence(either=9), Order.MONTH_FIRST) is Order.MONTH_FIRST
    assert days.order(Evidence(either=9), None) is None


def test_a_file_with_both_orders_has_none() -> None:
    assert days.order(evidence(["13/02/2019", "02/13/2019", "01/02/2019"]), Order.DAY_FIRST) is None


@pytest.mark.parametrize(
    ("text", "timed"),
    [
        ("2019-01-01", False),
        ("2019-01-01 00:00:00.000", False),
        ("1/1/2019 12:00:00 AM", False),
        ("2019-01-01T00:00:00Z", False),
        ("2019-01-01 13:45:00", True),
        ("1/1/2019 12:00:00 PM", True),
        ("01-January-2015", False),
    ],
)
def test_a_time_of_day_is_told_from_midnight(text: str, timed: bool) -> None:
    assert duckdb.execute(f"SELECT {days.has_time('cell')} FROM (SELECT ? AS cell)", [text]).fetchall() == [(timed,)]
