"""Whether a column of a file may stand for one of ours, by its values, and how it would have to be read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from conflict_events import schema
from conflict_events.quality.infer import dates
from conflict_events.quality.infer.names import alpha_2, plain, words
from conflict_events.quality.infer.profile import Sample
from conflict_events.quality.mapping_values import NESTED, Reading
from conflict_events.schema.types import Type
from conflict_events.schema.vocabulary import codes
from conflict_events.targets.accepted import TEXT_FORM, accepts

ENOUGH = 0.5
"""The share of a column's values that must fit for its name to be believed."""
_LIMITS = {"latitude": 90, "longitude": 180}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A column of the file for one of ours: `fits` of its `n` values do; `says` is why, for a person."""

    reading: Reading
    fits: int
    n: int
    says: str
    unknown: tuple[str, ...] = ()
    dates: dates.Dates | None = None

    @property
    def share(self) -> float:
        """The part of the values that fit; 1 where there is no value at all."""
        return self.fits / self.n if self.n else 1.0


def judge(sample: Sample, column: schema.Column, name: str) -> Evidence | None:
    """The evidence for a column of the file as one of ours; None where types rule it out."""
    found = sample.part.types[name]
    reading = Reading(name, cast=not (sample.part.is_text or accepts(column.type, found)))
    if column.type in NESTED:
        return Evidence(replace(reading, cast=False), 0, 0, "same name") if not reading.cast else None
    if "[" in found or "(" in found or found in ("BLOB", "GEOMETRY"):  # lists, structs, bytes
        return Evidence(reading, 0, 1, f"its type is {found}") if not found.startswith(("ENUM", "DECIMAL")) else None
    reading = replace(reading, null=sample.nothing(name))
    if column.vocabulary is not None or column.type is Type.BOOL:
        return _coded(sample, column, reading)
    if column.type is Type.DATE:
        return _dated(sample, reading, found)
    n = sample.count(name)
    form = TEXT_FORM.get(column.type)
    if form is None:
        numbers = sample.count(name, f"regexp_full_match(lower({{}}), '{TEXT_FORM[Type.DOUBLE]}')")
        if numbers == n > 0 and not column.name.endswith("_id"):
            return Evidence(reading, 0, n, "its values are numbers")
        return Evidence(reading, n, n, "")
    # a latitude beyond 90 may be a longitude: its name is believed, and the comment tells
    within = (
        [f"abs(CAST({{}} AS DOUBLE)) <= {most}" for most in (180, _LIMITS[column.name])]
        if column.name in _LIMITS
        else []
    )
    reads = f"regexp_full_match(lower({{}}), '{form}')"
    fits, *right = sample.counts(name, [f"CASE WHEN {reads} THEN {one} END" for one in within or ["true"]])
    whole = column.type in (Type.INT8, Type.INT32)
    what = "coordinates in range" if within else "integers" if whole else "numbers"
    return Evidence(reading, fits, n, f"{(right or [fits])[0]:,} of {n:,} values are {what}")


def _coded(sample: Sample, column: schema.Column, reading: Reading) -> Evidence:
    """Codes as they are, or words that a table translates; two-letter countries only where all of them are codes."""
    values = sample.values(reading.theirs)
    what = f"codes of {column.vocabulary}" if column.vocabulary else "true or false"
    if values is None:
        return Evidence(reading, 0, 1, f"it has too many different values for {what}")
    n = sum(values.values())
    known = set(codes(column.vocabulary)) if column.vocabulary else {"true", "false", "1", "0"}
    table = words(column)
    if column.vocabulary == "country" and values and values.keys() <= alpha_2().keys():
        what = "ISO alpha-2 codes, if they are not FIPS codes"
        matched = {value: alpha_2()[value] for value in values}
    else:
        matched = {value: value if _is_code(value, column, known) else table.get(plain(value), "") for value in values}
        matched = {value: code for value, code in matched.items() if code}
        if any(value != code for value, code in matched.items()):
            what = what.replace("codes of", "codes or names of") if column.vocabulary else f"words for {what}"
    fits = sum(values[value] for value in matched)
    changed = {value: code for value, code in matched.items() if value != code}
    says = f"{fits:,} of {n:,} values are {what}"
    unknown = tuple(value for value in values if value not in matched)
    return Evidence(replace(reading, values=changed), fits, n, says, unknown)


def _is_code(value: str, column: schema.Column, known: set[str]) -> bool:
    """Whether it reads as a code as it stands: 1.0 and TRUE do, where codes are numbers or truths."""
    if column.type is Type.BOOL:
        return value.lower() in known
    whole, _, rest = value.partition(".")
    return value in known or (column.type is not Type.STRING and not rest.strip("0") and whole in known)


def _dated(sample: Sample, reading: Reading, found: str) -> Evidence:
    if found == "DATE" or found.startswith("TIMESTAMP"):
        n = sample.count(reading.theirs)
        midnight = sample.count(reading.theirs, "length({}) = 10 OR {} LIKE '% 00:00:00'")
        return Evidence(replace(reading, drop_time=midnight < n, cast=found != "DATE"), n, n, f"its type is {found}")
    seen = dates.detect(sample, reading.theirs)
    reading = replace(reading, format=seen.format, drop_time=seen.timed, cast=reading.cast and seen.format is None)
    how = "ISO 8601" if seen.format is None else seen.format
    return Evidence(reading, seen.read, seen.n, f"{seen.read:,} of {seen.n:,} values read as {how}", dates=seen)
