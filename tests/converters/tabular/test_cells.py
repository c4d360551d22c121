"""A cell is read as the value it is or not at all, and the value makes the cell again after normalisation."""

from __future__ import annotations

import math
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_events.converters.tabular.cells import Flag, Id, Kind, Number, Point, Whole

BLANKS = " \t\n\r\xa0"


def read(kind: Kind, cell: str | None) -> Any:
    query = f"SELECT {kind.read('cell', None)} FROM (SELECT CAST(? AS VARCHAR) AS cell)"
    return duckdb.execute(query, [cell]).fetchall()[0][0]


def back(kind: Kind, cell: str | None) -> Any:
    value = kind.read("cell", None)
    return duckdb.execute(f"SELECT {kind.back(value)} FROM (SELECT CAST(? AS VARCHAR) AS cell)", [cell]).fetchall()[0][
        0
    ]


@given(n=st.integers(-(2**31), 2**31 - 1))
def test_a_whole_number_is_read_and_written_back(n: int) -> None:
    assert read(Whole(), str(n)) == n
    assert read(Whole(), f" {n}.0 ") == n
    assert back(Whole(), f"{n}.00") == str(n)


@pytest.mark.parametrize("cell", ["3.5", "0.4", "1e3", "1,234", "1_000", "0x10", "2147483648", "abc", "", "--1", "nan"])
def test_what_is_no_whole_number_is_none(cell: str) -> None:
    assert read(Whole(), cell) is None


@given(x=st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_its_value(x: float) -> None:
    assert read(Number(), repr(x)) == x
    assert float(back(Number(), repr(x))) == x


@pytest.mark.parametrize("cell", ["nan", "inf", "-infinity", "12,5", "", "north", "1.2.3"])
def test_what_is_no_finite_number_is_none(cell: str) -> None:
    assert read(Number(), cell) is None


@given(n=st.integers(0, 10**15), prefix=st.sampled_from(["", "ucdp:"]))
def test_an_id_loses_what_a_spreadsheet_added_and_nothing_else(n: int, prefix: str) -> None:
    kind = Id(prefix)
    assert read(kind, f" {n}.0") == f"{prefix}{n}"
    assert back(kind, str(n)) == str(n)
    assert read(kind, f"00{n}") == f"{prefix}00{n}"


@given(cell=st.text(min_size=1).filter(lambda t: "\0" not in t and t.strip(BLANKS) and ".0" not in t))
def test_an_id_of_any_form_stays(cell: str) -> None:
    assert back(Id("x:"), cell) == cell.strip(BLANKS)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("True", True), ("1", True), ("YES", True), ("0", False), ("false", False), ("maybe", None), ("2", None)],
)
def test_true_and_false_are_read_however_they_are_spelled(cell: str, value: bool | None) -> None:
    assert read(Flag(), cell) is value


@given(x=st.floats(-180, 180), y=st.floats(-90, 90))
def test_a_point_is_one_however_its_numbers_are_written(x: float, y: float) -> None:
    one, other = read(Point(), f"POINT ({x!r} {y!r})"), read(Point(), f" POINT ( {x!r}  {y!r} )")
    assert one == other
    a, b = one.removeprefix("POINT (").removesuffix(")").split()
    assert math.isclose(float(a), x)
    assert math.isclose(float(b), y)


@pytest.mark.parametrize("kind", [Id("x:"), Whole(), Number(), Flag(), Point()])
def test_no_cell_gives_no_value(kind: Kind) -> None:
    assert read(kind, None) is None
