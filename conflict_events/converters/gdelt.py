"""GDELT event files: machine-made claims of who did what to whom, coded from news in CAMEO (free to use, cite GDELT).

One row is one claim that nobody vouches for: an event of status `claim`. Read are GDELT 1.0 (57 columns, 58 with
SOURCEURL, both widths in one file) and GDELT 2.0 (61 columns), without a header as published, or with one, as exports
from BigQuery have it. Codes are text, leading zeros kept. The codebook calls Actor1 the one who acts upon Actor2: so
side a acts. It does not say who began a fight, and machines code both directions of "clashed with": no initiator.
"""

from __future__ import annotations

from conflict_events.converters import code_lists
from conflict_events.converters.machine_coded import side_type, sides
from conflict_events.converters.tabular.cells import CompactDay, Id, Number, Text, Whole
from conflict_events.converters.tabular.dataset import Dataset, Headless, Implied, Layout, Made, Mapped, SideTable

_ACTOR = (
    *("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code"),
    *("Type1Code", "Type2Code", "Type3Code"),
)
_PLACE = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor{n}{part}" for n in "12" for part in _ACTOR),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"{whose}Geo_{part}" for whose in ("Actor1", "Actor2", "Action") for part in _PLACE),
    *("DATEADDED", "SOURCEURL"),
)
"""The 61 columns of GDELT 2.0, in order."""

OLD_COLUMNS = tuple(name for name in COLUMNS if not name.endswith("_ADM2Code"))
"""The 58 columns of GDELT 1.0, the last of which older files lack."""

