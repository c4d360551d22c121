"""events: one row per event. Rule ids CE101-CE159 are of one column; the others stand in `events_rules`."""

from __future__ import annotations

from conflict_events.schema.column import Column, Table, between, matches, one_of, required
from conflict_events.schema.rule import ACLED, UCDP
from conflict_events.schema.tables.events_rules import RULES
from conflict_events.schema.types import Type

WGS84 = "WGS 84 (EPSG:4326)"

_IDENTITY = (
    Column(
        "event_id",
        Type.STRING,
        "Identifier of the event; unique, of no set form. Minted once in the records; `origin:origin_id` for a "
        "converted event, so the same input gives the same id everywhere.",
        rules=(required("CE101"),),
    ),
    Column(
        "origin",
        Type.STRING,
        "What the event was made from: an article or a dataset.",
        rules=(required("CE102"), one_of("CE103", "origin")),
    ),
    Column("origin_id", Type.STRING, "Identifier of the event in its source dataset."),
    Column("origin_version", Type.STRING, "Release of the source dataset that the row was taken from."),
    Column(
        "record_status",
        Type.STRING,
        "Standing of the row: candidate, final, withdrawn, or a machine-coded claim that nobody vouches for.",
        rules=(required("CE104"), one_of("CE105", "record_status")),
    ),
    Column(
        "event_level",
        Type.STRING,
        "Whether the row is one incident, or an aggregate: a toll or a fight reported over several incidents.",
        rules=(required("CE106"), one_of("CE107", "event_level")),
    ),
    Column(
        "parent_event_id",
        Type.STRING,
        "The aggregate that an incident lies in. Deaths stand at one level only, so a plain sum is right.",
    ),
)

_KIND = (
    Column(
        "event_type",
        Type.STRING,
        "Kind of event, by ACLED's terms; null where the source does not code tactics (UCDP).",
        source=ACLED,
        rules=(one_of("CE108", "event_type"),),
    ),
    Column(
        "event_subtype",
        Type.STRING,
        "Subkind of event; it determines the event_type.",
        source=ACLED,
        rules=(one_of("CE109", "event_subtype"),),
    ),
    Column(
        "violence_type",
        Type.INT8,
        "UCDP type of organised violence: 1 state-based, 2 non-state, 3 one-sided.",
        source=UCDP,
        rules=(one_of("CE110", "violence_type"),),
    ),
    Column("civilian_targeting", Type.BOOL, "Whether civilians were the main target of the violence.", ACLED),
)

_TIME = (
    Column(
        "date_start",
        Type.DATE,
        "First day of the event, or of the window it lies in. Null only for candidates and claims.",
        unit="day, local calendar",
    ),
    Column(
        "date_end",
        Type.DATE,
        "Last day of the event, or of the window it lies in.",
        unit="day, local calendar",
    ),
    Column(
        "date_precision",
        Type.INT8,
        "How exact the dates are: 1 day, 2 two to six days, 3 week, 4 month, 5 longer. Agrees with the span.",
        source=UCDP,
        rules=(one_of("CE111", "date_precision"),),
    ),
    Column(
        "date_kind",
        Type.STRING,
        "Whether the event happened once somewhere within the window, or went on all through it.",
        rules=(one_of("CE112", "date_kind"),),
    ),
    Column(
        "date_basis",
        Type.STRING,
        "What the dates rest on: stated, relative to a known day, or a default window before publication.",
        rules=(one_of("CE113", "date_basis"),),
    ),
)


def _side(letter: str, type_rule: str) -> tuple[Column, ...]:
    role = "that acts, takes or announces" if letter == "a" else "that is acted upon"
    return (
        Column(
            f"side_{letter}",
            Type.STRING,
            f"Neutral canonical name of the side {role}, where the source codes a direction. The source's own "
            "words stand in reports. Null where unknown.",
        ),
        Column(f"side_{letter}_id", Type.STRING, f"Actor of side {letter}, in actors."),
        Column(
            f"side_{letter}_type",
            Type.STRING,
            f"Actor type of side {letter}, as of the event's date.",
            source=ACLED,
            rules=(one_of(type_rule, "actor_type"),),
        ),
    )


_SIDES = (
    *_side("a", "CE114"),
    *_side("b", "CE115"),
    Column(
        "initiator",
        Type.STRING,
        "Which side began: a, b, both, unknown, or not_coded (UCDP and ACLED do not code it).",
        rules=(one_of("CE116", "initiator"),),
    ),
    Column(
        "attribution",
        Type.STRING,
        "How the acting side is known: by its own claim, by witnesses, by its opponent, or by a third party.",
        rules=(one_of("CE117", "attribution"),),
    ),
    Column("territory_from", Type.STRING, "Name of the side that lost control of the place."),
    Column("territory_to", Type.STRING, "Name of the side that gained control of the place."),
    Column(
        "control_extent",
        Type.STRING,
        "How much of the place changed hands: full, partial, or still contested.",
        rules=(one_of("CE118", "control_extent"),),
    ),
)

