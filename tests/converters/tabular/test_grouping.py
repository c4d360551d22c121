"""Where a layout gives an event in several rows, they become one event, and can be told apart again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import conflict_events as ce
from conflict_events.converters import Conversion
from conflict_events.converters.formats import dataset
from conflict_events.converters.rebuild import rebuild
from conflict_events.converters.tabular import grouping, run
from conflict_events.converters.tabular.sink import Memory
from tests.converters.acled_rows import BY_ACTOR, by_actor, text

ARMY = ("Military Forces of Testland (2020-)", "Blue Militia; Green Militia", "State forces")
REBELS = ("Red Example Front", "", "Rebel group")
CROWD = ("Protesters (Testland)", "", "Protesters")
MARCH = {
    "event_id_cnty": "SDN2",
    "event_type": "Protests",
    "sub_event_type": "Peaceful protest",
    "disorder_type": "Demonstrations",
    "interaction": "Protesters only",
    "fatalities": "0",
}


def convert(folder: Path, content: str, **options: Any) -> Conversion:
    path = folder / "actors.csv"
    path.write_text(content, encoding="utf-8", newline="")
    conversion = ce.convert(path, "acled", **options)
    assert conversion.loss.adds_up
    return conversion


def test_the_rows_of_an_event_are_one_event_wherever_they_stand(tmp_path: Path) -> None:
    first, second = by_actor(ARMY, REBELS)
    [march] = by_actor(CROWD, **MARCH)
    conversion = convert(tmp_path, text([first, march, second], BY_ACTOR))
    clash, protest = conversion.tables["events"].to_pylist()
    assert (clash["side_a"], clash["side_a_type"]) == (ARMY[0], "state_forces")
    assert (clash["side_b"], clash["side_b_type"], clash["violence_type"]) == (REBELS[0], "rebel_group", 1)
    assert (protest["side_a"], protest["side_b"], protest["side_b_type"]) == (CROWD[0], None, None)
    assert {"side_a", "side_b", "side_a_type", "side_b_type"} <= set(clash["derived"])
    assert clash["date_start"] == date(2024, 8, 5)
    assert json.loads(clash["native"])["rows"] == [
        {"actor1": ARMY[0], "assoc_actor_1": ARMY[1], "inter1": "State forces"},
        {"actor1": REBELS[0], "inter1": "Rebel group"},
    ]
    assert "interaction" not in json.loads(clash["native"])
    actors = {(a["name"], a["side"], a["role"]) for a in conversion.tables["event_actors"].to_pylist()}
    assert actors == {
        (ARMY[0], "a", "primary"),
        ("Blue Militia", "a", "ally"),
        ("Green Militia", "a", "ally"),
        (REBELS[0], "b", "primary"),
        (CROWD[0], "a", "primary"),
    }
    result = ce.validate(conversion.tables, suite="upstream")
    assert result.ok, result.to_text()


def test_the_account_names_the_further_rows_and_counts_deaths_once(tmp_path: Path) -> None:
    content = text([*by_actor(ARMY, REBELS), *by_actor(CROWD, **MARCH)], BY_ACTOR)
    loss = convert(tmp_path, content).loss
    assert (loss.units_in, loss.converted) == (3, 2)
    assert [(one.rows, one.lossless) for one in loss.merged] == [(1, True)]
    assert [(d.before, d.after) for d in loss.deaths] == [(4, 4)]
    fates = {c.column: (c.fate, c.to) for c in loss.sheets[0].columns}
    assert fates["inter1"] == ("part", "native.rows.inter1")
    assert convert(tmp_path, content, strict=True).loss.converted == 2


def test_more_rows_than_two_are_others_and_told(tmp_path: Path) -> None:
    third = ("Green Militia", "Some Ally", "Political militia")
    conversion = convert(tmp_path, text(by_actor(ARMY, REBELS, third), BY_ACTOR))
    actors = {(a["name"], a["side"], a["role"]) for a in conversion.tables["event_actors"].to_pylist()}
    assert {("Green Militia", "other", "primary"), ("Some Ally", "other", "ally")} <= actors
    assert any("1 events have more than two rows" in note.message for note in conversion.loss.notes)


def test_rows_of_an_id_that_disagree_stay_apart_and_are_named(tmp_path: Path) -> None:
    rows = [*by_actor(ARMY, REBELS), *by_actor(ARMY, fatalities="9")]
    conversion = convert(tmp_path, text(rows, BY_ACTOR))
    assert conversion.tables["events"]["deaths_best"].to_pylist() == [4, 9]
    assert conversion.tables["events"]["side_b"].to_pylist() == [REBELS[0], None]
    [note] = [one for one in conversion.loss.notes if one.code == "duplicate_ids"]
    assert "SDN900001" in note.message


def test_a_column_of_the_users_own_does_not_tear_an_event_apart(tmp_path: Path) -> None:
    rows = [one | {"": str(i), "rows": f"{i}a"} for i, one in enumerate(by_actor(ARMY, REBELS))]
    columns = ["rows", *BY_ACTOR]
    conversion = convert(tmp_path, text([{k: one[k] for k in columns} for one in rows], columns))
    assert conversion.loss.converted == 1
    [made] = rebuild(conversion.tables["events"], conversion.loss).values()
    assert made["rows"].to_pylist() == ["0a", "1a"]


def test_each_row_of_an_unsound_event_is_set_aside_by_its_line(tmp_path: Path) -> None:
    bad = by_actor(ARMY, REBELS, event_id_cnty="SDN3", fatalities="some", notes="over\ntwo lines")
    [march] = by_actor(CROWD, **MARCH)
    nameless = by_actor(ARMY, REBELS, event_id_cnty="")
    conversion = convert(tmp_path, text([bad[0], march, bad[1], *nameless], BY_ACTOR) + "SDN5,cut\n")
    loss = conversion.loss
    assert (loss.units_in, loss.converted, loss.merged) == (6, 1, ())
    assert sorted((one.line, one.reason.split(":")[0]) for one in loss.set_aside if one.line != 9) == [
        (2, "column 'fatalities'"),
        (5, "column 'fatalities'"),
        (7, "column 'event_id_cnty'"),
        (8, "column 'event_id_cnty'"),
    ]
    assert [one.line for one in loss.set_aside if one.line == 9] == [9]


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1, max_size=12)
NAMES = st.sampled_from(["A Front", "B Army", 'the "C"', "d\\e", "f,g\nh", "\x01", "é", "🕊", " x "]) | WORDS
INTERS = st.sampled_from(["State forces", "Rebel group", "rebel group", "1", "7", "9", "", "?"])


@st.composite
def files(draw: st.DrawFn) -> list[dict[str, str]]:
    """Rows of some events, in any order."""
    rows: list[dict[str, str]] = []
    for n in range(draw(st.integers(1, 5))):
        actors = draw(st.lists(st.tuples(NAMES, st.just("") | NAMES, INTERS), min_size=1, max_size=3))
        changes = {
            "notes": draw(st.just("") | WORDS),
            "interaction": draw(st.sampled_from(["", "State forces-Rebel group", "12", "Civilians only"])),
            "time_precision": draw(st.sampled_from("123")),
        }
        rows += [
            one | {"event_date": "2024-08-05", "own": draw(st.just("") | NAMES)}
            for one in by_actor(*actors, event_id_cnty=f"SDN{n}", **changes)
        ]
    return draw(st.permutations(rows))


def together(rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """The rows with those of an event side by side, at the place of its first: what rebuilding states to do."""
    order = list(dict.fromkeys(one["event_id_cnty"] for one in rows))
    return sorted(rows, key=lambda one: order.index(one["event_id_cnty"]))


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(rows=files())
def test_every_row_can_be_made_again(rows: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    conversion = convert(tmp_path_factory.mktemp("actors"), text(rows, [*BY_ACTOR, "own"]))
    assert conversion.loss.converted == len({one["event_id_cnty"] for one in rows})
    [made] = rebuild(conversion.tables["events"], conversion.loss).values()
    assert [{k: v or "" for k, v in one.items()} for one in made.to_pylist()] == together(rows)


def test_rows_that_do_not_fit_in_memory_are_grouped_from_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "MEMORY", "64MB")
    path = tmp_path / "actors.csv"
    events = 10_000
    notes = "Nothing of this has happened. " * 300
    with path.open("w", encoding="utf-8", newline="") as file:
        out = io.StringIO()
        csv.DictWriter(out, BY_ACTOR, lineterminator="\n").writerow(by_actor(ARMY)[0] | {"notes": notes})
        file.write(text([], BY_ACTOR))
        for actor in (ARMY[0], REBELS[0]):
            for n in range(events):
                file.write(out.getvalue().replace("SDN900001", f"SDN{n}").replace(ARMY[0], actor))
    assert path.stat().st_size > 160 * 10**6
    sink = Memory()
    loss = run.convert([path], run.Call(dataset("acled")), sink)
    assert loss.adds_up
    assert (loss.units_in, loss.converted, loss.merged[0].rows) == (2 * events, events, events)
    found = sink.tables()["events"]
    assert found["origin_id"].to_pylist() == [f"SDN{n}" for n in range(events)]
    assert found["side_b"].unique().to_pylist() == [REBELS[0]]
