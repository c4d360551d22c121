"""Splits of events into parts to train on and to test on, and the audit that says whether something leaks.

In time, training takes what had ended `embargo` days before the cut: a model made on the day of the cut knew nothing
later, and events become known only some time after they happened.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from conflict_events.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

TRAIN, VALIDATION, TEST = "train", "validation", "test"
GROUPS = ("cluster", "article", "dyad", "place")


@dataclass(frozen=True, slots=True)
class Split:
    """`parts`: name of the part -> positions of its events in the table that was split, ascending. `left_out`: why ->
    how many events are in no part. `cut`, `embargo`: of a split in time."""

    parts: Mapping[str, tuple[int, ...]]
    left_out: Mapping[str, int]
    cut: date | None = None
    embargo: int = 0

    def table(self, part: str, events: pa.Table) -> pa.Table:
        """The events of one part, of the table that was split. UsageError for a part that there is not."""
        import pyarrow as pa

        if part not in self.parts:
            raise UsageError(f"the split has no part '{part}': it has {', '.join(self.parts)}")
        return events.take(pa.array(self.parts[part], pa.int64()))


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


def temporal(events: pa.Table, *, cut: date, horizon: int, lag: int, until: date | None = None) -> Split:
    """Train on what had ended before the cut, test on what begins on it or after.

    horizon: days ahead that are predicted; lag: days after which an event is known (from the event to its publication
    in the dataset: for UCDP's yearly releases up to a year and a half, for candidates about a month). The embargo is
    both together: training takes events with date_end < cut - embargo. until: the last day of the test part.

    Left out: events between the two, undated ones, and what lies past `until`. Raises UsageError for a wrong call.
    """
    if horizon < 0 or lag < 0:
        raise UsageError("horizon and lag are numbers of days, 0 or more")
    if until is not None and until < cut:
        raise UsageError(f"the test part ends on {until}, before the cut on {cut}")
    embargo = horizon + lag
    known = cut - timedelta(days=embargo)
    train: list[int] = []
    test: list[int] = []
    left: dict[str, int] = {}

    def leave(why: str) -> None:
        left[why] = left.get(why, 0) + 1

    for position, (start, end) in enumerate(_days(events)):
        if start is None or end is None:
            leave("undated")
        elif end < known:
            train.append(position)
        elif start < cut:
            leave("within the embargo, or across the cut")
        elif until is not None and start > until:
            leave("after the test part")
        else:
            test.append(position)
    return Split({TRAIN: tuple(train), TEST: tuple(test)}, left, cut, embargo)


def rolling(
    events: pa.Table, *, first: date, steps: int, months: int = 1, horizon: int, lag: int, window: int | None = None
) -> list[Split]:
    """Splits at `steps` cuts, `months` apart from `first` on, each tested on the months until the next cut.

    window: days of the past that training takes; None for all of it. Each is a `temporal` split otherwise.
    """
    if steps < 1 or months < 1:
        raise UsageError("steps and months are whole numbers, 1 or more")
    splits = []
    for step in range(steps):
        cut = _later(first, step * months)
        split = temporal(
            events, cut=cut, horizon=horizon, lag=lag, until=_later(first, (step + 1) * months) - timedelta(days=1)
        )
        if window is not None:
            oldest = cut - timedelta(days=split.embargo + window)
            starts = [start or date.min for start, _ in _days(events)]
            train = tuple(n for n in split.parts[TRAIN] if starts[n] >= oldest)
            left = {**split.left_out, "before the window": len(split.parts[TRAIN]) - len(train)}
            split = Split({**split.parts, TRAIN: train}, left, cut, split.embargo)
        splits.append(split)
    return splits


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
        share, and so on; needs `reports`), `dyad` (the pair of sides, in any order), or `place`.
    shares: part -> its share of the groups, {"train": 0.8, "validation": 0.1, "test": 0.1} unless given. A group's part
        follows from its name and `seed` alone: it stays the same when others come and go.

    Raises UsageError for a wrong call.
    """
    shares = {TRAIN: 0.8, VALIDATION: 0.1, TEST: 0.1} if shares is None else shares
    if by not in GROUPS:
        raise UsageError(f"by '{by}' is none of {', '.join(GROUPS)}")
    if not shares or any(share <= 0 for share in shares.values()):
        raise UsageError("shares are numbers above 0, at least one")
    names = _groups(events, by, reports)
    whole = sum(shares.values())
    parts: dict[str, list[int]] = {part: [] for part in shares}
    for position, name in enumerate(names):
        point = int.from_bytes(hashlib.sha256(f"{seed}\0{name}".encode()).digest()[:8]) / 2**64 * whole
        parts[_part(point, shares)].append(position)
    return Split({part: tuple(found) for part, found in parts.items()}, {})


def _part(point: float, shares: Mapping[str, float]) -> str:
    """The part in which a point from 0 to the sum of the shares lies."""
    bounds = list(accumulate(shares.values()))
    return list(shares)[min(bisect_right(bounds, point), len(shares) - 1)]


def audit(
    split: Split,
    events: pa.Table,
    *,
    reports: pa.Table | None = None,
    as_of: str | None = None,
    features: Sequence[str] = (),
) -> list[Leak]:
    """Everything that is found to leak between the parts; empty where nothing is.

    Looked for: an event, or a cluster of events, in two parts; a report or an article of events in two parts (with
    `reports`); where the split is in time, training events that end within the embargo or after the cut, and test
    events that begin before it; events of a release later than `as_of` in training; `features` that tell the answer
    (kinds, deaths, notes and what the source said natively).
    """
    columns = _columns(
        events, ("event_id", "event_cluster_id", "date_start", "date_end", "release_added", "release_revised")
    )
    leaks = _shared("event", columns["event_id"], split)
    leaks += _shared("cluster", columns["event_cluster_id"], split)
    if reports is not None:
        told = _columns(reports, ("event_id", "source_id", "report_id"))
        for what, name in (("article", "source_id"), ("report", "report_id")):
            of: dict[Any, list[Any]] = {}
            for event, value in zip(told["event_id"], told[name], strict=True):
                of.setdefault(event, []).append(value)
            leaks += _shared(what, [of.get(event, []) for event in columns["event_id"]], split)
    if split.cut is not None:
        leaks += _in_time(split, columns)
    if as_of is not None:
        leaks += _too_new(split, columns, as_of)
    leaks += [Leak("feature", name, ("the answer", "the features")) for name in features if _tells(name)]
    return leaks


TELLING = ("event_type", "event_subtype", "violence_type", "notes", "native", "deaths_", "log1p_deaths", "onset")
"""Names, or beginnings of names, of columns that tell what is predicted."""


def _tells(name: str) -> bool:
    return "_lag" not in name and any(name.startswith(start) for start in TELLING)


def _days(events: pa.Table) -> list[tuple[date | None, date | None]]:
    columns = _columns(events, ("date_start", "date_end"))
    return list(zip(columns["date_start"], columns["date_end"], strict=True))


def _columns(table: pa.Table, names: Sequence[str]) -> dict[str, list[Any]]:
    return {name: table[name].to_pylist() if name in table.schema.names else [None] * table.num_rows for name in names}


def _later(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _groups(events: pa.Table, by: str, reports: pa.Table | None) -> list[str]:
    columns = _columns(
        events, ("event_id", "event_cluster_id", "side_a", "side_b", "place_id", "place_name", "country")
    )
    ids = columns["event_id"]
    if by == "cluster":
        return [cluster or one for cluster, one in zip(columns["event_cluster_id"], ids, strict=True)]
    if by == "dyad":
        sides = zip(columns["side_a"], columns["side_b"], strict=True)
        return [" - ".join(sorted(map(str, pair))) for pair in sides]
    if by == "place":
        named = zip(columns["place_id"], columns["country"], columns["place_name"], strict=True)
        return [place or f"{country}: {name}" for place, country, name in named]
    if reports is None:
        raise UsageError("by 'article' needs the reports: they say which events share one")
    told = _columns(reports, ("event_id", "source_id"))
    return _connected(ids, list(zip(told["event_id"], told["source_id"], strict=True)))


def _connected(ids: list[str], edges: list[tuple[str | None, str]]) -> list[str]:
    """For each event the least id of those that it hangs together with by articles."""
    parent: dict[tuple[str, str], tuple[str, str]] = {}

    def root(node: tuple[str, str]) -> tuple[str, str]:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for event, source in edges:
        if event is not None:
            one, other = root(("event", event)), root(("source", source))
            parent[max(one, other)] = min(one, other)
    return [root(("event", one))[1] for one in ids]


def _shared(what: str, values: list[Any], split: Split) -> list[Leak]:
    """Values (single, or lists of them) that stand in more than one part."""
    where: dict[Any, list[str]] = {}
    for part, positions in split.parts.items():
        for position in positions:
            value = values[position]
            for one in value if isinstance(value, list) else [value]:
                if one is not None and part not in where.setdefault(one, []):
                    where[one].append(part)
    return [Leak(what, str(one), tuple(parts)) for one, parts in sorted(where.items()) if len(parts) > 1]


def _in_time(split: Split, columns: dict[str, list[Any]]) -> list[Leak]:
    assert split.cut is not None
    known = split.cut - timedelta(days=split.embargo)
    late = [n for n in split.parts.get(TRAIN, ()) if columns["date_end"][n] is None or columns["date_end"][n] >= known]
    early = [
        n for n in split.parts.get(TEST, ()) if columns["date_start"][n] is None or columns["date_start"][n] < split.cut
    ]
    ids = columns["event_id"]
    return [Leak("event", str(ids[n]), (TRAIN, f"the time after {known}")) for n in late] + [
        Leak("event", str(ids[n]), (TEST, f"the time before {split.cut}")) for n in early
    ]


def _too_new(split: Split, columns: dict[str, list[Any]], as_of: str) -> list[Leak]:
    from conflict_events.dataset.history import order
    from conflict_events.dataset.release_info import is_version

    if not is_version(as_of):
        raise UsageError(f"'{as_of}' is no data release: write year, two-digit month and number, such as 2026.11.0")
    leaks = []
    for n in split.parts.get(TRAIN, ()):
        release = columns["release_revised"][n] or columns["release_added"][n]
        if release is not None and order(release) > order(as_of):
            leaks.append(Leak("event", str(columns["event_id"][n]), (TRAIN, f"release {release}, after {as_of}")))
    return leaks
