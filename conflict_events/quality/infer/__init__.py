"""A mapping file proposed from someone's own file: by names, then by values, with the evidence beside each line.

Only the first rows are looked at. Nothing is invented: a proposal renames, and translates by exact tables; what does
not fit is left for the rules to find. The same file gives the same proposal.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from conflict_events import files, schema
from conflict_events.errors import UsageError
from conflict_events.quality import inputs
from conflict_events.quality.infer import dates
from conflict_events.quality.infer.evidence import ENOUGH, Evidence, judge
from conflict_events.quality.infer.names import known_names, plain
from conflict_events.quality.infer.profile import ROWS, Sample, sample
from conflict_events.quality.infer.write import written
from conflict_events.schema.types import Type

BY_VALUES = ("country", "event_type", "event_subtype")
"""Columns whose values alone are telling, and the share of them that must be."""
TELLING = 0.95


@dataclass(slots=True)
class Proposal:
    """What is proposed so far. columns: ours -> evidence; rejected: theirs -> why it is not used."""

    table: schema.Table
    columns: dict[str, Evidence] = field(default_factory=dict)
    rejected: dict[str, str] = field(default_factory=dict)

    def free(self, name: str) -> bool:
        """Whether no column of ours has that column of the file yet."""
        return all(name != one.reading.theirs for one in self.columns.values())


def propose(path: str | os.PathLike[str], table: str | None = None) -> str:
    """The text of a mapping file for a CSV or Parquet file; `table` as validate has it, `events` where left out.

    Raises UsageError and BadDataError as `validate` does for a file that cannot be read.
    """
    import duckdb

    found = files.expand(path, (files.PARQUET, *inputs.TEXT_SUFFIXES))
    if len(found) > 1:
        raise UsageError(f"{path} is {len(found)} files: propose a mapping from one, which will do for its like")
    with duckdb.connect() as con:
        (part,) = inputs.parts(con, found, table or "events", limit=ROWS)
        seen = sample(con, part)
        proposal = Proposal(schema.table(part.table))
        _by_name(seen, proposal)
        _by_values(seen, proposal)
        _settle_dates(proposal)
        _compare(seen, proposal)
        return written(seen, proposal.table, proposal.columns, proposal.rejected, Path(found[0]))


def _by_name(seen: Sample, proposal: Proposal) -> None:
    """Columns whose name is known and whose values do not speak against it; the file's own use of our names first."""
    names: dict[str, list[str]] = {}
    for name in seen.names:
        names.setdefault(plain(name), []).append(name)
    own = {plain(name) for name in proposal.table.names}
    for column in proposal.table.columns:
        known = known_names(proposal.table.name, column.name)
        theirs = [n for i, k in enumerate(known) if k and (i == 0 or k not in own) for n in names.get(k, ())]
        judged = [one for name in theirs if proposal.free(name) and (one := judge(seen, column, name)) is not None]
        best = max(judged, key=lambda one: _rank(column, one), default=None)
        if best is not None and (best.share >= ENOUGH or best.reading.theirs == column.name):
            proposal.columns[column.name] = replace(best, says=_joined("by name", best.says))
        for one in judged:
            if one.share < ENOUGH:
                proposal.rejected.setdefault(one.reading.theirs, f"named like {column.name}, but {one.says}")


def _rank(column: schema.Column, one: Evidence) -> tuple[bool, float, bool]:
    """Our own name comes first, unless another column's values need no translation where its would."""
    exact = one.share * (0.9 if one.reading.values and column.vocabulary == "country" else 1.0)
    return (one.reading.theirs == column.name and not one.reading.values, round(exact, 2), bool(one.n))


