"""Clusters that linking made are what the macros count once; a mix that nobody clustered is refused."""

from __future__ import annotations

import re
from collections.abc import Callable

import duckdb
import pyarrow as pa
import pytest

from conflict_events import schema
from conflict_events.linking import Linked
from conflict_events.query import macro, reference
from conflict_events.targets.arrow import to_table
from tests.linking.made import acled, article, later, ucdp

Link = Callable[..., Linked]
AGGREGATING = [name for name in macro.names() if "dedupe" in reference.described(name).call]


def over(events: pa.Table) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    for table in schema.TABLES:
        con.register(table.name, events if table.name == "events" else to_table(table.name, []))
    con.execute(macro.script())
    return con


def call(name: str, asked: str = "") -> str:
    """The macro with a text for each argument that it needs."""
    declared = reference.described(name).call
    needed = [one for one in re.sub(r"^\w+\(|\)$", "", declared).split(", ") if ":=" not in one and one]
    given = [repr({"unit": "grid"}.get(one, "Northern Front")) for one in needed]
    return f"FROM {name}({', '.join([*given, *([asked] if asked else [])])})"


@pytest.fixture
def mixed(linked: Link) -> pa.Table:
    rows = [ucdp(1), acled(1), article(1, deaths_best=4), acled(2, date_start=later(9)), ucdp(3, latitude=10.0)]
    events = linked(rows, method="clusters").events
    assert events is not None
    return events


def test_every_macro_that_counts_events_goes_through_the_one_that_refuses() -> None:
    assert {"counted_events", "country_month", "side_deaths"} <= set(AGGREGATING)
    for name in macro.names():
        sql = "\n".join(line for line in macro.text(name).splitlines() if not line.startswith("--"))
        sql = sql.replace("LEFT JOIN events AS e ON false", "")  # columns of events, and no row
        if re.search(r"\bFROM events\b|\bJOIN events\b", sql) and re.search(r"\b(sum|count|avg)\(", sql):
            assert name == "counted_events" or "counted_events(" in sql, name


@pytest.mark.parametrize("name", AGGREGATING)
def test_a_mix_of_origins_is_refused_until_asked_how(mixed: pa.Table, name: str) -> None:
    con = over(mixed)
    with pytest.raises(duckdb.Error, match="events mixes origins"):
        con.execute(call(name)).fetchall()
    con.execute(call(name, "dedupe := true")).fetchall()
    con.execute(call(name, "origin := 'acled'")).fetchall()


def test_each_cluster_counts_once(mixed: pa.Table) -> None:
    con = over(mixed)
    assert con.execute("SELECT count(*) FROM counted_events(dedupe := true)").fetchall() == [(3,)]
    assert con.execute("SELECT sum(n_events), sum(deaths_best) FROM country_month(dedupe := true)").fetchall() == [
        (3, 12)
    ]


def test_linking_without_clusters_alters_no_count(linked: Link) -> None:
    events = to_table("events", [ucdp(1), acled(1)])
    assert linked(events.to_pylist()).events is None
    assert over(events).execute("SELECT count(*) FROM counted_events(dedupe := true)").fetchall() == [(2,)]
