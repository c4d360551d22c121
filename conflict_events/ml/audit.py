"""The proof that a split is clean: what stands in two parts, what was not known at the cut, what looks ahead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from conflict_events.errors import UsageError
from conflict_events.ml.groups import column
from conflict_events.ml.splits import TEST, TRAIN, Split

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from conflict_events.ml.encoding import Encoding


@dataclass(frozen=True, slots=True)
class Leak:
    """One way from the test part into the training part. `what`: the kind of thing; `which`: what it is called;
    `parts`: where it stands."""

    what: str
    which: str
    parts: tuple[str, ...]

    @property
    def message(self) -> str:
        """One line for people."""
        return f"{self.what} {self.which} is in {' and '.join(self.parts)}"


TELLING = ("event_type", "event_subtype", "violence_type", "notes", "native", "deaths_", "log1p_deaths", "onset")
"""Names, or beginnings of names, of columns that tell what is predicted."""


def audit(
    split: Split,
    events: pa.Table,
    *,
    reports: pa.Table | None = None,
    as_of: str | None = None,
    features: Sequence[str] = (),
    encoding: Encoding | None = None,
) -> list[Leak]:
    """Everything that is found to leak between the parts; empty where nothing is.

    Looked for:
    - an event, a cluster, or an aggregate and its incidents in two parts; with `reports` a report, an article, or a
      sentence (its hash) that tells of events in two parts;
    - where the split is in time, training events that end within the embargo or after the cut, and test events that
      begin before it;
    - training rows that `as_of`, a data release, did not have (`events_as_of` gives those that it had);
    - `features` that tell the answer (kinds, deaths, notes and what the source said natively);
    - an `encoding` with values, means or weights other than the training part's own.

    Raises UsageError for a malformed release. What features are made of is proved by `look_ahead`.
    """
    import duckdb
    import pyarrow as pa
    import pyarrow.compute as pc

    _demand("events", events, ("event_id",))
    if reports is not None:
        _demand("reports", reports, ("event_id", "source_id"))
    for name in split.parts:
        split.table(name, events.select(["event_id"]))  # refuses a table that is not the one that was split
    ids = column(events, "event_id")
    with duckdb.connect() as con:
        positions = np.concatenate([*split.parts.values(), np.empty(0, np.int64)])
        part = np.repeat(np.arange(len(split.parts)), [len(found) for found in split.parts.values()])
        con.register("placed", pa.table({"n": positions, "part": part}))
        names = tuple(split.parts)
        rows = pa.array(np.arange(events.num_rows))
        leaks = [*_shared(con, "event", rows, ids, names)]
        leaks += _shared(con, "cluster", rows, column(events, "event_cluster_id"), names)
        twice = {leak.which for leak in leaks if leak.what == "event"}
        families = _shared(con, "aggregate", rows, pc.coalesce(column(events, "parent_event_id"), ids), names)
        leaks += [leak for leak in families if leak.which not in twice]
        if reports is not None:
            of = pc.index_in(column(reports, "event_id"), value_set=ids)
            for what, name in (("article", "source_id"), ("report", "report_id"), ("sentence", "evidence_sha256")):
                leaks += _shared(con, what, of, column(reports, name), names)
    if split.cut is not None:
        _demand("events", events, ("date_start", "date_end"))
        leaks += _in_time(split, split.cut, events)
    if as_of is not None:
        _demand("events", events, ("release_added", "release_revised"))
        leaks += _too_new(split, events, as_of)
    leaks += [Leak("feature", name, ("the answer", "the features")) for name in features if _tells(name)]
    if encoding is not None:
        leaks += _fitted_elsewhere(split, events, encoding)
    return leaks


def look_ahead(
    build: Callable[[pa.Table], pa.Table],
    events: pa.Table,
    cuts: Sequence[date],
    *,
    keys: Sequence[str],
    time: str = "month",
    features: Sequence[str] | None = None,
) -> list[Leak]:
    """Features that look past a cut, found by taking away what they should not see.

    build: makes a table of features, a row for each value of `keys`, of a table of events. It is called with all
        events and, for each of the `cuts`, with those that had ended before it. In the rows whose `time` (a date
        column, one of the keys) is the cut or before it, every feature must be the same both times.
    features: the columns to compare; None for all but the keys. Targets tell of `time` itself: leave them out.

    Returns a Leak for each feature and cut, with the number of rows that differ. Raises UsageError where `build` makes
    no table with the keys, or rows that the keys do not tell apart.
    """
    import duckdb

    whole = _made(build, events, keys, time)
    asked = [name for name in whole.schema.names if name not in keys] if features is None else list(features)
    absent = [name for name in asked if name not in whole.schema.names]
    if absent:
        raise UsageError(f"the features have no column {', '.join(absent)}")
    end = events["date_end"].to_numpy().astype("datetime64[D]")
    leaks = []
    on = " AND ".join(f'w."{key}" IS NOT DISTINCT FROM p."{key}"' for key in keys)
    differ = ", ".join(
        f'count(*) FILTER (WHERE w."{name}" IS DISTINCT FROM p."{name}" '
        f'AND NOT coalesce(isclose(w."{name}", p."{name}"), false)) AS "{name}"'
        for name in asked
    )
    with duckdb.connect() as con:
        con.execute(
            "CREATE MACRO isclose(a, b) AS abs(TRY_CAST(a AS DOUBLE) - TRY_CAST(b AS DOUBLE)) "
            "<= 1e-6 * greatest(1, abs(TRY_CAST(a AS DOUBLE)))"
        )
        con.register("whole", whole)
        for cut in cuts:
            con.register("past", _made(build, events.filter(end < np.datetime64(cut)), keys, time))
            row = con.execute(
                f'SELECT count(*), {differ} FROM (SELECT * FROM whole WHERE "{time}" <= $1) AS w '
                f'LEFT JOIN (SELECT *, true AS there FROM past WHERE "{time}" <= $1) AS p ON {on} WHERE p.there',
                [cut],
            ).fetchall()[0]
            if not row[0]:
                raise UsageError(f"no row of features lies at or before {cut}: nothing to compare")
            leaks += [
                Leak("feature", name, (f"{number} rows up to {cut}", "what came after"))
                for name, number in zip(asked, row[1:], strict=True)
                if number
            ]
    return leaks


def _made(build: Callable[[pa.Table], pa.Table], events: pa.Table, keys: Sequence[str], time: str) -> pa.Table:
    made = build(events)
    absent = [key for key in dict.fromkeys((*keys, time)) if key not in made.schema.names]
    if absent:
        raise UsageError(f"the features have no column {', '.join(absent)}: it is a key")
    if made.select(list(keys)).group_by(list(keys)).aggregate([]).num_rows < made.num_rows:
        raise UsageError(f"two rows of features have the same {', '.join(keys)}: name the keys that tell them apart")
    return made


def _demand(what: str, table: pa.Table, names: Sequence[str]) -> None:
    """UsageError where a column lacks by which leaks are found: what is not looked for is not proved."""
    absent = [name for name in names if name not in table.schema.names]
    if absent:
        raise UsageError(f"the {what} have no column {', '.join(absent)}, by which leaks are found")


def _tells(name: str) -> bool:
    return "_lag" not in name and any(name.startswith(start) for start in TELLING)


def _shared(
    con: duckdb.DuckDBPyConnection, what: str, rows: pa.Array, values: pa.Array, names: Sequence[str]
) -> Iterator[Leak]:
    """Values that stand in more than one of the parts `names`. rows: the events' positions that they belong to."""
    import pyarrow as pa

    con.register("told", pa.table({"n": rows, "value": values}))
    found = con.execute(
        "SELECT t.value, list(DISTINCT p.part) FROM told AS t JOIN placed AS p ON p.n = t.n WHERE t.value IS NOT NULL "
        "GROUP BY t.value HAVING count(DISTINCT p.part) > 1 ORDER BY t.value"
    ).fetchall()
    yield from (Leak(what, value, tuple(names[part] for part in sorted(parts))) for value, parts in found)


