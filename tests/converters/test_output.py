"""What `convert` leaves on disk is whole, or not there."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import geopandas
import pyarrow.parquet as pq
import pytest

import conflict_events as ce
from conflict_events.converters import Conversion, output
from conflict_events.converters.formats import dataset
from conflict_events.errors import UsageError
from tests.converters.ucdp_rows import row, text


@pytest.fixture(scope="module")
def conversion() -> Conversion:
    return ce.convert(Path(__file__).parents[1] / "articles" / "example.txt")


def test_a_parquet_name_gets_the_events_and_the_loss_report_beside_it(conversion: Conversion, tmp_path: Path) -> None:
    output.write(conversion, tmp_path / "new" / "events.parquet")
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == ["events.parquet", "events.parquet.loss.json"]
    points = geopandas.read_parquet(tmp_path / "new" / "events.parquet")
    assert (points.geometry.dropna().geom_type == "Point").all()
    assert json.loads((tmp_path / "new" / "events.parquet.loss.json").read_text(encoding="utf-8"))["adds_up"]


def test_a_folder_gets_every_table_and_can_be_written_again(conversion: Conversion, tmp_path: Path) -> None:
    for _ in range(2):
        output.write(conversion, tmp_path / "out")
    assert {p.stem for p in (tmp_path / "out").iterdir()} == set(conversion.tables)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "out.loss.json"]
    assert pq.read_table(tmp_path / "out" / "reports.parquet").num_rows == conversion.tables["reports"].num_rows


def test_a_folder_with_other_files_is_left_alone(conversion: Conversion, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.docx").write_text("mine")
    with pytest.raises(UsageError, match=r"holds other files \(thesis\.docx\)"):
        output.write(conversion, tmp_path / "out")
    assert [p.name for p in tmp_path.rglob("*")] == ["out", "thesis.docx"]


@pytest.mark.parametrize("name", ["events.csv", "events.jsonl", "events.json"])
def test_a_name_of_a_format_that_is_not_written_is_refused(conversion: Conversion, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"\.parquet"):
        output.write(conversion, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_in_the_middle_leaves_the_old_output_whole(
    conversion: Conversion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from conflict_events.targets import parquet

    output.write(conversion, tmp_path / "out")
    before = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    written: list[str] = []
    real = parquet.write

    def fail_late(name: str, *arguments: object) -> None:
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        written.append(name)
        real(name, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(parquet, "write", fail_late)
    with pytest.raises(UsageError, match="No space left on device"):
        output.write(conversion, tmp_path / "out")
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "out.loss.json"]


def test_jsonl_has_the_events_columns_and_the_article(conversion: Conversion) -> None:
    rows = [json.loads(line) for line in output.jsonl(conversion.tables["events"], conversion.articles)]
    assert len(rows) == conversion.tables["events"].num_rows
    assert set(rows[0]) == {*ce.schema.table("events").names, "article"}
    assert {row["article"] for row in rows} == {"example"}
    assert rows[0]["date_start"] == "2016-11-07"


@pytest.mark.parametrize("name", ["ged.parquet", "ged"])
def test_a_run_within_another_into_the_same_place_spoils_neither(tmp_path: Path, name: str) -> None:
    source, out, ged = tmp_path / "ged.csv", tmp_path / name, dataset("ucdp_ged")
    source.write_text(text([row(1), row(2)]))
    inner: list[int] = []

    def meanwhile(_: int) -> None:
        if not inner:
            inner.append(0)
            inner[0] = output.convert_into([source], ged, out).converted

    loss = output.convert_into([source], ged, out, on_bytes=meanwhile)
    assert (loss.converted, inner) == (2, [2])
    assert pq.read_table(out if out.suffix else out / "events.parquet").num_rows == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["ged.csv", name, f"{name}.loss.json"])


@pytest.mark.parametrize("name", ["ged.parquet", "ged"])
def test_a_run_that_fails_leaves_the_old_result_and_nothing_beside_it(tmp_path: Path, name: str) -> None:
    source, out, ged = tmp_path / "ged.csv", tmp_path / name, dataset("ucdp_ged")
    source.write_text(text([row(1), row(2)]))
    output.convert_into([source], ged, out)
    file = out if out.suffix else out / "events.parquet"
    before = file.read_bytes()
    source.write_text(text([row(3)]))

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        output.convert_into([source], ged, out, on_bytes=stop)
    assert file.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["ged.csv", name, f"{name}.loss.json"])


def test_what_a_killed_run_left_is_cleared_away_once_it_is_old(tmp_path: Path) -> None:
    source = tmp_path / "ged.csv"
    source.write_text(text([row(1)]))
    old, fresh = tmp_path / ".ged.parquet.aa.parts", tmp_path / ".ged.parquet.bb.parts"
    for left in (old, fresh):
        left.mkdir()
        (left / "events.parquet").write_bytes(b"half")
    past = time.time() - 2 * 24 * 3600
    for path in (old / "events.parquet", old):
        os.utime(path, (past, past))
    output.convert_into([source], dataset("ucdp_ged"), tmp_path / "ged.parquet")
    assert (old.exists(), fresh.exists()) == (False, True)


def test_a_memory_limit_sets_the_size_of_blocks() -> None:
    sizes = [output.block_bytes(limit) for limit in ("1KB", "350MB", "512MB", "1GB", "64GB")]
    assert sizes == sorted(sizes)
    assert (sizes[0], sizes[-1]) == (2**20, 2**25)
