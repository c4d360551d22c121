from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import geopandas
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from conflict_events import schema
from conflict_events.errors import BadDataError
from conflict_events.targets import parquet
from conflict_events.targets.arrow import arrow_schema, to_table

Events = Callable[..., pa.Table]
PROVENANCE = {"release": "2026.11.0", "licence": "CC-BY-4.0"}
POINTS: tuple[dict[str, float], ...] = (
    {"latitude": 36.3, "longitude": 43.1},
    {"latitude": 33.3, "longitude": 44.4},
    {},
)


def test_the_same_rows_in_any_order_give_the_same_bytes(events: Events, tmp_path: Path) -> None:
    rows = events(*({"latitude": 30.0 + n, "longitude": 40.0} for n in range(1, 20)))
    order = list(range(rows.num_rows))
    random.Random(1).shuffle(order)
    parquet.write("events", rows, tmp_path / "a.parquet", PROVENANCE)
    parquet.write("events", rows.take(order), tmp_path / "b.parquet", PROVENANCE)
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


@pytest.mark.parametrize("table", [t.name for t in schema.TABLES])
def test_every_table_keeps_its_declared_schema_and_field_metadata(table: str, tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    parquet.write(table, to_table(table, []), path, {})
    found, declared = pq.read_schema(path), arrow_schema(table)
    assert found.equals(declared)
    for field in declared:
        kept = found.field(field.name).metadata or {}
        assert kept.items() >= (field.metadata or {}).items()


def test_schema_version_table_licence_and_provenance_stand_in_the_metadata(events: Events, tmp_path: Path) -> None:
    parquet.write("events", events({}), tmp_path / "x.parquet", PROVENANCE)
    metadata = pq.read_schema(tmp_path / "x.parquet").metadata
    assert metadata[b"conflict_events.schema_version"] == schema.VERSION.encode()
    assert metadata[b"conflict_events.table"] == b"events"
    assert metadata[b"conflict_events.licence"] == b"CC-BY-4.0"
    assert metadata[b"conflict_events.release"] == b"2026.11.0"


def test_the_file_opens_in_geopandas_as_points_and_its_bbox_filter_works(events: Events, tmp_path: Path) -> None:
    parquet.write("events", events(*POINTS), tmp_path / "x.parquet", PROVENANCE)
    frame = geopandas.read_parquet(tmp_path / "x.parquet")
    assert [None if g is None else (g.x, g.y) for g in frame.geometry] == [(43.1, 36.3), (44.4, 33.3), None]
    assert frame.crs == "OGC:CRS84"
    near = geopandas.read_parquet(tmp_path / "x.parquet", bbox=(43, 36, 43.5, 36.5))
    assert list(near.event_id) == ["e1"]


def test_statistics_sorting_columns_and_page_index_are_there(events: Events, tmp_path: Path) -> None:
    parquet.write("events", events(*POINTS), tmp_path / "x.parquet", {})
    group = pq.ParquetFile(tmp_path / "x.parquet").metadata.row_group(0)
    dates = group.column(schema.table("events").names.index("date_start"))
    assert dates.statistics.has_min_max
    assert dates.has_column_index
    assert group.sorting_columns[0].column_index == schema.table("events").names.index("date_start")
    assert dates.compression == "ZSTD"


def test_a_failure_while_writing_leaves_the_old_file_and_no_other(
    events: Events, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.parquet"
    path.write_bytes(b"old")

    def fail(_table: pa.Table, where: Path, **_options: object) -> None:
        Path(where).write_bytes(b"half")
        raise OSError("disk full")

    monkeypatch.setattr(pq, "write_table", fail)
    with pytest.raises(OSError, match="disk full"):
        parquet.write("events", events({}), path, {})
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_missing_and_unknown_columns_are_named(events: Events, tmp_path: Path) -> None:
    data = events({}).drop_columns(["coder"]).append_column("mood", pa.array(["grim"]))
    with pytest.raises(BadDataError, match=r"events: coder is missing; mood is unknown"):
        parquet.write("events", data, tmp_path / "x.parquet", {})


def test_a_null_where_none_may_be_is_refused(events: Events, tmp_path: Path) -> None:
    data = events({})
    nulls = pa.nulls(1, pa.string())
    data = data.set_column(data.schema.get_field_index("coder"), "coder", nulls)
    with pytest.raises(BadDataError, match="coder"):
        parquet.write("events", data, tmp_path / "x.parquet", {})
