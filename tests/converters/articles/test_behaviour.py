"""What the rules promise, each on a short text written for it."""

from __future__ import annotations

from datetime import date

import pytest

from conflict_events.converters.articles import Extraction, extract, gazetteer

Row = dict[str, object]


def told(text: str, published: str | None = "2016-11-09") -> Extraction:
    return extract(text, article="told", published=date.fromisoformat(published) if published else None)


def only(text: str, published: str | None = "2016-11-09") -> Row:
    (event,) = told(text, published).tables["events"]
    return event


def sides(event: Row) -> tuple[object, object]:
    return event.get("side_a"), event.get("side_b")


@pytest.mark.parametrize(
    ("sentence", "side_a", "side_b", "claimant"),
    [
        ("Militants attacked a post in Kirkuk, Iraq, on Monday, the army said.", "Militants", None, "government"),
        ("According to the army, militants attacked Kirkuk in Iraq on Monday.", "Militants", None, "government"),
        (
            "The Iraqi army said it had killed 12 ISIS fighters near Kirkuk.",
            "Iraqi Security Forces",
            "ISIS",
            "own_side",
        ),
        (
            "Boko Haram said its fighters killed 12 soldiers in Bama, Nigeria.",
            "Boko Haram",
            "Nigerian Armed Forces",
            "own_side",
        ),
        (
            "The Nigerian army said Boko Haram killed 12 soldiers in Bama.",
            "Boko Haram",
            "Nigerian Armed Forces",
            "opponent",
        ),
        ("The Nigerian army said 12 soldiers were killed in Bama.", None, "Nigerian Armed Forces", "own_side"),
        ("Residents said Boko Haram attacked Bama, Nigeria.", "Boko Haram", None, "witness"),
        ("A security source said Boko Haram attacked Bama, Nigeria.", "Boko Haram", None, "anonymous"),
        ("The governor said Boko Haram attacked Bama, Nigeria.", "Boko Haram", None, "government"),
    ],
)
def test_who_only_speaks_is_no_side_and_is_known_by_what_it_speaks_of(
    sentence: str, side_a: str | None, side_b: str | None, claimant: str
) -> None:
    extraction = told(sentence)
    (event,) = extraction.tables["events"]
    assert sides(event) == (side_a, side_b)
    assert [r["claimant_type"] for r in extraction.tables["reports"]] == [claimant]


@pytest.mark.parametrize(
    "sentence",
    ["ISIS fighters attacked ISIS positions near Raqqa, Syria.", "Rebels attacked rebels in Idlib, Syria."],
)
def test_nobody_fights_itself(sentence: str) -> None:
    event = only(sentence)
    assert event["side_a"] != event.get("side_b")


@pytest.mark.parametrize(
    ("sentence", "side_a", "side_b"),
    [
        ("Five soldiers were killed in Kirkuk, Iraq.", None, "Iraqi Security Forces"),
        ("Five soldiers were killed by ISIS in Kirkuk, Iraq.", "ISIS", "Iraqi Security Forces"),
        ("Hawija in Iraq was attacked by ISIS militants.", "ISIS", None),
        ("A car bomb in Kirkuk, Iraq, killed 7 people.", None, "Civilians"),
    ],
)
def test_a_passive_and_a_place_name_are_no_agents(sentence: str, side_a: str | None, side_b: str | None) -> None:
    event = only(sentence)
    assert sides(event) == (side_a, side_b)
    assert event["place_name"] != "Iraq"


@pytest.mark.parametrize(
    ("sentence", "side_a", "side_b"),
    [
        ("A girl was wounded when a Saudi cluster bomb hit Mocha in Yemen.", "Government of Saudi Arabia", "Civilians"),
        ("Seven people were killed in an Israeli air strike on Tyre, Lebanon.", "Government of Israel", "Civilians"),
        ("The US military carried out an air strike on Mocha in Yemen.", "US armed forces", None),
        ("An Antonov of the Sudanese Air Force bombed Kutum in Sudan.", "Sudanese Armed Forces (SAF)", None),
        ("Shells of the Saudi military hit Mocha, Yemen.", "Saudi Arabian Armed Forces", None),
        ("Peacekeepers in Gao, Mali, came under attack at dawn from gunmen.", "Gunmen", "Peacekeepers"),
        ("The Iraqi army provoked a battle in Kirkuk, Iraq.", "Iraqi Security Forces", None),
        ("A gang seized five missionaries in Jacmel, Haiti.", "Gang", "Civilians"),
        ("The Iraqi army carried out strikes on areas held by ISIS in Kirkuk.", "Iraqi Security Forces", "ISIS"),
        ("The Iraqi army bombarded the positions and dens of ISIS in Kirkuk.", "Iraqi Security Forces", "ISIS"),
        ("A police station in Kirkuk, Iraq, was attacked by ISIS.", "ISIS", "Iraqi police"),
        ("ISIS attacked a police vehicle in Kirkuk, Iraq.", "ISIS", "Iraqi police"),
        ("Gunmen and police fought in Kirkuk, Iraq.", "Gunmen", "Iraqi police"),
        ("Two soldiers triggered a landmine in Kirkuk, Iraq.", None, "Iraqi Security Forces"),
        ("Maoists triggered a landmine near Bijapur, India.", "CPI-Maoist (Maoists)", None),
        ("Two civilians were killed by ISIS strikes in Kirkuk, Iraq, after soldiers fled.", "ISIS", "Civilians"),
    ],
)
def test_who_acts_on_whom_however_the_words_stand(sentence: str, side_a: str | None, side_b: str | None) -> None:
    assert sides(only(sentence)) == (side_a, side_b)