_FILLED = ("EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "IsRootEvent", "GoldsteinScale")
_ELSEWHERE = frozenset(
    ("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", "Actor1Name", "Actor2Name", "NumArticles")
) | {"ActionGeo_FullName", "ActionGeo_Lat", "ActionGeo_Long"}
_KEPT = (*_FILLED, *(name for name in COLUMNS if name not in _ELSEWHERE and name not in _FILLED))


def fits(first: tuple[str, ...]) -> bool:
    """Whether a record without a header is a GDELT event: its number, day, month, year and codes are digits."""
    number, *days = (cell.strip() for cell in first[:4])
    code, quad = first[OLD_COLUMNS.index("EventCode")], first[OLD_COLUMNS.index("QuadClass")]
    return (
        number.isdecimal()
        and all(day.isdecimal() and len(day) == digits for day, digits in zip(days, (8, 6, 4), strict=True))
        and (not code or code.isdecimal())
        and quad in ("", "1", "2", "3", "4")
    )


def _side_type(n: str) -> str:
    """SQL of the type of an actor, by its first role. Who acts in a protest or riot is no longer a civilian."""
    home = code_lists.country("cameo", f"home_{n}", f"Actor{n}CountryCode", "our_date_start")
    found = side_type(f"role_{n}", home, "our_country")
    crowd = "role_1 = 'civilians' AND coalesce(starts_with(EventCode, '14'), true)"
    return f"CASE WHEN {crowd} THEN NULL ELSE {found} END" if n == "1" else found


def _before(span: str) -> str:
    """SQL of the day that lies a span before the one on which a row was added, as SQLDATE has it."""
    return f"strftime(TRY_STRPTIME(DATEADDED[:8], '%Y%m%d') - INTERVAL {span}, '%Y%m%d')"


_DAY = "CAST(our_date_start AS VARCHAR)"
_FRACTION = "((month(our_date_start) - 1) * 30 + day(our_date_start)) / 365"

_BACK = ", ".join(_before(span) for span in ("7 days", "1 month", "1 year"))

GDELT = Dataset(
    name="gdelt",
    title="GDELT events",
    licence="free to use and redistribute with attribution, the GDELT Project (gdeltproject.org)",
    key=frozenset({"GLOBALEVENTID", "SQLDATE", "EventCode", "QuadClass", "NumArticles", "ActionGeo_CountryCode"}),
    layouts=(
        Layout("2.0, with a header", frozenset({"ActionGeo_ADM2Code"}), version="2.0"),
        Layout("1.0, with a header", version="1.0"),
    ),
    headless=(
        Headless("2.0 (61 columns)", COLUMNS, len(COLUMNS), fits, version="2.0"),
        Headless("1.0 (57 or 58 columns)", OLD_COLUMNS, len(OLD_COLUMNS) - 1, fits, version="1.0"),
    ),
    mapped=(
        Mapped("GLOBALEVENTID", "origin_id", Id()),
        Mapped("SQLDATE", "date_start", CompactDay()),
        Mapped("Actor1Name", "side_a"),
        Mapped("Actor2Name", "side_b"),
        Mapped("ActionGeo_FullName", "place_name"),
        Mapped("ActionGeo_Lat", "latitude", Number()),
        Mapped("ActionGeo_Long", "longitude", Number()),
        Mapped("NumArticles", "n_reports", Whole()),
    ),
    made=(
        Made("event_id", "'gdelt:' || our_origin_id", stated=True),
        Made("origin", "'gdelt'", stated=True),
        Made("origin_version", "$version", stated=True),
        Made("record_status", "'claim'", stated=True),
        Made("event_level", "'incident'", stated=True),
        Made("event_type", "kind"),
        Made("event_subtype", "subkind"),
        Made("date_end", "our_date_start", stated=True),
        Made("date_precision", "CASE WHEN our_date_start IS NOT NULL THEN 1 END"),
        Made("initiator", "'not_coded'", stated=True),
        Made(
            "country",
            code_lists.country("fips", "place_country", "ActionGeo_CountryCode", "our_date_start"),
            stated=True,
        ),
        Made("side_a_type", _side_type("1")),
        Made("side_b_type", _side_type("2")),
        Made(
            "where_precision",
            "CASE ActionGeo_Type WHEN '1' THEN 6 WHEN '2' THEN 4 WHEN '3' THEN 2 WHEN '4' THEN 2 WHEN '5' THEN 4 END",
        ),
        Made("coder", "concat_ws('/', 'gdelt', $version)", stated=True),
        Made("reviewed", "false", stated=True),
        Made("notes", "kind_note"),
    ),
    implied=(
        Implied("MonthYear", f"{_DAY}[:4] || {_DAY}[6:7]", Text()),
        Implied("Year", f"{_DAY}[:4]", Text()),
        Implied("FractionDate", f"CAST(CAST(year(our_date_start) + {_FRACTION} AS DECIMAL(8, 4)) AS VARCHAR)", Text()),
    ),
    kept=dict.fromkeys(_KEPT, Text()),
    aliases={"Day": "SQLDATE"},
    lookups={
        "kind": code_lists.event_kinds("EventCode", "event_type"),
        "subkind": code_lists.event_kinds("EventCode", "event_subtype"),
        "kind_note": code_lists.event_notes("EventCode"),
        "place_country": code_lists.countries("fips", "ActionGeo_CountryCode"),
        **{f"role_{n}": code_lists.actor_types(f"Actor{n}Type1Code") for n in "12"},
        **{f"home_{n}": code_lists.countries("cameo", f"Actor{n}CountryCode") for n in "12"},
    },
    sides=(SideTable("event_actors", sides()),),
    notes={
        f"CASE WHEN SQLDATE = DATEADDED[:8] THEN false ELSE SQLDATE IN ({_BACK}) END": "{n} rows are dated "
        "exactly a week, a month or a year before they were added: that is how GDELT reads words such as 'last year', "
        "and the day is no more exact than they are",
        "our_country IS NULL AND ActionGeo_CountryCode IS NOT NULL": "{n} rows have an ActionGeo_CountryCode that "
        "stands for no country of ours at that date: country is null, the code stays in native",
        "our_event_type IS NULL AND EventCode IS NOT NULL": "{n} rows have a CAMEO code without a fair counterpart "
        "among our kinds: event_type is null, the code stays in native",
    },
)
