"""Splits of events into parts to train on and to test on.

In time, training takes what had ended `horizon + lag` days before the cut: a model made on the day of the cut knew
nothing later, and events become known only some time after they happened. Whatever the split, the events of one
cluster, and an aggregate and its incidents, are never in two parts. Claims and withdrawn events are in none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from conflict_events.errors import UsageError
from conflict_events.ml import groups
from conflict_events.ml.groups import Array

if TYPE_CHECKING:
    import os

    import pyarrow as pa

TRAIN, VALIDATION, TEST = "train", "validation", "test"

ROW_GROUP = 131_072
"""Rows of a row group of a written part: a loader's window (`batches.WINDOW`), so that none is put together of two."""


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """`parts`: name of the part -> positions (int64, ascending) of its events in the table that was split.
    `left_out`: why -> how many events are in no part. `cut`, `embargo` (days): of a split in time."""

    parts: Mapping[str, Array]
    left_out: Mapping[str, int]
    cut: date | None = None
    embargo: int = 0

    def table(self, part: str, events: pa.Table) -> pa.Table:
        """The events of one part, of the table that was split. UsageError for a part that there is not."""
        import pyarrow as pa

        if part not in self.parts:
            raise UsageError(f"the split has no part '{part}': it has {', '.join(self.parts)}")
        if self.parts[part].max(initial=-1) >= events.num_rows:
            raise UsageError(f"the table has {events.num_rows:,} rows: it is not the one that was split")
        return events.take(pa.array(self.parts[part], pa.int64()))

    def write(self, folder: str | os.PathLike[str], events: pa.Table, seed: int | None = None) -> dict[str, Path]:
        """A Parquet file a part, named after it; returns part -> file. With `seed` its rows are shuffled.

        A loader shuffles within blocks, so a file whose rows are sorted, by date for one, is better shuffled once here.
        """
        from conflict_events.swap import parquet_file

        written = {}
        for part, positions in self.parts.items():
            rows = self.table(part, events)
            if seed is not None:
                rows = rows.take(np.random.default_rng(seed).permutation(len(positions)))
            written[part] = Path(folder) / f"{part}.parquet"
            parquet_file(written[part], rows, row_group_size=ROW_GROUP)
        return written


def temporal(
    events: pa.Table,
    *,
    cut: date,
    horizon: int,
    lag: int,
    until: date | None = None,
    window: int | None = None,
    reports: pa.Table | None = None,
) -> Split:
    """Train on what had ended before the cut, test on what begins on it or after.

    horizon: days ahead that are predicted; lag: days after which an event is known (from the event to its publication
        in the dataset: for UCDP's yearly releases up to a year and a half, for candidates about a month). The embargo
        is both together: training takes events with date_end < cut - embargo.
    until: the last day of the test part. window: days of the past that training takes; None for all of it.
    reports: with them, no article tells of events in both parts.

    Left out, and counted: events between the two, undated ones, what lies past `until` or before the window, and test
    events that hang together with training (by cluster or aggregate; by article where `reports` are given).

    Raises UsageError for a wrong call.
    """
    if horizon < 0 or lag < 0:
        raise UsageError("horizon and lag are numbers of days, 0 or more")
    if window is not None and window < 1:
        raise UsageError("window is a number of days, 1 or more")
    if until is not None and until < cut:
        raise UsageError(f"the test part ends on {until}, before the cut on {cut}")
    embargo = horizon + lag
    start, end = _days(events, "date_start"), _days(events, "date_end")
    known, first = np.datetime64(cut - timedelta(days=embargo)), np.datetime64(cut)
    oldest = None if window is None else known - np.timedelta64(window, "D")
    why = np.full(events.num_rows, "", dtype=object)
    rest = np.ones(events.num_rows, dtype=bool)

    def leave(reason: str, which: Array) -> None:
        why[rest & which] = reason
        rest[which] = False

    leave("claim or withdrawn", ~groups.countable(events))
    leave("undated", np.isnat(start) | np.isnat(end))
    leave("ends before it begins", end < start)
    train, test = rest & (end < known), rest & (start >= first)
    leave("within the embargo, or across the cut", ~(train | test))
    if oldest is not None:
        leave("before the window", train & (start < oldest))
    if until is not None:
        leave("after the test part", test & (start > np.datetime64(until)))
    together = groups.components(np.arange(events.num_rows), groups.edges(events, reports))
    taught = np.zeros(together.max(initial=0) + 1, dtype=bool)
    taught[together[rest & train]] = True
    leave("hangs together with training", test & taught[together])
    parts = {TRAIN: np.flatnonzero(rest & train), TEST: np.flatnonzero(rest & test)}
    return Split(parts, _counted(why), cut, embargo)


