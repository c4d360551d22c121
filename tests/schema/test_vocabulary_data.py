"""The vocabulary and crosswalk files: codes unique, parents and targets real, GDELT's sample covered."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "conflict_events" / "schema"
CROSSWALKS = SCHEMA / "crosswalks"
GDELT_SAMPLE = ROOT.parent / "shared" / "data" / "gdelt" / "gdelt_20191024143000.export.CSV"

MATCHES = {"exact", "broad", "narrow", "none"}
TO_EVENTS = ("acled", "cameo", "plover")
KEYS = {
    "acled": ("acled_event_type", "acled_sub_event_type", "layout"),
    "acled_actor": ("inter",),
    "ucdp": ("ucdp_column", "ucdp_code"),
    "cameo": ("cameo_code",),
    "plover": ("plover_type", "plover_mode"),
    "country": ("scheme", "code", "valid_from"),
    "cameo_actor": ("cameo_role",),
}
SIZES = {
    "violence_type": 3,
    "date_precision": 5,
    "where_precision": 7,
    "event_clarity": 2,
    "event_type": 6,
    "event_subtype": 27,
    "actor_type": 9,
    "country": 250,
    "country_scheme": 5,
}
# fmt: off
PLOVER_TYPES = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}
# fmt: on


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


VOCABULARY = read(SCHEMA / "vocabulary.csv")
CODES = {(row["vocabulary"], row["code"]) for row in VOCABULARY}
TYPE_OF_SUBTYPE = {row["code"]: row["parent"] for row in VOCABULARY if row["vocabulary"] == "event_subtype"}
COUNTRY = read(CROSSWALKS / "country.csv")
ROLES = {row["cameo_role"]: row for row in read(CROSSWALKS / "cameo_actor.csv")}
CAMEO = {row["cameo_code"]: row for row in read(CROSSWALKS / "cameo.csv")}


def repeated(keys: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [key for key, count in Counter(keys).items() if count > 1]


@pytest.mark.parametrize("path", sorted(SCHEMA.glob("**/*.csv")), ids=lambda path: path.name)
def test_file_is_clean_csv(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert text.endswith("\n")
    assert "\r" not in text
    header, *rows = csv.reader(text.splitlines())
    assert all(len(row) == len(header) for row in rows)
    assert [cell for row in rows for cell in row if cell != cell.strip()] == []


def test_codes_are_unique_in_each_vocabulary() -> None:
    assert repeated([(row["vocabulary"], row["code"]) for row in VOCABULARY]) == []


def test_labels_are_unique_in_each_vocabulary() -> None:
    assert repeated([(row["vocabulary"], row["label"]) for row in VOCABULARY]) == []


def test_vocabularies_have_the_size_of_the_design() -> None:
    sizes = Counter(row["vocabulary"] for row in VOCABULARY)
    assert {name: sizes[name] for name in SIZES} == SIZES


def test_every_subtype_has_an_event_type_as_parent_and_nothing_else_has_one() -> None:
    assert [code for code, parent in TYPE_OF_SUBTYPE.items() if ("event_type", parent) not in CODES] == []
    assert [r["code"] for r in VOCABULARY if r["parent"] and r["vocabulary"] != "event_subtype"] == []


def test_every_code_has_label_and_source_and_all_but_countries_a_definition() -> None:
    bare = [r for r in VOCABULARY if not r["label"] or not r["source"]]
    undefined = [r for r in VOCABULARY if not r["definition"] and r["vocabulary"] != "country"]
    assert bare == []
    assert undefined == []


def test_definitions_differ_within_a_vocabulary() -> None:
    assert repeated([(r["vocabulary"], r["definition"]) for r in VOCABULARY if r["definition"]]) == []


def test_country_codes_are_three_capitals() -> None:
    codes = [code for vocabulary, code in CODES if vocabulary == "country"]
    assert [code for code in codes if not (len(code) == 3 and code.isascii() and code.isupper())] == []


@pytest.mark.parametrize("name", KEYS)
def test_crosswalk_keys_are_unique(name: str) -> None:
    rows = read(CROSSWALKS / f"{name}.csv")
    assert repeated([tuple(row[column] for column in KEYS[name]) for row in rows]) == []


@pytest.mark.parametrize("name", TO_EVENTS)
def test_crosswalk_targets_are_codes_of_ours(name: str) -> None:
    rows = read(CROSSWALKS / f"{name}.csv")
    unknown_type = [r for r in rows if r["event_type"] and ("event_type", r["event_type"]) not in CODES]
    wrong_parent = [
        r for r in rows if r["event_subtype"] and TYPE_OF_SUBTYPE.get(r["event_subtype"]) != r["event_type"]
    ]
    assert unknown_type == []
    assert wrong_parent == []


@pytest.mark.parametrize("name", TO_EVENTS)
def test_match_is_none_exactly_where_there_is_no_target(name: str) -> None:
    rows = read(CROSSWALKS / f"{name}.csv")
    assert {row["match"] for row in rows} <= MATCHES
    assert [r for r in rows if (r["match"] == "none") != (r["event_type"] == "")] == []


def test_every_subtype_that_acled_has_is_reached_from_acled() -> None:
    reached = {r["event_subtype"] for r in read(CROSSWALKS / "acled.csv") if r["layout"] == "current"}
    assert set(TYPE_OF_SUBTYPE) - reached == {"troop_movement", "statement"}


def test_acled_types_that_say_too_little_stay_null() -> None:
    old = {r["acled_event_type"]: r for r in read(CROSSWALKS / "acled.csv") if r["layout"] == "2017"}
    remote, riots = old["Remote violence"], old["Riots/Protests"]
    assert (remote["event_type"], remote["event_subtype"]) == ("explosions_remote_violence", "")
    assert (riots["event_type"], riots["event_subtype"]) == ("", "")


def test_acled_actor_codes_run_from_0_to_8_and_lead_to_actor_types() -> None:
    rows = read(CROSSWALKS / "acled_actor.csv")
    assert [row["inter"] for row in rows] == [str(code) for code in range(9)]
    assert rows[0]["actor_type"] == ""
    assert [r for r in rows[1:] if ("actor_type", r["actor_type"]) not in CODES or not r["label"]] == []


def test_ucdp_targets_are_codes_of_ours_and_cover_each_vocabulary() -> None:
    targets = {(row["column"], row["code"]) for row in read(CROSSWALKS / "ucdp.csv")}
    assert targets <= CODES
    whole = {"violence_type", "where_precision", "date_precision", "event_clarity"}
    assert {key for key in CODES if key[0] in whole} <= targets


def test_cameo_codes_keep_their_leading_zeros() -> None:
    assert [code for code in CAMEO if not (code.isdigit() and 2 <= len(code) <= 4)] == []
    assert {code for code in CAMEO if len(code) == 2} == {f"{root:02}" for root in range(1, 21)}
    assert {"010", "0211", "1823"} <= CAMEO.keys()


def test_cameo_parents_exist_and_are_the_code_cut_short() -> None:
    for code, row in CAMEO.items():
        parent = row["parent_code"]
        assert parent == ("" if len(code) == 2 else code[:-1]), code
        assert parent == "" or parent in CAMEO, code


def test_cameo_quad_classes_and_plover_types_are_known() -> None:
    assert {row["quad_class"] for row in CAMEO.values()} == {"1", "2", "3", "4"}
    assert {row["plover"] for row in CAMEO.values()} <= PLOVER_TYPES | {""}


def test_plover_has_its_sixteen_types_each_with_a_row_of_its_own() -> None:
    rows = read(CROSSWALKS / "plover.csv")
    assert {row["plover_type"] for row in rows} == PLOVER_TYPES
    assert {row["plover_type"] for row in rows if row["plover_mode"] == ""} == PLOVER_TYPES


def country_codes(scheme: str) -> set[str]:
    return {row["code"] for row in COUNTRY if row["scheme"] == scheme}


def test_country_schemes_and_targets_are_codes_of_ours() -> None:
    assert {("country_scheme", row["scheme"]) for row in COUNTRY} == {c for c in CODES if c[0] == "country_scheme"}
    assert [row for row in COUNTRY if row["country"] and ("country", row["country"]) not in CODES] == []


@pytest.mark.parametrize(
    ("scheme", "form"),
    [
        ("gw", r"[1-9][0-9]{0,2}"),
        ("fips", "[A-Z]{2}"),
        ("cameo", "[A-Z]{3}"),
        ("iso_numeric", "[0-9]{3}"),
        ("iso_alpha2", "[A-Z]{2}"),
    ],
)
def test_country_codes_of_a_scheme_have_its_form(scheme: str, form: str) -> None:
    assert [code for code in country_codes(scheme) if not re.fullmatch(form, code)] == []


def test_spans_of_a_country_code_are_days_in_order_and_do_not_overlap() -> None:
    spans: dict[tuple[str, str], list[tuple[date, date]]] = {}
    for row in COUNTRY:
        first = date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min
        last = date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max
        spans.setdefault((row["scheme"], row["code"]), []).append((first, last))
    for code, found in spans.items():
        assert all(first <= last for first, last in found), code
        assert all(before[1] < after[0] for before, after in pairwise(sorted(found))), code


def test_every_country_of_the_vocabulary_has_a_number_and_two_letters() -> None:
    ours = {code for vocabulary, code in CODES if vocabulary == "country"}
    for scheme in ("iso_numeric", "iso_alpha2"):
        assert {row["country"] for row in COUNTRY if row["scheme"] == scheme} - {""} == ours, scheme


def test_every_country_of_the_vocabulary_is_its_own_cameo_code() -> None:
    cameo = {row["code"]: row["country"] for row in COUNTRY if row["scheme"] == "cameo"}
    assert [code for vocabulary, code in CODES if vocabulary == "country" and cameo.get(code) != code] == []


def test_every_member_of_the_gleditsch_ward_list_but_four_has_a_country() -> None:
    gw = [row for row in COUNTRY if row["scheme"] == "gw"]
    assert {row["code"] for row in gw if not row["country"]} == {"315", "345", "396", "397"}
    assert len({row["code"] for row in gw}) >= 200


def test_cameo_roles_lead_to_actor_types_and_none_means_none() -> None:
    assert {row["match"] for row in ROLES.values()} <= MATCHES
    assert [r for r in ROLES.values() if (r["match"] == "none") != (r["actor_type"] == "")] == []
    assert [r for r in ROLES.values() if r["actor_type"] and ("actor_type", r["actor_type"]) not in CODES] == []
    assert [code for code in ROLES if not re.fullmatch("[A-Z]{3}", code)] == []


@pytest.mark.skipif(not GDELT_SAMPLE.is_file(), reason="the shared GDELT sample is not beside this checkout")
def test_gdelt_sample_has_only_known_countries_and_roles() -> None:
    with GDELT_SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert rows
    assert {row[at] for row in rows for at in (37, 45, 53)} - country_codes("fips") - {""} == set()
    assert {row[at] for row in rows for at in (7, 17)} - country_codes("cameo") - {""} == set()
    assert {row[at] for row in rows for at in (12, 13, 14, 22, 23, 24)} - ROLES.keys() - {""} == set()


@pytest.mark.skipif(not GDELT_SAMPLE.is_file(), reason="the shared GDELT sample is not beside this checkout")
def test_gdelt_sample_has_only_known_codes_with_their_quad_class() -> None:
    with GDELT_SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert rows
    coded = {(row[26], row[29]) for row in rows}
    hierarchy = {code for row in rows for code in row[26:29]}
    assert hierarchy - CAMEO.keys() == set()
    assert {(code, quad) for code, quad in coded if CAMEO[code]["quad_class"] != quad} == set()