_PLACE = (
    Column(
        "country",
        Type.STRING,
        "Country of the place, ISO 3166-1 alpha-3 (and XKX); a coding convention, no judgement on sovereignty.",
        source="ISO 3166-1",
        rules=(one_of("CE119", "country"),),
    ),
    Column("admin1", Type.STRING, "First-order division: governorate, province, state."),
    Column("admin2", Type.STRING, "Second-order division: district."),
    Column("place_name", Type.STRING, "Name of the most specific place given, as the source writes it."),
    Column("where_description", Type.STRING, "Where it was, in the coder's words: 'about 90 km east'."),
    Column("place_id", Type.STRING, "The place, in places."),
    Column("latitude", Type.DOUBLE, "Latitude of the point.", WGS84, "degree", (between("CE120", -90, 90),)),
    Column("longitude", Type.DOUBLE, "Longitude of the point.", WGS84, "degree", (between("CE121", -180, 180),)),
    Column(
        "where_precision",
        Type.INT8,
        "How exact the place is: 1 exact, 2 within about 25 km, 3 second-order division, 4 first-order division, "
        "5 part of a country, 6 country, 7 international water or air.",
        source=UCDP,
        rules=(one_of("CE122", "where_precision"),),
    ),
    Column(
        "priogrid_gid",
        Type.INT32,
        "PRIO-GRID cell of the point: floor((lat+90)/0.5)*720 + floor((lon+180)/0.5) + 1.",
        source="PRIO-GRID Codebook (Tollefsen, Strand and Buhaug 2012)",
        rules=(between("CE123", 1, 259200),),
    ),
)


def _deaths(name: str, rule_id: str, what: str) -> Column:
    return Column(name, Type.INT32, what, UCDP, "persons", (between(rule_id, 0),))


_DEATHS = (
    _deaths("deaths_side_a", "CE124", "Members of side a killed, best estimate."),
    _deaths("deaths_side_b", "CE125", "Members of side b killed, best estimate."),
    _deaths("deaths_civilians", "CE126", "Civilians killed, best estimate."),
    _deaths("deaths_unknown", "CE127", "Persons of unknown status killed, best estimate."),
    _deaths("deaths_low", "CE128", "Lowest reliable estimate of all killed. Null where no bound is known."),
    _deaths(
        "deaths_best",
        "CE129",
        "Best estimate of all killed. For ACLED, the lowest figure where sources differ, and 0 includes 'not "
        "mentioned'. Null where no source gives a figure: never an invented zero.",
    ),
    _deaths("deaths_high", "CE130", "Highest reliable estimate of all killed. Null where unbounded."),
)

_ACCOUNT = (
    Column(
        "conflict_id",
        Type.STRING,
        "The source's conflict id, prefixed with its name (`ucdp:333`).",
        rules=(matches("CE138", r"[a-z_]+:[^\n]+", "an id with its source's name before it, such as ucdp:333"),),
    ),
    Column(
        "dyad_id",
        Type.STRING,
        "The source's dyad id, prefixed with its name (`ucdp:735`).",
        rules=(matches("CE139", r"[a-z_]+:[^\n]+", "an id with its source's name before it, such as ucdp:735"),),
    ),
    Column(
        "event_clarity",
        Type.INT8,
        "UCDP clarity of the account: 1 clear, 2 less clear.",
        source=UCDP,
        rules=(one_of("CE131", "event_clarity"),),
    ),
    Column(
        "confidence",
        Type.FLOAT,
        "The coder's own confidence that the row is right; calibrated only where the coder's page says so.",
        unit="probability",
        rules=(between("CE132", 0, 1),),
    ),
    Column(
        "n_reports",
        Type.INT32,
        "Number of reports that tell of the event.",
        unit="reports",
        rules=(between("CE133", 0),),
    ),
    Column(
        "coder",
        Type.STRING,
        "Who or what coded the row, with version: `manual`, `rules/1.0`, `ucdp_ged/24.1`.",
        rules=(required("CE134"),),
    ),
    Column(
        "reviewed",
        Type.BOOL,
        "Whether a second look at the source confirmed the row.",
        rules=(required("CE135"),),
    ),
    Column(
        "derived",
        Type.STRINGS,
        "Names of the columns that a rule derived and the source does not state. geometry, bbox and priogrid_gid "
        "follow from the point always and are not listed.",
    ),
    Column("notes", Type.STRING, "What is unclear about the event, in the coder's own words."),
    Column("native", Type.STRING, "JSON object: the source row's columns that have no home in this table."),
    Column("event_cluster_id", Type.STRING, "Events judged the same across origins share a cluster."),
    Column(
        "release_added",
        Type.STRING,
        "Data release that first had the event.",
        rules=(matches("CE136", r"[0-9]{4}\.[0-9]{2}\.[0-9]+", "a data release such as 2026.11.0"),),
    ),
    Column(
        "release_revised",
        Type.STRING,
        "Data release that last changed the event.",
        rules=(matches("CE137", r"[0-9]{4}\.[0-9]{2}\.[0-9]+", "a data release such as 2026.11.0"),),
    ),
    Column("geometry", Type.BINARY, "The point of longitude and latitude, as WKB.", "GeoParquet 1.1"),
    Column("bbox", Type.BBOX, "Bounding box of the geometry, for pruning.", "GeoParquet 1.1", "degree"),
)

EVENTS = Table(
    name="events",
    description="One row per event. Stands on its own for most questions; the other tables say who said what.",
    columns=(*_IDENTITY, *_KIND, *_TIME, *_SIDES, *_PLACE, *_DEATHS, *_ACCOUNT),
    key=("event_id",),
    table_rules=RULES,
    sort=("date_start", "country", "event_id"),
)
