"""How the dates of a column are written, as far as its values decide it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from conflict_events.files import quoted
from conflict_events.quality.infer.profile import Sample
from conflict_events.quality.mapped import TIMED
from conflict_events.schema.types import Type
from conflict_events.targets.accepted import TEXT_FORM

_DAYS = (
    *("%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%d.%m.%Y", "%Y.%m.%d", "%d-%m-%Y", "%m-%d-%Y", "%Y-%m-%d", "%Y%m%d"),
    *("%d %B %Y", "%d %b %Y", "%d-%B-%Y", "%d-%b-%Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y"),
    *("%d/%m/%y", "%m/%d/%y", "%d.%m.%y", "%d-%m-%y", "%m-%d-%y", "%d-%b-%y", "%d %b %y"),
)
_TIMES = (
    *("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", "T%H:%M", "T%H:%M:%S", "T%H:%M:%S.%f", "T%H:%M:%SZ", "T%H:%M:%S.%fZ"),
    *(" %I:%M %p", " %I:%M:%S %p"),
)
_SHAPE = "regexp_replace(regexp_replace(lower(trim({})), '[0-9]+', '9', 'g'), '[a-z]+', 'a', 'g')"


@dataclass(frozen=True, slots=True)
class Dates:
    """How a column's dates are written: `read` of `n` values read so.

    format: None for ISO 8601; timed: whether some have a time of day; other: the format that reads as many, with day
    and month the other way round.
    """

    n: int
    read: int
    format: str | None = None
    timed: bool = False
    other: str | None = None


def detect(sample: Sample, name: str) -> Dates:
    """The format that reads most values of the column; day first where the values do not decide."""
    iso, timed, n = sample.counts(
        name, [f"regexp_full_match(lower({{}}), '{form}')" for form in (TEXT_FORM[Type.DATE], TIMED)] + ["true"]
    )
    best = Dates(n, timed, None, timed > iso)
    shape = sample.most_common(name, _SHAPE)
    candidates = [day + time for day in _DAYS for time in _TIMES if shape_of(day + time) == shape]
    if not candidates or timed == n:
        return best
    moments = [f"try_strptime({{}}, {quoted(format)})" for format in candidates]
    read = sample.counts(name, [f"year({one}) >= 1000" for one in moments])
    times = sample.counts(name, [f"year({one}) >= 1000 AND {one} <> date_trunc('day', {one})" for one in moments])
    top = max(range(len(candidates)), key=lambda i: (read[i], -i))
    if read[top] <= best.read:
        return best
    swapped = [c for i, c in enumerate(candidates) if read[i] == read[top] and c == swap(candidates[top])]
    return Dates(n, read[top], candidates[top], times[top] > 0, swapped[0] if swapped else None)


def deciding(sample: Sample, name: str, found: Dates) -> str | None:
    """A value that only the found format reads: what shows which of day and month comes first."""
    if found.format is None or swap(found.format) == found.format:
        return None
    other = f"try_strptime({{}}, {quoted(swap(found.format))})"
    this = f"try_strptime({{}}, {quoted(found.format)})"
    return sample.most_common(name, f"CASE WHEN {this} IS NOT NULL AND {other} IS NULL THEN {{}} END")


def swap(format: str) -> str:
    """The format with day and month the other way round; the same where a month is a word or the year comes first."""
    return re.sub(r"^%([dm])(.)%([dm])\2", r"%\3\2%\1\2", format)


def shape_of(format: str) -> str:
    """The format as values written so look: digits as 9, letters as a."""
    written = re.sub(r"%[Bbp]", "a", format)
    written = re.sub(r"(%[dmYyHMSfI])+", "9", written)
    return re.sub(r"[a-z]+", "a", written.lower())
