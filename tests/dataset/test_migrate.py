"""Files brought up and down between made versions, and between the real ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflict_events.cli.migrate import command
from conflict_events.dataset.migrate import Migrated, migrate
from conflict_events.dataset.schema_documents import document
from conflict_events.errors import BadDataError, UsageError
from conflict_events.schema.migrations import Migration, Recode, RenameColumn, RenameTable
from conflict_events.targets.arrow import to_table
from conflict_events.testing import tables


def column(name: str, type: str = "string", nullable: bool = True, vocabulary: str | None = None) -> dict[str, Any]:
    return {
        "name": name,
        "type": type,
        "nullable": nullable,
        "description": f"The {name}.",
        "unit": None,
        "source": "made",
        "vocabulary": vocabulary,
    }


def made(version: str, table: str, columns: list[dict[str, Any]], codes: list[str]) -> dict[str, Any]:
    """A schema document with one table and one vocabulary."""
    return {
        "version": version,
        "tables": [{"name": table, "description": "Made.", "key": ["id"], "sort": ["id"], "columns": columns}],
        "rules": [],
        "suites": [],
        "vocabularies": {"kind": [{"code": c, "parent": None} for c in codes]},
    }


ID = column("id", nullable=False)
ONE = made("1.0.0", "things", [ID, column("kind", vocabulary="kind"), column("n", "int32")], ["a", "b"])
TWO = made(
    "1.1.0",
    "things",
    [ID, column("kind", vocabulary="kind"), column("n", "int32"), column("extra", "list<string>")],
    ["a", "b", "c"],
)
THREE = made(
    "2.0.0",
    "goods",
    [ID, column("sort", vocabulary="kind"), column("n", "double"), column("extra", "list<string>")],
    ["alpha", "b", "c"],
)
DOCUMENTS = (ONE, TWO, THREE)
STEPS = (
    Migration(
        "1.1.0",
        "2.0.0",
        (
            RenameTable("things", "goods"),
            RenameColumn("goods", "kind", "sort"),
            Recode("goods", "sort", (("a", "alpha"),)),
        ),
    ),
)


def write(path: Path, rows: list[dict[str, Any]], version: str = "1.0.0", table: str = "things") -> Path:
    types = {"id": pa.string(), "kind": pa.string(), "n": pa.int32(), "extra": pa.list_(pa.string())}
    names = ["id", "kind", "n"] + (["extra"] if version != "1.0.0" else [])
    metadata = {
        "conflict_events.schema_version": version,
        "conflict_events.table": table,
        "conflict_events.release": "r",
    }
    schema = pa.schema([(n, types[n]) for n in names], metadata=metadata)
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    return path


def go(path: Path, out: Path, to: str, **options: Any) -> Migrated:
    return migrate(path, out, to, DOCUMENTS, migrations=STEPS, **options)


def test_up_renames_and_recodes_and_down_undoes_it(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"id": "1", "kind": "a", "n": 3},
        {"id": "2", "kind": "b", "n": None},
        {"id": "3", "kind": None, "n": -1},
    ]
    old = write(tmp_path / "old.parquet", rows)
    up = go(old, tmp_path / "up.parquet", "2.0.0")
    assert (up.losses, up.table, up.new_table, up.rows) == ((), "things", "goods", 3)
    table = pq.read_table(tmp_path / "up.parquet")
    assert table.column_names == ["id", "sort", "n", "extra"]
    assert table.column("sort").to_pylist() == ["alpha", "b", None]
    metadata = table.schema.metadata
    assert metadata[b"conflict_events.schema_version"] == b"2.0.0"
    assert metadata[b"conflict_events.table"] == b"goods"
    assert metadata[b"conflict_events.release"] == b"r"
    down = go(tmp_path / "up.parquet", tmp_path / "down.parquet", "1.0.0")
    assert down.losses == ()
    assert pq.read_table(tmp_path / "down.parquet").to_pylist() == rows
    assert pq.read_schema(tmp_path / "down.parquet").names == ["id", "kind", "n"]


def test_what_the_older_version_cannot_hold_is_counted(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"id": "1", "kind": "c", "n": 1, "extra": ["x"]},
        {"id": "2", "kind": "a", "n": 1, "extra": None},
        {"id": "3", "kind": "c", "n": 1, "extra": []},
    ]
    new = write(tmp_path / "new.parquet", rows, "1.1.0")
    done = go(new, tmp_path / "out.parquet", "1.0.0")
    lost = {(one.column, one.rows) for one in done.losses}
    assert lost == {("kind", 2), ("extra", 2)}
    assert pq.read_table(tmp_path / "out.parquet").column("kind").to_pylist() == ["c", "a", "c"]
    assert "kept: c" in done.to_text()
    assert json.loads(done.to_json())["losses"][0]["rows"] == 2


def test_a_number_that_does_not_fit_is_lost_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "goods.parquet"
    schema = pa.schema(
        [("id", pa.string()), ("sort", pa.string()), ("n", pa.float64()), ("extra", pa.list_(pa.string()))],
        metadata={"conflict_events.schema_version": "2.0.0", "conflict_events.table": "goods"},
    )
    rows = [{"id": "1", "sort": "alpha", "n": 1.5}, {"id": "2", "sort": "b", "n": 2.0}, {"id": "3", "n": 1e12}]
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    done = go(path, tmp_path / "out.parquet", "1.1.0")
    assert [(one.column, one.rows, one.reason) for one in done.losses] == [("n", 2, "the value does not fit the type")]


ROW = st.fixed_dictionaries(
    {"kind": st.sampled_from(["a", "b", None]), "n": st.none() | st.integers(-(2**31), 2**31 - 1)}
)


@given(st.lists(ROW, max_size=6))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_up_then_down_is_identity_and_so_is_down_then_up(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    rows = [{"id": str(i), **row} for i, row in enumerate(rows)]
    old = write(tmp_path / "old.parquet", rows)
    assert go(old, tmp_path / "up.parquet", "2.0.0").losses == ()
    assert go(tmp_path / "up.parquet", tmp_path / "down.parquet", "1.0.0").losses == ()
    assert pq.read_table(tmp_path / "down.parquet").to_pylist() == rows
    assert go(tmp_path / "down.parquet", tmp_path / "again.parquet", "2.0.0").losses == ()
    assert pq.read_table(tmp_path / "again.parquet").equals(pq.read_table(tmp_path / "up.parquet"))


def test_a_table_that_the_other_version_lacks_is_not_written(tmp_path: Path) -> None:
    no_goods = {**ONE, "version": "0.9.0", "tables": [{**ONE["tables"][0], "name": "others"}]}
    path = write(tmp_path / "things.parquet", [{"id": "1"}])
    done = migrate(path, tmp_path / "out.parquet", "0.9.0", [no_goods, ONE])
    assert (done.output, [(one.column, one.rows) for one in done.losses]) == (None, [(None, 1)])
    assert not (tmp_path / "out.parquet").exists()


def test_mistakes_are_named(tmp_path: Path) -> None:
    path = write(tmp_path / "things.parquet", [{"id": "1"}])
    with pytest.raises(UsageError, match=r"no schema version 9.0.0: there are 1.0.0, 1.1.0, 2.0.0"):
        go(path, tmp_path / "out.parquet", "9.0.0")
    stricter = made("1.1.0", "things", [ID, column("must", nullable=False)], [])
    with pytest.raises(BadDataError, match=r"things\.must may not be null"):
        migrate(path, tmp_path / "out.parquet", "1.1.0", [ONE, stricter])
    bare = tmp_path / "bare.parquet"
    pq.write_table(pa.table({"id": ["1"]}), bare)
    with pytest.raises(UsageError, match="say it with --from"):
        go(bare, tmp_path / "out.parquet", "1.1.0")
    (tmp_path / "no.parquet").write_bytes(b"no")
    with pytest.raises(BadDataError, match="not a readable Parquet file"):
        go(tmp_path / "no.parquet", tmp_path / "out.parquet", "1.1.0")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A file of reports of schema 1.1.0 with a native, which 1.0.0 does not have."""
    row = {"report_id": "r1", "source_id": "s1", "claim_kind": "total", "assertion": "stated"}
    data = to_table("reports", [row, {**row, "report_id": "r2", "native": "{}"}])
    path = tmp_path / "reports.parquet"
    pq.write_table(
        data.replace_schema_metadata({**data.schema.metadata, b"conflict_events.schema_version": b"1.1.0"}), path
    )
    return path


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(command, arguments)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def test_the_command_states_the_loss_and_exits_1_unless_it_is_accepted(reports: Path) -> None:
    code, out, err = run(str(reports), "--to", "1.0.0")
    older = reports.with_name("reports.1.0.0.parquet")
    assert (code, out.strip()) == (1, str(older))
    assert "lost: reports.native in 1 rows" in err
    assert json.loads(older.with_name("reports.1.0.0.parquet.loss.json").read_text(encoding="utf-8"))["rows"] == 2
    assert "native" not in pq.read_schema(older).names
    assert run(str(reports), "--to", "1.0.0", "--accept-loss")[0] == 0
    assert run(str(older), "--to", "1.1.0")[0] == 0
    assert pq.read_table(older.with_name("reports.1.0.0.1.1.0.parquet")).column("native").null_count == 2