def test_a_name_cut_short_is_the_party_that_the_text_has_named() -> None:
    text = "The Liberation Tigers of Tamil Eelam hit Jaffna in Sri Lanka. The Tigers also shelled Mannar in Sri Lanka."
    found = told(text).tables["events"]
    assert [event["side_a"] for event in found] == ["Liberation Tigers of Tamil Eelam (LTTE)"] * 2


def test_one_adjective_describes_both_of_two_joined_nouns() -> None:
    found = told("The agency told of Israeli airstrikes and artillery shelling on Tyre in Lebanon.").tables["events"]
    assert {event["side_a"] for event in found} == {"Government of Israel"}


@pytest.mark.parametrize(
    "sentence",
    [
        "ISIS threatened to attack Kirkuk.",
        "The army vowed to recapture Hawija.",
        "The army plans an assault on Hawija.",
        "An attack on Kirkuk was averted on Monday.",
        "The army ruled out an assault on Hawija.",
        "Had the army attacked Hawija, thousands would have fled.",
        "Reports that ISIS captured Hawija on Monday are false.",
        "No attack took place in Kirkuk on Monday.",
        "A year after rebels captured Hawija, shops are open.",
        "By backing an all-out offensive on Hawija, the government would put both at risk.",
        "The battle of Hawija was a turning point in the war.",
        "In AD 9, tribesmen ambushed three legions near Hawija.",
        "We condole with the people of Iraq after the terrorist attack in Hawija.",
        "More than 4,000 people have been killed in Iraq since 2014.",
        "In January, ISIS attacked Kirkuk.",
    ],
)
def test_what_did_not_happen_or_is_old_is_no_event(sentence: str) -> None:
    assert told(f"The war in Iraq goes on. {sentence}").tables["events"] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The champion won a fierce battle for the title in Nairobi, Kenya, on Monday.",
        "The striker hit a late shot on goal in Baghdad, Iraq, on Monday, killing off the match.",
        "A bomb cyclone struck Odesa in Ukraine on Monday, killing four people.",
        "The opposition launched an attack on the proposal in Beirut, Lebanon, on Monday.",
        "Four people were killed in a road accident near Kirkuk, Iraq, on Monday.",
        "In the film, shown in Cairo, Egypt, on Monday, rebels storm the palace and soldiers kill the king.",
        "The actor, who died in Cairo, Egypt, on Monday, fought a long battle with cancer.",
        "The minister came under fire from lawmakers in Kyiv, Ukraine, on Monday over a tax plan.",
        "Lightning struck a farm near Gulu in Uganda on Monday, killing three children.",
        "Flash floods hit Sanaa, Yemen, on Monday, killing six people and injuring nine.",
        "A heart attack killed the singer in Beirut, Lebanon, on Monday.",
        "A bus plunged into a ravine near Jos, Nigeria, on Monday, killing 11 passengers.",
        "Teachers in Abuja, Nigeria, began a strike on Monday over pay.",
        "Doctors in Goma are fighting an outbreak that killed 20 people on Monday.",
        "A locust invasion hit farms near Garissa, Kenya, on Monday.",
        "A lion killed a herder near Marsabit in Kenya on Monday.",
        "A cyber attack hit banks in Kyiv, Ukraine, on Monday.",
        "The army marched in a parade in Baghdad, Iraq, on Monday.",
        "The painter shot to fame in Kabul, Afghanistan, on Monday.",
        "A general who led the battle for Basra died of cancer in Baghdad, Iraq, on Monday.",
    ],
)
def test_war_words_of_peace_are_no_event(sentence: str) -> None:
    assert told(sentence).tables["events"] == []


@pytest.mark.parametrize(
    ("words", "low", "best", "high"),
    [
        ("killing at least 12 people", 12, 12, None),
        ("killing up to 12 people", None, None, 12),
        ("killing fewer than 10 people", None, None, 10),
        ("killing between 10 and 15 people", 10, None, 15),
        ("killing 10 to 15 people", 10, None, 15),
        ("killing dozens of people", None, None, None),
        ("killing a number of people", None, None, None),
        ("killing more than 20 people, including 5 children", 20, 20, None),
        ("killing 3 soldiers and 2 civilians", 5, 5, 5),
        ("killing 14 militants and destroying 3 tanks", 14, 14, 14),
        ("destroying 14 vehicles", None, None, None),
        ("but there were no casualties", 0, 0, 0),
        ("but no one was killed", 0, 0, 0),
        ("wounding 12 people", None, None, None),
    ],
)
def test_a_toll_has_the_bounds_of_its_words(words: str, low: int | None, best: int | None, high: int | None) -> None:
    event = only(f"On Monday, ISIS shelled Hawija, Iraq, {words}.")
    assert tuple(event.get(f"deaths_{name}") for name in ("low", "best", "high")) == (low, best, high)