def rolling(events: pa.Table, *, first: date, steps: int, months: int = 1, **more: Any) -> list[Split]:
    """Splits at `steps` cuts, `months` apart from `first` on, each tested on the months until the next cut.

    more: horizon, lag, window and reports, as in `temporal`.
    """
    if steps < 1 or months < 1:
        raise UsageError("steps and months are whole numbers, 1 or more")
    cuts = [_later(first, step * months) for step in range(steps + 1)]
    return [temporal(events, cut=cut, until=following - timedelta(days=1), **more) for cut, following in pairwise(cuts)]


def grouped(
    events: pa.Table,
    *,
    by: str,
    reports: pa.Table | None = None,
    shares: Mapping[str, float] | None = None,
    seed: int = 0,
) -> Split:
    """Split so that what belongs together stays together: nothing of a group is in two parts.

    by: `cluster` (events judged the same across origins), `article` (events that share an article, and what those
        share, and so on; needs `reports`), `dyad` (the pair of sides, in any order), or `place`. Whatever it is, events
        of one cluster, and an aggregate and its incidents, stay together.
    shares: part -> its share of the groups, {"train": 0.8, "validation": 0.1, "test": 0.1} unless given. A group's part
        follows from its name and `seed` alone (MD5): it stays the same when others come and go.

    Raises UsageError for a wrong call.
    """
    shares = {TRAIN: 0.8, VALIDATION: 0.1, TEST: 0.1} if shares is None else shares
    if by not in groups.GROUPS:
        raise UsageError(f"by '{by}' is none of {', '.join(groups.GROUPS)}")
    absent = [name for name in groups.GROUPS[by] if name not in events.schema.names]
    if absent:
        raise UsageError(f"by '{by}' needs the column {', '.join(absent)} of events")
    if by == "article" and reports is None:
        raise UsageError("by 'article' needs the reports: they say which events share one")
    if not shares or any(not 0 < share < np.inf for share in shares.values()):
        raise UsageError("shares are numbers above 0, at least one")
    if any(not part.isidentifier() for part in shares):
        raise UsageError("a part is named by a word, such as train: files are named after it")
    names = groups.names(events, by)
    ranks, least = groups.ranked(names)
    together = groups.components(ranks, groups.edges(events, reports if by == "article" else None, names))
    points = groups.points(least, together, seed)
    bounds = np.cumsum(list(shares.values())) / sum(shares.values())
    part_of = np.minimum(np.searchsorted(bounds, points, side="right"), len(shares) - 1)
    counted = groups.countable(events)
    parts = {part: np.flatnonzero(counted & (part_of == number)) for number, part in enumerate(shares)}
    return Split(parts, {} if counted.all() else {"claim or withdrawn": int((~counted).sum())})


def _days(events: pa.Table, name: str) -> Array:
    """A date column as datetime64[D], NaT for null. UsageError where it is not there or of another type."""
    import pyarrow as pa

    if name not in events.schema.names or not pa.types.is_date(events.schema.field(name).type):
        raise UsageError(f"a split in time needs the column {name}, of type date")
    days: Array = events[name].cast(pa.date32()).to_numpy().astype("datetime64[D]")
    return days


def _counted(why: Array) -> dict[str, int]:
    reasons, counts = np.unique(why[why != ""].astype(str), return_counts=True)
    return {str(reason): int(count) for reason, count in zip(reasons, counts, strict=True)}


def _later(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
