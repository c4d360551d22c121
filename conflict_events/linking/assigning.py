"""Which candidate pairs become links: all of them, each event once for each other origin, or clusters.

Pairs are taken from the best down; ties go to the smaller gap, then the smaller distance, then the event_ids. A pair
that no other pair disputes is taken by the engine; only the disputed ones, numbers alone, go one by one through
Python, because whether one is taken depends on those before it.

The best pair first gives a stable matching: no two events would both rather have each other. An assignment with the
highest total (Hungarian) would part a clear pair where that helps two doubtful ones, and no reason that stands
in the row could tell why.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

METHODS = ("one_to_one", "clusters", "candidates")
ORDER = "tenths DESC, gap, km NULLS LAST, a, b"
"""From the best pair to the worst; the last two make it a total order."""

CLUSTER = "link:"
"""What a cluster's id begins with; the event_id of its member that sorts first follows."""


def single(con: duckdb.DuckDBPyConnection) -> None:
    """Make each pair of `edges` one row: pairs near the antimeridian and the poles may have been found twice."""
    con.execute(
        "DELETE FROM edges WHERE rowid IN (SELECT rowid FROM edges QUALIFY row_number() OVER "
        "(PARTITION BY a, b ORDER BY rowid) > 1)"
    )


def candidates(con: duckdb.DuckDBPyConnection) -> None:
    """Every pair is a link: makes `accepted` (a, b)."""
    con.execute("CREATE TEMP TABLE accepted AS SELECT a, b FROM edges")


def one_to_one(con: duckdb.DuckDBPyConnection) -> None:
    """Each event at most once for each other origin: makes `accepted` (a, b)."""
    con.execute(
        "CREATE TEMP TABLE _ends AS SELECT d.*, e.origin AS origin_a, f.origin AS origin_b "
        "FROM edges AS d JOIN ev AS e ON e.n = d.a JOIN ev AS f ON f.n = d.b"
    )
    con.execute(
        "CREATE TEMP TABLE _disputed AS SELECT n, origin FROM (SELECT a AS n, origin_b AS origin FROM _ends "
        "UNION ALL SELECT b, origin_a FROM _ends) GROUP BY n, origin HAVING count(*) > 1"
    )
    clear = "(a, origin_b) NOT IN (FROM _disputed) AND (b, origin_a) NOT IN (FROM _disputed)"
    con.execute(f"CREATE TEMP TABLE accepted AS SELECT a, b FROM _ends WHERE {clear}")
    taken: set[tuple[int, int]] = set()
    kept: list[tuple[int, int]] = []
    query = f"SELECT a, b, origin_a, origin_b FROM _ends WHERE NOT ({clear}) ORDER BY {ORDER}"
    for a, b, origin_a, origin_b in _rows(con, query):
        if (a, origin_b) not in taken and (b, origin_a) not in taken:
            taken.update(((a, origin_b), (b, origin_a)))
            kept.append((a, b))
    _insert(con, "accepted", kept)


def clusters(con: duckdb.DuckDBPyConnection, keep: bool) -> None:
    """Groups of events judged the same: makes `accepted` (a, b), the pairs inside a cluster, and `clustered` (n,
    cluster), the events that a cluster gained.

    A pair joins its two clusters only where no two events of one origin would come together, unless they are a pair
    themselves (as they may be where pairs within an origin were asked for): so one doubtful link chains nothing.
    keep: events that share an event_cluster_id are a cluster from the start, which keeps its id, may grow, and is
    never joined with another such.
    """
    con.execute(
        f"CREATE TEMP TABLE _nodes AS SELECT n, origin, event_id, {'cluster' if keep else 'NULL::VARCHAR'} AS named "
        "FROM ev"
    )
    con.execute(
        "CREATE TEMP TABLE _open AS SELECT n FROM (SELECT a AS n FROM edges UNION ALL SELECT b FROM edges) "
        "GROUP BY n HAVING count(*) > 1 UNION SELECT n FROM _nodes WHERE named IS NOT NULL"
    )
    clear = "a NOT IN (FROM _open) AND b NOT IN (FROM _open)"
    con.execute(f"CREATE TEMP TABLE _rooted AS SELECT a AS n, a AS root FROM edges WHERE {clear}")
    con.execute(f"INSERT INTO _rooted SELECT b, a FROM edges WHERE {clear}")
    _insert(con, "_rooted", _disputed_roots(con, f"NOT ({clear})"))
    # a new cluster is called after its first event, or, where an older one is called so, after its next
    con.execute(
        "CREATE TEMP TABLE _called AS SELECT root, coalesce(max(named), min(new) FILTER (WHERE NOT EXISTS "
        "(SELECT 1 FROM _nodes AS o WHERE o.named = new)), min(new) || '+') AS cluster "
        f"FROM (SELECT root, named, '{CLUSTER}' || event_id AS new FROM _rooted JOIN _nodes USING (n)) "
        "GROUP BY root HAVING count(*) > 1"
    )
    con.execute("CREATE TEMP TABLE clustered AS SELECT n, cluster FROM _rooted JOIN _called USING (root)")
    con.execute(
        "CREATE TEMP TABLE accepted AS SELECT a, b FROM edges JOIN _rooted AS p ON p.n = a "
        "JOIN _rooted AS q ON q.n = b WHERE p.root = q.root"
    )


def _disputed_roots(con: duckdb.DuckDBPyConnection, disputed: str) -> list[tuple[int, int]]:
    """(event, root) of the events in disputed pairs and in clusters that are kept."""
    nodes = (
        f"SELECT n, origin, named FROM _nodes WHERE named IS NOT NULL OR n IN (SELECT a FROM edges WHERE {disputed} "
        f"UNION ALL SELECT b FROM edges WHERE {disputed}) ORDER BY n"
    )
    origin: dict[int, int] = {}
    root: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    first: dict[str, int] = {}
    for n, of, named in _rows(con, nodes):
        origin[n] = of
        root[n] = n if named is None else first.setdefault(named, n)
        members.setdefault(root[n], []).append(n)
    kept = set(first.values())
    siblings = set(
        _rows(con, "SELECT a, b FROM edges JOIN ev AS e ON e.n = a JOIN ev AS f ON f.n = b WHERE e.origin = f.origin")
    )
    for a, b in _rows(con, f"SELECT a, b FROM edges WHERE {disputed} ORDER BY {ORDER}"):
        one, other = root[a], root[b]
        if one == other or (one in kept and other in kept):
            continue
        if all(
            origin[p] != origin[q] or (min(p, q), max(p, q)) in siblings for p in members[one] for q in members[other]
        ):
            stays, goes = (other, one) if other in kept else (one, other)
            for n in members[goes]:
                root[n] = stays
            members[stays] += members.pop(goes)
    return list(root.items())


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, a batch at a time, from a cursor of its own."""
    for batch in con.sql(query).to_arrow_reader(65_536):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[int, int]]) -> None:
    if not rows:
        return
    import pyarrow as pa

    con.register("_kept", pa.table([pa.array(column, pa.int32()) for column in zip(*rows, strict=True)], ["p", "q"]))
    con.execute(f"INSERT INTO {table} FROM _kept")
    con.unregister("_kept")
