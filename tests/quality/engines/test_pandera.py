"""pandera finds what DuckDB finds, on pandas and on polars."""

from __future__ import annotations

import subprocess
import sys

import pyarrow as pa
import pytest

import conflict_events as ce
from conflict_events import schema
from conflict_events.quality.engines.frame import EngineError
from conflict_events.targets.arrow import to_table
from conflict_events.targets.pandera import Frames, dataframe_schema, say
from tests.broken_rows import GOOD, ONE_ROW, broken_row
from tests.quality.engines import hard_rows

pytest.importorskip("pandera")
ENGINES = ("pandera", "pandera-polars")


def broken() -> dict[str, pa.Table]:
    """Every table with a row for each rule that breaks it, and a good one twice."""
    return {
        name: to_table(name, [*(broken_row(rule) for rule in ONE_ROW if rule.table == name), row, row])
        for name, row in GOOD.items()
    }


DATA = [broken(), hard_rows.tables(80), hard_rows.tables(1), hard_rows.tables(0), hard_rows.nulls()]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("data", DATA)
def test_pandera_finds_what_duckdb_finds(engine: str, data: dict[str, pa.Table]) -> None:
    found, wanted = ce.validate(data, suite="release", engine=engine), ce.validate(data, suite="release")
    assert found.counts == wanted.counts
    assert found.failures.equals(wanted.failures)
    assert found.not_run == wanted.not_run


@pytest.mark.parametrize("engine", ENGINES)
def test_a_user_who_turned_pandera_off_is_checked_all_the_same(engine: str) -> None:
    from pandera.config import config_context

    data = to_table("links", [GOOD["links"] | {"score": 2.0}])
    with config_context(validation_enabled=False):
        assert ce.validate(data, engine=engine).counts["CE464"] == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_a_check_that_raises_is_an_error_and_no_clean_bill(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from conflict_events.targets import pandera as words

    monkeypatch.setattr(words, "_whole", lambda *_: ("(?!x)",))
    with pytest.raises(EngineError, match="could not run a check"):
        ce.validate(to_table("sources", [GOOD["sources"] | {"url": "x"}]), engine=engine)


@pytest.mark.parametrize("frames", ["arrow", "polars", "yaml"])
def test_pandera_says_most_rules_of_one_column_itself(frames: Frames) -> None:
    rules = [rule for table in schema.TABLES for rule in table.rules]
    own = [rule for rule in rules if say(rule, frames)]
    assert len(own) >= 125
    _, said = dataframe_schema(frames, schema.table("events").rules, ())
    assert said == {rule.id for rule in own if rule.table == "events"}


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_is_said_on_stderr(engine: str) -> None:
    code = (
        "import conflict_events as ce; from tests.quality.engines.test_pandera import broken; "
        f"ce.validate(broken(), suite='release', engine='{engine}')"
    )
    # what another library that pandera finds installed has to say at import is none of ours
    done = subprocess.run(
        [sys.executable, "-W", "ignore::FutureWarning", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
