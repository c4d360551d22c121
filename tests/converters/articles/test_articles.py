"""What a user sees of the extractor, on texts written for the tests."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date

import pytest

from conflict_events.converters.articles import Extraction, extract

Run = Callable[[str], Extraction]
Row = dict[str, object]


def one(extraction: Extraction, **wanted: object) -> Row:
    (row,) = [e for e in extraction.tables["events"] if all(e.get(k) == v for k, v in wanted.items())]
    return row


def told(text: str, published: str | None = "2016-11-09") -> Extraction:
    return extract(text, article="told", published=date.fromisoformat(published) if published else None)


def test_the_example_gives_its_places_in_order(extracted: Run) -> None:
    names = [e.get("place_name") for e in extracted("example").tables["events"]]
    assert names == ["Hammam al-Alil", "Arij", "Tel Nasir", "Mosul", "Tal Afar", "Baghdad", "Raqqa"]


def test_a_toll_over_several_villages_stands_on_the_aggregate_alone(extracted: Run) -> None:
    example = extracted("example")
    toll = one(example, event_level="aggregate")
    assert (toll["deaths_low"], toll["deaths_best"], toll.get("deaths_high")) == (32, 32, None)
    children = [e for e in example.tables["events"] if e.get("parent_event_id") == toll["event_id"]]
    assert len(children) == 3
    assert not any(name.startswith("deaths") for child in children for name in child)


def test_destroyed_vehicles_are_no_casualties(extracted: Run) -> None:
    assert {c["count_text"] for c in extracted("example").tables["casualties"]} >= {"At least 32", "11", "Two"}
    assert not any("three" in str(c["count_text"]).lower() for c in extracted("example").tables["casualties"])


def test_a_claim_names_its_claimant(extracted: Run) -> None:
    strike = one(extracted("example"), event_subtype="air_drone_strike", place_name="Tal Afar")
    (report,) = [r for r in extracted("example").tables["reports"] if r.get("event_id") == strike["event_id"]]
    assert (report["claimed_by"], report["assertion"]) == ("Iraqi military", "claimed")


def test_civilians_are_counted_as_civilians(extracted: Run) -> None:
    bomb = one(extracted("example"), place_name="Baghdad")
    assert (bomb["event_subtype"], bomb["deaths_civilians"], bomb["date_start"]) == (
        "remote_explosive_landmine_ied",
        2,
        date(2016, 11, 8),
    )


def test_forces_of_another_country_are_external(extracted: Run) -> None:
    strike = one(extracted("example"), side_a_id="turkish-armed-forces")
    assert (strike["country"], strike["side_a_type"]) == ("SYR", "external_forces")


def test_a_share_of_control_is_a_report_without_event(extracted: Run) -> None:
    reports = [r for r in extracted("example").tables["reports"] if r["claim_kind"] == "control_status"]
    assert [("event_id" in r, r["claimant_type"]) for r in reports] == [(False, "witness")]


def test_an_article_without_conflict_says_so(extracted: Run) -> None:
    extraction = extracted("no_event")
    assert extraction.tables["events"] == []
    assert [f.code for f in extraction.findings] == ["no_event"]


def test_without_a_date_of_publication_a_weekday_has_no_date(extracted: Run) -> None:
    extraction = extracted("no_date")
    event = one(extraction, event_subtype="shelling_artillery_missile")
    assert "date_start" not in event
    assert event["deaths_best"] == 3
    assert "no_date" in [f.code for f in extraction.findings]


def test_an_argument_overrides_what_the_text_says() -> None:
    text = "Published: 2016-01-01\n\nIraqi forces recaptured the town of Baiji in Iraq on Monday from ISIS."
    extraction = told(text)
    assert extraction.tables["sources"][0]["published"] == date(2016, 11, 9)
    assert one(extraction)["date_start"] == date(2016, 11, 7)


def test_rival_tolls_give_bounds_and_a_report_each(extracted: Run) -> None:
    extraction = extracted("rival_tolls")
    event = one(extraction, event_subtype="suicide_bomb")
    assert (event["deaths_low"], event["deaths_best"], event["deaths_high"]) == (15, 15, 21)
    assert event["n_reports"] == 2


def test_the_first_publication_counts_and_not_the_copy(extracted: Run) -> None:
    extraction = extracted("republished")
    (source,) = extraction.tables["sources"]
    assert (source["published"], source["republished"], source["republished_by"]) == (
        date(2018, 6, 2),
        date(2018, 6, 4),
        "sahel-digest",
    )
    event = one(extraction, place_name="Gao")
    assert (event["date_start"], event["deaths_best"], event["country"]) == (date(2018, 6, 1), 4, "MLI")


@pytest.mark.parametrize(
    "sentence",
    [
        "Iraqi forces may recapture Mosul.",
        "Iraqi forces will attack ISIS in Mosul on Monday.",
        "ISIS denied that its fighters attacked Kirkuk.",
        "Iraqi forces plan to storm Tal Afar.",
        "Iraqi forces did not enter Tal Afar on Monday.",
        "Analysts say the army attacked Tal Afar to open a road.",
        "Mosul was recaptured by Iraqi forces in 2003.",
        "If the talks fail, Iraqi forces attack Tal Afar.",
    ],
)
def test_what_did_not_happen_now_is_no_event(sentence: str) -> None:
    assert told(f"The war in Iraq goes on. {sentence}").tables["events"] == []


@pytest.mark.parametrize(
    ("words", "first", "last", "precision"),
    [
        ("On Monday", "2016-11-07", "2016-11-07", 1),
        ("On Wednesday", "2016-11-09", "2016-11-09", 1),
        ("Yesterday", "2016-11-08", "2016-11-08", 1),
        ("Last week", "2016-10-31", "2016-11-06", 3),
        ("Earlier this month", "2016-11-01", "2016-11-09", 4),
        ("On November 3", "2016-11-03", "2016-11-03", 1),
        ("On 3 November 2016", "2016-11-03", "2016-11-03", 1),
        ("Recently", "2016-11-03", "2016-11-09", 3),
        ("Between November 4 and 6", "2016-11-04", "2016-11-06", 2),
    ],
)
def test_words_of_time_become_days_with_their_precision(words: str, first: str, last: str, precision: int) -> None:
    event = one(told(f"{words}, Iraqi forces recaptured Tal Afar from ISIS in Iraq."))
    assert (str(event["date_start"]), str(event["date_end"]), event["date_precision"]) == (first, last, precision)


def test_vague_numbers_give_no_figure() -> None:
    event = one(told("On Monday, Iraqi forces killed dozens of ISIS fighters in Tal Afar, Iraq."))
    assert "deaths_best" not in event


def test_no_casualties_is_zero() -> None:
    event = one(told("On Monday, ISIS fired rockets at Tal Afar, Iraq; no casualties were reported."))
    assert event["deaths_best"] == 0


def test_a_town_that_falls_passes_to_the_one_it_falls_to() -> None:
    event = one(
        told("On Monday, Tal Afar fell to ISIS after heavy fighting in Iraq.", "2014-06-20"), place_name="Tal Afar"
    )
    assert (event["territory_to"], event["event_subtype"]) == (
        "ISIS",
        "non_state_actor_overtakes_territory",
    )


def test_a_militia_is_a_state_force_only_from_the_day_it_joined() -> None:
    text = "On Monday, PMU fighters captured Baiji from ISIS in Iraq."
    assert one(told(text, "2015-10-21"))["side_a_type"] == "political_militia"
    assert one(told(text, "2017-05-16"))["side_a_type"] == "state_forces"


def test_a_place_lies_only_in_a_country_that_the_article_speaks_of() -> None:
    known = one(told("On Monday, Libyan National Army troops attacked militants in Tripoli, Libya."))
    other = one(told("On Monday, Lebanese army troops attacked militants in Tripoli, Lebanon."))
    assert (known["country"], other["country"]) == ("LBY", "LBN")
    assert known["latitude"] != other["latitude"]


def test_importing_the_extractor_stays_light() -> None:
    code = (
        "import sys, conflict_events.converters.articles; "
        "print([m for m in ('trafilatura', 'pandas', 'duckdb', 'pyarrow') if m in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
