from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import frictionless

from conflict_events import schema
from conflict_events.targets import datapackage

Released = tuple[Path, dict[str, Any]]


def test_frictionless_finds_the_descriptor_valid_and_its_files(released: Released) -> None:
    folder, manifest = released
    path = folder / "datapackage.json"
    path.write_text(json.dumps(datapackage.document(manifest)), encoding="utf-8")
    assert list(frictionless.Package.metadata_validate(json.loads(path.read_text(encoding="utf-8")))) == []
    package = frictionless.Package(str(path))
    assert [resource.name for resource in package.resources] == [table.name for table in schema.TABLES]
    assert package.get_resource("events").schema.field_names == list(schema.table("events").names)
    assert all((folder / (resource.path or "?")).is_file() for resource in package.resources)


def test_sizes_and_hashes_are_those_of_the_manifest(released: Released) -> None:
    _, manifest = released
    found = [(r["bytes"], r["hash"]) for r in datapackage.document(manifest)["resources"]]
    assert found == [(file["bytes"], f"sha256:{file['sha256']}") for file in manifest["files"]]


def _field(table: str, column: str) -> dict[str, Any]:
    fields = datapackage.table_schema(schema.table(table))["fields"]
    return next(field for field in fields if field["name"] == column)


def test_a_required_column_of_a_vocabulary_has_both_constraints() -> None:
    assert _field("casualties", "harm")["constraints"] == {
        "required": True,
        "enum": ["killed", "wounded", "captured", "missing"],
    }


def test_codes_of_an_integer_column_are_integers() -> None:
    assert _field("events", "violence_type")["constraints"] == {"enum": [1, 2, 3]}


def test_ranges_are_constraints_unless_they_hold_for_some_origins_only() -> None:
    assert _field("events", "latitude")["constraints"] == {"minimum": -90, "maximum": 90}
    assert _field("events", "n_reports")["constraints"] == {"minimum": 0}
    assert _field("events", "date_start")["constraints"] == {"minimum": "1900-01-01", "maximum": "2100-12-31"}


def test_keys_within_and_between_tables_are_declared() -> None:
    reports = datapackage.table_schema(schema.table("reports"))
    assert reports["primaryKey"] == ["report_id"]
    assert {"fields": ["event_id"], "reference": {"resource": "events", "fields": ["event_id"]}} in reports[
        "foreignKeys"
    ]
    assert {"fields": ["supersedes_report_id"], "reference": {"resource": "", "fields": ["report_id"]}} in reports[
        "foreignKeys"
    ]
