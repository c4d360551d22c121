"""Every rule means the same in every engine: the same rows fail, with the same messages, on any data.

The matrix is made from the declaration and from the list of engines. There is no list of exceptions.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

import conflict_events as ce
from conflict_events import schema
from conflict_events.quality import ENGINES, Result
from conflict_events.targets.arrow import to_table
from tests.broken_rows import GOOD, write_parquet
from tests.conformance.conftest import OTHERS, Check, same, skip_without
from tests.conformance.worlds import cases, has_cases

RULES = [rule.id for rule in schema.RULES if has_cases(rule)]


def _failures(result: Result, rule_id: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = result.failures.filter(pc.equal(result.failures["rule_id"], rule_id)).to_pylist()
    return rows


@pytest.mark.parametrize("rule_id", RULES)
def test_the_cases_break_every_rule(rule_id: str, check: Check) -> None:
    assert check("cases", cases(), "duckdb").counts[rule_id] > 0


@pytest.mark.parametrize("engine", OTHERS)
@pytest.mark.parametrize("rule_id", RULES)
def test_an_engine_finds_the_failures_of_the_reference(rule_id: str, engine: str, check: Check) -> None:
    found = check("cases", cases(), engine)
    assert _failures(found, rule_id) == _failures(check("cases", cases(), "duckdb"), rule_id)
    assert found.counts[rule_id] == check("cases", cases(), "duckdb").counts[rule_id]


@pytest.mark.parametrize("engine", OTHERS)
def test_an_engine_agrees_with_the_reference_in_everything_else(engine: str, check: Check) -> None:
    assert same(check("cases", cases(), engine), check("cases", cases(), "duckdb"))


def test_files_give_the_failures_of_frames(check: Check, tmp_path: Path) -> None:
    """A file has statistics, from which a reader may draw conclusions: NaN is not in them."""
    for name, table in cases().items():
        write_parquet(table, tmp_path / f"{name}.parquet")
    found, expected = ce.validate(tmp_path, suite="release"), check("cases", cases(), "duckdb")
    assert found.counts == expected.counts
    columns = ["rule_id", "row", "key", "message"]
    order = [("rule_id", "ascending"), ("row", "ascending"), ("message", "ascending")]
    assert found.failures.select(columns).sort_by(order).equals(expected.failures.select(columns).sort_by(order))


def test_the_release_breaks_nothing(release: Path, check: Check) -> None:
    """By the reference; of the other engines, the corrupted release below shows that they find no more than it."""
    result = check("release", release, "duckdb")
    assert result.ok
    assert not result.not_run


@pytest.fixture(scope="session")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Files of events: one lacks columns, one has a foreign and a mistyped one, one is text that does not read."""
    folder = tmp_path_factory.mktemp("awkward")
    table = cases()["events"].slice(0, 60)
    write_parquet(table.drop_columns(["event_id", "deaths_best"]), folder / "lacks.parquet")
    i = table.schema.get_field_index("deaths_low")
    mistyped = table.set_column(i, "deaths_low", pa.array(["two"] * table.num_rows)).append_column(
        "mine", table["notes"]
    )
    write_parquet(mistyped, folder / "odd.parquet")
    write_parquet(table.slice(0, 0), folder / "none.parquet")
    good = {k: v for k, v in GOOD["events"].items() if not isinstance(v, (list, dict))}
    lines = [",".join(good), ",".join(map(str, good.values())).replace("2017-05-15", "2017-5-15")]
    (folder / "text.csv").write_text("\n".join([*lines, lines[1].replace("IRQ", "IRK")]) + "\n", encoding="utf-8")
    return sorted(folder.iterdir())


@pytest.mark.parametrize("engine", OTHERS)
def test_columns_that_are_missing_or_wrong_are_the_same_failures(
    engine: str, awkward: list[Path], check: Check
) -> None:
    reference = check("awkward", awkward, "duckdb", suite="core", table="events")
    assert {"CE001", "CE002", "CE003", "CE004"} <= {rule for rule, n in reference.counts.items() if n}
    assert same(check("awkward", awkward, engine, suite="core", table="events"), reference)


