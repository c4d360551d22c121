"""The proof: the source's rows can be made again from ours, cell by cell, up to what the report says is normalised."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import conflict_events as ce
from conflict_events.converters import output
from conflict_events.converters.formats import dataset
from conflict_events.converters.rebuild import rebuild
from conflict_events.errors import UsageError
from tests.converters.ucdp_rows import NEWEST, row, text

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=30)
NUMBERS = st.integers(-5, 10**6)


def number(cell: str) -> str:
    return repr(float(cell))


def identifier(cell: str) -> str:
    bare = cell.strip(" \t\n\r\xa0")
    head, _, tail = bare.partition(".")
    return head if head.isdigit() and tail and not tail.strip("0") else bare


NORMALISED: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("latitude", "longitude"), number),
    **dict.fromkeys(("date_start", "date_end"), lambda cell: cell[:10]),
    **dict.fromkeys(("id", "conflict_new_id", "dyad_new_id", "side_a_new_id", "side_b_new_id"), identifier),
    **dict.fromkeys(("conflict_dset_id", "dyad_dset_id", "side_a_dset_id", "side_b_dset_id"), identifier),
    **dict.fromkeys(("gwnoa", "gwnob", "country_id", "year"), identifier),
}
"""What the declaration states of UCDP GED, said again without its SQL."""


def expected(name: str, cell: str) -> str | None:
    return (NORMALISED.get(name, str)(cell) or None) if cell else None


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    made = []
    for id in draw(st.lists(st.integers(1, 10**6), min_size=1, max_size=6, unique=True)):
        texts = {
            name: draw(WORDS)
            for name in ("relid", "side_a", "side_b", "conflict_name", "dyad_name", "source_article", "adm_1", "region")
        }
        counts = {name: draw(NUMBERS) for name in ("deaths_a", "deaths_b", "best", "high", "low", "number_of_sources")}
        ids = {
            name: draw(st.sampled_from(["", "77", "77.0", " 77", "007", "a b"]))
            for name in ("gwnoa", "country_id", "dyad_new_id")
        }
        year = draw(st.sampled_from([2005, 2004, ""]))
        point = {"latitude": draw(st.floats(-90, 90)), "longitude": draw(st.floats(-180, 180))}
        made.append(row(id, **texts, **counts, **ids, **point, year=year))
    return made


@settings(max_examples=25)
@given(made=rows())
def test_any_row_of_ucdp_ged_is_made_again(
    made: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("ged") / "ged.csv"
    path.write_text(text(made), encoding="utf-8", newline="")
    conversion = ce.convert(path, "ucdp_ged")
    assert conversion.loss.adds_up
    assert not conversion.loss.set_aside
    again = rebuild(conversion.tables["events"], conversion.loss)["ged.csv"]
    assert again.column_names == NEWEST
    wanted = [{name: expected(name, str(one.get(name, ""))) for name in NEWEST} for one in made]
    assert again.to_pylist() == wanted


@pytest.mark.parametrize(
    "name", ["ged191_raw_mmr_bgd.csv", "ged201_hdx_ukr.csv", "ged221_hdx_ukr.csv", "ged241_ucdpweb_sdn.csv"]
)
def test_a_real_file_is_made_again(name: str, shared: Path) -> None:
    path = shared / "data" / "ucdp" / name
    conversion = ce.convert(path)
    again = rebuild(conversion.tables["events"], conversion.loss)[name]
    with path.open(encoding="utf-8", newline="") as file:
        header, *records = csv.reader(file)
    records = [r for r in records if not any(cell.startswith("#date") for cell in r)]
    assert again.column_names == header
    assert again.num_rows == len(records)
    free = {"latitude", "longitude", "geom_wkt", "date_start", "date_end", "active_year"}
    for i, column in enumerate(header):
        ours, theirs = again.column(i).to_pylist(), [record[i] or None for record in records]
        if column not in free:
            assert ours == theirs, column
        elif column in ("latitude", "longitude"):
            assert list(map(float, ours)) == [float(cell or "nan") for cell in theirs], column


def test_it_is_made_again_from_the_files_alone(tmp_path: Path) -> None:
    source = tmp_path / "ged.csv"
    source.write_text(text([row(1), row(2)]), encoding="utf-8")
    out = tmp_path / "out" / "events.parquet"
    output.convert_into([source], dataset("ucdp_ged"), out)
    assert rebuild(out)["ged.csv"]["id"].to_pylist() == ["1", "2"]


def test_a_column_of_a_hostile_name_comes_back(tmp_path: Path) -> None:
    name = 'a "b"/c~d\\é'
    path = tmp_path / "ged.csv"
    path.write_text(text([row(1, **{name: "kept"})], [*NEWEST, name]), encoding="utf-8")
    conversion = ce.convert(path)
    assert rebuild(conversion.tables["events"], conversion.loss)["ged.csv"][name].to_pylist() == ["kept"]
    assert json.loads(conversion.tables["events"]["native"][0].as_py())[name] == "kept"


def test_a_time_of_day_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "ged.csv"
    path.write_text(text([row(1, date_start="2005-03-01 13:45:00")]), encoding="utf-8")
    conversion = ce.convert(path)
    assert conversion.tables["events"]["date_start"].to_pylist() == [date(2005, 3, 1)]
    assert rebuild(conversion.tables["events"], conversion.loss)["ged.csv"]["date_start"].to_pylist() == [
        "2005-03-01 13:45:00"
    ]


def test_without_a_loss_report_nothing_is_made_again(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="give the loss report"):
        rebuild(tmp_path / "events.parquet")
    (tmp_path / "x.json").write_text("[]")
    with pytest.raises(UsageError, match="not a loss report"):
        rebuild(tmp_path / "events.parquet", tmp_path / "x.json")