def _in_time(split: Split, cut: date, events: pa.Table) -> Iterator[Leak]:
    known = cut - timedelta(days=split.embargo)
    none = np.empty(0, np.int64)
    for part, name, where in (
        (TRAIN, "date_end", f"the time from {known} on"),
        (TEST, "date_start", f"the time before {cut}"),
    ):
        positions = split.parts.get(part, none)
        day = events[name].to_numpy().astype("datetime64[D]")[positions]
        wrong = np.isnat(day) | (day >= np.datetime64(known) if part == TRAIN else day < np.datetime64(cut))
        ids = column(events, "event_id").take(positions[wrong]).to_pylist()
        yield from (Leak("event", str(one), (part, where)) for one in ids)


def _too_new(split: Split, events: pa.Table, as_of: str) -> Iterator[Leak]:
    import pyarrow.compute as pc

    from conflict_events.dataset.history import order
    from conflict_events.dataset.release_info import is_version

    if not is_version(as_of):
        raise UsageError(f"'{as_of}' is no data release: write year, two-digit month and number, such as 2026.11.0")
    release = pc.coalesce(column(events, "release_revised"), column(events, "release_added"))
    late = [one for one in pc.unique(release).to_pylist() if one is not None and order(one) > order(as_of)]
    trained = np.zeros(events.num_rows, dtype=bool)
    trained[split.parts.get(TRAIN, np.empty(0, np.int64))] = True
    for one in sorted(late, key=order):
        rows = np.flatnonzero(trained & pc.fill_null(pc.equal(release, one), False).to_numpy(zero_copy_only=False))
        for event in column(events, "event_id").take(rows).to_pylist():
            yield Leak("event", str(event), (TRAIN, f"release {one}, after {as_of}"))


def _fitted_elsewhere(split: Split, events: pa.Table, encoding: Encoding) -> Iterator[Leak]:
    from conflict_events.ml.encoding import differences

    told: list[Any] = differences(encoding, split.table(TRAIN, events))
    yield from (Leak("encoding", name, ("the model's input", "rows outside training")) for name in told)
