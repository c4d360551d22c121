"""A policy excuses failures, openly; what is wrong in it stops the run."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import conflict_events as ce
from conflict_events import schema
from conflict_events.errors import UsageError
from conflict_events.quality import policy as policies
from conflict_events.targets.arrow import to_table

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(text: str) -> Path:
        path = tmp_path / "policy.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def data(event: dict[str, Any]) -> pa.Table:
    """Four events, of which e2 and e3 have an unknown country."""
    return to_table(
        "events",
        [{**event, "event_id": f"e{n}", "country": "IRK" if n in (2, 3) else "IRQ"} for n in range(1, 5)],
    )


def test_a_waiver_excuses_and_hides_nothing(data: pa.Table, write: Write) -> None:
    waiver = '[[waive]]\nrule = "CE119"\nreason = "an old code"\nexpires = 2999-01-01\n'
    result = ce.validate(data, policy=write(waiver))
    assert result.ok
    assert result.counts["CE119"] == 2
    assert result.failures.num_rows == 2
    assert result.bad.num_rows == 2
    assert result.excused["reason"].to_pylist() == ["waived until 2999-01-01: an old code"] * 2


@pytest.mark.parametrize(
    ("scope", "excused"),
    [('key = "e2"', ["e2"]), ('file = "*.parquet"', ["e2", "e3"]), ('file = "other/*"', []), ('key = "e9"', [])],
)
def test_a_waiver_reaches_as_far_as_it_says(
    scope: str, excused: list[str], data: pa.Table, write: Write, tmp_path: Path
) -> None:
    pq.write_table(data, tmp_path / "x.parquet")
    path = write(f'[[waive]]\nrule = "CE119"\nreason = "r"\nexpires = 2999-01-01\n{scope}\n')
    result = ce.validate(tmp_path / "x.parquet", policy=path)
    assert result.excused["key"].to_pylist() == excused
    assert result.ok is (len(excused) == 2)


@pytest.mark.parametrize(("amount", "ok"), [("2", True), ("1", False), ('"50%"', True), ('"49.999%"', False)])
def test_a_threshold_allows_rows_or_a_share(amount: str, ok: bool, data: pa.Table, write: Write) -> None:
    result = ce.validate(data, policy=write(f"[allow]\nCE119 = {amount}\n"))
    assert result.ok is ok
    assert (not result.blocking) is ok
    assert result.counts["CE119"] == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[waive]]\nrule = "CE1199"\nreason = "r"\nexpires = 2999-01-01', "no rule 'CE1199'; did you mean CE119?"),
        ('[[waive]]\nrule = "CE119"\nreason = "r"\nexpires = 2020-01-01', "waiver 1 (CE119) expired on 2020-01-01"),
        ('[[waive]]\nrule = "CE119"\nexpires = 2999-01-01', "waiver 1 has no reason"),
        ('[[waive]]\nrule = "CE119"\nreason = " "\nexpires = 2999-01-01', "reason is ' '"),
        ('[[waive]]\nrule = "CE119"\nreason = "r"\nexpires = "2999-01-01"', "without quotes"),
        ('[[waive]]\nrule = "CE119"\nreason = "r"\nexpires = 2999-01-01\nrow = 3', "'row' means nothing here"),
        ("[allow]\nCE119 = -1", "allow.CE119 is -1"),
        ("[allow]\nCE119 = true", "allow.CE119 is True"),
        ('[allow]\nCE119 = "200%"', "allow.CE119 is '200%'"),
        ('[limits]\nCE119 = "5%"', "the rule compares no releases"),
        ("baseline = 3", "baseline is 3"),
        ("alow = 3", "'alow' means nothing here"),
        ("[allow", "is not readable as TOML"),
        ("waive = 3", "write each waiver as [[waive]]"),
        ("waive = [3]", "waiver 1 is no table"),
    ],
)
def test_what_is_wrong_in_a_policy_is_said_in_one_line(text: str, said: str, data: pa.Table, write: Write) -> None:
    with pytest.raises(UsageError) as caught:
        ce.validate(data, policy=write(text))
    message = str(caught.value)
    assert said in message
    assert "policy.toml" in message
    assert "\n" not in message


def test_a_waiver_holds_through_its_last_day(write: Write) -> None:
    path = write('[[waive]]\nrule = "CE119"\nreason = "r"\nexpires = 2027-03-31\n')
    assert policies.read(path, today=date(2027, 3, 31)).waivers
    with pytest.raises(UsageError, match="expired"):
        policies.read(path, today=date(2027, 4, 1))


def test_an_absent_policy_is_an_error(data: pa.Table, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        ce.validate(data, policy=tmp_path / "none.toml")


@pytest.fixture
def baseline(data: pa.Table, tmp_path: Path) -> Path:
    path = tmp_path / "baseline.json"
    path.write_text(ce.validate(data).to_baseline(), encoding="utf-8")
    return path


def test_known_failures_do_not_block_and_new_ones_do(data: pa.Table, baseline: Path, event: dict[str, Any]) -> None:
    again = ce.validate(data, baseline=baseline)
    assert again.ok
    assert again.excused_counts == {"CE119": 2}
    more = pa.concat_tables([to_table("events", [{**event, "event_id": "e0", "country": "IRK"}]), data])
    result = ce.validate(more, baseline=baseline)
    assert result.blocking == ("CE119",)
    assert sorted(result.excused["key"].to_pylist()) == ["e2", "e3"], "known by their keys, wherever they stand"


def test_a_baseline_excuses_as_many_as_it_counted(data: pa.Table, baseline: Path) -> None:
    twice = pa.concat_tables([data, data])
    assert ce.validate(twice, baseline=baseline).excused_counts == {"CE119": 2}


def test_a_policy_may_name_the_baseline_beside_it(data: pa.Table, baseline: Path, write: Write) -> None:
    assert ce.validate(data, policy=write(f'baseline = "{baseline.name}"\n')).ok


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema_version": "0.9.0"}, "is of schema_version '0.9.0', this run of '1.2.0'"),
        ({"suite": "release"}, "is of suite 'release', this run of 'core'"),
        ({"known": {"CE999": {"x": 1}}}, "names rule CE999"),
        ({"known": {"CE119": {"x": -1}}}, "is no baseline"),
        ({"known": {"CE119": {"x": True}}}, "is no baseline"),
        ({"known": {"CE119": {"x": 10**30}}}, "is no baseline"),
        ({"known": 3}, "is no baseline"),
    ],
)
def test_a_baseline_of_something_else_is_refused(
    change: dict[str, Any], said: str, data: pa.Table, baseline: Path
) -> None:
    document = json.loads(baseline.read_text(encoding="utf-8"))
    baseline.write_text(json.dumps({**document, **change}), encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        ce.validate(data, baseline=baseline)


def test_upstream_takes_known_defects_for_warnings(event: dict[str, Any]) -> None:
    odd = to_table("events", [{**event, "deaths_best": 5, "deaths_high": 3}])
    assert ce.validate(odd).blocking == ("CE211",)
    upstream = ce.validate(odd, suite="upstream")
    assert upstream.ok
    assert upstream.counts["CE211"] == 1
    assert upstream.severity("CE211") is schema.Severity.WARNING
    assert upstream.bad.num_rows == 0


def test_a_share_is_exact(event: dict[str, Any], write: Write) -> None:
    rows = [{**event, "event_id": f"e{n}", "country": "IRK" if n < 29 else "IRQ"} for n in range(100)]
    assert ce.validate(to_table("events", rows), policy=write('[allow]\nCE119 = "29%"\n')).ok
