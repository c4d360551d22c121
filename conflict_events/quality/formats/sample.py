"""Which failures a bounded report shows: a few of each rule, those that no policy excuses first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conflict_events.quality.result import Result

if TYPE_CHECKING:
    import pyarrow as pa

SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Failure:
    """One failure. `excused` is the policy's reason, None where no policy excuses it; `row` is 0-based."""

    rule_id: str
    file: str
    row: int | None
    key: str | None
    message: str
    excused: str | None


Group = tuple[str, str]
"""A rule's id and a file's name."""


def worst(result: Result, limit: int) -> list[Failure]:
    """At most `limit` failures, the worst rule first.

    Each rule gets an even share before the worst take what is left, so that a million failures of one rule do not
    hide the others. Excused failures come last within their rule.
    """
    quota = quotas({r: result.counts[r] for r in result.worst_first}, limit)
    by_rule = of_rules(result, quota)
    return [failure for r in quota for failure in by_rule.get(r, ())]


def of_rules(result: Result, quota: dict[str, int]) -> dict[str, list[Failure]]:
    """For each rule of `quota`, at most so many of its failures."""
    found = _first(result, ["rule_id"], lambda group: quota.get(group[0], 0))
    return {group[0]: failures for group, failures in found.items()}


def of_files(result: Result, limit: int) -> dict[Group, list[Failure]]:
    """For each rule and file, at most `limit` failures."""
    found = _first(result, ["rule_id", "file"], lambda _: limit)
    return {(group[0], group[1]): failures for group, failures in found.items()}


def file_counts(result: Result) -> dict[Group, int]:
    """Rule and file -> number of failures; only where there are some."""
    counts = result.failures.group_by(["rule_id", "file"]).aggregate([([], "count_all")])
    return {(c["rule_id"], c["file"]): c["count_all"] for c in counts.to_pylist()}


def quotas(counts: dict[str, int], limit: int) -> dict[str, int]:
    """`limit` shared among rules: evenly, then what is left to the first that have more."""
    share = limit // len(counts) if counts else 0
    out = {rule_id: min(n, share) for rule_id, n in counts.items()}
    left = limit - sum(out.values())
    for rule_id, n in counts.items():
        more = min(left, n - out[rule_id])
        out[rule_id] += more
        left -= more
    return out


def _first(
    result: Result, by: list[str], take: Callable[[tuple[str, ...]], int]
) -> dict[tuple[str, ...], list[Failure]]:
    """The first `take(group)` failures of each group, unexcused ones first, else in the result's order; in bulk."""
    import pyarrow as pa
    import pyarrow.compute as pc

    failures = result.failures
    reasons = _reasons(result)
    keys = pa.table({c: failures[c] for c in by} | {"_excused": pc.is_valid(reasons).cast(pa.int8())})
    order = pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in keys.column_names])
    groups = keys.group_by(by).aggregate([([], "count_all")]).sort_by([(name, "ascending") for name in by])
    chosen: list[tuple[tuple[str, ...], int]] = []
    places: list[int] = []
    start = 0
    for group in groups.to_pylist():
        name = tuple(group[c] for c in by)
        n = min(take(name), group["count_all"])
        chosen.append((name, n))
        places.extend(range(start, start + n))
        start += group["count_all"]
    index = order.take(pa.array(places, pa.int64()))
    shown = failures.append_column("reason", reasons).take(index).to_pylist()
    out: dict[tuple[str, ...], list[Failure]] = {}
    at = 0
    for name, n in chosen:
        if n:
            out[name] = [
                Failure(f["rule_id"], f["file"], f["row"], f["key"], f["message"], f["reason"])
                for f in shown[at : at + n]
            ]
            at += n
    return out


def _reasons(result: Result) -> pa.ChunkedArray:
    """For each failure, why it is excused, or null."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not result.excused.num_rows:
        return pa.chunked_array([pa.nulls(result.failures.num_rows, pa.string())])
    at = pc.index_in(_identity(result.failures), value_set=_identity(result.excused).combine_chunks())
    return result.excused["reason"].take(at)


def _identity(failures: pa.Table) -> pa.ChunkedArray:
    """A text for each failure that no other failure has."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = [failures[c].cast(pa.string()) for c in ("rule_id", "file", "row", "key", "message")]
    return pc.binary_join_element_wise(*columns, SEPARATOR, null_handling="replace", null_replacement="")
