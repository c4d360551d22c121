"""What the score rests on: the traps of matching by hand, and reasons that add up."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflict_events.linking import Linked
from tests.linking.made import DAY, Row, acled, article, later, ucdp

Pairs = Callable[..., set[tuple[str, str]]]
Scores = Callable[..., dict[tuple[str, str], float]]
Link = Callable[..., Linked]
BOTH = {("acled:1", "ucdp_ged:1")}
MAY = {"date_start": date(2016, 5, 1), "date_end": date(2016, 5, 31), "date_precision": 4}
PARTS = re.compile(r"\(([+-]\d+\.\d)\)(?:;|$)")
SUM = re.compile(r"sum ([+-]\d+\.\d) bits$")


def test_the_same_event_in_two_datasets_is_linked_with_readable_reasons(linked: Link) -> None:
    found = linked([ucdp(1), acled(1, side_a="Southern League (2010-)", side_b="Northern Front", deaths_best=5)])
    [row] = found.links.to_pylist()
    assert row["reasons"] == (
        "prior (-5.0); time: same day (+2.4); place: 0.0 km apart (+1.5); kind: armed_clash ~ violence type 1 (+0.7); "
        "sides: Southern League (2010-) ~ Southern League (1.00), Northern Front ~ Northern Front (1.00), order "
        "swapped (+4.0); deaths: 5 vs 4 (+0.6); sum +4.2 bits"
    )
    assert row["method"] == "link/1.1 one_to_one"
    assert row["reviewed"] is False
    assert found.events is None
    assert found.summary.to_text() == "1 links of 1 pairs at 0.5 or more: 1 acled (1 linked), 1 ucdp_ged (1 linked)"


def test_the_order_of_the_sides_is_no_evidence(scores: Scores) -> None:
    straight = scores(ucdp(1), acled(1))
    swapped = scores(ucdp(1), acled(1, side_a="Southern League", side_b="Northern Front"))
    assert straight == swapped


def test_two_clashes_of_one_day_and_town_are_told_apart_by_their_sides(pairs: Pairs) -> None:
    others = {"side_a": "Hill Guard", "side_b": "River Union"}
    assert pairs(ucdp(1), acled(1, **others)) == set()
    rows = [ucdp(1), ucdp(2, **others), acled(1, **others), acled(2)]
    assert pairs(*rows) == {("acled:1", "ucdp_ged:2"), ("acled:2", "ucdp_ged:1")}


def test_sides_that_are_not_named_are_no_evidence_either_way(scores: Scores) -> None:
    nobody = {"side_a": None, "side_b": None}
    known = scores(ucdp(1), acled(1))
    unknown = scores(ucdp(1, **nobody), acled(1, **nobody))
    half = scores(ucdp(1, **nobody), acled(1))
    differ = scores(ucdp(1), acled(1, side_a="Hill Guard", side_b="River Union"))
    assert known[("acled:1", "ucdp_ged:1")] > unknown[("acled:1", "ucdp_ged:1")] > differ[("acled:1", "ucdp_ged:1")]
    assert half == unknown
    assert scores(ucdp(1, **nobody), acled(1, side_a="Unidentified Armed Group (Arvia)", side_b=None)) == unknown


def test_one_side_that_is_named_otherwise_contradicts_only_who_names_both(scores: Scores) -> None:
    pair = ("acled:1", "ucdp_ged:1")
    open_ = scores(ucdp(1, side_b=None), acled(1, side_a="Hill Guard", side_b=None))[pair]
    against = scores(ucdp(1), acled(1, side_a="Hill Guard", side_b=None))[pair]
    nothing = scores(ucdp(1, side_a=None, side_b=None), acled(1))[pair]
    assert open_ == nothing > against


def test_the_same_actor_id_agrees_whatever_the_names(pairs: Pairs) -> None:
    ids = {"side_a_id": "actor:1", "side_b_id": "actor:2"}
    other_words = {"side_a": "Nordfront", "side_b": "Liga", **ids}
    assert pairs(article(1, **ids), article(2, origin="other", **other_words)) == {("article:1", "article:2")}


def test_a_day_in_the_month_is_weaker_than_the_day_and_no_contradiction(scores: Scores) -> None:
    pair = ("acled:1", "ucdp_ged:1")
    day, month, off = (
        scores(ucdp(1), acled(1))[pair],
        scores(ucdp(1, **MAY), acled(1))[pair],
        scores(ucdp(1), acled(1, date_start=later(2)))[pair],
    )
    assert day > month > off


def test_an_event_known_to_the_month_finds_its_day_by_the_dead(pairs: Pairs) -> None:
    month = ucdp(1, **MAY, deaths_best=23)
    assert pairs(month, acled(1, deaths_best=23), acled(2, deaths_best=1, date_start=later(3))) == BOTH
    assert pairs(month, acled(2, deaths_best=1)) == set()


def test_where_a_point_has_two_countries_the_point_counts(scores: Scores) -> None:
    # before July 2011 one dataset says Sudan, the other South Sudan, of the same place
    here = {"latitude": 9.5, "longitude": 30.0, "date_start": date(2011, 3, 1)}
    same = scores(ucdp(1, country="SDN", **here), acled(1, country="SDN", **here))
    assert scores(ucdp(1, country="SDN", **here), acled(1, country="SSD", **here)) == same


def test_a_point_within_the_precision_is_weaker_than_the_place_and_no_contradiction(scores: Scores) -> None:
    pair = ("acled:1", "ucdp_ged:1")
    place, near, district, province = (
        scores(ucdp(1, where_precision=code, latitude=lat), acled(1))[pair]
        for code, lat in ((1, 36.0), (2, 36.2), (3, 36.4), (4, 36.8))
    )
    assert place > near >= district > province
    assert scores(ucdp(1, where_precision=1, latitude=36.2), acled(1)) == {}


def test_the_name_of_the_place_makes_up_for_points_that_differ(scores: Scores) -> None:
    pair = ("acled:1", "ucdp_ged:1")
    named = {"place_name": "Qala'at Arv"}
    far = {"where_precision": 2, "latitude": 36.2}
    assert (
        scores(ucdp(1, **far, **named), acled(1, place_name="qalaat  arv"))[pair]
        == scores(ucdp(1, **far), acled(1))[pair]
    )
    assert scores(ucdp(1, **far, **named), acled(1, **named))[pair] > scores(ucdp(1, **far), acled(1))[pair]


def test_a_pile_on_a_countrys_centroid_is_not_linked(linked: Link) -> None:
    pile = {"where_precision": 6, "deaths_best": 1, "latitude": 33.0, "longitude": 44.0}
    rows = [make(i, **pile, side_b=f"Band {i} {chr(97 + i % 26)}") for i in range(100) for make in (ucdp, acled)]
    assert linked(rows).links.num_rows == 0
    assert linked(rows, method="candidates").links.num_rows == 0


def test_a_pile_without_a_precision_links_none_but_those_that_agree(pairs: Pairs) -> None:
    nobody = {"side_a": None, "side_b": None, "where_precision": None, "deaths_best": None}
    rows = [make(i, **nobody, date_start=later(i % 10)) for i in range(100) for make in (ucdp, acled)]
    assert pairs(*rows) == set()


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        ({"record_status": "claim"}, {}, {"claims": True}),
        ({"event_level": "aggregate"}, {}, {"across_levels": True}),
        ({"date_end": later(40)}, {}, {"longest": 41, "threshold": 0}),
    ],
)
def test_what_is_compared_only_when_asked(pairs: Pairs, one: Row, other: Row, asked: dict[str, Any]) -> None:
    assert pairs(ucdp(1, **one), acled(1, **other), threshold=asked.get("threshold", 0.5)) == set()
    assert pairs(ucdp(1, **one), acled(1, **other), **asked) == BOTH


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"record_status": "withdrawn"}, "withdrawn"),
        ({"record_status": "candidate", "date_start": None, "date_end": None}, "without dates"),
        ({"date_end": later(-1)}, "dates out of order"),
        ({"date_end": later(31)}, "dates too wide"),
        ({"latitude": None, "longitude": None, "side_a": None, "side_b": None}, "neither point, country nor side"),
        ({"latitude": 95.0, "side_a": None, "side_b": None}, "neither point, country nor side"),
    ],
)
def test_what_cannot_be_compared_is_counted(linked: Link, values: Row, reason: str) -> None:
    found = linked([ucdp(1, **values), acled(1)], claims=True, across_levels=True, threshold=0)
    assert found.links.num_rows == 0
    assert found.summary.left_out == {reason: 1}
    assert f"not compared: 1 {reason}" in found.summary.to_text()


def test_an_event_is_never_linked_to_the_aggregate_it_lies_in(pairs: Pairs) -> None:
    whole = article(1, event_level="aggregate", origin="other")
    assert pairs(whole, article(2), across_levels=True) == {("article:1", "article:2")}
    assert pairs(whole, article(2, parent_event_id="article:1"), across_levels=True) == set()


@pytest.mark.parametrize("figure", [{"deaths_best": None}, {"deaths_best": None, "deaths_low": 2}])
def test_a_toll_that_one_does_not_give_is_no_evidence(linked: Link, figure: Row) -> None:
    [row] = linked([ucdp(1, **figure), acled(1)]).links.to_pylist()
    assert "deaths: not known (+0.0)" in row["reasons"]


@pytest.mark.parametrize(
    ("one", "other", "bits"), [(2**31 - 1, 1, "-2.0"), (2**31 - 1, 2**31 - 1, "+2.5"), (0, 2, "-0.7")]
)
def test_tolls_are_compared_up_to_the_largest(linked: Link, one: int, other: int, bits: str) -> None:
    [row] = linked([ucdp(1, deaths_best=one), acled(1, deaths_best=other)], threshold=0).links.to_pylist()
    assert f"deaths: {other} vs {one} ({bits})" in row["reasons"]


texts = st.none() | st.sampled_from(
    ["Northern Front", "Southern League", "NF", "Front of the North", "Civilians", "%s"]
)


@st.composite
def events(draw: st.DrawFn, make: Callable[..., Row] = ucdp) -> Row:
    first = later(draw(st.integers(0, 5)))
    low = draw(st.none() | st.integers(0, 10))
    coded = draw(st.sampled_from([(None, None), ("battles", "armed_clash"), ("riots", None), ("protests", None)]))
    return make(
        draw(st.integers(0, 1)),
        date_start=first,
        date_end=first + (later(draw(st.integers(0, 35))) - DAY),
        latitude=36 + draw(st.sampled_from([0, 0.02, 0.07, 0.2, 0.5, 0.9])),
        where_precision=draw(st.none() | st.integers(1, 7)),
        side_a=draw(texts),
        side_b=draw(texts),
        violence_type=draw(st.none() | st.integers(1, 3)),
        event_type=coded[0],
        event_subtype=coded[1],
        deaths_low=low,
        deaths_best=draw(st.none() | st.integers(0, 30)),
        deaths_high=draw(st.none() | st.integers(10, 40)),
        place_name=draw(st.none() | st.sampled_from(["Arv", "ARV", "Dol"])),
    )


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events(ucdp), events(acled))
def test_the_parts_add_up_to_the_score(linked: Link, one: Row, other: Row) -> None:
    for row in linked([one, other], threshold=0, km=120, days=30).links.to_pylist():
        parts = [float(part) for part in PARTS.findall(row["reasons"])]
        said = SUM.search(row["reasons"])
        assert said is not None
        assert len(parts) == 6
        assert row["reasons"].count("not known") == row["reasons"].count("not known (+0.0)")
        assert math.fsum(parts) == pytest.approx(float(said[1]), abs=1e-9)
        assert row["score"] == pytest.approx(1 / (1 + 2 ** -float(said[1])), rel=1e-12)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events(ucdp), events(acled))
def test_the_score_does_not_depend_on_which_event_comes_first(scores: Scores, one: Row, other: Row) -> None:
    one, other = {**one, "event_id": "1"}, {**other, "event_id": "2"}
    turned = {**one, "event_id": "2"}, {**other, "event_id": "1"}
    assert scores(one, other, km=120, days=30) == scores(*turned, km=120, days=30)
