"""UCDP GED: the Georeferenced Event Dataset of the Uppsala Conflict Data Program (CC BY 4.0).

One row is one event with a death count by side. Every layout since 5.0 is read: `*_dset_id` and `*_new_id` or the
plain ids before them, candidate releases, the API's JSON, the web export (`best_est`, days in US order, a comma at
each row's end) and the copies on the Humanitarian Data Exchange (a row of tags, `iso3`). UCDP codes no tactics, so
there is no event type; its side a is no aggressor, so there is no initiator.
"""

from __future__ import annotations

import re

from conflict_events.converters.countries import country_of
from conflict_events.converters.tabular.cells import Day, Flag, Id, Number, Point, Text, Whole
from conflict_events.converters.tabular.dataset import Dataset, Implied, Layout, Made, Mapped, SideTable
from conflict_events.converters.tabular.days import Order

_PROVISIONAL = "(starts_with({0}, 'XXX') AND regexp_full_match({0}, 'XXX[0-9]*'))"
_DEATHS = {
    "deaths_a": "deaths_side_a",
    "deaths_b": "deaths_side_b",
    "deaths_civilians": "deaths_civilians",
    "deaths_unknown": "deaths_unknown",
    "best": "deaths_best",
    "high": "deaths_high",
    "low": "deaths_low",
}


def _words(name: str) -> str:
    """SQL of a name's words in order, so that 'Serbia (Yugoslavia)' and 'Yugoslavia (Serbia)' are one."""
    return f"list_sort(regexp_split_to_array(lower({name}), '[^a-z]+'))"


_RENUMBERED = ("conflict_id", "dyad_id", "side_a_id", "side_b_id")
"""Columns of files without `*_new_id`. Release 17.1 numbered conflicts, dyads and actors anew."""


def _numbered(column: str) -> str:
    """SQL of an id: the new one, or that of a file which has one only, by the numbering of its release.

    Before 17.1 a number meant another conflict than today, so the old ones are kept apart (`ucdp_old:`). Where the
    release is not known neither is the numbering: null.
    """
    numbering = "CASE WHEN TRY_CAST(split_part($version, '.', 1) AS INTEGER) < 17 THEN 'ucdp_old:' ELSE 'ucdp:' END"
    one = f"CASE WHEN $version IS NOT NULL THEN {numbering} || {Id().read(column, None)} END"
    return f"coalesce(our_{column}, {one})"


def _side_type(side: str) -> str:
    """SQL of the actor type of a side, where UCDP's definitions settle it.

    The host's government is state_forces and another's external_forces; UCDP's opponent of a government in
    state-based violence is an organised rebel group. Who fights whom in non-state violence, and a group that attacks
    civilians, may be of several types: null.
    """
    name = f"our_side_{side}"
    rebel = "WHEN our_violence_type = 1 THEN 'rebel_group' " if side == "b" else ""
    return (
        f"CASE WHEN {name} = 'Government of ' || country THEN 'state_forces' "
        f"WHEN contains({name}, ', Government of ') THEN NULL "
        f"WHEN starts_with({name}, 'Government of ') AND country IS NOT NULL THEN "
        f"CASE WHEN {_words(f'substr({name}, 15)')} = {_words('country')} "
        f"THEN 'state_forces' ELSE 'external_forces' END "
        f"WHEN starts_with({name}, 'Government of ') THEN NULL "
        f"WHEN {name} = 'Civilians' THEN 'civilians' WHEN {name} IS NULL THEN NULL {rebel}END"
    )


_GED = r"(?:(?<![a-z])|(?<=ucdp))ged[a-z]*[_-]?v?"
_MONTHS = re.compile(_GED + r"(\d{2})[._-](\d{2})[._-](\d{2})[._-](\d{2})(?!\d)", re.IGNORECASE)
_RELEASE = re.compile(_GED + r"(\d{1,2})[._-]?(\d)(?:[._-](\d{1,2}))?(?!\d)", re.IGNORECASE)


def version(name: str) -> str | None:
    """The release in a file's name: `GEDEvent_v24_1.csv` is 24.1, `GEDEvent_v24_0_3.csv` the candidate 24.0.3.

    Candidates of several months at once are named by their first and last: `GEDEvent_v23_01_23_03.csv` is 23.01.23.03.
    """
    found = _MONTHS.search(name) or _RELEASE.search(name)
    return ".".join(part for part in found.groups() if part) if found else None


_SIDE_ROWS = " UNION ALL ".join(
    f"SELECT our_event_id AS event_id, our_side_{side}_id AS actor_id, our_side_{side} AS name, '{side}' AS side, "
    f"'primary' AS role FROM read WHERE our_side_{side} IS NOT NULL"
    for side in "ab"
)
_ACTORS = " UNION ALL ".join(
    f"SELECT our_side_{side}_id AS actor_id, our_side_{side} AS name, CAST([] AS VARCHAR[]) AS aliases, "
    f"CASE WHEN starts_with(our_side_{side}, 'Government of ') THEN 'state_forces' "
    f"WHEN our_side_{side} = 'Civilians' THEN 'civilians' ELSE 'unknown' END AS actor_type "
    f"FROM read WHERE our_side_{side}_id IS NOT NULL AND our_side_{side} IS NOT NULL"
    for side in "ab"
)

