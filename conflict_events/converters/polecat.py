"""POLECAT: events coded by machine after the PLOVER ontology (Leidos, Harvard Dataverse), 2018 onwards.

One row is one event of one story, in one mode: a claim. A story gives several rows. Read are the weekly and yearly
files, plain or zipped; some have a header with names for which the rows have no cell (`Headline`), some call the
intensity `Intensity`. A `None` is no value. Cells that name several things join them with `;`.
"""

from __future__ import annotations

import re

from conflict_events.converters.countries import actor_type_of
from conflict_events.converters.machine_coded import (
    agreed,
    countries_table,
    country_named,
    kind_of,
    kinds_table,
    side_type,
)
from conflict_events.converters.tabular.cells import Day, Id, Number, Text
from conflict_events.converters.tabular.dataset import Dataset, Implied, Layout, Made, Mapped, SideTable
from conflict_events.schema import vocabulary

_COLUMNS = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Event Intensity",
    "Quad Code",
    "Contexts",
    *(
        name.format(side)
        for side in ("Actor", "Recipient")
        for name in (
            "{} Name",
            "{} Country",
            "{} COW",
            "Primary {} Sector",
            "{} Sectors",
            "{} Title",
            "{} Name Raw",
            "Wikipedia {} ID",
        )
    ),
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
)
_GHOSTS = ("headline", "event text", "feed", "story id")

_WHERE = """CASE
    WHEN "Feature Type" IS NULL THEN CASE
        WHEN City IS NOT NULL THEN 2 WHEN District IS NOT NULL THEN 3 WHEN Province IS NOT NULL THEN 4
        WHEN Country IS NOT NULL OR our_latitude IS NOT NULL OR our_longitude IS NOT NULL THEN 6 END
    WHEN starts_with("Feature Type", 'PPL') THEN 2
    WHEN starts_with("Feature Type", 'PCL') OR "Feature Type" IN ('TERR', 'CONT') THEN 6
    WHEN starts_with("Feature Type", 'ADM1') THEN 4
    WHEN starts_with("Feature Type", 'ADM') AND "Feature Type" NOT IN ('ADMD', 'ADMDH', 'ADMF') THEN 3
    WHEN "Feature Type" IN ('OCN', 'SEA', 'GULF') THEN 7
    WHEN City IS NOT NULL THEN 2 ELSE 5 END"""
"""By GeoNames' feature code: a place where people live, whose centre
the point is; a state; divisions, those below the second order no better
than it; the sea; any other feature, near a town or, with none named, of unknown size."""


_KINDS = agreed(
    (
        f"{row['plover_type']}/{row['plover_mode'] or ''}".lower(),
        kind_of("PLOVER", row["plover_mode"] or row["plover_type"], row),
    )
    for row in vocabulary.rows("crosswalk_plover")
)
_KIND = "(SELECT {} FROM polecat_kinds WHERE key = lower(\"Event Type\" || '/' || coalesce(\"Event Mode\", '')))"


def _type(side: str, of: str) -> str:
    """SQL of a side's actor type, by its primary sector, where it has one; who protests is no longer a civilian."""
    kind, own = actor_type_of(f'"Primary {of} Sector"'), country_named(f'"{of} Country"')
    found = side_type(kind, own, "our_country")
    if side == "a":
        found = f"CASE WHEN {kind} = 'civilians' AND lower(\"Event Type\") = 'protest' THEN NULL ELSE {found} END"
    return f'CASE WHEN "Primary {of} Sector" IS NOT NULL THEN {found} END'


def version(name: str) -> str | None:
    """The release in a weekly file's name: `ngecEvents.20230103111842.Release603.DV.txt` is 603."""
    found = re.search(r"release[._-]?(\d+)", name, re.IGNORECASE)
    return found[1] if found else None


_ACTORS = " UNION ALL ".join(
    "SELECT DISTINCT event_id, NULL AS actor_id, trim(name) AS name, side, 'primary' AS role FROM "
    f"(SELECT our_event_id AS event_id, unnest(string_split(our_side_{side}, ';')) AS name, '{side}' AS side "
    f"FROM read WHERE our_side_{side} IS NOT NULL) WHERE trim(name) <> ''"
    for side in "ab"
)

POLECAT = Dataset(
    name="polecat",
    title="POLECAT",
    licence="for research and education only, not for commercial use, Leidos (doi:10.7910/DVN/AJGVIT)",
    key=frozenset({"Event ID", "Event Date", "Event Type", "Event Mode", "Actor Name", "Recipient Name", "Country"}),
    layouts=(
        Layout("with Event Intensity", frozenset({"event intensity"})),
        Layout("with Intensity", frozenset({"intensity"})),
    ),
    mapped=(
        Mapped("Event ID", "origin_id", Id()),
        Mapped("Event Date", "date_start", Day()),
        Mapped("Actor Name", "side_a"),
        Mapped("Recipient Name", "side_b"),
        Mapped("Placename", "place_name"),
        Mapped("District", "admin2"),
        Mapped("Province", "admin1"),
        Mapped("Latitude", "latitude", Number()),
        Mapped("Longitude", "longitude", Number()),
    ),
    made=(
        Made("event_id", "'polecat:' || our_origin_id", stated=True),
        Made("origin", "'polecat'", stated=True),
        Made("origin_version", "$version", stated=True),
        Made("record_status", "'claim'", stated=True),
        Made("event_level", "'incident'", stated=True),
        Made("event_type", _KIND.format("event_type")),
        Made("event_subtype", _KIND.format("event_subtype")),
        Made("date_end", "our_date_start", stated=True),
        Made("date_precision", "CASE WHEN our_date_start IS NOT NULL THEN 1 END"),
        Made("initiator", "'not_coded'", stated=True),
        Made("country", country_named("Country"), stated=True),
        Made("where_precision", _WHERE),
        Made("side_a_type", _type("a", "Actor")),
        Made("side_b_type", _type("b", "Recipient")),
        Made("coder", "concat_ws('/', 'polecat', Version)", stated=True),
        Made("reviewed", "false", stated=True),
        Made("notes", _KIND.format("note")),
    ),
    implied=(Implied("Country", "our_country", Text()),),
    kept={name: Text() for name in _COLUMNS},
    aliases={
        **{re.sub(" ", mark, name.lower()): name for name in _COLUMNS for mark in "_."},
        "intensity": "Event Intensity",
    },
    ghosts=frozenset(_GHOSTS),
    nulls=frozenset({"None"}),
    sides=(SideTable("event_actors", _ACTORS),),
    prepare=(kinds_table("polecat_kinds", _KINDS), countries_table()),
    version=version,
    notes={
        "Country IS NOT NULL AND our_country IS NULL": "{n} rows have a Country that is no one country known to us: "
        "country is null, the cell stays in native",
    },
)
