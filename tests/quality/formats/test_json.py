"""The JSON and its schema."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest
from jsonschema import Draft202012Validator

import conflict_events as ce
from conflict_events.quality.formats import json_schema
from conflict_events.quality.formats.json import to_json
from conflict_events.quality.result import Result
from tests.quality.formats.made import HOSTILE, failure, make


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    document = json.loads(json_schema.text())
    Draft202012Validator.check_schema(document)
    return Draft202012Validator(document)


@pytest.mark.parametrize("which", ["clean", "small", "hostile"])
def test_results_meet_the_schema(which: str, request: pytest.FixtureRequest, validator: Draft202012Validator) -> None:
    validator.validate(json.loads(to_json(request.getfixturevalue(which))))


def test_results_of_real_validations_meet_the_schema(validator: Draft202012Validator) -> None:
    good = ce.load("events")
    bad = good.drop_columns(["notes"]).set_column(
        good.column_names.index("country"), "country", pa.array(['I"K\\'] * good.num_rows)
    )
    for data in (good, bad):
        validator.validate(json.loads(ce.validate(data, suite="release").to_json()))


def test_the_schema_refuses_what_is_not_a_result(small: Result, validator: Draft202012Validator) -> None:
    document = json.loads(to_json(small))
    assert not validator.is_valid({k: v for k, v in document.items() if k != "excused"})
    assert not validator.is_valid(document | {"unheard": 1})
    assert not validator.is_valid(document | {"failures": [{"rule_id": "CE1"}]})


def test_excuses_allowances_and_the_severity_in_the_suite_are_told() -> None:
    found = [failure("CE210", n, "m") for n in range(3)] + [failure("CE119", n, "m") for n in range(3)]
    result = make(found, excused=[found[3] | {"reason": "why"}], allowed={"CE119": 2}, suite="upstream")
    document = json.loads(to_json(result))
    rules = {r["id"]: r for r in document["rules"]}
    assert rules["CE210"]["severity"] == "warning", "a known defect of published data"
    assert (rules["CE119"]["failures"], rules["CE119"]["excused"], rules["CE119"]["allowed"]) == (3, 1, 2)
    assert document["ok"] is True
    assert document["blocking"] == []
    assert document["excused"] == [found[3] | {"reason": "why"}]


def test_every_failure_reads_back_as_it_was() -> None:
    texts = [HOSTILE, "plain", "", '"', "\\", "\n", "é", "\x7f", None]
    found = [failure("CE119", n, text or "") | {"key": text} for n, text in enumerate(texts)]
    found.append(failure("CE001", None, "no row"))
    assert json.loads(to_json(make(found)))["failures"] == found
