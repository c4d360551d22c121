"""What the first article must give: one test a claim."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from conflict_events.converters.articles import Extraction

Row = dict[str, object]


def events(seed: Extraction, **wanted: object) -> list[Row]:
    return [e for e in seed.tables["events"] if all(e.get(k) == v for k, v in wanted.items())]


def test_districts_and_villages_are_found_one_by_one(seed: Extraction) -> None:
    names = [e["place_name"] for e in events(seed, event_subtype="government_regains_territory")]
    assert names == [
        "17 Tamouz district",
        "Al-Aurabi district",
        "Khilo",
        "Tal Qassab",
        "Karkash",
        "Sultan",
        "Tal sheik",
        "Kabar",
    ]


def test_the_anchor_of_unnamed_villages_is_no_event(seed: Extraction) -> None:
    assert not any("Qayrawan" in str(e.get("place_name")) for e in seed.tables["events"])


def test_the_dead_stand_once_on_an_aggregate_over_the_clashes(seed: Extraction) -> None:
    (total,) = [e for e in seed.tables["events"] if e.get("deaths_best") is not None]
    assert (total["event_level"], total["deaths_side_b"], total["side_b_id"]) == ("aggregate", 49, "isis")
    children = events(seed, parent_event_id=total["event_id"])
    assert [c["place_name"] for c in children] == ["17 Tamouz district", "Al-Aurabi district", "Al-Rafaae", "Old Mosul"]


def test_monday_is_the_last_one_before_the_original_publication(seed: Extraction) -> None:
    (operation,) = events(seed, place_name="eastern Sweida countryside")
    assert (operation["date_start"], operation["date_precision"], operation["date_basis"]) == (
        date(2017, 5, 15),
        1,
        "relative",
    )


def test_recently_is_the_week_that_ends_at_publication(seed: Extraction) -> None:
    (district,) = events(seed, place_name="17 Tamouz district")
    assert (district["date_start"], district["date_end"]) == (date(2017, 5, 10), date(2017, 5, 16))
    assert (district["date_precision"], district["date_basis"]) == (3, "default_window")


def test_coordinates_stand_where_the_gazetteer_knows_the_place_and_nowhere_else(seed: Extraction) -> None:
    assert events(seed, place_name="Mosul")[0]["country"] == "IRQ"
    assert "latitude" in events(seed, place_name="Mosul")[0]
    assert all("latitude" not in e for e in events(seed, event_subtype="government_regains_territory"))
    assert not any(e.get("country") == "TUN" for e in seed.tables["events"])


def test_ninety_km_east_of_palmyra_is_computed_and_marked_derived(seed: Extraction) -> None:
    (position,) = events(seed, place_name="Palmyra")
    assert position["latitude"] == pytest.approx(34.56, abs=0.05)
    assert position["longitude"] == pytest.approx(39.265, abs=0.05)
    assert (position["where_precision"], position["where_description"]) == (2, "about 90 km east")
    assert {"latitude", "longitude"} <= set(position["derived"])  # type: ignore[call-overload]


def test_the_share_of_control_is_a_report_and_no_event(seed: Extraction) -> None:
    (claim,) = [r for r in seed.tables["reports"] if r["claim_kind"] == "control_status"]
    assert "event_id" not in claim
    assert (claim["claimed_by"], claim["claimant_type"]) == ("Iraqi military", "government")


def test_backers_are_no_sides(seed: Extraction) -> None:
    (position,) = events(seed, place_name="Palmyra")
    backers = [
        a for a in seed.tables["event_actors"] if a["event_id"] == position["event_id"] and a["role"] == "backer"
    ]
    assert len(backers) == 1
    assert position.get("side_b") is None


def test_conditions_analysis_and_appeals_make_no_event(seed: Extraction) -> None:
    assert len(seed.tables["events"]) == 15


def test_the_source_tells_first_publication_from_republication(seed: Extraction) -> None:
    (source,) = seed.tables["sources"]
    assert (source["publisher_id"], source["published"]) == ("south-front", date(2017, 5, 16))
    assert (source["republished_by"], source["republished"]) == ("global-research", date(2017, 5, 17))


def test_the_public_scorer_gives_full_marks(seed: Extraction, tmp_path: Path) -> None:
    shared = Path(__file__).resolve().parents[4] / "shared"
    gold = [
        line
        for line in (shared / "articles/dev/gold.jsonl").read_text().splitlines()
        if json.loads(line)["article"] == "seed"
    ]
    (tmp_path / "gold.jsonl").write_text("\n".join(gold))
    rows = [json.dumps({**event, "article": "seed"}, default=str) for event in seed.tables["events"]]
    (tmp_path / "found.jsonl").write_text("\n".join(rows))
    command = [sys.executable, str(shared / "tools/score_extraction.py"), "gold.jsonl", "found.jsonl"]
    answer = json.loads(subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, text=True).stdout)
    assert answer["strict"]["f1"] >= 0.8
    assert answer["predicted"] == answer["gold"] == 15
