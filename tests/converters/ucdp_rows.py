"""Invented rows in the layouts of UCDP GED; no row of the dataset."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

_NEWEST = """
    id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,
    dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,
    source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,
    where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,
    date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob
"""
NEWEST = [name.strip() for name in _NEWEST.split(",")]


def row(id: int | str = 1, **changes: Any) -> dict[str, Any]:
    """A sound row, fictional: a clash in Sudan in 2005. Values as the newest layout writes them."""
    values: dict[str, Any] = {
        "id": id,
        "relid": f"SUD-2005-1-1-{id}",
        "year": 2005,
        "active_year": 1,
        "code_status": "Clear",
        "type_of_violence": 1,
        "conflict_dset_id": 901,
        "conflict_new_id": 90001,
        "conflict_name": "Sudan: Exampleland",
        "dyad_dset_id": 902,
        "dyad_new_id": 90002,
        "side_a_dset_id": 112,
        "side_a_new_id": 112,
        "side_a": "Government of Sudan",
        "side_b_dset_id": 903,
        "side_b_new_id": 90003,
        "side_b": "Example Front",
        "number_of_sources": 1,
        "source_article": '"Example Wire,2005-03-02,Fighting, and ""more"""',
        "source_office": "Example Wire",
        "source_date": "2005-03-02",
        "source_headline": 'Fighting, and "more"',
        "source_original": "army\nspokesman",
        "where_prec": 2,
        "where_coordinates": "Exampletown",
        "where_description": "near Exampletown",
        "adm_1": "Example state",
        "adm_2": "",
        "latitude": 7.7,
        "longitude": 28.02,
        "priogrid_gid": 140817,
        "country": "Sudan",
        "country_id": 625,
        "region": "Africa",
        "event_clarity": 1,
        "date_prec": 1,
        "date_start": date(2005, 3, 1),
        "date_end": date(2005, 3, 1),
        "deaths_a": 1,
        "deaths_b": 2,
        "deaths_civilians": 0,
        "deaths_unknown": 0,
        "best": 3,
        "high": 4,
        "low": 3,
        "gwnoa": 625,
        "gwnob": "",
    } | changes
    values.setdefault("dyad_name", f"{values['side_a']} - {values['side_b']}")
    values.setdefault("geom_wkt", f"POINT ({values['longitude']!r} {values['latitude']!r})")
    return values


def text(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = NEWEST) -> str:
    """The rows as a CSV in the newest layout."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([str(one.get(name, "")) for name in columns] for one in rows)
    return out.getvalue()


def web(rows: Sequence[Mapping[str, Any]]) -> str:
    """The same rows as the web export writes them: other names, US days, True and False, a comma at each row's end."""
    names = {"best": "best_est", "high": "high_est", "low": "low_est"}
    columns = [name for name in NEWEST if name not in ("gwnoa", "gwnob")]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([names.get(name, name) for name in columns])
    for one in rows:
        cells = [_web(name, one[name]) for name in columns]
        csv.writer(out, lineterminator="\n").writerow([*cells, ""])
    return out.getvalue()


def hdx(rows: Sequence[Mapping[str, Any]], iso3: str) -> str:
    """The same rows as the Humanitarian Data Exchange copies them: `iso3`, a row of tags, a time in each day."""
    columns = [name for name in NEWEST if name not in ("gwnoa", "gwnob")]
    columns.insert(columns.index("longitude"), "iso3")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerow(["#date+start" if name == "date_start" else "" for name in columns])
    for one in rows:
        given = {**one, "iso3": iso3}
        writer.writerow([_hdx(name, given[name]) for name in columns])
    return out.getvalue()


def _web(name: str, value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%m/%d/%Y} 00:00:00"
    if name == "active_year":
        return str(bool(value))
    return f"{value:.6f}" if isinstance(value, float) else str(value)


def _hdx(name: str, value: Any) -> str:
    if isinstance(value, date):
        return f"{value} 00:00:00.000"
    return f"{value}.0" if name == "id" else str(value)
