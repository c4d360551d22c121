"""Each dataset's files are its own: no declaration takes another's header or first record, whatever the order."""

from __future__ import annotations

from pathlib import Path

import pytest

import conflict_events as ce
from conflict_events.converters import formats, output
from conflict_events.converters.gdelt import COLUMNS, OLD_COLUMNS
from conflict_events.converters.gdelt_mentions import COLUMNS as MENTIONS
from conflict_events.converters.tabular import header
from tests.converters import acled_rows, machine_rows, test_gdelt, ucdp_rows

_WEB = tuple(ucdp_rows.web([ucdp_rows.row()]).splitlines()[0].split(","))
_HDX = tuple(ucdp_rows.hdx([ucdp_rows.row()], "SDN").splitlines()[0].split(","))
_GDELT = tuple(test_gdelt.row().get(name, "") for name in COLUMNS)
_MENTION = ("12", "20160309114500", "20160309120000", "1", "a.example", "https://a.example/1", *["1"] * 10)
FIRST = {
    "ucdp_ged": [tuple(ucdp_rows.NEWEST), _WEB, _HDX],
    "acled": [tuple(c) for c in (acled_rows.CURRENT, acled_rows.OLD, acled_rows.FIRST, acled_rows.BY_ACTOR)],
    "icews": [tuple(machine_rows.ICEWS)],
    "polecat": [tuple(machine_rows.POLECAT)],
    "gdelt": [COLUMNS, OLD_COLUMNS, _GDELT],
    "gdelt_mentions": [MENTIONS, _MENTION],
}
ALL = [name for name in formats.FORMATS if name not in ("auto", formats.ARTICLE)]


def test_every_dataset_has_an_example_here() -> None:
    assert set(FIRST) == set(ALL)


@pytest.mark.parametrize(("name", "first"), [(name, first) for name, many in FIRST.items() for first in many])
def test_a_files_beginning_is_taken_by_its_own_dataset_alone(name: str, first: tuple[str, ...]) -> None:
    assert [one for one in ALL if header.recognise([first], [formats.dataset(one)])] == [name]


@pytest.mark.parametrize(
    ("name", "file", "content"),
    [
        ("ucdp_ged", "ged.csv", ucdp_rows.text([ucdp_rows.row(1), ucdp_rows.row(2)])),
        ("acled", "acled.csv", acled_rows.text([acled_rows.row(assoc_actor_1="Red Example Front; A; A")])),
        ("icews", "i.tab", machine_rows.plain([machine_rows.icews("1"), machine_rows.icews("2")])),
        ("polecat", "p.txt", machine_rows.plain([machine_rows.polecat("1", Actor_Name="A; A;B")])),
        ("gdelt", "a.export.CSV", "\t".join(_GDELT) + "\n"),
    ],
)
def test_a_folder_of_every_table_is_sound(name: str, file: str, content: str, tmp_path: Path) -> None:
    source = tmp_path / file
    source.write_text(content, encoding="utf-8", newline="")
    output.convert_into([source], formats.dataset(name), tmp_path / "out")
    result = ce.validate(sorted((tmp_path / "out").glob("*.parquet")), suite="upstream")
    assert result.ok, result.to_text()
    assert result.counts["CE371"] == 0
    assert (tmp_path / "out" / "event_actors.parquet").exists()
