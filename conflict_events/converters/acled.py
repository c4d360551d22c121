"""ACLED: the Armed Conflict Location and Event Data Project's events (acleddata.com; no redistribution).

One row is one event on one day, with one death count. Read are the files of 2017 (old event types, Gleditsch-Ward
numbers), of 2020 and 2021, the current layout as CSV, workbook or the API's JSON, and its actor-based export, which
gives each event once for each actor.

What is decided here
- `fatalities` is deaths_best, listed in `derived`: ACLED takes the lowest figure where sources differ, writes 0 where
  none is mentioned, 3 or 10 for "several" and the like, and splits tolls shared by events. There is no low, no high, no
  count by side.
- ACLED's order of actors is no direction: initiator is not_coded.
- violence_type is derived in two cases only, of battles and remote violence that does not target civilians. State
  forces against a rebel group is UCDP's type 1. Two rebel groups of different names, with no associated actor, are
  its type 2. No other pair is safe: militias may act for a state, and unidentified groups are among them; identity
  militias may be the state's own guards; forces of other states, missions and private companies share one code (8);
  state forces against state forces is mostly mutiny. Never 3: ACLED's violence against civilians needs no organised
  group, and UCDP's does. What remains doubtful: ACLED's state forces include de facto authorities.
- `notes` stay in `native`: ours say what is unclear about an event, ACLED's tell what happened.
- A `source` gives no language, which a row of `sources` needs: it stays in `native`.

Not established: what else than Kosovo has ISO number 0; whether files before 2017 differ from that year's.
"""

from __future__ import annotations

from conflict_events.converters.countries import country_of
from conflict_events.converters.tabular import quoted
from conflict_events.converters.tabular.cells import Coded, Day, Id, Number, Text, Whole
from conflict_events.converters.tabular.dataset import Dataset, Groups, Implied, Layout, Made, Mapped, SideTable
from conflict_events.converters.tabular.days import Order
from conflict_events.converters.tabular.native import PARTS
from conflict_events.schema import vocabulary

_KINDS = vocabulary.rows("crosswalk_acled")
_NOW = [kind for kind in _KINDS if kind["layout"] == "current"]
_ACTORS = {str(a["inter"]): a for a in vocabulary.rows("crosswalk_acled_actor") if a["actor_type"]}
_INTER = Coded(
    (
        *((str(actor["label"]), str(actor["actor_type"])) for actor in _ACTORS.values()),
        *((inter, str(actor["actor_type"])) for inter, actor in _ACTORS.items()),
    )
)
_TIME = Coded((("1", 1), ("2", 3), ("3", 4)))
"""A day; a week; a month. Ours are UCDP's precisions: day, week, month."""

_PLACE = Coded((("1", 1), ("2", 3), ("3", 4)))
"""The named place; a part of a region, told by a town in it; a larger region, told by its chief town."""

_DAY = "CASE our_date_precision WHEN 3 THEN our_date_end - 3 ELSE our_date_end END"
"""SQL of a day in the year of event_date, from the window made of it."""

_OUR_TYPES = {str(kind["event_type"]): kind["acled_event_type"] for kind in _NOW}
_BOTH = "Political violence; Demonstrations"
_ARMED = "our_event_type IN ('battles', 'explosions_remote_violence') AND our_civilian_targeting IS NOT true"
_STATE_AND_REBELS = (
    "our_side_a_type IN ('state_forces', 'rebel_group') AND our_side_b_type IN ('state_forces', 'rebel_group') "
    "AND our_side_a_type <> our_side_b_type"
)
_REBELS = (
    "our_side_a_type = 'rebel_group' AND our_side_b_type = 'rebel_group' AND our_side_a <> our_side_b "
    "AND assoc_actor_1 IS NULL AND assoc_actor_2 IS NULL"
)


def _map(pairs: dict[str, str | None], key: str) -> str:
    """SQL of the pairs' value for a key, null where there is none."""
    entries = ", ".join(f"{quoted.text(k)}: {quoted.text(v)}" for k, v in pairs.items() if v is not None)
    return f"MAP {{{entries}}}[{key}]"


def _event_type() -> str:
    """SQL of our type. The names of all layouts are known in each: none means two things."""
    return _map({str(k["acled_event_type"]).lower(): k["event_type"] for k in _KINDS}, "lower(trim(event_type))")


def _event_subtype() -> str:
    """SQL of our subtype, where the sub-event type belongs to the row's own event type."""
    plain = {str(k["acled_event_type"]).lower(): k["event_subtype"] for k in _KINDS if not k["acled_sub_event_type"]}
    sub = {f"{k['event_type']}|{str(k['acled_sub_event_type']).lower()}": k["event_subtype"] for k in _NOW}
    return (
        f"CASE WHEN sub_event_type IS NULL THEN {_map(plain, 'lower(trim(event_type))')} "
        f"ELSE {_map(sub, 'our_event_type || chr(124) || lower(trim(sub_event_type))')} END"
    )


