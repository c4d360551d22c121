"""ACLED becomes events: its kinds, precisions and actors as the crosswalks say, and nothing that it does not say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

import conflict_events as ce
from conflict_events.converters import Conversion
from conflict_events.converters.rebuild import rebuild
from conflict_events.schema import vocabulary
from tests.converters.acled_rows import CURRENT, FIRST, OLD, first_row, old_row, row, text
from tests.converters.reading.workbooks import workbook

KINDS = vocabulary.rows("crosswalk_acled")
ACTORS = [one for one in vocabulary.rows("crosswalk_acled_actor") if one["actor_type"]]


def convert(folder: Path, content: str | bytes, name: str = "acled.csv") -> Conversion:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    conversion = ce.convert(path)
    assert conversion.loss.source_format == "acled"
    assert conversion.loss.adds_up
    return conversion


def events(folder: Path, rows: Sequence[dict[str, str]], columns: Sequence[str] = CURRENT) -> list[dict[str, Any]]:
    conversion = convert(folder, text(rows, columns))
    assert not conversion.loss.set_aside
    found: list[dict[str, Any]] = conversion.tables["events"].to_pylist()
    return [one | {"native": json.loads(one["native"])} for one in found]


def one(folder: Path, **changes: str) -> dict[str, Any]:
    [event] = events(folder, [row(**changes)])
    return event


def notes(conversion: Conversion) -> str:
    return "\n".join(note.message for note in conversion.loss.notes)


def test_a_row_is_an_event_of_the_schema(tmp_path: Path) -> None:
    event = one(tmp_path)
    assert {name: value for name, value in event.items() if value is not None and name not in ("geometry", "bbox")} == {
        "event_id": "acled:SDN900001",
        "origin": "acled",
        "origin_id": "SDN900001",
        "record_status": "final",
        "event_level": "incident",
        "event_type": "battles",
        "event_subtype": "armed_clash",
        "violence_type": 1,
        "civilian_targeting": False,
        "date_start": date(2024, 8, 5),
        "date_end": date(2024, 8, 5),
        "date_precision": 1,
        "side_a": "Military Forces of Testland (2020-)",
        "side_a_type": "state_forces",
        "side_b": "Red Example Front",
        "side_b_type": "rebel_group",
        "initiator": "not_coded",
        "country": "SDN",
        "admin1": "Example state",
        "admin2": "Example district",
        "place_name": "Exampletown",
        "latitude": 15.5,
        "longitude": 32.25,
        "where_precision": 1,
        "priogrid_gid": 152345,
        "deaths_best": 4,
        "coder": "acled",
        "reviewed": False,
        "derived": event["derived"],
        "native": {
            "iso": "729",
            "country": "Sudan",
            "region": "Northern Africa",
            "source": "Example Wire; Example Post",
            "source_scale": "National",
            "notes": 'A clash that never was, "so to say".',
            "timestamp": "1722900000",
        },
    }
    assert set(event["derived"]) == {"where_precision", "deaths_best", "violence_type"}


@pytest.mark.parametrize(
    "kind", [k for k in KINDS if k["layout"] == "current"], ids=lambda k: str(k["acled_sub_event_type"])
)
def test_a_kind_is_the_crosswalks_and_its_words_are_not_kept_twice(kind: dict[str, Any], tmp_path: Path) -> None:
    words = {"event_type": kind["acled_event_type"], "sub_event_type": kind["acled_sub_event_type"]}
    plain, loud = events(
        tmp_path, [row(**words), row(event_id_cnty="SDN2", **{k: v.upper() for k, v in words.items()})]
    )
    for event in (plain, loud):
        assert (event["event_type"], event["event_subtype"]) == (kind["event_type"], kind["event_subtype"])
    assert not set(words) & set(plain["native"])
    assert {name: loud["native"][name] for name in words} == {k: v.upper() for k, v in words.items()}


@pytest.mark.parametrize("kind", [k for k in KINDS if k["layout"] == "2017"], ids=lambda k: str(k["acled_event_type"]))
def test_an_old_type_is_the_crosswalks_and_its_cell_is_kept(kind: dict[str, Any], tmp_path: Path) -> None:
    [event] = events(tmp_path, [first_row(EVENT_TYPE=str(kind["acled_event_type"]))], FIRST)
    assert (event["event_type"], event["event_subtype"]) == (kind["event_type"], kind["event_subtype"])
    if kind["event_subtype"] or not kind["event_type"]:
        assert event["native"]["event_type"] == kind["acled_event_type"]


def test_remote_violence_has_no_subtype_and_riots_protests_no_type(tmp_path: Path) -> None:
    rows = [first_row(EVENT_TYPE="Remote violence"), first_row(EVENT_ID_CNTY="SDN2", EVENT_TYPE="Riots/Protests")]
    conversion = convert(tmp_path, text(rows, FIRST))
    kinds = conversion.tables["events"].select(["event_type", "event_subtype", "violence_type"]).to_pylist()
    assert [tuple(kind.values()) for kind in kinds] == [("explosions_remote_violence", None, 1), (None, None, None)]
    assert "1 rows are of the old type Riots/Protests" in notes(conversion)


@pytest.mark.parametrize(
    ("changes", "kind", "said"),
    [
        ({"event_type": "Space battles"}, (None, None), "have an event type that the crosswalk does not know"),
        ({"sub_event_type": "Grenade"}, ("battles", None), "unknown or of another event type"),
        ({"sub_event_type": "Parley"}, ("battles", None), "unknown or of another event type"),
    ],
)
def test_a_kind_that_is_unknown_is_null_kept_and_told(
    changes: dict[str, str], kind: tuple[str | None, str | None], said: str, tmp_path: Path
) -> None:
    conversion = convert(tmp_path, text([row(**changes)]))
    [event] = conversion.tables["events"].to_pylist()
    assert (event["event_type"], event["event_subtype"]) == kind
    assert changes.items() <= json.loads(event["native"]).items()
    assert said in notes(conversion)


@pytest.mark.parametrize(
    ("precision", "day", "start", "end", "ours"),
    [
        ("1", "2024-02-29", date(2024, 2, 29), date(2024, 2, 29), 1),
        ("2", "2024-01-02", date(2023, 12, 30), date(2024, 1, 5), 3),
        ("3", "2024-02-14", date(2024, 2, 1), date(2024, 2, 29), 4),
        ("3", "2023-02-28", date(2023, 2, 1), date(2023, 2, 28), 4),
    ],
)
def test_a_time_precision_is_a_window_that_is_marked_derived(
    precision: str, day: str, start: date, end: date, ours: int, tmp_path: Path
) -> None:
    event = one(tmp_path, time_precision=precision, event_date=day, year=day[:4])
    assert (event["date_start"], event["date_end"], event["date_precision"]) == (start, end, ours)
    made = {"date_start", "date_end", "date_precision"} & set(event["derived"])
    assert made == (set() if precision == "1" else {"date_start", "date_end", "date_precision"})
    assert event["native"].get("event_date") == (None if precision == "1" else day)
    assert "year" not in event["native"]


@pytest.mark.parametrize(("theirs", "ours"), [("1", 1), ("2", 3), ("3", 4), ("2.0", 3)])
def test_a_geo_precision_is_ours_and_derived(theirs: str, ours: int, tmp_path: Path) -> None:
    event = one(tmp_path, geo_precision=theirs)
    assert event["where_precision"] == ours
    assert "where_precision" in event["derived"]


@pytest.mark.parametrize(
    "day", ["01-January-2015", "1 January 2015", "1-Jan-15", "01-01-15", "2015-01-01", "01/01/2015"]
)
def test_a_day_is_read_in_each_form_met(day: str, tmp_path: Path) -> None:
    assert one(tmp_path, event_date=day, year="2015")["date_start"] == date(2015, 1, 1)


def test_numeric_days_are_day_first_by_custom_and_by_the_file(tmp_path: Path) -> None:
    days = ["31-12-19", "05-08-24", "5-Aug-24"]
    found = events(tmp_path, [row(event_id_cnty=f"SDN{i}", event_date=day) for i, day in enumerate(days)])
    assert [event["date_start"] for event in found] == [date(2019, 12, 31), date(2024, 8, 5), date(2024, 8, 5)]
    assert one(tmp_path, event_date="05-08-24")["date_start"] == date(2024, 8, 5)


@pytest.mark.parametrize("actor", ACTORS, ids=lambda a: str(a["label"]))
def test_an_inter_code_is_a_type_as_label_and_as_number(actor: dict[str, str], tmp_path: Path) -> None:
    label = one(tmp_path, inter1=actor["label"])
    assert label["side_a_type"] == actor["actor_type"]
    assert "inter1" not in label["native"]
    [number] = events(tmp_path, [old_row(inter2=actor["inter"])], OLD)
    assert number["side_b_type"] == actor["actor_type"]
    assert number["native"]["inter2"] == actor["inter"]


def test_no_second_actor_is_no_side_and_an_unknown_code_is_told(tmp_path: Path) -> None:
    alone = {"actor2": "", "inter2": "0", "interaction": "10"}
    unknown = {"event_id_cnty": "SDN2", "inter1": "9", "interaction": "29"}
    conversion = convert(tmp_path, text([old_row(**alone), old_row(**unknown)], OLD))
    first, second = conversion.tables["events"].to_pylist()
    assert (first["side_b"], first["side_b_type"]) == (None, None)
    assert (second["side_a_type"], json.loads(second["native"])["inter1"]) == (None, "9")
    assert "1 rows have an inter code that is unknown" in notes(conversion)


@pytest.mark.parametrize(
    ("inters", "interaction"),
    [
        (("1", "2"), "12"),
        (("7", "3"), "37"),
        (("6", "0"), "60"),
        (("State forces", "Rebel group"), "State forces-Rebel group"),
        (("Civilians", "Political militia"), "Political militia-Civilians"),
        (("Protesters", ""), "Protesters only"),
    ],
)
def test_an_interaction_is_kept_only_where_the_inter_codes_do_not_give_it(
    inters: tuple[str, str], interaction: str, tmp_path: Path
) -> None:
    given = dict(zip(("inter1", "inter2"), inters, strict=True))
    conversion = convert(tmp_path, text([row(**given, interaction=interaction)]))
    assert "interaction" not in json.loads(conversion.tables["events"]["native"][0].as_py())
    assert "have an interaction that" not in notes(conversion)
    conversion = convert(tmp_path, text([row(**given, interaction="88")]))
    assert json.loads(conversion.tables["events"]["native"][0].as_py())["interaction"] == "88"
    assert "1 rows have an interaction that is not the one of their inter1 and inter2" in notes(conversion)


@pytest.mark.parametrize(
    ("kind", "disorder"),
    [
        (("Battles", "Armed clash"), "Political violence"),
        (("Protests", "Peaceful protest"), "Demonstrations"),
        (("Protests", "Excessive force against protesters"), "Political violence; Demonstrations"),
        (("Riots", "Violent demonstration"), "Demonstrations"),
        (("Riots", "Mob violence"), "Political violence"),
        (("Strategic developments", "Arrests"), "Strategic developments"),
    ],
)
def test_a_disorder_type_follows_from_the_kind(kind: tuple[str, str], disorder: str, tmp_path: Path) -> None:
    words = {"event_type": kind[0], "sub_event_type": kind[1]}
    assert "disorder_type" not in one(tmp_path, **words, disorder_type=disorder)["native"]
    assert one(tmp_path, **words, disorder_type="Other")["native"]["disorder_type"] == "Other"


def test_a_blank_target_means_no_only_where_the_column_stands(tmp_path: Path) -> None:
    assert one(tmp_path, civilian_targeting="Civilian targeting")["civilian_targeting"] is True
    assert one(tmp_path)["civilian_targeting"] is False
    odd = one(tmp_path, civilian_targeting="perhaps")
    assert (odd["civilian_targeting"], odd["native"]["civilian_targeting"]) == (None, "perhaps")
    [old] = events(tmp_path, [old_row()], OLD)
    assert old["civilian_targeting"] is None


REBELS = {"inter1": "Rebel group", "inter2": "Rebel group"}
REMOTE = {"event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike"}


@pytest.mark.parametrize(
    ("changes", "ours"),
    [
        ({}, 1),
        ({"inter1": "Rebel group", "inter2": "State forces"}, 1),
        (REMOTE, 1),
        ({**REMOTE, "civilian_targeting": "Civilian targeting"}, None),
        (REBELS, 2),
        ({**REBELS, "actor2": "Military Forces of Testland (2020-)"}, None),
        ({**REBELS, "assoc_actor_2": "Police Forces of Testland"}, None),
        ({"inter2": "Political militia"}, None),
        ({"inter2": "Identity militia"}, None),
        ({"inter2": "State forces"}, None),
        ({"inter2": "External/Other forces"}, None),
        ({"inter1": "External/Other forces"}, None),
        ({"inter1": "Identity militia", "inter2": "Identity militia"}, None),
        ({"event_type": "Protests", "sub_event_type": "Peaceful protest"}, None),
        ({"event_type": "Strategic developments", "sub_event_type": "Agreement"}, None),
        (
            {
                "event_type": "Violence against civilians",
                "sub_event_type": "Attack",
                "inter1": "Rebel group",
                "inter2": "Civilians",
                "civilian_targeting": "Civilian targeting",
            },
            None,
        ),
    ],
)
def test_a_violence_type_is_derived_only_where_the_row_settles_it(
    changes: dict[str, str], ours: int | None, tmp_path: Path
) -> None:
    event = one(tmp_path, **changes)
    assert event["violence_type"] == ours
    assert ("violence_type" in event["derived"]) == (ours is not None)


def test_deaths_are_one_figure_without_bounds_or_sides(tmp_path: Path) -> None:
    event = one(tmp_path, fatalities="12")
    assert event["deaths_best"] == 12
    assert "deaths_best" in event["derived"]
    others = [name for name in event if name.startswith("deaths_") and name != "deaths_best"]
    assert len(others) == 6
    assert all(event[name] is None for name in others)
    assert one(tmp_path, fatalities="")["deaths_best"] is None


@pytest.mark.parametrize(
    ("changes", "country"),
    [
        ({"iso": "729"}, "SDN"),
        ({"iso": "24.0"}, "AGO"),
        ({"iso": "0", "country": "Kosovo"}, "XKX"),
        ({"iso": "0", "country": "Elsewhere"}, None),
        ({"iso": "999"}, None),
    ],
)
def test_a_country_is_the_iso_numbers(changes: dict[str, str], country: str | None, tmp_path: Path) -> None:
    event = one(tmp_path, **changes)
    assert event["country"] == country
    assert event["native"]["iso"] == changes["iso"]


def test_older_layouts_give_the_country_in_letters_or_by_gleditsch_and_ward(tmp_path: Path) -> None:
    [letters] = events(tmp_path, [old_row(iso="", iso3="XKX")], OLD)
    assert letters["country"] == "XKX"
    south, north = events(tmp_path, [first_row(GWNO="626"), first_row(EVENT_ID_CNTY="SDN2", GWNO="625")], FIRST)
    assert (south["country"], north["country"]) == ("SSD", "SDN")
    [differs] = events(tmp_path, [old_row(iso3="TCD")], OLD)
    assert (differs["country"], differs["native"]["iso3"]) == ("SDN", "TCD")


def test_all_who_took_part_stand_in_event_actors(tmp_path: Path) -> None:
    sides = {"assoc_actor_1": "Blue Militia;  Green Militia ;", "assoc_actor_2": "Blue Militia; Blue Militia"}
    conversion = convert(tmp_path, text([row(**sides)]))
    found = {tuple(actor.values()) for actor in conversion.tables["event_actors"].to_pylist()}
    assert found == {
        ("acled:SDN900001", None, "Military Forces of Testland (2020-)", "a", "primary"),
        ("acled:SDN900001", None, "Red Example Front", "b", "primary"),
        ("acled:SDN900001", None, "Blue Militia", "a", "ally"),
        ("acled:SDN900001", None, "Green Militia", "a", "ally"),
        ("acled:SDN900001", None, "Blue Militia", "b", "ally"),
    }
    assert conversion.tables["event_actors"].num_rows == len(found)


def test_every_layout_gives_the_same_event_and_breaks_no_rule(tmp_path: Path) -> None:
    files = {"current": text([row()]), "2020-21": text([old_row()], OLD), "2017": text([first_row()], FIRST)}
    told = []
    for layout, content in files.items():
        conversion = convert(tmp_path, content)
        assert f"ACLED, layout {layout}" in notes(conversion)
        result = ce.validate(conversion.tables, suite="upstream")
        assert result.ok, result.to_text()
        [event] = conversion.tables["events"].to_pylist()
        told.append(
            [event[name] for name in ("event_id", "event_subtype", "side_a_type", "side_b", "country", "deaths_best")]
        )
    assert told[0] == told[1] == told[2]


def test_unsound_rows_are_set_aside_by_line_and_column(tmp_path: Path) -> None:
    rows = [
        row(),
        row(event_id_cnty="SDN2", fatalities="1,000"),
        row(event_id_cnty="SDN3", time_precision="4"),
        row(event_id_cnty="SDN4", event_date="30 February 2024"),
        row(event_id_cnty="SDN5", latitude="north"),
        row(event_id_cnty=""),
        row(event_id_cnty="SDN7"),
    ]
    content = text(rows).rstrip("\n")
    conversion = convert(tmp_path, content[: content.rindex(",Sudan,")])
    assert conversion.tables["events"]["origin_id"].to_pylist() == ["SDN900001"]
    reasons = [(one.line, one.reason) for one in conversion.loss.set_aside]
    assert reasons[:5] == [
        (3, "column 'fatalities': '1,000' is no whole number within 32 bits"),
        (4, "column 'time_precision': '4' is no code that the codebook has"),
        (5, "column 'event_date': '30 February 2024' is no day that can be read one way only"),
        (6, "column 'latitude': 'north' is no number"),
        (7, "column 'event_id_cnty': empty"),
    ]
    assert [line for line, _ in reasons[5:]] == [8]
    assert "cut off" in reasons[5][1]


def test_a_mark_at_the_start_and_another_encoding_do_no_harm(tmp_path: Path) -> None:
    content = text([row(location="Überdorf", admin1="Žitná")])
    [marked] = convert(tmp_path, b"\xef\xbb\xbf" + content.encode()).tables["events"].to_pylist()
    assert (marked["origin_id"], marked["place_name"]) == ("SDN900001", "Überdorf")
    western = convert(tmp_path, content.encode("cp1252"))
    assert western.tables["events"]["place_name"].to_pylist() == ["Überdorf"]
    assert "encoding" in {note.code for note in western.loss.notes}


def test_a_workbook_gives_the_same_events(tmp_path: Path) -> None:
    def cell(n: int, i: int, value: str) -> str:
        at = f"{chr(64 + i // 26) if i >= 26 else ''}{chr(65 + i % 26)}{n}"
        if value.replace(".", "").isdigit():
            return f'<c r="{at}"><v>{value}</v></c>'
        return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>' if value else ""

    records = [CURRENT, list(row().values())]
    sheet = "".join(
        f'<row r="{n}">{"".join(cell(n, i, v) for i, v in enumerate(record))}</row>'
        for n, record in enumerate(records, 1)
    )
    found = convert(tmp_path, workbook({"ACLED": sheet}), "acled.xlsx").tables["events"]
    assert found.equals(convert(tmp_path, text([row()])).tables["events"])


def answer(rows: list[dict[str, str]], **around: Any) -> str:
    typed = [
        {k: int(v) if k in ("year", "iso", "fatalities", "geo_precision", "timestamp") else v for k, v in r.items()}
        for r in rows
    ]
    return json.dumps({"status": 200, "success": True, **around, "data": typed})


def test_the_api_gives_the_same_events(tmp_path: Path) -> None:
    conversion = convert(tmp_path, answer([row()], count=1, messages=[]), "answer.json")
    assert conversion.tables["events"].equals(convert(tmp_path, text([row()])).tables["events"])
    assert [note.code for note in conversion.loss.notes] == ["layout"]


@pytest.mark.parametrize(
    ("around", "said"),
    [
        ({"success": False, "error": [{"message": "no access"}]}, "the answer says that it failed: "),
        ({"status": 403}, "the answer says that it failed"),
        ({"messages": ["rows limited"]}, "the answer says: rows limited"),
        ({"count": 3}, "the answer says that it has 3 rows and has 1"),
        ({"count": 1, "total_count": 5}, "the answer is a part: 4 of 5 rows are missing"),
    ],
)
def test_an_answer_that_is_not_whole_is_told(around: dict[str, Any], said: str, tmp_path: Path) -> None:
    conversion = convert(tmp_path, answer([row()], **around), "answer.json")
    [message] = [note.message for note in conversion.loss.notes if note.code == "answer"]
    assert message.startswith(said)


def test_a_refusal_without_rows_is_named(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"success": False, "messages": ["no such key"], "data": []}))
    loss = ce.convert(path, "acled").loss
    assert loss.adds_up
    assert [one.reason for one in loss.set_aside] == ["empty; the answer says that it failed: no such key"]


def test_the_real_answer_is_converted_whole_and_made_again(shared: Path) -> None:
    path = shared / "data" / "acled" / "acled_views_sample.json"
    conversion = ce.convert(path)
    assert (conversion.loss.units_in, conversion.loss.converted, conversion.loss.adds_up) == (10, 10, True)
    [made] = rebuild(conversion.tables["events"], conversion.loss).values()
    numbers = {"latitude", "longitude"}
    for again, given in zip(made.to_pylist(), json.loads(path.read_text(encoding="utf-8"))["data"], strict=True):
        assert {k: v for k, v in again.items() if k not in numbers} == {
            k: None if v in ("", None) else str(v) for k, v in given.items() if k not in numbers
        }
        assert all(float(again[k]) == float(given[k]) for k in numbers)
