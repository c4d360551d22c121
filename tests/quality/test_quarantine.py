"""Good and bad rows go apart and none is lost; a failed write leaves nothing behind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

import conflict_events as ce
from conflict_events.errors import UsageError
from conflict_events.quality import quarantine
from conflict_events.targets.arrow import to_table


@pytest.fixture
def data(event: dict[str, Any]) -> pa.Table:
    """Three events: the second breaks two rules of severity error."""
    bad = {"event_id": "e2", "country": "IRK", "deaths_low": 2, "deaths_best": 1}
    return to_table("events", [event, {**event, **bad}, {**event, "event_id": "e3", "notes": 'a\n"b",c'}])


def test_parquet_keeps_its_types_and_metadata(data: pa.Table, tmp_path: Path) -> None:
    pq.write_table(data, tmp_path / "in.parquet")
    ce.validate(tmp_path / "in.parquet").quarantine(tmp_path / "q")
    good = pq.read_table(tmp_path / "q" / "good" / "in.parquet")
    assert good.equals(data.take([0, 2]))
    assert good.schema.equals(pq.read_schema(tmp_path / "in.parquet"), check_metadata=True)
    bad = pq.read_table(tmp_path / "q" / "bad" / "in.parquet")
    assert bad["ce_rules"].to_pylist() == [["CE119", "CE210"]]
    assert bad.drop_columns(["ce_rules"]).equals(data.take([1]))


def test_csv_keeps_its_text(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("event_id,country,deaths_best\ne1,IRQ,007\ne2,IRQ,seven\ne3,IRQ,\n", encoding="utf-8")
    result = ce.validate(path, table="events")
    listed = result.quarantine(tmp_path / "q")
    assert (listed["files"][0]["good"], listed["files"][0]["bad"]) == (2, 1), "a column's absence makes no row bad"
    text = pa.csv.ConvertOptions(column_types={"deaths_best": pa.string()})
    good = pa.csv.read_csv(tmp_path / "q" / "good" / "in.csv", convert_options=text)
    assert good["deaths_best"].to_pylist() == ["007", ""]
    bad = pa.csv.read_csv(tmp_path / "q" / "bad" / "in.csv", convert_options=text)
    assert bad.select(["deaths_best", "ce_rules"]).to_pylist() == [{"deaths_best": "seven", "ce_rules": "CE004"}]


def test_several_files_of_one_name_and_frames_are_kept_apart(data: pa.Table, tmp_path: Path) -> None:
    for n in (1, 2):
        (tmp_path / str(n)).mkdir()
        ids = pa.array([f"f{n}-{i}" for i in data["event_id"].to_pylist()])
        pq.write_table(data.set_column(0, data.schema.field(0), ids), tmp_path / str(n) / "in.parquet")
    listed = ce.validate([tmp_path / "1", tmp_path / "2"]).quarantine(tmp_path / "q")
    assert sorted(f["name"] for f in listed["files"]) == ["in-2.parquet", "in.parquet"]
    assert [(f["good"], f["bad"]) for f in listed["files"]] == [(2, 1), (2, 1)]
    assert json.loads((tmp_path / "q" / "quarantine.json").read_text(encoding="utf-8")) == listed
    assert [f["name"] for f in ce.validate(data).quarantine(tmp_path / "r")["files"]] == ["events.parquet"]


def test_a_file_with_no_bad_row_has_an_empty_bad_file(event: dict[str, Any], tmp_path: Path) -> None:
    ce.validate(to_table("events", [event])).quarantine(tmp_path / "q")
    assert pq.read_table(tmp_path / "q" / "bad" / "events.parquet").num_rows == 0


def test_a_folder_of_the_users_own_is_never_replaced(data: pa.Table, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "work.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="is not of our making"):
        ce.validate(data).quarantine(tmp_path / "mine")
    ce.validate(data).quarantine(tmp_path / "q")
    ce.validate(data.slice(0, 1)).quarantine(tmp_path / "q")
    assert pq.read_table(tmp_path / "q" / "good" / "events.parquet").num_rows == 1


def test_a_full_disk_leaves_nothing(data: pa.Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(quarantine, "_write_parquet", full)
    with pytest.raises(UsageError, match="No space left on device"):
        ce.validate(data).quarantine(tmp_path / "q")
    assert list(tmp_path.iterdir()) == []


def test_lost_rows_stop_it(data: pa.Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine, "_write_parquet", lambda *_: 0)
    with pytest.raises(quarantine.LostRowsError, match="are not the 3 rows"):
        ce.validate(data).quarantine(tmp_path / "q")
    assert list(tmp_path.iterdir()) == []


def test_a_users_file_in_an_earlier_quarantine_is_not_removed(data: pa.Table, tmp_path: Path) -> None:
    ce.validate(data).quarantine(tmp_path / "q")
    (tmp_path / "q" / "bad" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"holds bad/notes.txt"):
        ce.validate(data).quarantine(tmp_path / "q")
    assert (tmp_path / "q" / "bad" / "notes.txt").read_text(encoding="utf-8") == "mine"