UCDP_GED = Dataset(
    name="ucdp_ged",
    title="UCDP GED",
    licence="CC BY 4.0, Uppsala Conflict Data Program",
    key=frozenset({"id", "type_of_violence", "date_start", "date_end", "best", "low", "high"}),
    layouts=(
        Layout("web export", frozenset({"best_est", "conflict_new_id"})),
        Layout("HDX copy", frozenset({"iso3", "conflict_new_id"})),
        Layout("with dset and new ids (from 20.1)", frozenset({"conflict_new_id", "conflict_dset_id", "code_status"})),
        Layout("with new ids (17.1 to 19.1)", frozenset({"conflict_new_id"})),
        Layout(
            "with one id (before 17.1)", frozenset({"conflict_id"}), frozenset({"conflict_new_id", "conflict_dset_id"})
        ),
    ),
    mapped=(
        Mapped("id", "origin_id", Id()),
        Mapped("type_of_violence", "violence_type", Whole()),
        Mapped("conflict_new_id", "conflict_id", Id("ucdp:")),
        Mapped("dyad_new_id", "dyad_id", Id("ucdp:")),
        Mapped("side_a_new_id", "side_a_id", Id("ucdp:")),
        Mapped("side_a", "side_a", unless=_PROVISIONAL.format("side_a")),
        Mapped("side_b_new_id", "side_b_id", Id("ucdp:")),
        Mapped("side_b", "side_b", unless=_PROVISIONAL.format("side_b")),
        Mapped("number_of_sources", "n_reports", Whole(), unless="number_of_sources IN ('-1', '-1.0')"),
        Mapped("where_prec", "where_precision", Whole()),
        Mapped("where_coordinates", "place_name"),
        Mapped("where_description", "where_description"),
        Mapped("adm_1", "admin1"),
        Mapped("adm_2", "admin2"),
        Mapped("latitude", "latitude", Number()),
        Mapped("longitude", "longitude", Number()),
        Mapped("priogrid_gid", "priogrid_gid", Whole()),
        Mapped("event_clarity", "event_clarity", Whole()),
        Mapped("date_prec", "date_precision", Whole()),
        Mapped("date_start", "date_start", Day()),
        Mapped("date_end", "date_end", Day()),
        *(Mapped(source, to, Whole()) for source, to in _DEATHS.items()),
    ),
    made=(
        Made("event_id", "'ucdp_ged:' || our_origin_id", stated=True),
        Made("origin", "'ucdp_ged'", stated=True),
        Made("origin_version", "$version", stated=True),
        Made(
            "record_status",
            "CASE WHEN code_status <> 'Clear' OR regexp_matches($version, '^[0-9]+\\.[0-9]+\\.') "
            "THEN 'candidate' ELSE 'final' END",
            stated=True,
        ),
        Made("event_level", "'incident'", stated=True),
        Made("initiator", "'not_coded'", stated=True),
        Made("country", country_of("gw", "country_id", "our_date_start"), stated=True),
        *(Made(column, _numbered(column), stated=True) for column in _RENUMBERED),
        Made("side_a_type", _side_type("a")),
        Made("side_b_type", _side_type("b")),
        Made("civilian_targeting", "CASE WHEN our_violence_type = 3 THEN true END"),
        Made("coder", "concat_ws('/', 'ucdp_ged', $version)", stated=True),
        Made("reviewed", "false", stated=True),
    ),
    implied=(
        Implied("year", "CAST(year(our_date_start) AS VARCHAR)"),
        Implied("dyad_name", "our_side_a || ' - ' || our_side_b", Text()),
        Implied("geom_wkt", "'POINT (' || our_longitude || ' ' || our_latitude || ')'", Point()),
        Implied("iso3", "our_country"),
    ),
    kept={
        "relid": Text(),
        "source_article": Text(),
        "source_office": Text(),
        "source_date": Text(),
        "source_headline": Text(),
        "source_original": Text(),
        "active_year": Flag(),
        "code_status": Text(),
        **dict.fromkeys(_RENUMBERED, Id()),
        "conflict_dset_id": Id(),
        "conflict_name": Text(),
        "dyad_dset_id": Id(),
        "side_a_dset_id": Id(),
        "side_b_dset_id": Id(),
        "gwnoa": Id(),
        "gwnob": Id(),
        "country": Text(),
        "country_id": Id(),
        "region": Text(),
        "start_year": Id(),
        "end_year": Id(),
    },
    aliases={
        "best_est": "best",
        "high_est": "high",
        "low_est": "low",
        "adm1": "adm_1",
        "adm2": "adm_2",
    },
    deaths=_DEATHS,
    sides=(
        SideTable("event_actors", _SIDE_ROWS),
        SideTable("actors", _ACTORS, shared=True),
    ),
    version=version,
    # the web export's; a file of another order tells, unless all its days are of the first twelve of a month
    custom=Order.MONTH_FIRST,
    notes={
        f"$version IS NULL AND coalesce({', '.join(_RENUMBERED)}) IS NOT NULL": "{n} rows have ids of conflict, dyad "
        "and sides, and no release says of which numbering (17.1 began a new one): ours are null, the ids stay in "
        "native; name the release",
        "our_country IS NULL AND country_id IS NOT NULL": "{n} rows have a country_id that is no Gleditsch-Ward code "
        "at that date: country is null, the code stays in native",
        f"{_PROVISIONAL.format('side_a')} OR {_PROVISIONAL.format('side_b')}": "{n} rows have a side without a name "
        "yet (XXX and a number): it is null, the mark stays in native",
    },
)