def _disorder_type() -> str:
    """SQL of the disorder type that ACLED gives events of a kind."""
    return (
        f"CASE WHEN our_event_subtype = 'excessive_force_against_protesters' THEN '{_BOTH}' "
        "WHEN our_event_type = 'protests' OR our_event_subtype = 'violent_demonstration' THEN 'Demonstrations' "
        "WHEN our_event_type = 'strategic_developments' THEN 'Strategic developments' "
        "WHEN our_event_type <> 'riots' OR our_event_subtype = 'mob_violence' THEN 'Political violence' END"
    )


def _interaction() -> str:
    """SQL of the interaction that inter1 and inter2 give, in numbers or in labels as they are."""
    labels = ", ".join(quoted.text(actor["label"]) for actor in _ACTORS.values())
    first = f"list_position([{labels}], inter1) <= list_position([{labels}], inter2)"
    return (
        "CASE WHEN length(inter1) = 1 THEN CASE WHEN coalesce(inter2, '0') = '0' THEN inter1 || '0' "
        "ELSE least(inter1, inter2) || greatest(inter1, inter2) END WHEN inter2 IS NULL THEN inter1 || ' only' "
        f"WHEN {first} THEN inter1 || '-' || inter2 ELSE inter2 || '-' || inter1 END"
    )


def _country() -> str:
    """SQL of our country: by ISO number (Kosovo is 0), by ISO letters, by Gleditsch-Ward number, as a layout has it."""
    known = ", ".join(quoted.text(code) for code in vocabulary.codes("country"))
    return (
        "CASE WHEN iso IN ('0', '0.0') THEN "
        "CASE WHEN lower(coalesce(trim(country), 'kosovo')) = 'kosovo' THEN 'XKX' END "
        f"WHEN iso IS NOT NULL THEN {country_of('iso_numeric', 'iso', 'our_date_start')} "
        f"WHEN $has(iso3) AND iso3 IS NOT NULL THEN CASE WHEN iso3 IN ({known}) THEN iso3 END "
        f"WHEN $has(gwno) THEN {country_of('gw', 'gwno', 'our_date_start')} END"
    )


def _side(letter: str, n: int) -> tuple[Mapped, Mapped]:
    """A side's name and type. In the actor-based export which row is side a's follows from the file's order only."""
    inter, own = f"inter{n}", f"our_side_{letter}_type"
    return (
        Mapped(f"actor{n}", f"side_{letter}", derived=f"$grouped AND our_side_{letter} IS NOT NULL"),
        Mapped(
            inter,
            f"side_{letter}_type",
            _INTER,
            lenient=True,
            keep=f"({_INTER.back(own)}) IS DISTINCT FROM {inter}",
            derived=f"$grouped AND {own} IS NOT NULL",
        ),
    )


def _allies(column: str, side: str) -> str:
    return (
        f"SELECT our_event_id AS event_id, trim(unnest(string_split({column}, ';'))) AS name, '{side}' AS side, "
        f"'ally' AS role FROM read WHERE {column} IS NOT NULL"
    )


_FURTHER = f"""SELECT our_event_id AS event_id, unnest(from_json({PARTS}, '["JSON"]')[3:]) AS part FROM read
WHERE {PARTS} IS NOT NULL"""
_ACTOR_ROWS = f"""SELECT DISTINCT event_id, CAST(NULL AS VARCHAR) AS actor_id, name, side, role FROM (
SELECT our_event_id AS event_id, our_side_a AS name, 'a' AS side, 'primary' AS role FROM read
UNION ALL SELECT our_event_id, our_side_b, 'b', 'primary' FROM read
UNION ALL {_allies("assoc_actor_1", "a")}
UNION ALL {_allies("assoc_actor_2", "b")}
UNION ALL SELECT event_id, part ->> 'actor1', 'other', 'primary' FROM ({_FURTHER})
UNION ALL SELECT event_id, trim(unnest(string_split(part ->> 'assoc_actor_1', ';'))), 'other', 'ally' FROM ({_FURTHER})
) WHERE trim(name) <> ''"""

