"""Whether a value read from TOML is one that a column can hold."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from conflict_events.schema.column import Column
from conflict_events.schema.types import Type

_INTEGERS = {Type.INT8: 8, Type.INT32: 32}
_WANTED = {
    Type.STRING: "text",
    Type.BOOL: "true or false",
    Type.INT8: "a whole number from -128 to 127",
    Type.INT32: "a whole number of 32 bits",
    Type.FLOAT: "a number",
    Type.DOUBLE: "a number",
    Type.DATE: "a date such as 2016-11-24, without quotes",
    Type.STRINGS: "a list of texts",
    Type.AFFILIATIONS: "tables with affiliation (text), from and to (dates)",
}


def problem(column: Column, value: Any) -> str | None:
    """What is wrong with the value, in a few words; None where it fits."""
    if _fits(column.type, value):
        return None
    return f"{column.name} = {value!r} must be {_WANTED.get(column.type, f'a {column.type.value}')}"


def _fits(type: Type, value: Any) -> bool:
    match type:
        case Type.STRING:
            return isinstance(value, str)
        case Type.BOOL:
            return isinstance(value, bool)
        case Type.INT8 | Type.INT32:
            bits = _INTEGERS[type]
            return _is_number(value, int) and -(1 << (bits - 1)) <= value < 1 << (bits - 1)
        case Type.FLOAT | Type.DOUBLE:
            return _is_number(value, int, float)
        case Type.DATE:
            return isinstance(value, date) and not isinstance(value, datetime)
        case Type.STRINGS:
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
        case Type.AFFILIATIONS:
            return isinstance(value, list) and all(_is_affiliation(item) for item in value)
    return False


def _is_number(value: Any, *types: type) -> bool:
    return isinstance(value, types) and not isinstance(value, bool)


def _is_affiliation(value: Any) -> bool:
    if not isinstance(value, dict) or value.keys() - {"affiliation", "from", "to"}:
        return False
    days = (value[end] for end in ("from", "to") if end in value)
    return isinstance(value.get("affiliation"), str) and all(_fits(Type.DATE, day) for day in days)
