"""The declaration is complete, consistent and frozen."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from conflict_events import schema
from conflict_events.schema import freeze, kinds, vocabulary

# The contract's tables, written out once here so that a column cannot leave the declaration unseen.
CONTRACT = {
    "events": """event_id origin origin_id origin_version record_status event_level parent_event_id event_type
        event_subtype violence_type civilian_targeting date_start date_end date_precision date_kind date_basis side_a
        side_a_id side_a_type side_b side_b_id side_b_type initiator attribution territory_from territory_to
        control_extent country admin1 admin2 place_name where_description place_id latitude longitude where_precision
        priogrid_gid deaths_side_a deaths_side_b deaths_civilians deaths_unknown deaths_low deaths_best deaths_high
        conflict_id dyad_id event_clarity confidence n_reports coder reviewed derived notes native event_cluster_id
        release_added release_revised geometry bbox""",
    "event_actors": "event_id actor_id name side role",
    "reports": """report_id event_id source_id claim_kind claimed_by claimant_type assertion event_subtype date_start
        date_end date_precision date_text place_id place_text side_a_text side_b_text supersedes_report_id
        evidence_start evidence_end evidence_sha256 evidence_length native""",
    "casualties": "report_id side harm low best high count_text",
    "sources": """source_id url title publisher_id author published republished_by republished
        derived_from_source_id retrieved language text_sha256""",
    "publishers": "publisher_id name country kind stance stance_source",
    "actors": "actor_id name aliases actor_type country active_from active_to affiliations",
    "places": """place_id name aliases kind country admin1 admin2 latitude longitude where_precision
        coordinate_source geonames_id""",
    "coverage": "coverage_id origin country admin1 first_month last_month scope source",
    "links": "event_id_1 event_id_2 score method reasons reviewed",
}


@pytest.mark.parametrize("name", CONTRACT)
def test_table_has_the_columns_of_the_contract(name: str) -> None:
    assert list(schema.table(name).names) == CONTRACT[name].split()


def test_every_column_is_described_and_sourced() -> None:
    for table in schema.TABLES:
        for column in table.columns:
            assert len(column.description) > 8, f"{table.name}.{column.name}"
            assert column.source, f"{table.name}.{column.name}"


def test_every_key_column_is_a_column_and_every_table_key_is_unique_by_rule() -> None:
    for table in schema.TABLES:
        assert set(table.key) <= set(table.names)
        assert set(table.sort) <= set(table.names)
        unique = [rule.kind.columns for rule in table.rules if isinstance(rule.kind, kinds.Unique)]
        nullable_key = any(table.column(c).nullable for c in table.key)
        assert table.key in unique or nullable_key, table.name


def test_rule_ids_and_names_are_stable_in_form_and_unique() -> None:
    ids = [rule.id for rule in schema.RULES]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"CE\d{3}", id) for id in ids)
    for table in schema.TABLES:
        names = [rule.name for rule in table.rules]
        assert len(set(names)) == len(names), table.name


def test_every_rule_explains_itself_and_its_message_names_real_columns() -> None:
    for rule in schema.RULES:
        assert rule.message, rule.id
        assert rule.explanation, rule.id
        assert rule.source, rule.id
        if rule.table != "*":
            assert set(re.findall(r"\{(\w+)\}", rule.message)) <= set(schema.table(rule.table).names), rule.id


def test_every_vocabulary_that_a_rule_names_exists() -> None:
    for rule in schema.RULES:
        if isinstance(rule.kind, (kinds.OneOf, kinds.Determines)):
            assert vocabulary.codes(rule.kind.vocabulary), rule.id


def test_every_rule_column_exists_in_its_table() -> None:
    from conflict_events.targets.predicates import columns_of

    for rule in schema.RULES:
        if rule.table != "*":
            assert columns_of(rule), rule.id


def test_the_declaration_is_the_frozen_one() -> None:
    assert freeze.differences() == []


def test_a_changed_declaration_without_a_new_version_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    events = schema.table("events")
    changed = replace(events, columns=(*events.columns[:-1], replace(events.columns[-1], description="something else")))
    monkeypatch.setattr(schema, "TABLES", (changed, *schema.TABLES[1:]))
    assert any("bbox" in line and "something else" in line for line in freeze.differences())


def test_a_version_without_a_frozen_file_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "VERSION", "9.9.9")
    assert "not frozen" in freeze.differences()[0]


def test_the_frozen_file_is_readable_json_of_its_version() -> None:
    frozen = json.loads(freeze.frozen_path().read_text(encoding="utf-8"))
    assert frozen["version"] == schema.VERSION
    assert {t["name"] for t in frozen["tables"]} == {t.name for t in schema.TABLES}


def test_importing_the_declaration_loads_no_heavy_library() -> None:
    import subprocess
    import sys

    heavy = ("pyarrow", "duckdb", "narwhals", "numpy")
    code = f"import sys, conflict_events.schema; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