def test_an_input_is_replaced_only_where_named_and_never_with_a_loss_that_is_not_accepted(reports: Path) -> None:
    before = reports.read_bytes()
    assert run(str(reports), "--to", "1.0.0", "-o", str(reports))[0] == 1
    assert reports.read_bytes() == before
    assert run(str(reports), "--to", "1.0.0", "-o", str(reports), "--accept-loss")[0] == 0
    assert "native" not in pq.read_schema(reports).names


def test_a_result_never_takes_the_place_of_another_input(reports: Path) -> None:
    older = reports.with_name("reports.1.0.0.parquet")
    run(str(reports), "--to", "1.0.0", "--accept-loss")
    before = older.read_bytes()
    with pytest.raises(UsageError, match="would take its place"):
        run(str(older.parent / "reports*.parquet"), "--to", "1.0.0")
    assert older.read_bytes() == before


def test_real_events_go_down_and_up_unchanged(tmp_path: Path) -> None:
    documents = [document("1.0.0"), document("1.1.0")]

    @given(tables("events", max_rows=5))
    @settings(max_examples=8)
    def law(events: pa.Table) -> None:
        metadata = {**events.schema.metadata, b"conflict_events.schema_version": b"1.1.0"}
        pq.write_table(events.replace_schema_metadata(metadata), tmp_path / "events.parquet")
        assert migrate(tmp_path / "events.parquet", tmp_path / "down.parquet", "1.0.0", documents).losses == ()
        assert migrate(tmp_path / "down.parquet", tmp_path / "up.parquet", "1.1.0", documents).losses == ()
        assert pq.read_table(tmp_path / "up.parquet").equals(events)

    law()
