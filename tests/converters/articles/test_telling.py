"""What several sentences say of one event, and what only looks like one; each on a short text written for it."""

from __future__ import annotations

from datetime import date

import pytest

from conflict_events.converters.articles import extract

Row = dict[str, object]


def events(text: str, published: str | None = "2016-11-09") -> list[Row]:
    day = date.fromisoformat(published) if published else None
    return extract(text, article="told", published=day).tables["events"]


def deaths(event: Row) -> tuple[object, object, object]:
    return event.get("deaths_low"), event.get("deaths_best"), event.get("deaths_high")


@pytest.mark.parametrize(
    ("sentence", "killed"),
    [
        ("A police reservist was killed in Hawija in Iraq on Monday.", 1),
        ("A strike near Hawija in Iraq on Monday killed Abu Nasser al-Douri, an ISIS leader.", 1),
        ("A man and his wife were killed by mortar shells in Hawija in Iraq on Monday.", 2),
        ("Six soldiers and 10 civilians lost their lives in a gunbattle in Hawija in Iraq on Monday.", 16),
        ("ISIS shot dead six people, two women and a child among them, in Hawija in Iraq on Monday.", 6),
        ("An ISIS attack near Hawija in Iraq killed two Peshmerga and injured two more on Monday.", 2),
        ("Militants burned a driver to death in Hawija in Iraq on Monday.", 1),
        ("A bomb in Hawija in Iraq left a guard dead and another injured on Monday.", 1),
        ("Nine people died and more than 15 sustained injuries in a blast in Hawija in Iraq on Monday.", 9),
        ("Soldiers killed 14 militants in two raids, one in Hawija and one in Kirkuk, in Iraq on Monday.", 14),
        ("An officer lost his life in an attack on Hawija in Iraq on Monday, and another was injured.", 1),
        ("A bomb in Hawija in Iraq on Monday killed seven children, six girls and a boy aged 9 to 13.", 7),
        ("A bomb hit Hawija in Iraq on Monday. Three officers died at the scene and a fourth later died.", 4),
        ("Colonel Omar Jassim, the commander of a unit, was killed by militants in Hawija in Iraq on Monday.", 1),
        ("The reporter Salma Hatem was shot dead in Hawija in Iraq on Monday.", 1),
        ("ISIS shelled Hawija in Iraq on Monday, causing material damage only.", 0),
    ],
)
def test_people_are_counted_however_the_words_count_them(sentence: str, killed: int) -> None:
    assert sum(best for event in events(sentence) if isinstance(best := event.get("deaths_best"), int)) == killed


def test_who_is_spoken_of_again_is_not_counted_again() -> None:
    (event,) = events("Gunmen killed the mayor of Hawija in Iraq on Monday. He was shot dead in front of his house.")
    assert event["deaths_best"] == 1


def test_people_of_another_party_add_to_the_dead() -> None:
    text = "ISIS killed two soldiers in an attack on Hawija in Iraq on Monday. Three militants were also killed."
    (event,) = events(text)
    assert event["deaths_best"] == 5


def test_claimants_who_differ_set_bounds_and_no_best_figure() -> None:
    text = (
        "ISIS stormed an army base in Hawija in Iraq on Monday. The raid lasted for two hours.\n\n"
        "An officer said nine soldiers had died.\n\nISIS said it had killed 34 soldiers."
    )
    (event,) = events(text)
    assert deaths(event) == (9, None, 34)


def test_a_change_of_hands_counts_nobody() -> None:
    text = "On Monday, Iraqi forces captured Hawija from ISIS. At least 25 militants were killed in the fighting."
    taken, fight = events(text)
    assert (taken["event_subtype"], taken.get("deaths_best")) == ("government_regains_territory", None)
    assert (fight["event_subtype"], fight["deaths_best"], fight["place_name"]) == ("armed_clash", 25, "Hawija")


@pytest.mark.parametrize(
    ("opening", "closer"),
    [
        (
            "At least 15 policemen were killed when the Taliban attacked a checkpoint in northern Afghanistan",
            "Chardara",
        ),
        ("At least 15 policemen were killed when the Taliban attacked a checkpoint in Helmand", "Marjah"),
        ("At least 15 policemen were killed when the Taliban attacked a checkpoint", "Marjah"),
    ],
)
def test_an_opening_without_a_place_is_placed_by_what_follows(opening: str, closer: str) -> None:
    text = f"{opening} on Monday, officials said.\n\nThe attack took place in {closer} in Afghanistan."
    (event,) = events(text)
    assert (event["place_name"], event["deaths_best"], event["side_a"]) == (closer, 15, "Taliban")


def test_an_opening_that_sums_up_several_places_is_no_event() -> None:
    text = (
        "At least nine people were killed on Monday in a series of attacks in Diyala province, Iraq.\n\n"
        "A roadside bomb killed four soldiers in Hibhib.\n\nGunmen killed five policemen in Khalis."
    )
    assert [(event["place_name"], event["deaths_best"]) for event in events(text)] == [("Hibhib", 4), ("Khalis", 5)]


