"""Panels: what happened stands in its cell, what was not looked at is null, and features look back only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import conflict_events as ce
from conflict_events.errors import UsageError
from conflict_events.ml import UCDP_GED, Coverage, panel
from conflict_events.ml.panels import month_id
from conflict_events.targets.arrow import to_table

REQUIRED = {"origin": "ucdp_ged", "record_status": "final", "event_level": "incident", "coder": "x", "reviewed": False}
Rows = list[dict[str, Any]]
FIRST, LAST = date(2016, 1, 1), date(2016, 12, 1)


def told(month: int, **more: Any) -> dict[str, Any]:
    day = date(2016, month, 9)
    return {"date_start": day, "date_end": day, "country": "IRQ", **more}


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Rows], Path]:
    def write(rows: Rows) -> Path:
        path = tmp_path / "events.parquet"
        pq.write_table(
            to_table("events", [{"event_id": f"e{n}", **REQUIRED, **row} for n, row in enumerate(rows)]), path
        )
        return path

    return write


def column(table: pa.Table, name: str, **where: Any) -> list[Any]:
    keep = [all(row[key] == value for key, value in where.items()) for row in table.to_pylist()]
    return [row[name] for row, kept in zip(table.to_pylist(), keep, strict=True) if kept]


def test_a_month_without_events_is_zero_where_it_was_looked_at_and_null_elsewhere(
    written: Callable[[Rows], Path],
) -> None:
    path = written([told(3, deaths_best=4, violence_type=1), told(5), told(7, country="SYR", deaths_best=1)])
    seen = [Coverage(date(2016, 2, 1), date(2016, 11, 30), "IRQ")]
    made = panel(path, first=FIRST, last=LAST, coverage=seen)
    iraq = {"country": "IRQ"}
    assert column(made.table, "n_events", **iraq) == [None, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, None]
    # May has an event and no figure: not known, and not zero
    assert column(made.table, "deaths_best", **iraq) == [None, 0, 4, 0, None, 0, 0, 0, 0, 0, 0, None]
    assert column(made.table, "n_state_based", **iraq)[2] == 1
    assert set(column(made.table, "n_events", country="SYR")) == {None}
    assert column(made.table, "month_id", **iraq)[0] == month_id(FIRST) == 433
    assert column(made.table, "n_without_best", **iraq)[4] == 1


def test_features_are_those_of_the_months_before(written: Callable[[Rows], Path]) -> None:
    path = written([told(3, deaths_best=8), told(6, deaths_best=2)])
    made = panel(path, first=FIRST, last=LAST, coverage=UCDP_GED, lags=(1, 3), half_lives=(1,), onset_after=2)
    assert column(made.table, "deaths_best_lag1")[:8] == [None, 0, 0, 8, 0, 0, 2, 0]
    assert column(made.table, "deaths_best_lag3")[:8] == [None, None, None, 0, 0, 8, 0, 0]
    # the memory of March halves each month until June renews it
    assert column(made.table, "decay_1")[:8] == [None, 0, 0, 0.5, 0.25, 0.125, 0.5, 0.25]
    # onset after two calm months; null until so many were seen, and in what follows a death
    assert column(made.table, "onset")[:10] == [None, None, 1, None, None, 1, None, None, 0, 0]
    assert set(made.features).isdisjoint(made.targets)


def test_cells_around_are_summed_round_the_globe_and_not_over_the_pole(written: Callable[[Rows], Path]) -> None:
    here = {"where_precision": 1, "latitude": 0.2, "longitude": 179.9}
    row = 180 * 720
    cells = {"middle": row + 720, "east": row + 1, "north": row + 2 * 720, "far": row + 10}
    rows = [
        told(1, priogrid_gid=cells[name], deaths_best=dead, **here)
        for name, dead in (("east", 5), ("north", 7), ("far", 100))
    ]
    made = panel(
        written(rows),
        unit="grid",
        first=FIRST,
        last=LAST,
        coverage=UCDP_GED,
        units=list(cells.values()),
        neighbours=True,
    )
    assert column(made.table, "neighbours_deaths_lag1", priogrid_gid=cells["middle"])[:2] == [None, 12]
    assert column(made.table, "neighbours_deaths_lag1", priogrid_gid=cells["far"])[1] == 0


def test_a_horizon_moves_every_feature_back(written: Callable[[Rows], Path]) -> None:
    path = written([told(3, deaths_best=8), told(6, deaths_best=2), told(6, country="SYR", deaths_best=5)])
    border = {"IRQ": ["SYR"], "SYR": ["IRQ", "TUR"]}
    call: dict[str, Any] = {"first": FIRST, "last": LAST, "coverage": UCDP_GED, "neighbours": border}
    near = panel(path, **call).table
    far = panel(path, horizon=3, **call)
    assert far.features == (
        *(f"{name}_lag{lag}" for lag in (3, 4, 5) for name in ("deaths_best", "n_events")),
        "decay_12",
        "neighbours_deaths_lag3",
    )
    for ahead, now in (("decay_12", "decay_12"), ("neighbours_deaths_lag3", "neighbours_deaths_lag1")):
        assert column(far.table, ahead, country="IRQ")[2:] == column(near, now, country="IRQ")[:-2]
    assert column(near, "neighbours_deaths_lag1", country="IRQ")[6] == 5
    assert column(near, "neighbours_deaths_lag1", country="SYR")[6] == 2


def test_events_are_counted_by_kind_of_event_too(written: Callable[[Rows], Path]) -> None:
    path = written([told(3, event_type="battles"), told(3, event_type="riots"), told(3, event_type="battles")])
    made = panel(path, first=FIRST, last=LAST, coverage=UCDP_GED, kinds="event_type")
    assert [column(made.table, name)[2] for name in ("n_events", "n_battles", "n_riots", "n_protests")] == [3, 2, 1, 0]


def test_a_lag_longer_than_the_panel_is_null(written: Callable[[Rows], Path]) -> None:
    made = panel(written([told(3)]), first=FIRST, last=LAST, coverage=UCDP_GED, lags=(1, 40))
    assert set(column(made.table, "n_events_lag40")) == {None}


def test_a_panel_is_made_of_what_a_release_had(tmp_path: Path) -> None:
    was = {"event_id": "e", **REQUIRED, **told(3, deaths_best=4), "release_added": "2026.11.0"}
    revised = {**was, "deaths_best": 9, "release_revised": "2026.12.0"}
    superseded = {**was, "valid_from": "2026.11.0", "valid_to": "2026.12.0"}
    pq.write_table(to_table("events", [revised]), tmp_path / "events.parquet")
    pq.write_table(to_table("events_history", [superseded]), tmp_path / "events_history.parquet")
    call: dict[str, Any] = {"first": FIRST, "last": LAST, "coverage": UCDP_GED}
    assert column(panel(tmp_path, **call).table, "deaths_best")[2] == 9
    assert column(panel(tmp_path, as_of="2026.11.0", **call).table, "deaths_best")[2] == 4


def test_a_panel_is_written_for_loaders(written: Callable[[Rows], Path], tmp_path: Path) -> None:
    made = panel(written([told(3, deaths_best=4)]), first=FIRST, last=LAST, coverage=UCDP_GED)
    made.write(tmp_path / "new" / "panel.parquet")
    assert pq.read_table(tmp_path / "new" / "panel.parquet").equals(made.table)
    with pytest.raises(UsageError, match="cannot be written"):
        made.write(tmp_path / "new" / "panel.parquet" / "under")


rows = st.builds(
    lambda month, country, admin1, best, precision, cell, status: told(
        month,
        country=country,
        admin1=admin1,
        deaths_best=best,
        where_precision=precision,
        priogrid_gid=cell,
        record_status=status,
    ),
    st.integers(1, 12),
    st.sampled_from(["IRQ", "SYR", None]),
    st.sampled_from(["X", "Y", None]),
    st.none() | st.integers(0, 1000),
    st.integers(1, 7),
    st.integers(1, 5),
    st.sampled_from(["final", "candidate", "withdrawn"]),
)


UNITS: dict[str, list[Any]] = {"country": ["IRQ"], "admin1": [("IRQ", "X"), ("SYR", "Y")], "grid": [1, 2, 3]}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    st.lists(rows, max_size=12),
    st.sampled_from(["country", "admin1", "grid"]),
    st.sampled_from(["apart", "distribute"]),
)
def test_what_stands_in_the_panel_and_what_was_left_out_are_all_events(
    written: Callable[[Rows], Path], rows: Rows, unit: str, unplaced: str
) -> None:
    made = panel(
        written(rows),
        unit=unit,
        first=date(2016, 3, 1),
        last=LAST,
        coverage=UCDP_GED,
        units=UNITS[unit],
        unplaced=unplaced,
    )
    counted = [row for row in rows if row["record_status"] != "withdrawn"]
    inside = np.nansum(made.table["n_events"].to_numpy()) if made.table.num_rows else 0
    assert inside + sum(n for _, n, _ in made.left_out) == pytest.approx(len(counted), abs=1e-3)


def test_the_shipped_panel_has_the_dead_of_the_events() -> None:
    made = panel(unit="admin1", first=date(2016, 10, 1), last=date(2017, 12, 1))
    known = sum(value or 0 for value in made.table["deaths_best"].to_pylist())
    october = ce.sql(
        "SELECT sum(deaths_best) FROM admin_month(spanning := 'last') "
        "WHERE month = DATE '2016-10-01' AND admin1 IS NOT NULL"
    )
    left = sum(dead for _, _, dead in made.left_out)
    # October 2016 was read from the 17th only: it is not observed
    total = ce.sql("SELECT sum(deaths_best) FROM events").fetchall()[0][0]
    assert known + left + october.fetchall()[0][0] == pytest.approx(total)
    assert column(made.table, "observed", month=date(2016, 10, 1)).count(True) == 0


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"unit": "town"}, "unit 'town' is none of"),
        ({"last": date(2015, 1, 1)}, "before it begins"),
        ({"coverage": []}, "say where and when"),
        ({"coverage": None}, "coverage says nothing: it has no row"),
        ({"lags": [0]}, "lag 0 looks at what is not known 1 months before"),
        ({"lags": [1], "horizon": 3}, "lag 1 looks at what is not known 3 months before"),
        ({"horizon": 0}, "1 or more"),
        ({"kinds": "mood"}, "kinds 'mood' is none of violence_type, event_type"),
        ({"as_of": "2030.1.0"}, "no event names release|is no data release"),
        ({"units": []}, "the panel would be empty"),
        ({"neighbours": {"FRA": ["IRQ"]}}, "neighbours of FRA are given"),
        ({"unit": "grid", "units": range(1, 250_000), "first": date(1000, 1, 1)}, "name fewer units or months"),
        ({"half_lives": [0]}, "above 0"),
        ({"neighbours": True}, "known of grid cells only"),
        ({"unit": "admin1", "units": ["X"]}, "given as country and admin1"),
        ({"units": ["IRQ", 3]}, "given as country, which are texts"),
        ({"unit": "grid", "units": ["x"]}, "given as priogrid_gid, which are whole numbers"),
        ({"spanning": "late"}, "spanning is none of first, last, even, days, drop"),
        ({"origin": "acled"}, "nothing to count of origin 'acled'"),
    ],
)
def test_a_wrong_call_says_what_to_do(written: Callable[[Rows], Path], changed: dict[str, Any], message: str) -> None:
    path = written([told(1)])
    call = {"first": FIRST, "last": LAST, "coverage": UCDP_GED, **changed}
    with pytest.raises(UsageError, match=message):
        panel(path, **call)
