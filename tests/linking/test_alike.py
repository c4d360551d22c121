"""Names of sides and kinds of events: what counts as alike."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pytest

from conflict_events.linking import link, names
from conflict_events.linking.features import AGREE, ALIKE
from conflict_events.linking.kinds import Kind, level
from conflict_events.targets.arrow import to_table
from tests.linking.made import acled, ucdp


def alike(one: str, other: str) -> float:
    con = duckdb.connect()
    con.register("given", pa.table({"side_a": [one], "side_b": [other]}))
    names.make(con)
    names.compare(con, "SELECT a.name AS one, b.name AS other FROM names AS a, names AS b")
    texts = "SELECT alike FROM alike JOIN names AS a ON a.name = one JOIN names AS b ON b.name = other"
    there = con.execute(f"{texts} WHERE a.text = ? AND b.text = ?", [one, other]).fetchall()
    back = con.execute(f"{texts} WHERE a.text = ? AND b.text = ?", [other, one]).fetchall()
    assert there == back
    return float(there[0][0]) if there else 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Government of Syria", "Military Forces of Syria (2000-2024)"),
        ("IS", "Islamic State (Iraq)"),
        ("PKK", "PKK: Kurdistan Workers Party"),
        ("Front de Libération", "FRONT DE LIBERATION"),
        ("Fulani Militias", "Fulani Ethnic Militia (Nigeria)"),
        ("Civilians", "Civilians (Iraq)"),
        ("Народний фронт", "НАРОДНИЙ ФРОНТ"),
    ],
)
def test_one_side_in_two_spellings_agrees(one: str, other: str) -> None:
    assert alike(one, other) >= AGREE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Government of Syria", "Free Syria Army"),
        ("Government of Iraq", "Government of Iran"),
        ("Northern Front", "Southern League"),
        ("Military Forces of Mali", "Armed Group"),
        ("Unidentified Armed Group", "Unidentified Armed Group (Mali)"),
        ("XXX12", "XXX12 "),
    ],
)
def test_two_sides_do_not_agree(one: str, other: str) -> None:
    assert alike(one, other) < AGREE


def test_half_a_name_is_alike_and_no_agreement() -> None:
    assert ALIKE <= alike("Northern Peoples Front", "Southern Peoples Front") < AGREE


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (Kind("battles", "armed_clash", 1), Kind("battles", "armed_clash", None), "same_subtype"),
        (Kind("battles", "armed_clash", 1), Kind("battles", None, None), "same_type"),
        (Kind("battles", "armed_clash", 1), Kind(None, None, 1), "same_violence_type"),
        (Kind("violence_against_civilians", "attack", None), Kind(None, None, 3), "fits"),
        (Kind("protests", "excessive_force_against_protesters", None), Kind(None, None, 3), "fits"),
        (Kind("protests", "peaceful_protest", None), Kind(None, None, 1), "opposed"),
        (Kind("explosions_remote_violence", None, None), Kind("battles", None, None), "related"),
        (Kind("strategic_developments", "arrests", None), Kind(None, None, 1), "other"),
        (Kind(None, None, 1), Kind(None, None, 2), "other"),
        (Kind(None, None, None), Kind("battles", None, 1), None),
        (Kind("battles", None, None), Kind(None, None, None), None),
    ],
)
def test_kinds_are_judged_from_both_sides(one: Kind, other: Kind, wanted: str | None) -> None:
    assert level(one, other) == level(other, one) == wanted


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("Hammam al-Alil", "the town of Hamam Alil", "place: name alike"),
        ("Qayyarah", "Qaiyara", "place: name alike"),
        ("al-Aurabi district", "Aurabi", "place: same name"),
        ("Aba", "Abu", "place: known to the country only"),
        ("Bashiqa", None, "place: known to the country only"),
    ],
)
def test_places_without_a_point_are_compared_by_name(one: str, other: str | None, said: str) -> None:
    bare = {"latitude": None, "longitude": None, "where_precision": 6}
    found = link([to_table("events", [ucdp(1, place_name=one, **bare), acled(1, place_name=other)])], threshold=0)
    assert said in found.links["reasons"][0].as_py()


def test_a_name_of_a_place_is_enough_to_compare_events_whose_sides_differ() -> None:
    bare = {"latitude": None, "longitude": None, "where_precision": 6, "side_b": None}
    rows = [ucdp(1, place_name="Tel Nasir", side_a="X", **bare), acled(1, place_name="Tall Nassir", side_a="Y", **bare)]
    assert link([to_table("events", rows)], threshold=0).links.num_rows == 1