def _by_values(seen: Sample, proposal: Proposal) -> None:
    """Columns that no name gave away: codes that are telling, a day, an identifier; only where one alone fits."""
    if proposal.table.name != "events":
        return
    for ours in (*BY_VALUES, "date_start", "event_id"):
        column = proposal.table.column(ours)
        if ours in proposal.columns:
            continue
        free = [name for name in seen.names if proposal.free(name) and name not in proposal.rejected]
        judged = [one for name in free if (one := judge(seen, column, name)) is not None and one.n]
        if ours == "event_id":
            fit = [replace(one, says="all values differ") for one in judged if _identifies(seen, one)]
            if not fit:
                _almost(seen, proposal, judged)
        else:
            fit = [one for one in judged if one.share >= TELLING and "FIPS" not in one.says]
        if len(fit) == 1:
            proposal.columns[ours] = replace(fit[0], says=_joined("by values", fit[0].says))
        for one in fit if len(fit) > 1 else ():
            proposal.rejected.setdefault(one.reading.theirs, f"may be {ours}: {one.says}")


def _identifies(seen: Sample, one: Evidence) -> bool:
    """Whether every row has a value, no two the same, and they look like identifiers: short, and no decimals."""
    name = one.reading.theirs
    odd = seen.count(name, "length({}) > 64 OR regexp_full_match({}, '[+-]?[0-9]*[.][0-9]+')")
    return 1 < seen.rows == one.n == seen.distinct(name) and not odd and dates.detect(seen, name).read < one.n


def _almost(seen: Sample, proposal: Proposal, judged: Sequence[Evidence]) -> None:
    """Say which column would be the identifier but for a few repeats: the defect that a user looks for first."""
    for one in judged:
        name = one.reading.theirs
        repeats = one.n - seen.distinct(name)
        if seen.rows == one.n and 0 < repeats <= max(1, one.n // 20) and seen.rows > 2 * repeats:
            proposal.rejected.setdefault(name, f"may be event_id: {seen.distinct(name):,} of {one.n:,} values differ")


def _settle_dates(proposal: Proposal) -> None:
    """Where one column's values decide whether day or month comes first, its like follow it."""
    dated = {ours: one for ours, one in proposal.columns.items() if one.dates is not None}
    decided = {
        one.dates.format: ours for ours, one in dated.items() if one.dates and one.dates.format and not one.dates.other
    }
    for ours, one in dated.items():
        assert one.dates is not None
        if one.dates.other is None:
            continue
        both = [f for f in (one.dates.format, one.dates.other) if f in decided]
        if len(both) == 1:
            says = f"{one.says}; the order of day and month is that of {decided[both[0]]}"
            proposal.columns[ours] = replace(one, reading=replace(one.reading, format=both[0]), says=says)
        elif one.dates.format != one.dates.other:
            says = f"{one.says}; ambiguous: day first or month first? ({one.dates.other} reads as many)"
            proposal.columns[ours] = replace(one, says=says)


def _compare(seen: Sample, proposal: Proposal) -> None:
    """Say what the columns together, or all rows of one, speak against."""
    for ours, one in list(proposal.columns.items()):
        if proposal.table.column(ours).type is Type.DATE and one.dates and one.dates.other is None:
            value = dates.deciding(seen, one.reading.theirs, one.dates)
            if value is not None:
                proposal.columns[ours] = replace(one, says=f"{one.says}; {value} decides which is the day")
    if proposal.table.key == ("event_id",) and (named := proposal.columns.get("event_id")) is not None:
        twice = seen.count(named.reading.theirs) - seen.distinct(named.reading.theirs)
        says = f"not unique: {twice:,} of {named.n:,} repeat a value" if twice > 0 else "all values differ"
        proposal.columns["event_id"] = replace(named, says=_joined(named.says, says))
    latitude, longitude = (proposal.columns.get(c) for c in ("latitude", "longitude"))
    if latitude is not None and longitude is not None:
        beyond = "abs(TRY_CAST({} AS DOUBLE)) > 90 AND abs(TRY_CAST({} AS DOUBLE)) <= 180"
        beyond_90 = seen.count(latitude.reading.theirs, beyond)
        if beyond_90 > latitude.n / 2 and not seen.count(longitude.reading.theirs, beyond):
            says = f"{latitude.says}; swapped with longitude? no longitude is beyond 90"
            proposal.columns["latitude"] = replace(latitude, says=says)


def _joined(*said: str) -> str:
    parts: list[str] = []
    for one in said:
        if one and one not in parts and not any(one in part for part in parts):
            parts.append(one)
    return "; ".join(parts)
