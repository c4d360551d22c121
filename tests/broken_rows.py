"""A good row for every table, and for every rule a change that breaks it. Fictional."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from conflict_events import schema
from conflict_events.schema import kinds

D = date(2017, 5, 15)
SHA = "0" * 64

GOOD: dict[str, dict[str, Any]] = {
    "events": {
        "event_id": "e1",
        "origin": "article",
        "record_status": "final",
        "event_level": "incident",
        "event_type": "battles",
        "event_subtype": "armed_clash",
        "date_start": D,
        "date_end": D,
        "date_precision": 1,
        "date_basis": "stated",
        "country": "IRQ",
        "where_precision": 6,
        "coder": "manual",
        "reviewed": True,
        "n_reports": 1,
        "release_added": "2026.11.0",
    },
    "reports": {
        "report_id": "r1",
        "event_id": "e1",
        "source_id": "s1",
        "claim_kind": "event",
        "assertion": "stated",
        "evidence_sha256": SHA,
        "evidence_length": 9,
    },
    "casualties": {"report_id": "r1", "side": "a", "harm": "killed"},
    "event_actors": {"event_id": "e1", "name": "X", "side": "a", "role": "primary"},
    "sources": {"source_id": "s1", "language": "en", "title": "T", "publisher_id": "p1"},
    "publishers": {"publisher_id": "p1", "name": "P", "kind": "agency"},
    "actors": {"actor_id": "a1", "name": "A", "aliases": [], "actor_type": "unknown"},
    "places": {
        "place_id": "l1",
        "name": "L",
        "aliases": [],
        "kind": "village",
        "country": "IRQ",
        "latitude": 36.0,
        "longitude": 43.0,
        "where_precision": 1,
        "coordinate_source": "GeoNames",
    },
    "links": {"event_id_1": "e1", "event_id_2": "e2", "score": 0.5, "method": "m", "reasons": "r", "reviewed": False},
    "events_history": {"event_id": "e1", "valid_from": "2026.11.0", "valid_to": "2026.12.0"},
    "vocabulary": {"vocabulary": "v", "code": "c", "label": "l"},
    "crosswalk_acled": {"acled_event_type": "Battles", "acled_sub_event_type": "Armed clash", "layout": "current"},
    "crosswalk_acled_actor": {"inter": "1"},
    "crosswalk_ucdp": {"ucdp_column": "c", "ucdp_code": "1"},
    "crosswalk_cameo": {"cameo_code": "01"},
    "crosswalk_plover": {"plover_type": "PROTEST", "plover_mode": "demo"},
    "crosswalk_country": {"scheme": "gw", "code": "625", "name": "Sudan", "country": "SDN", "valid_from": D},
    "crosswalk_cameo_actor": {"cameo_role": "MIL"},
}
UCDP = {
    "event_id": "ucdp_ged:1",
    "origin": "ucdp_ged",
    "origin_id": "1",
    "event_type": None,
    "event_subtype": None,
    "n_reports": None,
}
GEOMETRY = b"\x01\x01\x00\x00\x00" + b"\x00" * 16
POINT = {"latitude": 36.34, "longitude": 43.13, "where_precision": 1, "geometry": GEOMETRY, "priogrid_gid": 181887}

# rule id -> what to change in the good row so that this rule breaks; and rules that must then break too
BROKEN: dict[str, dict[str, Any]] = {
    "CE103": {"origin": "x"},
    "CE105": {"record_status": "x"},
    "CE107": {"event_level": "x"},
    "CE108": {"event_type": "x", "event_subtype": None},
    "CE109": {"event_subtype": "x"},
    "CE110": {"violence_type": 4},
    "CE111": {"date_precision": 6},
    "CE112": {"date_kind": "x"},
    "CE113": {"date_basis": "x"},
    "CE114": {"side_a_type": "x"},
    "CE115": {"side_b_type": "x"},
    "CE116": {"initiator": "x"},
    "CE117": {"attribution": "x"},
    "CE118": {"control_extent": "x"},
    "CE119": {"country": "IRK"},
    "CE120": {**POINT, "latitude": 90.01},
    "CE121": {**POINT, "longitude": float("nan")},
    "CE122": {"where_precision": 8},
    "CE123": {"priogrid_gid": 0},
    **{f"CE{n}": {c: -1} for n, c in enumerate(("deaths_side_a", "deaths_side_b", "deaths_civilians"), 124)},
    **{f"CE{n}": {c: -1} for n, c in enumerate(("deaths_unknown", "deaths_low", "deaths_best", "deaths_high"), 127)},
    "CE131": {"event_clarity": 3},
    "CE132": {"confidence": 1.5},
    "CE133": {**UCDP, "n_reports": -1},
    "CE136": {"release_added": "v1"},
    "CE137": {"release_revised": "26.11"},
    "CE138": {"conflict_id": "333"},
    "CE139": {"dyad_id": "735\n"},
    "CE201": {"date_end": date(2017, 5, 14)},
    "CE202": {"date_precision": None},
    "CE203": {"date_precision": 3},
    "CE204": {"record_status": "final", "date_start": None, "date_end": None, "date_precision": None},
    "CE205": {"event_type": "riots"},
    "CE206": {"event_type": None},
    "CE207": {**POINT, "longitude": None},
    "CE208": {**POINT, "where_precision": None},
    "CE209": {**POINT, "priogrid_gid": 181888},
    "CE210": {"deaths_low": 3, "deaths_best": 2},
    "CE211": {"deaths_best": 3, "deaths_high": 2},
    "CE212": {"deaths_low": 3, "deaths_high": 2},
    "CE213": {
        **UCDP,
        "deaths_side_a": 1,
        "deaths_side_b": 1,
        "deaths_civilians": 0,
        "deaths_unknown": 0,
        "deaths_best": 3,
    },
    "CE214": {**UCDP, "violence_type": 3, "side_b": "Civilians", "deaths_side_a": 1},
    "CE215": {**UCDP, "violence_type": 3, "side_b": "Civilians", "deaths_side_b": 1},
    "CE216": {**UCDP, "violence_type": 3, "side_b": "X"},
    "CE217": {**UCDP, "where_precision": 4, "admin2": "X"},
    "CE218": {**UCDP, "where_precision": 6, "admin1": "X"},
    "CE219": {**UCDP, "date_start": date(1988, 12, 31), "date_end": date(1988, 12, 31)},
    "CE220": {
        "origin": "acled",
        "event_id": "acled:1",
        "origin_id": "1",
        "date_start": date(1996, 1, 1),
        "date_end": date(1996, 1, 1),
    },
    "CE221": {**UCDP, "event_id": "ucdp_ged:2"},
    "CE238": {"origin": "icews", "event_id": "7", "origin_id": "7"},
    "CE222": {**UCDP, "origin_id": None},
    "CE223": {**UCDP, "event_type": "battles", "event_subtype": "armed_clash"},
    "CE224": {"origin": "acled", "event_id": "acled:1", "origin_id": "1", "deaths_low": 1},
    "CE225": {"origin": "acled", "event_id": "acled:1", "origin_id": "1", "deaths_high": 1},
    "CE226": {"n_reports": None},
    "CE227": {"n_reports": 0},
    "CE228": {"event_subtype": "government_regains_territory"},
    "CE229": {"territory_from": "X", "territory_to": "X"},
    "CE230": {"parent_event_id": "e1"},
    "CE231": {"event_level": "aggregate", "parent_event_id": "e2"},
    "CE232": {"native": "[1]"},
    "CE233": {"geometry": GEOMETRY},
    "CE234": {"origin": "gdelt", "event_id": "gdelt:1", "origin_id": "1"},
    "CE236": {"date_start": date(1899, 12, 31), "date_end": date(1899, 12, 31)},
    "CE237": {"date_end": date(2101, 1, 1)},
    "CE239": {**UCDP, "event_type": "battles"},
    "CE240": {**UCDP, "initiator": "a"},
    **{
        f"CE{n}": {"origin": "acled", "event_id": "acled:1", "origin_id": "1", c: 1}
        for n, c in enumerate(("deaths_side_a", "deaths_side_b", "deaths_civilians", "deaths_unknown"), 241)
    },
    "CE245": {
        "origin": "acled",
        "event_id": "acled:1",
        "origin_id": "1",
        "event_type": "protests",
        "event_subtype": "peaceful_protest",
        "violence_type": 1,
    },
    "CE246": {"origin": "gdelt", "event_id": "gdelt:1", "origin_id": "1", "record_status": "claim", "deaths_best": 1},
    "CE235": {"side_a_id": "a1", "side_b_id": "a1"},
    "CE253": {"derived": ["country", "no_such"]},
    "CE254": {"parent_event_id": "e1"},
    "CE261": {"parent_event_id": "nowhere"},
    "CE256": {"side_a_id": "nobody"},
    "CE257": {"side_b_id": "nobody"},
    "CE258": {"place_id": "nowhere"},
    "CE259": {"event_id": "e9"},
    "CE260": {"n_reports": 2},
    "CE271": {"date_start": None, "date_end": None, "date_precision": None},
    "CE272": {"date_basis": None},
    "CE273": {"country": None},
    "CE274": {"where_precision": None},
    "CE275": {"reviewed": False},
    "CE278": {"record_status": "candidate"},
    "CE276": {"release_added": None},
    "CE277": {"event_subtype": None},
    "CE304": {"claim_kind": "x"},
    "CE305": {"claimant_type": "x"},
    "CE307": {"assertion": "x"},
    "CE308": {"event_subtype": "x"},
    "CE309": {"date_start": D, "date_end": D, "date_precision": 6},
    "CE310": {"evidence_start": -1, "evidence_end": 1},
    "CE311": {"evidence_start": -2, "evidence_end": -1},
    "CE312": {"evidence_sha256": "A" * 64},
    "CE313": {"evidence_length": 0},
    "CE321": {"event_id": None},
    "CE322": {"claim_kind": "control_status"},
    "CE323": {"date_start": D, "date_end": date(2017, 5, 14), "date_precision": 1},
    "CE324": {"date_start": D, "date_end": D, "date_precision": 3},
    "CE325": {"date_start": D},
    "CE326": {"evidence_start": 5, "evidence_end": 4},
    "CE327": {"evidence_length": None},
    "CE328": {"claimed_by": "X"},
    "CE329": {"evidence_start": 5},
    "CE330": {"supersedes_report_id": "r1"},
    "CE332": {"event_id": "e9"},
    "CE333": {"source_id": "s9"},
    "CE334": {"place_id": "l9"},
    "CE335": {"supersedes_report_id": "r9"},
    "CE336": {"evidence_sha256": None, "evidence_length": None},
    "CE337": {"native": "[1]"},
    "CE343": {"side": "x"},
    "CE345": {"harm": "x"},
    "CE346": {"low": -1},
    "CE347": {"best": -1},
    "CE348": {"high": -1},
    "CE351": {"low": 2, "best": 1},
    "CE352": {"best": 2, "high": 1},
    "CE353": {"low": 2, "high": 1},
    "CE355": {"report_id": "r9"},
    "CE364": {"side": "x"},
    "CE366": {"role": "x"},
    "CE372": {"event_id": "e9"},
    "CE373": {"actor_id": "a9"},
    "CE382": {"url": "ftp://x"},
    "CE384": {"language": "eng"},
    "CE385": {"text_sha256": "0"},
    "CE392": {"published": D, "republished": date(2017, 5, 14), "republished_by": "p1"},
    "CE393": {"republished": D},
    "CE394": {"derived_from_source_id": "s1"},
    "CE395": {"publisher_id": "p9"},
    "CE396": {"republished_by": "p9", "republished": D},
    "CE397": {"derived_from_source_id": "s9"},
    "CE398": {"title": None},
    "CE403": {"country": "XX"},
    "CE405": {"kind": "x"},
    "CE412": {"stance": "x"},
    "CE424": {"actor_type": "x"},
    "CE425": {"country": "XX"},
    "CE432": {"active_from": D, "active_to": date(2017, 5, 14)},
    "CE444": {"kind": "x"},
    "CE446": {"country": "XX"},
    "CE448": {"latitude": -91.0},
    "CE450": {"longitude": 181.0},
    "CE452": {"where_precision": 0},
    "CE464": {"score": 2.0},
    "CE472": {"event_id_2": "e1"},
    "CE473": {"event_id_1": "e9"},
    "CE474": {"event_id_2": "e9"},
    "CE483": {"valid_from": "x"},
    "CE485": {"valid_to": "x"},
    **{f"CE{n}": {"event_type": "x"} for n in (497, 512, 522)},
    **{f"CE{n}": {"event_subtype": "x"} for n in (498, 513, 523)},
    **{f"CE{n}": {"match": "x"} for n in (557, 572, 582)},
    "CE515": {"parent_code": "99"},
    "CE502": {"actor_type": "x"},
    "CE532": {"scheme": "x"},
    "CE535": {"country": "XX"},
    "CE536": {"valid_to": date(2017, 5, 14)},
    "CE542": {"actor_type": "x"},
    "CE543": {"match": "x"},
}
TWO_ROWS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "CE252": (
        {**UCDP, "dyad_id": "d", "side_a": "A", "side_b": "B"},
        {**UCDP, "event_id": "ucdp_ged:2", "origin_id": "2", "dyad_id": "d", "side_a": "A", "side_b": "C"},
    ),
    "CE255": (
        {"event_level": "aggregate", "deaths_best": 5},
        {"event_id": "e2", "parent_event_id": "e1", "deaths_best": 5},
    ),
}


def broken_row(rule: schema.Rule) -> dict[str, Any]:
    """The good row of the rule's table, changed so that it breaks the rule."""
    if isinstance(rule.kind, kinds.Required):
        return {**GOOD[rule.table], rule.kind.column: None}
    return {**GOOD[rule.table], **BROKEN[rule.id]}


def write_parquet(table: pa.Table, path: Path) -> None:
    """A Parquet file of rows that may break any rule: every column may be null. Small row groups have statistics."""
    free = pa.schema([field.with_nullable(True) for field in table.schema], metadata=table.schema.metadata)
    pq.write_table(table.cast(free), path, row_group_size=50)


ONE_ROW = [
    rule
    for rule in schema.RULES
    if rule.table != "*" and rule.id not in TWO_ROWS and not isinstance(rule.kind, kinds.Unique)
]