def test_each_harm_is_counted_apart() -> None:
    extraction = told("ISIS shelled Hawija, Iraq; 4 people were killed, 12 wounded and 3 are missing.")
    found = [(c["harm"], c["best"]) for c in extraction.tables["casualties"]]
    assert found == [("killed", 4), ("wounded", 12), ("missing", 3)]


@pytest.mark.parametrize(
    ("words", "published", "first", "last"),
    [
        ("last night", "2016-11-09", "2016-11-08", "2016-11-08"),
        ("two days ago", "2016-11-09", "2016-11-07", "2016-11-07"),
        ("since Friday", "2016-11-09", "2016-11-04", "2016-11-09"),
        ("on Friday and Saturday", "2016-11-09", "2016-11-04", "2016-11-05"),
        ("on 8 Nov.", "2016-11-09", "2016-11-08", "2016-11-08"),
        ("on 31 November 2016", "2016-11-09", None, None),
        ("on May 3", None, None, None),
        ("on 3 May 2017", None, "2017-05-03", "2017-05-03"),
        ("yesterday", None, None, None),
        ("last week", None, None, None),
        ("earlier this month", None, None, None),
        ("", None, None, None),
    ],
)
def test_a_date_is_never_made_up(words: str, published: str | None, first: str | None, last: str | None) -> None:
    event = only(f"ISIS shelled Hawija in Iraq {words}.", published)
    days = [event.get("date_start"), event.get("date_end")]
    assert [str(day) if day else None for day in days] == [first, last]


@pytest.mark.parametrize(
    "listed",
    [
        "the villages of Arij, Tel Nasir and Khazna",
        "Arij, Tel Nasir and Khazna",
        "Arij and Tel Nasir as well as Khazna",
    ],
)
def test_every_place_of_a_list_is_an_event(listed: str) -> None:
    events = told(f"On Monday, Iraqi forces captured {listed} from ISIS.").tables["events"]
    assert [e["place_name"] for e in events] == ["Arij", "Tel Nasir", "Khazna"]


def test_a_place_that_no_gazetteer_of_the_country_has_gets_no_point() -> None:
    for name in ("Zorgblat", "Reading", "Tripoli"):
        event = only(f"Militants attacked the town of {name} in Nigeria on Monday.")
        assert (event["place_name"], event["country"], event.get("latitude")) == (name, "NGA", None)


def test_near_is_near_and_a_distance_is_computed() -> None:
    near = only("ISIS shelled a village near Hawija in Iraq on Monday.")
    north = only("ISIS shelled a post 30 km north of Hawija in Iraq on Monday.")
    assert (near["where_precision"], north["where_precision"]) == (2, 2)
    assert isinstance(near["latitude"], float)
    assert isinstance(north["latitude"], float)
    assert north["latitude"] - near["latitude"] == pytest.approx(0.27, abs=0.01)


@pytest.mark.parametrize(
    ("sentence", "loser", "taker"),
    [
        ("ISIS seized Hawija in Iraq from the army.", "Iraqi Security Forces", "ISIS"),
        ("Hawija in Iraq fell to ISIS.", None, "ISIS"),
        ("the Iraqi army retook Hawija from ISIS.", "ISIS", "Iraqi Security Forces"),
        ("the Iraqi army lost control of Hawija to ISIS.", "Iraqi Security Forces", "ISIS"),
        ("ISIS lost control of the town of Hawija in Iraq.", "ISIS", None),
        ("the Iraqi army drove ISIS out of Hawija.", "ISIS", "Iraqi Security Forces"),
        ("ISIS was expelled from Hawija in Iraq.", "ISIS", None),
    ],
)
def test_a_place_passes_from_the_loser_to_the_taker(sentence: str, loser: str | None, taker: str | None) -> None:
    event = only(f"On Monday, {sentence}")
    assert (event["place_name"], event.get("territory_from"), event.get("territory_to")) == ("Hawija", loser, taker)


@pytest.mark.parametrize("site", ["the army base", "army positions", "the army headquarters"])
def test_a_site_that_is_taken_is_fought_for_and_no_one_is_arrested(site: str) -> None:
    event = only(f"ISIS captured {site} in Hawija, Iraq, on Monday.")
    assert (event["event_subtype"], *sides(event)) == ("armed_clash", "ISIS", "Iraqi Security Forces")


def test_a_withdrawal_is_no_gain() -> None:
    event = only("On Monday, ISIS withdrew from Hawija in Iraq.")
    assert (event["event_subtype"], event.get("territory_to")) == ("troop_movement", None)


def test_a_places_own_name_outweighs_anothers_former_name() -> None:
    (first, *_) = gazetteer.candidates("Slovyansk", "UKR")
    assert first.name == "Slovyansk"
    assert first.latitude == pytest.approx(48.85, abs=0.01)
