"""Linking from input to result."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from conflict_events.errors import BadDataError, UsageError
from conflict_events.files import first_line
from conflict_events.linking import assigning, blocking, inputs, prepare, reasons, scoring
from conflict_events.linking.features import VERSION
from conflict_events.linking.linked import Linked, Summary
from conflict_events.linking.windows import Windows

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

THRESHOLD = 0.5
"""Score from which a pair may be a link: where the evidence weighs up the prior."""


def link(
    events: Any,
    *,
    km: float = 10.0,
    days: int = 2,
    threshold: float = THRESHOLD,
    method: str = "one_to_one",
    longest: int = 31,
    within: bool = False,
    claims: bool = False,
    across_levels: bool = False,
    recluster: bool = False,
    memory_limit: str | None = None,
    on_portion: Callable[[int, int], None] | None = None,
) -> Linked:
    """Pairs of events that may be the same event, across origins, each with a score and its reasons.

    events: a Parquet file, a folder, a glob, an Arrow, pandas or polars table or a DuckDB relation of table events,
        or a list of these; each event_id once over all.
    km, days: the room in space and time beyond what the precision of two events leaves already.
    threshold: the least score, 0 to 1, of a link. The score orders pairs; it is no calibrated probability.
    method: `one_to_one`, each event at most once for each other origin, the best pair first; `clusters`, groups with
        one event of an origin at most; or `candidates`, every pair.
    longest: events whose dates span more days are left out.
    within: compare events of one origin with each other too (duplicates).
    claims: let machine-coded claims (GDELT) in. Withdrawn events are never in.
    across_levels: compare aggregates with incidents; otherwise each level keeps to itself.
    recluster: with method `clusters`, forget the event_cluster_id that events have. Otherwise a cluster that is given
        keeps its id and its events; it may grow.
    memory_limit: the most memory for the engine, such as `512MB`; what does not fit goes to disk.
    on_portion: called after each portion of pairs with how many are done and how many there are.

    No event is merged or changed: `links` says what was found, and only method `clusters` gives `events`, with
    event_cluster_id. Same events, same result, whatever their order.

    Raises UsageError for a wrong call, BadDataError for data that cannot be read or an event_id that stands twice.
    """
    import duckdb

    if method not in assigning.METHODS:
        raise UsageError(f"method '{method}' is none of {', '.join(assigning.METHODS)}")
    if not 0 <= threshold <= 1:
        raise UsageError(f"threshold is {threshold}: give a score from 0 to 1")
    if recluster and method != "clusters":
        raise UsageError("recluster is for method 'clusters': no other touches a cluster")
    windows = Windows(km, days, longest, within, claims, across_levels)
    spill = tempfile.mkdtemp(prefix="conflict-events-")
    try:
        with duckdb.connect(config={"temp_directory": spill, "autoinstall_known_extensions": "false"}) as con:
            if memory_limit is not None:
                _limit(con, memory_limit)
            return _linked(con, events, windows, threshold, method, not recluster, on_portion)
    except duckdb.OutOfMemoryException as error:
        raise UsageError(f"the memory limit is too small for this data: raise it ({first_line(error)})") from error
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        raise BadDataError(f"the events cannot be read to their end: {first_line(error)}") from error
    finally:
        shutil.rmtree(spill, ignore_errors=True)


def _limit(con: duckdb.DuckDBPyConnection, limit: str) -> None:
    import duckdb

    try:
        con.execute("SET memory_limit = ?", [limit])
    except duckdb.Error:
        raise UsageError(f"'{limit}' is no amount of memory: write it as 512MB or 4GB") from None


def _linked(
    con: duckdb.DuckDBPyConnection,
    events: Any,
    windows: Windows,
    threshold: float,
    method: str,
    keep: bool,
    on_portion: Callable[[int, int], None] | None,
) -> Linked:
    inputs.give(con, events)
    con.execute("SET preserve_insertion_order = false")  # every order that matters is asked for
    prepare.prepare(con, windows)
    blocking.enter(con, windows)
    scoring.create(con)
    least = scoring.least_tenths(threshold)
    portions = blocking.candidates(con, windows)
    for done, pairs in enumerate(portions, 1):
        scoring.add(con, pairs, least)
        if on_portion is not None:
            on_portion(done, len(portions))
    assigning.single(con)
    if method == "clusters":
        assigning.clusters(con, keep)
    else:
        {"one_to_one": assigning.one_to_one, "candidates": assigning.candidates}[method](con)
    con.execute(f"CREATE TEMP TABLE found AS {reasons.links(f'{VERSION} {method}')}")
    return Linked(
        _table(con, "links", "FROM found ORDER BY event_id_1, event_id_2"),
        _table(con, "events", _clustered(keep)) if method == "clusters" else None,
        _summary(con, windows, threshold, method, keep),
    )


def _clustered(keep: bool) -> str:
    given = "g.event_cluster_id" if keep else "NULL"
    return (
        f"SELECT g.* REPLACE (coalesce(c.cluster, {given}) AS event_cluster_id) FROM given AS g "
        "LEFT JOIN (SELECT e.event_id, k.cluster FROM clustered AS k JOIN ev AS e USING (n)) AS c USING (event_id) "
        "ORDER BY g.event_id"
    )


def _table(con: duckdb.DuckDBPyConnection, name: str, query: str) -> pa.Table:
    from conflict_events.targets.arrow import arrow_schema

    return con.sql(query).to_arrow_table().cast(arrow_schema(name))


def _summary(con: duckdb.DuckDBPyConnection, windows: Windows, threshold: float, method: str, keep: bool) -> Summary:
    def counted(query: str) -> dict[str, int]:
        return dict(con.execute(query).fetchall())

    def one(query: str) -> int:
        return int(con.execute(query).fetchall()[0][0])

    in_links = "SELECT event_id_1 FROM found UNION ALL SELECT event_id_2 FROM found"
    by_origin = "SELECT coalesce(origin, 'unknown origin') AS o, count(*) FROM given {} GROUP BY o ORDER BY o"
    clusters = kept = 0
    if method == "clusters":
        kept = one("SELECT count(DISTINCT event_cluster_id) FROM given") if keep else 0
        clusters = one(
            "SELECT count(DISTINCT cluster) FROM clustered WHERE cluster NOT IN (SELECT named FROM _nodes "
            "WHERE named IS NOT NULL)"
        )
    skipped = blocking.skipped(con, windows)
    return Summary(
        method,
        threshold,
        counted(by_origin.format("")),
        counted("SELECT reason, count(*) FROM left_out GROUP BY reason ORDER BY reason"),
        one("SELECT count(*) FROM edges"),
        one("SELECT count(*) FROM found"),
        counted(by_origin.format(f"WHERE event_id IN ({in_links})")),
        clusters,
        kept,
        *skipped,
    )