ACLED = Dataset(
    name="acled",
    title="ACLED",
    licence="terms of use of ACLED (acleddata.com): no redistribution; cite ACLED",
    key=frozenset(
        {
            *("event_id_cnty", "event_date", "time_precision", "event_type", "actor1"),
            *("latitude", "longitude", "geo_precision", "fatalities"),
        }
    ),
    layouts=(
        Layout("2017", frozenset({"gwno"}), frozenset({"sub_event_type", "iso"})),
        Layout(
            "actor-based",
            lacks=frozenset({"actor2", "inter2", "assoc_actor_2"}),
            groups=Groups(
                ("actor1", "inter1", "assoc_actor_1"),
                {"actor1": "actor2", "inter1": "inter2", "assoc_actor_1": "assoc_actor_2"},
            ),
        ),
        Layout("current", frozenset({"disorder_type"})),
        Layout("2020-21", frozenset({"sub_event_type", "iso"})),
    ),
    mapped=(
        Mapped("event_id_cnty", "origin_id", Id()),
        Mapped("event_date", "date_start", Day(), keep="our_date_precision > 1", derived="our_date_precision > 1"),
        Mapped("time_precision", "date_precision", _TIME, derived="our_date_precision > 1"),
        *_side("a", 1),
        *_side("b", 2),
        Mapped("admin1", "admin1"),
        Mapped("admin2", "admin2"),
        Mapped("location", "place_name"),
        Mapped("latitude", "latitude", Number()),
        Mapped("longitude", "longitude", Number()),
        Mapped("geo_precision", "where_precision", _PLACE, derived="our_where_precision IS NOT NULL"),
        Mapped("fatalities", "deaths_best", Whole(), derived="our_deaths_best IS NOT NULL"),
    ),
    made=(
        Made("event_id", "'acled:' || our_origin_id", stated=True),
        Made("origin", "'acled'", stated=True),
        Made("origin_version", "$version", stated=True),
        Made("record_status", "'final'", stated=True),
        Made("event_level", "'incident'", stated=True),
        Made("event_type", _event_type(), stated=True),
        Made(
            "civilian_targeting",
            "CASE WHEN lower(trim(civilian_targeting)) = 'civilian targeting' THEN true "
            "WHEN civilian_targeting IS NULL AND $has(civilian_targeting) THEN false END",
            stated=True,
        ),
        Made("country", _country(), stated=True),
        Made(
            "date_end",
            "CASE our_date_precision WHEN 3 THEN our_date_start + 3 WHEN 4 THEN last_day(our_date_start) "
            "ELSE our_date_start END",
            derived="our_date_precision > 1",
        ),
        Made("initiator", "'not_coded'", stated=True),
        Made("coder", "concat_ws('/', 'acled', $version)", stated=True),
        Made("reviewed", "false", stated=True),
        Made(
            "date_start",
            "CASE our_date_precision WHEN 3 THEN our_date_start - 3 WHEN 4 THEN date_trunc('month', our_date_start) "
            "ELSE our_date_start END",
            stated=True,
        ),
        Made("event_subtype", _event_subtype(), stated=True),
        Made(
            "violence_type",
            f"CASE WHEN {_ARMED} THEN CASE WHEN {_STATE_AND_REBELS} THEN 1 WHEN {_REBELS} THEN 2 END END",
        ),
    ),
    implied=(
        Implied(
            "year",
            f"CAST(year({_DAY}) AS VARCHAR)",
            Whole(),
        ),
        Implied("disorder_type", _disorder_type(), Text()),
        Implied("event_type", _map(_OUR_TYPES, "our_event_type"), Text()),
        Implied(
            "sub_event_type",
            _map({str(k["event_subtype"]): k["acled_sub_event_type"] for k in _NOW}, "our_event_subtype"),
            Text(),
        ),
        Implied("interaction", _interaction(), Text(), cells=("inter1", "inter2")),
        Implied("civilian_targeting", "CASE WHEN our_civilian_targeting THEN 'Civilian targeting' END", Text()),
        Implied("iso3", "our_country", Text()),
    ),
    kept={
        "iso": Text(),
        "gwno": Text(),
        "country": Text(),
        "region": Text(),
        "admin3": Text(),
        "assoc_actor_1": Text(),
        "assoc_actor_2": Text(),
        "source": Text(),
        "source_scale": Text(),
        "notes": Text(),
        "tags": Text(),
        "timestamp": Text(),
        "data_id": Text(),
        "event_id_no_cnty": Text(),
    },
    aliases={"ally_actor_1": "assoc_actor_1", "ally_actor_2": "assoc_actor_2"},
    deaths={"fatalities": "deaths_best"},
    sides=(SideTable("event_actors", _ACTOR_ROWS),),
    custom=Order.DAY_FIRST,
    notes={
        "our_event_type IS NULL AND lower(trim(event_type)) = 'riots/protests'": "{n} rows are of the old type "
        "Riots/Protests, which is two of ours: their event_type is null",
        "our_event_type IS NULL AND event_type IS NOT NULL AND lower(trim(event_type)) <> 'riots/protests'": "{n} rows "
        "have an event type that the crosswalk does not know: event_type is null, the cell stays in native",
        "our_event_subtype IS NULL AND our_event_type IS NOT NULL AND sub_event_type IS NOT NULL": "{n} rows have a "
        "sub-event type that is unknown or of another event type: event_subtype is null, the cell stays in native",
        "our_country IS NULL AND coalesce(iso, iso3, gwno) IS NOT NULL": "{n} rows have a country code that is unknown "
        "at that date: country is null, the code stays in native",
        "(our_side_a_type IS NULL AND inter1 IS NOT NULL) "
        "OR (our_side_b_type IS NULL AND inter2 NOT IN ('0', '0.0'))": "{n} rows have an inter code that "
        "is unknown: the side's type is null, the code stays in native",
        f"interaction <> ({_interaction()})": "{n} rows have an interaction that is not the one of their inter1 and "
        "inter2: it stays in native",
        f"json_array_length({PARTS}) > 2": "{n} events have more than two rows: the third and later actors are of side "
        "'other' in event_actors; were rows given twice?",
    },
)
