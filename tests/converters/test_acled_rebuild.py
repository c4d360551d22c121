"""Rows of ACLED, in each of its layouts, can be made again from the events, up to what is stated as normalised."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import conflict_events as ce
from conflict_events.converters.rebuild import rebuild
from tests.converters.acled_rows import CURRENT, FIRST, OLD, first_row, old_row, row, text

WORDS = st.just("") | st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=30)
INTERS = ["State forces", "Rebel group", "rioters", "Civilians", "0", "1", "2", "7", "8", "9", "", "Martians"]
CELLS = {
    **dict.fromkeys(
        ("actor1", "actor2", "assoc_actor_1", "assoc_actor_2", "admin1", "admin2", "admin3", "location", "country"),
        WORDS,
    ),
    **dict.fromkeys(("region", "source", "source_scale", "notes", "tags", "timestamp", "data_id", "iso3"), WORDS),
    "event_type": st.sampled_from(["Battles", "battles", "Riots", "Riots/Protests", "Strategic development", "?", ""]),
    "sub_event_type": st.sampled_from(["Armed clash", "ARMED CLASH", "Mob violence", "Grenade", "?", ""]),
    "disorder_type": st.sampled_from(["Political violence", "Demonstrations", "", "other"]),
    "inter1": st.sampled_from(INTERS),
    "inter2": st.sampled_from(INTERS),
    "interaction": st.sampled_from(
        ["12", "10", "State forces-Rebel group", "Rebel group-State forces", "State forces only", ""]
    ),
    "civilian_targeting": st.sampled_from(["Civilian targeting", "civilian targeting", "no", ""]),
    "iso": st.sampled_from(["729", "024", "24.0", "0", "999", "", "SDN"]),
    "gwno": st.sampled_from(["625", "0625", "1", ""]),
    "time_precision": st.sampled_from(["1", "2", "3", ""]),
    "geo_precision": st.sampled_from(["1", "2", "3", ""]),
    "event_date": st.dates().map(str),
    "year": st.sampled_from(["2024", "1999", "0", "", "x"]),
    "fatalities": st.just("") | st.integers(-(2**31), 2**31 - 1).map(str),
    **dict.fromkeys(("latitude", "longitude"), st.just("") | st.floats(-180, 180).map(str)),
}
LAYOUTS = {"current": (CURRENT, row), "2020-21": (OLD, old_row), "2017": (FIRST, first_row)}
OTHER_NAMES = {"ally_actor_1": "assoc_actor_1", "ally_actor_2": "assoc_actor_2"}


@st.composite
def files(draw: st.DrawFn, layout: str) -> list[dict[str, str]]:
    columns, sound = LAYOUTS[layout]
    made = []
    for n in range(draw(st.integers(1, 5))):
        cells = sound()
        for name in columns:
            kind = CELLS.get(OTHER_NAMES.get(name.lower(), name.lower()))
            if kind is not None and draw(st.booleans()):
                cells[name] = draw(kind)
        cells[next(name for name in columns if name.lower() == "event_id_cnty")] = f"SDN{n}"
        made.append(cells)
    return made


def told(name: str, cell: str | None) -> str | float | None:
    """A cell as it is compared: coordinates as numbers, for the shortest text of each is what is stated."""
    return float(cell) if cell and name.lower() in ("latitude", "longitude") else cell or None


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_cell_can_be_made_again(
    layout: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = data.draw(files(layout))
    columns, _ = LAYOUTS[layout]
    path = tmp_path_factory.mktemp("acled") / "rows.csv"
    path.write_text(text(rows, columns), encoding="utf-8", newline="")
    conversion = ce.convert(path, "acled")
    assert conversion.loss.adds_up
    assert (conversion.loss.converted, conversion.loss.set_aside) == (len(rows), ())
    [made] = rebuild(conversion.tables["events"], conversion.loss).values()
    assert made.column_names == columns
    for again, given_row in zip(made.to_pylist(), rows, strict=True):
        days = {name: again.pop(name) for name in columns if name.lower() == "event_date"}
        assert {n: told(n, c) for n, c in again.items()} == {
            n: told(n, c) for n, c in given_row.items() if n not in days
        }
        same_day = {"05 August 2024": "2024-08-05", "05-August-2016": "2016-08-05"}
        for name, cell in days.items():
            assert same_day.get(cell, cell) == same_day.get(given_row[name], given_row[name])
