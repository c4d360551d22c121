"""Invented rows in the layouts of ACLED; no row of the dataset. The places and groups do not exist."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

_CURRENT = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
_OLD = (
    "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,timestamp,iso3"
)
_FIRST = (
    "GWNO,EVENT_ID_CNTY,EVENT_ID_NO_CNTY,EVENT_DATE,YEAR,TIME_PRECISION,EVENT_TYPE,ACTOR1,ALLY_ACTOR_1,INTER1,ACTOR2,"
    "ALLY_ACTOR_2,INTER2,INTERACTION,COUNTRY,ADMIN1,ADMIN2,ADMIN3,LOCATION,LATITUDE,LONGITUDE,GEO_PRECISION,SOURCE,NOTES,"
    "FATALITIES"
)
CURRENT, OLD, FIRST = (names.split(",") for names in (_CURRENT, _OLD, _FIRST))
BY_ACTOR = [name for name in CURRENT if name not in ("actor2", "assoc_actor_2", "inter2")]


def row(**changes: str) -> dict[str, str]:
    """A sound row of the current layout: a clash in Sudan, between two forces that do not exist."""
    values = {
        "event_id_cnty": "SDN900001",
        "event_date": "2024-08-05",
        "year": "2024",
        "time_precision": "1",
        "disorder_type": "Political violence",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "Military Forces of Testland (2020-)",
        "assoc_actor_1": "",
        "inter1": "State forces",
        "actor2": "Red Example Front",
        "assoc_actor_2": "",
        "inter2": "Rebel group",
        "interaction": "State forces-Rebel group",
        "civilian_targeting": "",
        "iso": "729",
        "region": "Northern Africa",
        "country": "Sudan",
        "admin1": "Example state",
        "admin2": "Example district",
        "admin3": "",
        "location": "Exampletown",
        "latitude": "15.5",
        "longitude": "32.25",
        "geo_precision": "1",
        "source": "Example Wire; Example Post",
        "source_scale": "National",
        "notes": 'A clash that never was, "so to say".',
        "fatalities": "4",
        "tags": "",
        "timestamp": "1722900000",
    }
    assert set(changes) <= set(values)
    return values | changes


def old_row(**changes: str) -> dict[str, str]:
    """The same row in the layout of 2020 and 2021, where actors are numbers."""
    values = {name: value for name, value in row().items() if name in OLD}
    values |= {"data_id": "7000001", "event_id_no_cnty": "900001", "iso3": "SDN", "event_date": "05 August 2024"}
    return values | {"inter1": "1", "inter2": "2", "interaction": "12"} | changes


def first_row(**changes: str) -> dict[str, str]:
    """The same in the layout of 2017, with one of its event types."""
    new = {"ALLY_ACTOR_1": "assoc_actor_1", "ALLY_ACTOR_2": "assoc_actor_2"}
    values = {name: row().get(new.get(name, name.lower()), "") for name in FIRST}
    values |= {"GWNO": "625", "EVENT_ID_NO_CNTY": "900001", "EVENT_DATE": "05-August-2016", "YEAR": "2016"}
    values |= {"EVENT_TYPE": "Battle-No change of territory", "INTER1": "1", "INTER2": "2", "INTERACTION": "12"}
    return values | changes


def by_actor(*actors: tuple[str, str, str], **changes: str) -> list[dict[str, str]]:
    """The rows of an event in the actor-based export: a row for each (actor, associates, inter)."""
    whole = {name: value for name, value in row(event_date="5-Aug-24", **changes).items() if name in BY_ACTOR}
    return [whole | dict(zip(("actor1", "assoc_actor_1", "inter1"), actor, strict=True)) for actor in actors]


def text(rows: Sequence[Mapping[str, str]], columns: Sequence[str] = CURRENT) -> str:
    """The rows as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