def test_strikes_told_together_and_then_placed_are_one_sum_over_their_places() -> None:
    text = (
        "Fifteen PKK fighters were killed in northern Iraq in airstrikes by Turkish warplanes on Monday. "
        "The airstrikes were carried out in Gara, Zap and Qandil."
    )
    whole, *parts = sorted(events(text), key=lambda event: str(event["event_level"]))
    assert (whole["event_level"], whole["deaths_best"]) == ("aggregate", 15)
    assert [(part["place_name"], part.get("deaths_best")) for part in parts] == [
        ("Gara", None),
        ("Zap", None),
        ("Qandil", None),
    ]


def test_another_day_is_another_event() -> None:
    text = "ISIS attacked Hawija in Iraq on Monday. Two weeks earlier, 38 people were killed in a bombing."
    assert all(event.get("deaths_best") is None for event in events(text))


@pytest.mark.parametrize(
    "second",
    ["Gunmen also killed a guard in a raid on Hawija.", "Separately, gunmen killed a guard in a raid on Hawija."],
)
def test_what_is_told_as_something_else_is_another_event(second: str) -> None:
    found = events(f"Gunmen attacked Hawija in Iraq on Monday and killed two people. {second}")
    assert [event["deaths_best"] for event in found] == [2, 1]


def test_the_dead_of_a_war_are_not_those_of_its_last_attack() -> None:
    text = "ISIS attacked Hawija in Iraq on Monday and killed 47 people. At least 40,000 people have been killed."
    assert [event["deaths_best"] for event in events(text)] == [47]


def test_the_attack_is_not_the_fire_that_was_set_in_it() -> None:
    text = (
        "Militants attacked a station in Hawija in Iraq on Monday, setting fire to its store. "
        "A guard was killed in the attack."
    )
    assert {event["event_subtype"]: event.get("deaths_best") for event in events(text)} == {
        "armed_clash": 1,
        "looting_property_destruction": None,
    }


def test_weekdays_differ_even_where_no_date_is_known() -> None:
    text = "On Sunday, ISIS shelled Hawija in Iraq. On Tuesday, ISIS shelled Hawija again."
    assert len(events(text, published=None)) == 2


@pytest.mark.parametrize(
    "places",
    [
        "in the Mosul neighbourhoods of Zanjili, Shifa and Najjar",
        "in Zanjili, in the village of Shifa and in the village of Najjar",
        "on points in Nineveh, including Zanjili, the village of Shifa and the town of Najjar",
    ],
)
def test_a_list_goes_on_under_other_words(places: str) -> None:
    found = events(f"On Monday, Iraqi warplanes carried out airstrikes {places}.")
    assert [event["place_name"] for event in found] == ["Zanjili", "Shifa", "Najjar"]


@pytest.mark.parametrize(
    "sentence",
    [
        "On Monday, said Karim Haddad, the owner of a house struck by a shell, all was quiet.",
        "Residents fought over food parcels in Hawija in Iraq on Monday.",
        "The injured number at least 15 in Hawija in Iraq.",
        "The army uses the term 'neutralised' for militants who were killed in Hawija in Iraq.",
        "About 2,500 troops took part in Operation Desert Lion in Iraq on Monday.",
        "Two workers died when a boiler exploded at a factory in Hawija in Iraq on Monday.",
        "Rebels have been fighting the government of Iraq for 18 years.",
        "At least 1,062 militants have been killed in Hawija in Iraq since the start of the operation.",
        "Troops guard the copper mine of Hawija in Iraq.",
    ],
)
def test_what_is_no_event_makes_none(sentence: str) -> None:
    assert events(sentence) == []


def test_the_enemy_is_the_other_party_of_the_account() -> None:
    text = (
        "The General Staff of the Armed Forces of Ukraine said Russian forces lost ground on Monday.\n\n"
        "The enemy shelled the villages of Terny and Spirne in Ukraine."
    )
    assert {event["side_a"] for event in events(text)} == {"Armed Forces of the Russian Federation"}


def test_an_attack_that_is_beaten_off_is_its_attackers() -> None:
    (event,) = events("An ISIS attack on Hawija in Iraq was repelled by the Iraqi army on Monday.")
    assert (event["side_a"], event["side_b"]) == ("ISIS", "Iraqi Security Forces")


def test_both_parties_of_a_clash_are_named_when_only_one_lost_people() -> None:
    (event,) = events("Four policemen were killed in clashes with ISIS militants in Hawija in Iraq on Monday.")
    assert {event["side_a"], event["side_b"]} == {"ISIS", "Iraqi police"}


def test_quotation_marks_around_one_word_change_nothing() -> None:
    plain = events("An Israeli drone hit a car in the town of Tyre in Lebanon on Monday.")
    scare = events('An "Israeli" drone hit a car in the town of Tyre in Lebanon on Monday.')
    columns = ("event_subtype", "side_a", "place_name", "date_start")
    assert [[event.get(name) for name in columns] for event in plain] == [
        [event.get(name) for name in columns] for event in scare
    ]
