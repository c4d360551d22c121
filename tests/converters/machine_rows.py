"""Invented rows in the layouts of ICEWS and POLECAT; no row of either."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import conflict_events as ce
from conflict_events.converters import Conversion

_ICEWS = (
    "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,Target Name,"
    "Target Sectors,Target Country,Story ID,Sentence Number,Publisher,City,District,Province,Country,Latitude,Longitude"
)
_POLECAT = (
    "Event ID,Event Date,Event Type,Event Mode,Event Intensity,Quad Code,Contexts,Actor Name,Actor Country,Actor COW,"
    "Primary Actor Sector,Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID,Recipient Name,Recipient Country,"
    "Recipient COW,Primary Recipient Sector,Recipient Sectors,Recipient Title,Recipient Name Raw,"
    "Wikipedia Recipient ID,Placename,City,District,Province,Country,Latitude,Longitude,GeoNames ID,Raw Placename,"
    "Feature Type,Source,Publication Date,Story People,Story Organizations,Story Locations,Language,Version"
)
ICEWS, POLECAT = next(csv.reader([_ICEWS])), next(csv.reader([_POLECAT]))

HOSTILE = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=30) | st.sampled_from(
    [
        "NA",
        "NULL",
        "None",
        "na",
        "007",
        "1.50",
        '"',
        '""',
        'a "quoted" word',
        "\\",
        "\\N",
        "a\tb",
        "a\nb",
        "é 😀",
        " ",
        "x" * 9000,
    ]
)


def icews(id: str = "20718170", **changes: str) -> dict[str, str]:
    """A sound ICEWS row, fictional; `changes` by column name with `_` for blanks."""
    values = {
        "Event ID": id,
        "Event Date": "2015-03-04",
        "Source Name": "Example Brigade (Syria)",
        "Source Sectors": "Military,Government",
        "Source Country": "Syria",
        "Event Text": "Use conventional military force",
        "CAMEO Code": "190",
        "Intensity": "-10",
        "Target Name": "Citizen (Syria)",
        "Target Sectors": "General Population / Civilian / Social,Social",
        "Target Country": "Syria",
        "Story ID": "34500001",
        "Sentence Number": "2",
        "Publisher": "The Example Gazette",
        "City": "Exampleton",
        "District": "",
        "Province": "Homs",
        "Country": "Syria",
        "Latitude": "34.7324",
        "Longitude": "36.7137",
    }
    return _changed(values, changes)


def polecat(id: str = "20230301-0101-4e0816000001_ASSAULT_firearms", **changes: str) -> dict[str, str]:
    """A sound POLECAT row, fictional; what is not given is None, as its files write it."""
    values = dict.fromkeys(POLECAT, "None") | {
        "Event ID": id,
        "Event Date": "2023-03-01",
        "Event Type": "PROTEST",
        "Event Mode": "demo",
        "Event Intensity": "-5.0",
        "Quad Code": "MATERIAL CONFLICT",
        "Contexts": "pro_democracy;human_rights",
        "Actor Name": "Example Union",
        "Actor Country": "SYR",
        "Actor COW": "652",
        "Primary Actor Sector": "LAB",
        "Actor Name Raw": "the workers",
        "Recipient Name": "Example Police",
        "Recipient Country": "SYR",
        "Primary Recipient Sector": "COP",
        "Placename": "Exampleton",
        "City": "Exampleton",
        "Province": "Homs",
        "Country": "SYR",
        "Latitude": "34.7324",
        "Longitude": "36.7137",
        "GeoNames ID": "0000123",
        "Raw Placename": "Exampleton",
        "Feature Type": "PPL",
        "Source": "Example Agency",
        "Publication Date": "2023-03-02",
        "Language": "en",
        "Version": "NGEC_coder-Vers001-b1-Run-001",
    }
    return _changed(values, changes)


def _changed(values: dict[str, str], changes: Mapping[str, str]) -> dict[str, str]:
    changed = {name.replace("_", " "): value for name, value in changes.items()}
    assert changed.keys() <= values.keys()
    return values | changed


def plain(rows: Sequence[Mapping[str, str]], header: Sequence[str] | None = None) -> str:
    """The rows as tab-separated text in which a quote is a quote, as both datasets are published."""
    lines = [list(header or rows[0]), *(list(row.values()) for row in rows)]
    return "".join("\t".join(line) + "\n" for line in lines)


def quoted(rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows as tab-separated text with every cell in quotes, as Dataverse exports tables."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    return out.getvalue()


def convert(folder: Path, content: str, name: str, **options: Any) -> Conversion:
    path = folder / name
    path.write_text(content, encoding="utf-8", newline="")
    return ce.convert(path, **options)
