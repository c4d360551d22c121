"""ICEWS: the coded event data of the Integrated Crisis Early Warning System (Lockheed Martin and BBN), 1995-2023.

One row is one sentence of one story, coded by machine as who did what to whom: a claim. An event id is unique only
together with the event's date, so `event_id` holds both; `origin_id` is the source's id as it stands. Read are the
yearly and weekly files of Harvard Dataverse, plain or exported with quotes, the 2017 file without CAMEO codes and
with days in US order, and copies whose headers were rewritten by R (`event_id`, `Event.ID`).
"""

from __future__ import annotations

import re

from conflict_events.converters.countries import actor_type_of
from conflict_events.converters.machine_coded import (
    Kind,
    agreed,
    countries_table,
    country_named,
    kind_of,
    kinds_table,
    side_type,
    sides,
)
from conflict_events.converters.tabular.cells import Day, Id, Number, Text
from conflict_events.converters.tabular.dataset import Dataset, Layout, Made, Mapped, SideTable
from conflict_events.converters.tabular.days import Order
from conflict_events.schema import vocabulary

_COLUMNS = (
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
)
_HERE_ONLY = {"Congo": "COG"}
"""Names that mean one country beside ICEWS's others: it calls the other Congo the Democratic Republic of Congo."""

_SPARE = ", not specified below"
_WHERE = (
    "CASE WHEN City IS NOT NULL THEN 2 WHEN District IS NOT NULL THEN 3 WHEN Province IS NOT NULL THEN 4 "
    "WHEN Country IS NOT NULL OR our_latitude IS NOT NULL OR our_longitude IS NOT NULL THEN 6 END"
)
"""The most specific name tells what the point is of. A town's point is its centre, and a machine put the event there:
no exact place. A point without any name is taken to be no better than a country's."""


def _kinds() -> dict[str, Kind]:
    """What crosswalk_cameo says of each code and, after `text:`, of each event text, where there is one reading.

    A code may have lost its leading zero on the way: `42` is read as 042, and `14`, which may be 014 too, only where
    both mean the same.
    """
    readings: list[tuple[str, Kind]] = []
    for row in vocabulary.rows("crosswalk_cameo"):
        code, label = row["cameo_code"] or "", (row["label"] or "").lower()
        kind = kind_of("CAMEO", code, row)
        readings += [(key, kind) for key in {code, code.removeprefix("0")}]
        readings += [(f"text:{key}", kind) for key in {label, label.removesuffix(_SPARE)}]
    return agreed(readings)


_KEY = """CASE WHEN "CAMEO Code" IS NULL THEN 'text:' || lower("Event Text") ELSE "CAMEO Code" END"""
_KIND = f"(SELECT {{}} FROM icews_kinds WHERE key = {_KEY})"


def _among(sector: str, sectors: str) -> str:
    """SQL: whether the sector is one of a list; the cheap test that most rows fail comes first."""
    parted = f"contains(',' || replace({sectors}, ', ', ',') || ',', ',{sector},')"
    return f"CASE WHEN contains({sectors}, '{sector}') THEN {parted} ELSE false END"


def _type(side: str, of: str) -> str:
    """SQL of a side's actor type, by its sectors, a list in no order.

    Military and Police are CAMEO's MIL and COP, Insurgents its INS. General Population / Civilian / Social are
    civilians, unless they act in a protest or riot, or in what is not known to be none. Nothing is said of a side
    that is more than one thing: a dissident army, an insurgent government, a people in revolt.
    """
    sectors, own = f'"{of} Sectors"', country_named(f'"{of} Country"')
    police, army, dissident, insurgent, government, people = (
        _among(one, sectors)
        for one in (
            "Police",
            "Military",
            "Dissident",
            "Insurgents",
            "Government",
            "General Population / Civilian / Social",
        )
    )
    crowd = "coalesce(starts_with(\"CAMEO Code\", '14'), our_event_type IN ('protests', 'riots'), true)"
    mil, ins = actor_type_of("'MIL'"), actor_type_of("'INS'")
    return (
        f"CASE WHEN {sectors} IS NULL THEN NULL "
        f"WHEN {army} OR {police} THEN "
        f"CASE WHEN NOT ({dissident} OR {insurgent}) THEN {side_type(mil, own, 'our_country')} END "
        f"WHEN {government} THEN NULL WHEN {insurgent} THEN {ins} "
        f"WHEN {people} AND NOT {dissident}{f' AND NOT {crowd}' if side == 'a' else ''} THEN 'civilians' END"
    )


def version(name: str) -> str | None:
    """When a file was made, by its name: `events.2018.20200427084805.tab`, `20200505-icews-events.tab`."""
    found = re.search(r"events\.\d{4}\.(\d{8,14})\b|(?<!\d)(\d{6,8})-icews-events", name, re.IGNORECASE)
    return found[1] or found[2] if found else None


ICEWS = Dataset(
    name="icews",
    title="ICEWS",
    licence="the terms at doi:10.7910/DVN/28075, Harvard Dataverse: read them before passing rows on",
    key=frozenset({"Event ID", "Event Date", "Source Name", "Event Text", "Target Name", "Story ID"}),
    layouts=(
        Layout("Dataverse", frozenset({"CAMEO Code"})),
        Layout("Dataverse, 2017 without CAMEO codes"),
    ),
    mapped=(
        Mapped("Event ID", "origin_id", Id()),
        Mapped("Event Date", "date_start", Day()),
        Mapped("Source Name", "side_a"),
        Mapped("Target Name", "side_b"),
        Mapped("City", "place_name"),
        Mapped("District", "admin2"),
        Mapped("Province", "admin1"),
        Mapped("Latitude", "latitude", Number()),
        Mapped("Longitude", "longitude", Number()),
    ),
    made=(
        Made("event_id", "concat_ws(':', 'icews', our_origin_id, our_date_start)", stated=True),
        Made("origin", "'icews'", stated=True),
        Made("origin_version", "$version", stated=True),
        Made("record_status", "'claim'", stated=True),
        Made("event_level", "'incident'", stated=True),
        Made("event_type", _KIND.format("event_type")),
        Made("event_subtype", _KIND.format("event_subtype")),
        Made("date_end", "our_date_start", stated=True),
        Made("date_precision", "CASE WHEN our_date_start IS NOT NULL THEN 1 END"),
        Made("initiator", "'not_coded'", stated=True),
        Made("country", country_named('"Country"'), stated=True),
        Made("where_precision", _WHERE),
        Made("side_a_type", _type("a", "Source")),
        Made("side_b_type", _type("b", "Target")),
        Made("coder", "concat_ws('/', 'icews', $version)", stated=True),
        Made("reviewed", "false", stated=True),
        Made("notes", _KIND.format("note")),
    ),
    kept={name: Text() for name in _COLUMNS},
    aliases={re.sub("[ ]", mark, name.lower()): name for name in _COLUMNS for mark in "_."},
    nulls=frozenset({"NA", "NULL"}),
    sides=(SideTable("event_actors", sides()),),
    prepare=(kinds_table("icews_kinds", _kinds()), countries_table(_HERE_ONLY)),
    version=version,
    # the 2017 file's; all others write days as YYYY-MM-DD
    custom=Order.MONTH_FIRST,
    notes={
        f'"CAMEO Code" IS NOT NULL AND {_KIND.format("key")} IS NULL': "{n} rows have a CAMEO Code that is no CAMEO "
        "code, or one that lost a zero and can be two: it says nothing of event_type and stays in native",
        '"Country" IS NOT NULL AND our_country IS NULL': "{n} rows have a Country that is no country today or not "
        "known to us by that name: country is null, the name stays in native",
    },
)
