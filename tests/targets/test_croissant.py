from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import mlcroissant
import pytest

from conflict_events import schema
from conflict_events.targets import croissant

Released = tuple[Path, dict[str, Any]]


@pytest.fixture
def dataset(released: Released, monkeypatch: pytest.MonkeyPatch) -> mlcroissant.Dataset:
    def refuse(*_args: object, **_options: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    folder, manifest = released
    path = folder / "croissant.json"
    path.write_text(json.dumps(croissant.document(manifest, "Nobody (2026).")), encoding="utf-8")
    return mlcroissant.Dataset(str(path))


def test_mlcroissant_loads_it_without_errors_or_warnings(dataset: mlcroissant.Dataset) -> None:
    assert dataset.metadata.ctx.issues.errors == set()
    assert dataset.metadata.ctx.issues.warnings == set()


def test_mlcroissant_reads_events_from_the_file_without_network(dataset: mlcroissant.Dataset) -> None:
    first, second = dataset.records("events")
    assert first["events/event_id"] == b"e1"
    assert first["events/date_start"].isoformat() == "2016-11-01T00:00:00"
    assert (first["events/latitude"], first["events/deaths_best"]) == (36.3, 4)
    assert first["events/derived"] == [b"country"]
    assert (second["events/latitude"], second["events/deaths_best"]) == (None, None)


def test_mlcroissant_reads_a_table_that_has_a_list_of_structs(dataset: mlcroissant.Dataset) -> None:
    (actor,) = dataset.records("actors")
    assert actor["actors/actor_id"] == b"north"


def test_every_table_is_a_record_set_and_its_file_has_the_sha256(released: Released) -> None:
    _, manifest = released
    document = croissant.document(manifest, "")
    assert [one["@id"] for one in document["recordSet"]] == [table.name for table in schema.TABLES]
    assert [one["sha256"] for one in document["distribution"]] == [file["sha256"] for file in manifest["files"]]


def test_what_is_left_out_is_said(released: Released) -> None:
    _, manifest = released
    events = croissant.document(manifest, "")["recordSet"][0]
    missing = set(schema.table("events").names) - {field["name"] for field in events["field"]}
    assert missing == {"geometry", "bbox"}
    assert events["description"].endswith("The file also has geometry, bbox.")
