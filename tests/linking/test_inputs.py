"""What can be linked, and what is refused in one line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import conflict_events as ce
from conflict_events.errors import BadDataError, UsageError
from conflict_events.targets.arrow import to_table
from tests.linking.made import acled, ucdp

ONE, OTHER = to_table("events", [ucdp(1)]), to_table("events", [acled(1)])


def written(table: pa.Table, path: Path) -> Path:
    pq.write_table(table, path)
    return path


def test_files_folders_tables_and_mixtures_give_the_same(tmp_path: Path) -> None:
    one, other = written(ONE, tmp_path / "ucdp.parquet"), written(OTHER, tmp_path / "acled.parquet")
    wanted = ce.link([ONE, OTHER]).links
    assert wanted.num_rows == 1
    for given in ([one, other], str(tmp_path), str(tmp_path / "*.parquet"), [one, OTHER], [one, one, tmp_path]):
        assert ce.link(given).links == wanted
    written(to_table("links", wanted.to_pylist()), tmp_path / "links.parquet")
    assert ce.link(tmp_path).links == wanted  # of a folder, the events alone


def test_pandas_and_polars_are_read() -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    both = pa.concat_tables([ONE, OTHER])
    wanted = ce.link(both).links
    assert ce.link(polars.from_arrow(both.drop_columns(["bbox", "geometry"]))).links == wanted
    frame = both.select(["event_id", "origin", "side_a", "side_b", "latitude", "longitude", "date_start", "date_end"])
    assert isinstance(frame.to_pandas(), pandas.DataFrame)
    assert ce.link(frame.to_pandas(), threshold=0).links.num_rows == 1


def test_columns_that_a_file_lacks_are_null() -> None:
    few = ONE.select(["event_id", "origin", "date_start", "date_end", "latitude", "longitude", "side_a", "side_b"])
    [row] = ce.link([few, OTHER], threshold=0).links.to_pylist()
    assert "kind: not known (+0.0)" in row["reasons"]
    assert "deaths: not known (+0.0)" in row["reasons"]


def test_nothing_in_gives_nothing_out() -> None:
    found = ce.link(ONE.slice(0, 0), method="clusters")
    assert found.links.num_rows == 0
    assert found.events is not None
    assert found.events.num_rows == 0
    assert "no events" in found.summary.to_text()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"km": -1}, "km is -1"),
        ({"km": float("nan")}, "km is nan"),
        ({"days": 1000}, "days is 1000"),
        ({"longest": 0}, "longest is 0"),
        ({"threshold": 1.5}, "threshold is 1.5"),
        ({"method": "best"}, "method 'best' is none of one_to_one, clusters, candidates"),
        ({"recluster": True}, "recluster is for method 'clusters'"),
        ({"memory_limit": "much"}, "'much' is no amount of memory"),
    ],
)
def test_a_wrong_call_says_what_and_how_to_mend_it(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        ce.link(ONE, **asked)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "kind", "said"),
    [
        ([ONE, ONE], BadDataError, "event_id ucdp_ged:1 stands 2 times"),
        (ONE.drop_columns(["origin"]), UsageError, "no event_id or no origin"),
        (ONE.append_column("mine", pa.array([1])), UsageError, "a column mine that events have not"),
        (ONE.set_column(0, "event_id", pa.array([None], pa.string())), BadDataError, "has no event_id"),
        (
            ONE.set_column(ONE.schema.get_field_index("latitude"), "latitude", pa.array(["far"])),
            BadDataError,
            "column latitude is VARCHAR",
        ),
        (42, UsageError, "cannot link a int"),
        ([], UsageError, "nothing to link"),
        ("no.parquet", UsageError, "no.parquet: no such file"),
    ],
)
def test_what_cannot_be_linked_is_refused(given: Any, kind: type[Exception], said: str) -> None:
    with pytest.raises(kind) as caught:
        ce.link(given)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_of_another_table_is_refused(tmp_path: Path) -> None:
    path = written(to_table("places", []), tmp_path / "places.parquet")
    with pytest.raises(UsageError, match="is table places: only events can be linked"):
        ce.link(path)


def test_names_that_look_like_sql_are_names(tmp_path: Path) -> None:
    odd = "o'Front\"; DROP TABLE ev; -- {0} %s"
    path = written(to_table("events", [ucdp(1, side_a=odd)]), tmp_path / "it's.parquet")
    [row] = ce.link([path, to_table("events", [acled(1, side_b=odd, side_a="Southern League")])]).links.to_pylist()
    assert odd in row["reasons"]
