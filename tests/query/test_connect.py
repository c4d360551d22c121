"""connect(): every table is there, a user's files are never mixed with ours, and errors are one line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import conflict_events as ce
from conflict_events import resources, schema
from conflict_events.errors import BadDataError, ConflictEventsError, UsageError
from conflict_events.schema import structure
from conflict_events.targets.accepted import ACCEPTED

Write = Callable[..., Path]


def count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


def test_importing_loads_neither_duckdb_nor_pyarrow() -> None:
    code = (
        "import sys, conflict_events.query, conflict_events.query.render; "
        "print({'duckdb', 'pyarrow'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_every_table_of_the_schema_is_there() -> None:
    con = ce.connect()
    assert {table.name: count(con, table.name) >= 0 for table in schema.TABLES} == {t.name: True for t in schema.TABLES}
    assert count(con, "events") == 2


def test_a_missing_release_file_says_to_reinstall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "release", lambda: tmp_path)
    with pytest.raises(UsageError, match=r"events\.parquet is missing: reinstall"):
        ce.connect()


def test_tables_that_own_files_lack_are_empty_of_the_declared_types(write: Write) -> None:
    con = ce.connect(write("events", {}, {}, {}))
    assert count(con, "events") == 3
    assert count(con, "reports") == 0
    assert count(con, "sources") == 0
    for table in schema.TABLES:
        found = [row[1] for row in con.execute(f"DESCRIBE {table.name}").fetchall()]
        assert found == [ACCEPTED[column.type][0] for column in table.columns]


def test_vocabulary_and_crosswalks_are_the_shipped_ones(write: Write) -> None:
    assert count(ce.connect(write("events", {})), "vocabulary") == 1


def test_a_file_is_known_by_its_metadata_before_its_name(write: Write) -> None:
    path = write("actors", {"actor_id": "n", "name": "North", "actor_type": "rebel_group"}, name="events")
    con = ce.connect(path)
    assert (count(con, "actors"), count(con, "events")) == (1, 0)


def test_a_file_without_metadata_is_known_by_its_name(tmp_path: Path) -> None:
    pq.write_table(pa.table({"place_id": ["p"], "name": ["Ford"]}), tmp_path / "places.parquet")
    con = ce.connect(str(tmp_path / "places.parquet"))
    assert con.execute("SELECT place_id, name, country, latitude FROM places").fetchall() == [("p", "Ford", None, None)]


def test_a_file_of_an_unknown_table_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"x": [1]}), tmp_path / "mine.parquet")
    with pytest.raises(UsageError, match="cannot tell which table"):
        ce.connect(tmp_path / "mine.parquet")


def test_a_folder_a_glob_and_a_list_mean_the_same_files(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = write("events", {"event_id": "a"}, name="one")
    two = write("events", {"event_id": "b"}, name="two")
    report = {"report_id": "r", "source_id": "s", "claim_kind": "event", "assertion": "stated"}
    write("reports", report)
    monkeypatch.chdir(tmp_path)
    for given in ("own", tmp_path / "own", "own/*.parquet", str(tmp_path / "own/*.parquet"), "**/*.parquet"):
        con = ce.connect(given)
        assert (count(con, "events"), count(con, "reports")) == (2, 1)
    assert count(ce.connect([one, str(two), one]), "events") == 2


def test_names_with_brackets_and_quotes_are_taken_as_they_are(write: Write, tmp_path: Path) -> None:
    odd = tmp_path / "it's [1] *" / "events[a].parquet"
    odd.parent.mkdir()
    write("events", {}).rename(odd)
    assert count(ce.connect(odd), "events") == 1
    assert count(ce.connect(odd.parent), "events") == 1


def test_views_stand_after_the_program_changes_its_folder(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("events", {})
    monkeypatch.chdir(tmp_path)
    con = ce.connect("own/events.parquet")
    monkeypatch.chdir("/")
    assert count(con, "events") == 1


def versioned(path: Path, version: str) -> Path:
    data = pq.read_table(path)
    metadata = {**data.schema.metadata, structure.SCHEMA_VERSION_KEY.encode(): version.encode()}
    pq.write_table(data.replace_schema_metadata(metadata), path)
    return path


@pytest.mark.parametrize("version", ["2.0.0", "1.3.0"])
def test_a_file_of_a_newer_schema_is_refused(write: Write, version: str) -> None:
    path = versioned(write("events", {}), version)
    with pytest.raises(UsageError) as caught:
        ce.connect(path)
    assert str(caught.value) == (
        f"{path} is schema {version}; this package knows {schema.VERSION}: upgrade conflict-events"
    )


@pytest.mark.parametrize("version", ["1.0.9", "0.9.0"])
def test_a_patch_or_an_older_schema_is_read(write: Write, version: str) -> None:
    assert count(ce.connect(versioned(write("events", {}), version)), "events") == 1


@pytest.mark.parametrize(
    ("name", "content", "error", "message"),
    [
        ("absent.parquet", None, UsageError, "no such file"),
        ("none*.parquet", None, UsageError, "no such file"),
        ("events.csv", b"event_id\ne1\n", BadDataError, "not a readable Parquet file"),
        ("events.parquet", b"", BadDataError, "is empty: 0 bytes"),
        ("events.parquet", b"PAR1 and no footer to speak of PAR1", BadDataError, "not a readable Parquet file"),
    ],
)
def test_what_is_no_parquet_file_is_one_line(
    tmp_path: Path, name: str, content: bytes | None, error: type[ConflictEventsError], message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(error, match=message) as caught:
        ce.connect(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_an_empty_folder_and_an_empty_list_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"holds no file in \.parquet"):
        ce.connect(tmp_path)
    with pytest.raises(UsageError, match="no file given"):
        ce.connect([])


@pytest.mark.parametrize(
    ("column", "value"), [("date_start", "2016-11-01"), ("date_end", 20161101), ("latitude", "x"), ("deaths_best", "x")]
)
def test_columns_of_another_type_are_one_line(tmp_path: Path, column: str, value: object) -> None:
    pq.write_table(pa.table({"event_id": ["e"], column: [value]}), tmp_path / "events.parquet")
    with pytest.raises(UsageError, match="the columns do not fit the schema") as caught:
        ce.connect(tmp_path)
    assert "\n" not in str(caught.value)


def test_no_extension_is_fetched_by_a_query() -> None:
    with pytest.raises(duckdb.Error, match="requires the extension httpfs to be loaded"):
        ce.connect().sql("FROM read_csv('https://example.org/a.csv')")


def test_a_users_data_frame_can_be_joined() -> None:
    con = ce.connect()
    mine = pa.table({"country": ["IRQ"]})  # noqa: F841
    assert con.sql("SELECT event_id FROM events JOIN mine USING (country)").fetchall() == [("e1",)]