@pytest.mark.parametrize("engine", OTHERS)
def test_a_comparison_with_the_release_before_is_the_same(engine: str, check: Check) -> None:
    new = {"events": to_table("events", [GOOD["events"]])}
    day = {"date_start": date(2016, 1, 1), "date_end": date(2016, 1, 1), "country": "SYR", "side_a": "A"}
    old = {"events": to_table("events", [GOOD["events"] | day | {"event_id": f"o{n}"} for n in range(9)])}
    reference = check("against", new, "duckdb", against=old)
    assert {"CE011", "CE012", "CE013", "CE014"} <= {rule for rule, n in reference.counts.items() if n}
    assert same(check("against", new, engine, against=old), reference)


@pytest.fixture(scope="session")
def corrupted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped release with broken values in three of its tables, and one table gone."""
    folder = tmp_path_factory.mktemp("corrupted")
    for path in ce.path("events").parent.glob("*.parquet"):
        table = pq.read_table(path)
        if path.stem == "events":
            table = _with(table, "country", 3, "IRK")
            table = _with(_with(table, "deaths_low", 4, 900), "deaths_best", 4, 9)
            table = pa.concat_tables([table, table.slice(0, 1)])
        if path.stem == "reports":
            table = _with(table, "source_id", 0, "nowhere")
        if path.stem == "sources":
            table = _with(table, "url", 0, "ftp://example.org")
        if path.stem != "publishers":
            pq.write_table(table, folder / path.name)
    return folder


def _with(table: pa.Table, column: str, row: int, value: Any) -> pa.Table:
    values = table[column].to_pylist()
    values[row] = value
    i = table.schema.get_field_index(column)
    return table.set_column(i, table.schema.field(i), pa.array(values, table.schema.field(i).type))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_corrupted_release_gives_on_the_command_line_what_the_reference_gives_in_python(
    engine: str, corrupted: Path, check: Check
) -> None:
    expected = check("corrupted", corrupted, "duckdb")
    assert {"CE119", "CE210", "CE251", "CE333", "CE382"} <= set(expected.blocking)
    skip_without(engine)
    call = "from conflict_events.cli import main; main()"
    asked = ["validate", str(corrupted), "--suite", "release", "--engine", engine, "--format", "json"]
    ran = subprocess.run(
        [sys.executable, "-c", call, *asked],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stderr == ""
    said = json.loads(ran.stdout)
    assert said["engine"] == engine
    assert {rule["id"]: rule["failures"] for rule in said["rules"]} == expected.counts
    columns = expected.failures.column_names
    assert [{c: f[c] for c in columns} for f in said["failures"]] == expected.failures.to_pylist()


def test_a_spark_frame_gives_the_same_failures_without_positions() -> None:
    """A frame has no order: failures are the same as a multiset of rule, key and message."""
    skip_without("spark")
    from conflict_events.quality.engines.spark_session import session

    spark = session()
    columns = [f.name for f in cases()["events"].schema if not pa.types.is_struct(f.type)]
    rows = cases()["events"].select(columns)
    # in one chunk: of a table in several, createDataFrame itself loses rows (pyspark 4.3)
    rows = rows.cast(pa.schema([field.with_nullable(True) for field in rows.schema])).combine_chunks()
    found = ce.validate(spark.createDataFrame(rows), table="events")
    expected = ce.validate(rows, table="events")
    assert _without_place(found) == _without_place(expected)
    assert set(found.failures["row"].to_pylist()) == {None}
    assert found.counts == expected.counts


def _without_place(result: Result) -> Counter[tuple[Any, ...]]:
    return Counter((f["rule_id"], f["key"], f["message"]) for f in result.failures.to_pylist())
