"""What a mapping file says of one column, and whether its values and options fit the column's type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from conflict_events import schema
from conflict_events.errors import UsageError
from conflict_events.schema.types import Type
from conflict_events.schema.vocabulary import codes
from conflict_events.targets.accepted import TEXT_FORM

_OPTIONS = ("from", "values", "null", "format", "cast", "drop_time")
NESTED = (Type.BINARY, Type.STRINGS, Type.AFFILIATIONS, Type.BBOX)
"""Types that no single text can be translated to."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a column of ours is read from `theirs`.

    values: their text -> ours; null: texts that mean no value; format: how their dates are written (strptime);
    cast: their type may be another one, where each value is exactly one of ours; drop_time: the time of day of a
    date is not checked.
    """

    theirs: str
    values: Mapping[str, str] = field(default_factory=dict)
    null: tuple[str, ...] = ()
    format: str | None = None
    cast: bool = False
    drop_time: bool = False


def close_to(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` where a known word is near, else nothing."""
    near = get_close_matches(word, list(known), 1, 0.7)
    return f"; did you mean '{near[0]}'?" if near else ""


def reading_of(name: str, table: schema.Table, ours: str, said: Any) -> Reading:
    """A line of [columns]: the name of their column, or a table with options."""
    key = f"columns.{ours}"
    if isinstance(said, str):
        return Reading(said)
    if not isinstance(said, dict) or not isinstance(said.get("from"), str):
        raise UsageError(f'{name}: {key}: name the file\'s column: {ours} = "theirs" or {{ from = "theirs", ... }}')
    known_keys(name, f"{key}.", said, _OPTIONS)
    values = said.get("values", {})
    if not isinstance(values, dict):
        raise UsageError(f'{name}: {key}.values: must be a table: values = {{ "theirs" = "ours" }}')
    null = said.get("null", [])
    reading = Reading(
        said["from"],
        {theirs: text_of(name, f"{key}.values.{theirs}", value) for theirs, value in values.items()},
        tuple(text_of(name, f"{key}.null", value) for value in (null if isinstance(null, list) else [null])),
        said.get("format"),
        said.get("cast", False),
        said.get("drop_time", False),
    )
    for theirs, value in reading.values.items():
        check_value(name, f"{key}.values.{theirs}", table.column(ours), value)
    check_options(name, key, table.column(ours), reading)
    return reading


def text_of(name: str, key: str, value: Any) -> str:
    """A value of TOML as a text file would write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        return str(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise UsageError(f"{name}: {key}: must be a text, a number, true, false or a day")


def check_value(name: str, key: str, column: schema.Column, text: str) -> None:
    """UsageError where the text, written in a mapping file, is no value of the column: every row would fail."""
    if column.type in NESTED:
        raise UsageError(f"{name}: {key}: a mapping cannot give a value of type {column.type.value}")
    if column.vocabulary is not None:
        known = codes(column.vocabulary)
        if text not in known:
            some = f"one of {', '.join(known)}" if len(known) <= 12 else f"a code of the vocabulary {column.vocabulary}"
            raise UsageError(f"{name}: {key}: '{text}' is no {column.name}: use {some}{close_to(text, known)}")
    elif not _reads(text, column.type):
        raise UsageError(f"{name}: {key}: '{text}' is no {column.type.value}, which {column.name} is")


def check_options(name: str, key: str, column: schema.Column, reading: Reading) -> None:
    """UsageError where an option is of the wrong type, or does not fit the column's."""
    for option in ("cast", "drop_time"):
        if not isinstance(getattr(reading, option), bool):
            raise UsageError(f"{name}: {key}.{option}: must be true or false")
    if reading.format is not None:
        _check_format(name, f"{key}.format", reading.format)
    for option, used in (("format", reading.format is not None), ("drop_time", reading.drop_time)):
        if used and column.type is not Type.DATE:
            raise UsageError(f"{name}: {key}.{option}: {column.name} is {column.type.value}, no date: take it out")
    if column.type in NESTED and (reading.cast or reading.null or reading.values):
        raise UsageError(f"{name}: {key}: a {column.type.value} is taken as it is: map it without options")
    both = sorted(set(reading.null) & set(reading.values))
    if both:
        raise UsageError(f"{name}: {key}.null: '{both[0]}' is in values too: take one of them out")


def _check_format(name: str, key: str, format: object) -> None:
    if not isinstance(format, str) or "%" not in format:
        raise UsageError(f'{name}: {key}: must say how a date is written, such as "%d/%m/%Y"')
    import duckdb

    try:
        with duckdb.connect() as con:
            con.execute("SELECT try_strptime('', ?)", [format])
    except duckdb.Error:
        raise UsageError(f"{name}: {key}: '{format}' is no date format: write it with %d, %m, %Y and so on") from None


def known_keys(name: str, prefix: str, said: Mapping[str, Any], known: tuple[str, ...]) -> None:
    """UsageError for a key that means nothing."""
    for key in said:
        if key not in known:
            raise UsageError(
                f"{name}: {prefix}{key}: no such key{close_to(key, known)} (there are: {', '.join(known)})"
            )


def _reads(text: str, type: Type) -> bool:
    """Whether a text file's value would read as the type."""
    form = TEXT_FORM.get(type)
    if form is not None and not re.fullmatch(form, text.lower()):
        return False
    if type is Type.INT8:
        return -128 <= float(text) < 128
    if type is Type.INT32:
        return -(2**31) <= float(text) < 2**31
    if type is Type.DATE:
        try:
            date.fromisoformat(text[:10])
        except ValueError:
            return False
    return True
