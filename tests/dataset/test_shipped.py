"""What the shipped dataset promises in its card: who can read it, and what it rests on."""

from __future__ import annotations

import csv
import json
import re
import socket
from pathlib import Path

import frictionless
import geopandas
import mlcroissant
import pyarrow.parquet as pq
import pytest
import yaml

import conflict_events as ce
from conflict_events import resources, schema
from conflict_events.dataset.coverage import FOUNDED
from conflict_events.quality import validate


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.usefixtures("no_network")
def test_mlcroissant_loads_the_shipped_events() -> None:
    dataset = mlcroissant.Dataset(str(resources.release() / "croissant.json"))
    assert dataset.metadata.ctx.issues.errors == set()
    first = next(iter(dataset.records("events")))
    assert first["events/event_id"].startswith(b"ce-")
    assert len(list(dataset.records("publishers"))) == ce.load("publishers").num_rows


@pytest.mark.usefixtures("no_network")
def test_frictionless_validates_the_shipped_data_package() -> None:
    path = resources.release() / "datapackage.json"
    assert list(frictionless.Package.metadata_validate(json.loads(path.read_text(encoding="utf-8")))) == []
    package = frictionless.Package(str(path))
    assert {one.name for one in package.resources} == {table.name for table in schema.TABLES}
    # frictionless 5 counts no bytes of a Parquet file; `conflict-events verify` does
    report = package.get_resource("publishers").validate(
        frictionless.Checklist(skip_errors=["byte-count", "hash-count"])
    )
    assert report.valid, report.flatten(["message"])


def test_geopandas_reads_the_shipped_points() -> None:
    frame = geopandas.read_parquet(resources.release() / "events.parquet")
    assert frame.crs == "OGC:CRS84"
    points = frame[frame.geometry.notna()]
    assert len(points) == ce.sql("SELECT count(latitude) FROM events").fetchall()[0][0]
    inside = points.geometry.x.between(36, 46) & points.geometry.y.between(32, 38)
    assert inside.all()


def test_the_release_suite_passes_and_nothing_is_waived() -> None:
    assert validate(resources.release(), suite="release").ok


def test_every_event_rests_on_a_report_with_evidence() -> None:
    bare = "SELECT event_id FROM events WHERE event_id NOT IN (SELECT event_id FROM reports WHERE event_id IS NOT NULL)"
    assert ce.sql(bare).fetchall() == []
    assert ce.sql("SELECT count(*) FROM reports WHERE evidence_sha256 IS NULL").fetchall() == [(0,)]


def test_a_quarter_of_the_events_has_two_independent_publishers() -> None:
    page = (resources.release() / "COVERAGE.md").read_text(encoding="utf-8")
    counts = dict(re.findall(r"^\| ([^|]+?) \| ([\d,]+) \|$", page, re.MULTILINE))
    told, every = (int(counts[name].replace(",", "")) for name in ("told by two or more independent publishers", "all"))
    assert "told by two or more independent publishers" in FOUNDED
    assert told >= every / 4


def test_what_the_first_article_tells_is_told_by_others_too() -> None:
    """The villages of Qayrawan and the al-Aurabi district, with accounts of several publishers."""
    found = ce.sql("""
        SELECT e.place_name, count(DISTINCT s.publisher_id) AS publishers
        FROM events AS e JOIN reports AS r USING (event_id) JOIN sources AS s USING (source_id)
        WHERE e.event_id BETWEEN 'ce-000001' AND 'ce-000015' GROUP BY e.event_id, e.place_name
    """).fetchall()
    assert dict(found)["Al-Aurabi district"] >= 2
    assert sum(publishers >= 2 for _, publishers in found) >= 5


def test_the_card_is_a_valid_card_of_a_hub_and_names_files_that_are_there(root: Path) -> None:
    text = (root / "data" / "README.md").read_text(encoding="utf-8")
    _, front, body = text.split("---\n", 2)
    card = yaml.safe_load(front)
    assert card["license"] == "cc-by-4.0"
    assert {one["config_name"] for one in card["configs"]} == {table.name for table in schema.TABLES}
    for one in card["configs"]:
        assert pq.read_metadata(root / "data" / one["data_files"]).num_rows == ce.load(one["config_name"]).num_rows
    assert f"{ce.load('events').num_rows:,}" in body


def test_what_was_changed_on_a_second_look_is_told_event_by_event(root: Path) -> None:
    known = set(ce.load("sources")["source_id"].to_pylist())
    for name in ("second-coding.csv", "second-look.csv"):
        with (root / "data" / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert list(rows[0]) in (
            ["source_id", "event_id", "column", "first", "second", "resolved", "why"],
            ["source_id", "event_id", "column", "first", "resolved", "why"],
        )
        assert all(row["why"] and row["column"] for row in rows)
        assert {row["source_id"] for row in rows} <= known
