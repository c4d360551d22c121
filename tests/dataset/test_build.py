from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from conflict_events import schema, swap
from conflict_events.dataset import build as build_module
from conflict_events.dataset.build import DOCUMENTS, build, tables
from conflict_events.dataset.records import read
from conflict_events.dataset.verify import verify
from conflict_events.errors import BadDataError, UsageError
from conflict_events.targets import croissant, datapackage, dictionary, parquet
from conflict_events.targets.arrow import arrow_schema

WriteRecords = Callable[[dict[str, str]], Path]


@dataclass(frozen=True)
class Answer:
    ok: bool

    def to_text(self) -> str:
        return "CE251: 1 row"


def passes(data: dict[str, pa.Table], *, suite: str) -> Answer:
    return Answer(suite == "release" and data.keys() == {t.name for t in schema.TABLES})


def fails(data: dict[str, pa.Table], *, suite: str) -> Answer:
    return Answer(not data and suite == "")


def _content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_release_has_every_table_and_document_and_verifies(release: Path) -> None:
    names = {f"{table.name}.parquet" for table in schema.TABLES}
    assert set(_content(release)) == {"manifest.json", *DOCUMENTS, *names}
    assert verify(release) == []


def test_what_rules_compute_is_there(records: Path) -> None:
    (event,) = tables(read(records))["events"].to_pylist()
    assert event["n_reports"] == 1
    assert event["priogrid_gid"] == 252 * 720 + 446 + 1
    assert event["geometry"] is not None


def test_building_twice_gives_the_same_bytes(records: Path, release: Path, tmp_path: Path) -> None:
    build(records, tmp_path / "again", passes)
    assert _content(tmp_path / "again") == _content(release)


def test_the_manifest_counts_rows_and_names_versions(release: Path) -> None:
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["release"]["version"], manifest["schema_version"]) == ("2026.11.0", schema.VERSION)
    rows = {file["table"]: file["rows"] for file in manifest["files"]}
    assert (rows["events"], rows["actors"], rows["casualties"], rows["links"]) == (1, 2, 1, 0)


def test_release_and_licence_stand_in_every_parquet_file(release: Path) -> None:
    for path in release.glob("*.parquet"):
        metadata = pq.read_schema(path).metadata
        assert metadata[b"conflict_events.release"] == b"2026.11.0"
        assert metadata[b"conflict_events.licence"] == b"CC-BY-4.0"


def test_without_events_the_tables_are_empty_and_of_the_right_schema(
    write_records: WriteRecords, tmp_path: Path
) -> None:
    folder = write_records({})
    for path in (*folder.glob("events/*"), *folder.glob("sources/*")):
        path.unlink()
    made = build(folder, tmp_path / "out", passes)
    assert {file.table: file.rows for file in made.files}["events"] == 0
    assert pq.read_schema(tmp_path / "out" / "events.parquet").equals(arrow_schema("events"))


def test_the_release_suite_is_asked_of_all_tables(records: Path, tmp_path: Path) -> None:
    assert build(records, tmp_path / "out", passes).version == "2026.11.0"


def test_by_default_the_rules_of_the_library_decide(
    write_records: WriteRecords, files: dict[str, str], tmp_path: Path
) -> None:
    build(write_records({}), tmp_path / "out")
    bad = files["events/2016-11.toml"].replace("date_precision = 1", "date_precision = 4")
    with pytest.raises(BadDataError, match="CE203"):
        build(write_records({"events/2016-11.toml": bad}), tmp_path / "out")


def test_bad_data_is_not_released(records: Path, release: Path) -> None:
    before = _content(release)
    with pytest.raises(BadDataError, match="nothing was built: CE251: 1 row"):
        build(records, release, fails)
    assert _content(release) == before


STEPS: list[tuple[Any, str]] = [
    (build_module, "read"),
    (build_module, "tables"),
    (parquet, "write"),
    (build_module, "digest"),
    (build_module, "sha256"),
    (dictionary, "markdown"),
    (croissant, "document"),
    (datapackage, "document"),
    (build_module, "_write_text"),
]


@pytest.mark.parametrize(("module", "step"), STEPS, ids=[f"{m.__name__}.{s}" for m, s in STEPS])
@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_a_crash_at_any_step_leaves_the_old_release_whole(
    records: Path, release: Path, monkeypatch: pytest.MonkeyPatch, module: Any, step: str, error: type[BaseException]
) -> None:
    before = _content(release)

    def crash(*_args: object, **_options: object) -> None:
        raise error("crash")

    with monkeypatch.context() as patch:
        patch.setattr(module, step, crash)
        with pytest.raises(error, match="crash"):
            build(records, release, passes)
    assert _content(release) == before
    assert sorted(path.name for path in release.parent.iterdir()) == ["records", "release"]


@pytest.mark.parametrize("fatal", [1, 2])
def test_a_failure_of_either_rename_leaves_the_old_release_whole(
    records: Path, release: Path, monkeypatch: pytest.MonkeyPatch, fatal: int
) -> None:
    before, calls, rename = _content(release), [0], Path.rename

    def crash(self: Path, target: Path) -> Path:
        calls[0] += 1
        if calls[0] == fatal:
            raise OSError("crash")
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", crash)
        with pytest.raises(OSError, match="crash"):
            build(records, release, passes)
    assert _content(release) == before
    assert sorted(path.name for path in release.parent.iterdir()) == ["records", "release"]


def test_the_next_run_puts_back_what_a_kill_between_the_renames_left(release: Path) -> None:
    before = _content(release)
    release.rename(release.with_name(".release.old"))
    release.with_name(".release.new").mkdir()
    swap.recover(release)
    assert _content(release) == before
    assert not release.with_name(".release.new").exists()


def test_what_a_killed_run_left_is_cleared_away(records: Path, release: Path) -> None:
    half = release.with_name(".release.new")
    half.mkdir()
    (half / "events.parquet").write_bytes(b"half")
    old = release.with_name(".release.old")
    old.mkdir()
    build(records, release, passes)
    assert verify(release) == []
    assert sorted(path.name for path in release.parent.iterdir()) == ["records", "release"]


def test_the_current_folder_can_be_the_release(records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    build(records, Path(), passes)
    assert verify(tmp_path / "here") == []


def test_a_folder_with_other_files_is_not_replaced(records: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(UsageError, match=r"mine holds other files \(thesis.txt\)"):
        build(records, tmp_path / "mine", passes)
    with pytest.raises(UsageError, match="is a file"):
        build(records, tmp_path / "mine" / "thesis.txt", passes)
    assert (tmp_path / "mine" / "thesis.txt").read_text(encoding="utf-8") == "years of work"
