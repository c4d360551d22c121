"""What counts as a revision, what does not, and what is said of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import conflict_events as ce
from conflict_events.dataset.diff import Diff
from conflict_events.errors import BadDataError, UsageError
from conflict_events.targets.arrow import to_table

Row = dict[str, Any]
Compare = Callable[[list[Row], list[Row]], Diff]


@pytest.fixture
def compare(event: Row) -> Compare:
    """The comparison of two lists of rows, completed from a good one."""

    def make(old: list[Row], new: list[Row]) -> Diff:
        sides = ([{**event, "event_id": f"e{i}", **row} for i, row in enumerate(rows)] for rows in (old, new))
        return ce.diff(*(to_table("events", rows) for rows in sides))

    return make


def changed(found: Diff) -> list[tuple[str | None, str | None, str | None, bool | None]]:
    rows = found.changes().to_pylist()
    return [(r["column"], r["old"], r["new"], r["spelling_only"]) for r in rows if r["change"] == "revised"]


@pytest.mark.parametrize(
    ("old", "new", "only"),
    [
        ("Kyiv City", "kyiv  city", True),
        ("Donets'k", "Donets’k", True),
        ("Donetsʼk", "Donetsk", True),
        ("Łódź", "Łodz", True),
        ("Straße", "STRASSE", True),
        ("ﬁve", "five", True),
        ("Ḥamāh", "Hamah", True),
        ("18-20 km", "18 – 20 km", True),
        ("18-20 km", "1820 km", False),
        ("1.5 km", "15 km", False),
        ("1.50 km", "1.5 km", True),
        ("at -5", "at 5", False),
        ("कि", "का", False),
        ("?", "!", False),
        ("Kyiv", "Kharkiv", False),
        ("Kyiv", None, False),
    ],
)
def test_spelling_is_told_from_substance(compare: Compare, old: str, new: str | None, only: bool) -> None:
    found = compare([{"place_name": old}], [{"place_name": new}])
    assert changed(found) == [("place_name", old, new, only)]
    assert (found.table().revised, found.table().spelling_only) == (1, int(only))


def test_ids_and_codes_are_not_spelled(compare: Compare) -> None:
    found = compare([{"side_a_id": "A-1", "country": "SYR"}], [{"side_a_id": "a1", "country": "syr"}])
    assert [only for *_, only in changed(found)] == [False, False]


def test_what_follows_from_the_point_is_not_told_apart(compare: Compare) -> None:
    old = {"latitude": 36.0, "longitude": 43.0, "priogrid_gid": 252 * 720 + 446 + 1}
    new = {"latitude": 36.0, "longitude": 43.5, "priogrid_gid": 252 * 720 + 447 + 1}
    assert [column for column, *_ in changed(compare([old], [new]))] == ["longitude"]
    assert [c for c, *_ in changed(compare([old], [{**new, "priogrid_gid": 7}]))] == ["longitude", "priogrid_gid"]


def test_labels_of_the_release_revise_nothing(compare: Compare) -> None:
    found = compare([{"coder": "x/1", "release_added": "2026.11.0"}], [{"coder": "x/2", "release_added": "2026.12.0"}])
    assert not found.differs
    assert [c.column for c in found.table().labels] == ["coder", "release_added"]
    assert [row["change"] for row in found.changes().to_pylist()] == ["label", "label"]


def test_native_is_compared_key_by_key_and_layout_told_once(compare: Compare) -> None:
    old = [{"native": json.dumps({"a": "x", "b": "1.0", "year": 2014, "old_only": 1})} for _ in range(3)]
    new = [{"native": json.dumps({"year": 2014.0, "b": "1", "a": "y" if i else "x"})} for i in range(3)]
    found = compare(old, new)
    assert changed(found) == [
        ("native.b", "1.0", "1", True),
        ("native.a", "x", "y", False),
        ("native.b", "1.0", "1", True),
        ("native.a", "x", "y", False),
        ("native.b", "1.0", "1", True),
    ]
    assert [(e.column, e.side, e.rows) for e in found.table().layout] == [("native.old_only", "old", 3)]


def test_native_that_is_no_object_is_one_text(compare: Compare) -> None:
    found = compare([{"native": '{"a": 1}'}], [{"native": "broken {"}])
    assert changed(found) == [("native", '{"a": 1}', "broken {", False)]


def test_ids_that_repeat_are_set_apart_and_named(compare: Compare) -> None:
    twice = [{"event_id": "d", "place_name": str(i)} for i in range(3)]
    found = compare([*twice, {"event_id": "k"}], [*twice[:2], {"event_id": "k"}])
    one = found.table()
    assert (one.kept, one.revised, one.keys_apart, one.rows_apart_old, one.rows_apart_new) == (1, 0, 1, 3, 2)
    assert found.differs
    assert [(r["event_id"], r["old"], r["new"]) for r in found.changes().to_pylist()] == [("d", "3", "2")]
    assert "set apart 1 key" in found.to_text()


def test_a_null_in_a_key_that_may_be_null_is_a_value() -> None:
    row: Row = {"scheme": "fips", "code": "UP", "country": "UKR", "name": "Ukraine"}
    codes = [row, {**row, "valid_from": date(1992, 1, 1)}]
    table = to_table("crosswalk_country", codes)
    assert not ce.diff(table, table).differs
    found = ce.diff(table, to_table("crosswalk_country", [{**row, "name": "Ukraina"}]))
    one = found.table("crosswalk_country")
    assert (one.kept, one.revised, one.withdrawn, one.added, one.keys_apart) == (1, 1, 1, 0, 0)
    assert [(r["valid_from"], r["change"], r["new"]) for r in found.changes("crosswalk_country").to_pylist()] == [
        (date(1992, 1, 1), "withdrawn", None),
        (None, "revised", "Ukraina"),
    ]


def test_a_null_in_a_key_that_may_not_be_null_is_set_apart(event: Row) -> None:
    rows = to_table("events", [{**event, "event_id": "a"}, {**event, "event_id": "b"}])
    rows = rows.set_column(rows.schema.get_field_index("event_id"), "event_id", pa.array(["a", None]))
    one = ce.diff(rows, rows).table()
    assert (one.kept, one.keys_apart, one.rows_apart_old, one.rows_apart_new) == (1, 1, 1, 1)


def test_the_release_does_not_differ_from_itself() -> None:
    folder = ce.path("events").parent
    assert not ce.diff(folder, folder).differs


def test_zeros_of_both_signs_and_nan_are_values(compare: Compare) -> None:
    old, new = {"latitude": 0.0, "longitude": 0.0}, {"latitude": -0.0, "longitude": -0.0}
    assert not compare([old], [new]).differs
    nan = {"confidence": float("nan")}
    assert not compare([nan], [nan]).differs
    assert changed(compare([{"confidence": 0.5}], [nan])) == [("confidence", "0.5", "nan", False)]


def test_additions_are_late_or_of_a_new_period(compare: Compare) -> None:
    days = {"a": date(2018, 3, 1), "b": date(2019, 6, 1), "c": date(2019, 12, 31), "d": date(2020, 1, 1)}
    rows = {id: {"event_id": id, "date_start": day, "date_end": day} for id, day in days.items()}
    found = compare([rows["a"], rows["b"]], [rows["b"], rows["c"], rows["d"]])
    periods = {(r["change"], r["event_id"]): (r["date_start"], r["period"]) for r in found.changes().to_pylist()}
    assert periods == {
        ("withdrawn", "a"): (days["a"], "within"),
        ("added", "c"): (days["c"], "within"),
        ("added", "d"): (days["d"], "after"),
    }
    one = found.table()
    assert one.added_periods is not None
    assert (one.added_periods.within, one.added_periods.after) == (1, 1)


def test_until_says_what_old_covers(event: Row) -> None:
    old, new = (to_table("events", [{**event, "event_id": i}]) for i in "ab")
    found = ce.diff(old, new, until=date(2017, 5, 14)).table()
    assert found.added_periods is not None
    assert found.added_periods.after == 1


def test_deaths_are_null_where_no_event_gives_them(compare: Compare) -> None:
    found = compare([{"country": "IRQ"}], [{"country": "IRQ", "deaths_best": 4}, {"country": "IRQ", "deaths_best": 2}])
    [one] = found.deaths
    assert (one.year, one.best_old, one.best_new, one.difference("best"), one.difference("low")) == (
        2017,
        None,
        6,
        6,
        None,
    )


def test_claims_and_withdrawn_events_have_no_part_in_the_deaths(compare: Compare) -> None:
    row = {"country": "IRQ", "deaths_best": 4}
    found = compare([row], [{**row, "record_status": "withdrawn"}])
    assert [(d.best_old, d.best_new) for d in found.deaths] == [(4, None)]


def test_csv_and_folders_are_read(event: Row, tmp_path: Path) -> None:
    row = {**event, "latitude": 50.45, "longitude": 30.0}
    pq.write_table(to_table("events", [row]), tmp_path / "old.parquet")
    names = ["event_id", "latitude", "longitude", "date_start", "place_name"]
    (tmp_path / "new.csv").write_text(
        f"{','.join(names)}\ne1,50.4500,30,2017-05-15,Kyiv\n", encoding="utf-8", newline="\n"
    )
    found = ce.diff(tmp_path / "old.parquet", tmp_path / "new.csv", "events")
    assert changed(found) == [("place_name", None, "Kyiv", False)]
    assert {"origin", "coder"} <= {e.column for e in found.table().layout}
    (tmp_path / "new.csv").write_text("event_id,latitude\ne1,north\n", encoding="utf-8")
    with pytest.raises(BadDataError, match=r"new.csv: latitude 'north' is no double"):
        ce.diff(tmp_path / "old.parquet", tmp_path / "new.csv", "events")
    both = tmp_path / "both"
    both.mkdir()
    pq.write_table(to_table("events", [row]), both / "events.parquet")
    pq.write_table(to_table("links", []), both / "links.parquet")
    found = ce.diff(both, tmp_path / "old.parquet")
    assert (found.only_old, [t.table for t in found.tables]) == (("links",), ["events"])


def test_mistakes_are_one_line(event: Row, tmp_path: Path) -> None:
    one = to_table("events", [event])
    text = pa.array([None], pa.string())
    textual = one.set_column(one.schema.get_field_index("latitude"), "latitude", text)
    with pytest.raises(UsageError, match="nothing to compare"):
        ce.diff(one, to_table("links", []))
    with pytest.raises(UsageError, match="no table 'event'"):
        ce.diff(one, one, "event")
    with pytest.raises(UsageError, match="no such file"):
        ce.diff(one, tmp_path / "none.parquet")
    with pytest.raises(BadDataError, match="no column event_id, its key"):
        ce.diff(one, one.drop_columns(["event_id"]))
    with pytest.raises(UsageError, match="'lots' is no amount of memory"):
        ce.diff(one, one, memory_limit="lots")
    with pytest.raises(BadDataError, match="column latitude is VARCHAR"):
        ce.diff(one, textual)


def test_json_has_every_change_and_text_cannot_write_on_the_terminal(compare: Compare) -> None:
    found = compare([{"place_name": "a\x1b[31m|<b>"}, {}], [{"place_name": 'b"\n'}])
    document = json.loads(found.to_json())
    [table] = document["tables"]
    assert [c["change"] for c in table["changes"]] == ["revised", "withdrawn"]
    assert table["changes"][0]["new"] == 'b"\n'
    assert "\x1b" not in found.to_text()
    listed = compare([{"event_id": "> 1. www.x.org"}, {"event_id": "- a | `b`\n# c"}], []).to_markdown().splitlines()
    assert "- &#62; 1. &#119;&#119;&#119;.x.org, 2017-05-15" in listed
    assert "- &#45; a &#124; &#96;b&#96;\N{REPLACEMENT CHARACTER}&#35; c, 2017-05-15" in listed
    assert "<b>" not in found.to_markdown()


def test_ukraine_20_1_to_22_1(shared: Path) -> None:
    """UCDP GED of Ukraine, the HDX copies, read by DuckDB alone."""
    sides = []
    for version in ("201", "221"):
        path = shared / "data" / "ucdp" / f"ged{version}_hdx_ukr.csv"
        if not path.is_file():
            pytest.skip(f"needs {path.name}, which a clone does not have")
        sides.append(
            duckdb.connect()
            .sql(
                f"""SELECT 'ucdp_ged:' || id AS event_id, 'ucdp_ged' AS origin, '{version}' AS origin_version, side_a,
                side_b, adm_1 AS admin1, CAST(latitude AS DOUBLE) AS latitude, CAST(longitude AS DOUBLE) AS longitude,
                CAST(CAST(date_start AS TIMESTAMP) AS DATE) AS date_start, iso3 AS country,
                CAST(best AS INTEGER) AS deaths_best
                FROM read_csv('{path.as_posix()}', all_varchar = true, header = true) WHERE id IS NOT NULL"""
            )
            .to_arrow_table()
        )
    found = ce.diff(sides[0], sides[1], "events")
    one = found.table()
    assert one.withdrawn_periods is not None
    assert (one.withdrawn, one.withdrawn_periods.within) == (94, 94)
    assert one.covers is not None
    assert one.covers.last == date(2019, 12, 31)
    told = {c.column: (c.rows, c.spelling_only) for c in one.columns}
    assert told["deaths_best"] == (59, 0)
    assert told["side_b"] == (7, 0)
    assert (told["latitude"][1], told["longitude"][1]) == (0, 0)
    assert told["admin1"][0] > told["admin1"][1] > 0
