"""actors and places: the curated lists that events point at. CE421-CE459."""

from __future__ import annotations

from conflict_events.schema.column import Column, Table, between, one_of, required
from conflict_events.schema.rule import ACLED, UCDP
from conflict_events.schema.table_rules import in_order, unique
from conflict_events.schema.tables.events import WGS84
from conflict_events.schema.types import Type

ACTORS = Table(
    name="actors",
    description="Armed groups, state forces and others that take part in events, under neutral names.",
    key=("actor_id",),
    sort=("actor_id",),
    columns=(
        Column("actor_id", Type.STRING, "Identifier of the actor.", rules=(required("CE421"),)),
        Column("name", Type.STRING, "Neutral canonical name.", rules=(required("CE422"),)),
        Column(
            "aliases",
            Type.STRINGS,
            "Other spellings and names met in sources; empty where there are none.",
            rules=(required("CE426"),),
        ),
        Column(
            "actor_type",
            Type.STRING,
            "Kind of actor. In events a state's force outside its own country counts as external_forces.",
            source=ACLED,
            rules=(required("CE423"), one_of("CE424", "actor_type")),
        ),
        Column(
            "country",
            Type.STRING,
            "Home country, ISO 3166-1 alpha-3.",
            source="ISO 3166-1",
            rules=(one_of("CE425", "country"),),
        ),
        Column("active_from", Type.DATE, "First day it existed under this name.", unit="day"),
        Column("active_to", Type.DATE, "Last day it existed under this name.", unit="day"),
        Column("affiliations", Type.AFFILIATIONS, "What it belonged to, and from when to when."),
    ),
    table_rules=(unique("CE431", "actor_id"), in_order("CE432", "active_from", "active_to")),
)

PLACES = Table(
    name="places",
    description="Places that events happened at, with coordinates and where the coordinates come from.",
    key=("place_id",),
    sort=("country", "place_id"),
    columns=(
        Column("place_id", Type.STRING, "Identifier of the place.", rules=(required("CE441"),)),
        Column("name", Type.STRING, "Name of the place.", rules=(required("CE442"),)),
        Column(
            "aliases",
            Type.STRINGS,
            "Other spellings and names met in sources; empty where there are none.",
            rules=(required("CE454"),),
        ),
        Column(
            "kind",
            Type.STRING,
            "What it is: city, village, district, governorate, border crossing.",
            rules=(required("CE443"), one_of("CE444", "place_kind")),
        ),
        Column(
            "country",
            Type.STRING,
            "Country, ISO 3166-1 alpha-3; a coding convention.",
            source="ISO 3166-1",
            rules=(required("CE445"), one_of("CE446", "country")),
        ),
        Column("admin1", Type.STRING, "First-order division."),
        Column("admin2", Type.STRING, "Second-order division."),
        Column(
            "latitude",
            Type.DOUBLE,
            "Latitude of the point.",
            WGS84,
            "degree",
            (required("CE447"), between("CE448", -90, 90)),
        ),
        Column(
            "longitude",
            Type.DOUBLE,
            "Longitude of the point.",
            WGS84,
            "degree",
            (required("CE449"), between("CE450", -180, 180)),
        ),
        Column(
            "where_precision",
            Type.INT8,
            "Precision that an event placed here has, by UCDP's scale.",
            source=UCDP,
            rules=(required("CE451"), one_of("CE452", "where_precision")),
        ),
        Column(
            "coordinate_source",
            Type.STRING,
            "Where the coordinates come from.",
            rules=(required("CE453"),),
        ),
        Column("geonames_id", Type.STRING, "Identifier in GeoNames.", source="GeoNames"),
    ),
    table_rules=(unique("CE456", "place_id"),),
)
