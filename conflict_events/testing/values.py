"""Values of a domain, each a pure function of an index and of the row's position.

An index below SMALL gives the index-th simplest value, so that shrinking a number shrinks the value; a larger one
gives something realistic, or the edge of what is allowed.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from conflict_events.schema.types import Type
from conflict_events.testing.domains import Domain
from conflict_events.testing.text import SMALL, matching, text

Value = Callable[[int, int], Any]
"""(index, position of the row) -> a value of the domain."""

_DAY_ZERO = date(2000, 1, 1)
_EDGE_DAYS = (date(2000, 2, 29), date(2024, 2, 29), date(1970, 1, 1), date(1999, 12, 31), date(2038, 1, 19))


def value_of(domain: Domain) -> Value:
    """The function that makes values of the domain."""
    codes = domain.codes
    if codes:
        return lambda index, _: codes[index % len(codes)]
    if domain.unique and domain.free:
        return lambda index, position: str(position) if index < SMALL else f"{text(index)[:99]}-{position}"
    if domain.pattern is not None:
        pool = matching(domain.pattern, domain.length)
        # every fourth time from a few only, so that rows meet in a value
        return lambda index, _: pool[index % (4 if index & 0x30000 == 0x30000 else len(pool))]
    if domain.brackets is not None:
        return _bracketed(*domain.brackets)
    return _BY_TYPE[domain.type](domain)


def _text(_: Domain) -> Value:
    return lambda index, _: text(index)


def _bracketed(opening: str, closing: str) -> Value:
    """Brackets with nothing between, or with a member as JSON writes it."""

    def value(index: int, _: int) -> str:
        member = f"{json.dumps(text(index), ensure_ascii=bool(index & 1 << 20))}: {index % 100}" if index else ""
        return f"{opening}{member}{closing}"

    return value


def _bool(_: Domain) -> Value:
    return lambda index, _: bool(index & 1)


def _integer(domain: Domain) -> Value:
    low, high = domain.low, domain.high
    start = min(max(0, low), high)
    bits = (high - start).bit_length()

    def value(index: int, _: int) -> int:
        if index < SMALL:
            return int(min(start + index, high))
        kind, rest = index & 7, index >> 3
        if kind == 0:
            return int((low, high, start, high - 1)[rest & 3])
        if kind == 1:
            return int(low + rest % (high - low + 1))
        return int(min(start + (rest >> 8) % (1 << rest % min(bits, 12)), high)) if bits else start

    return value


def _real(domain: Domain) -> Value:
    low, high = domain.low, domain.high
    tiny = 2.0**-126 if domain.type is Type.FLOAT else 5e-324
    edges = [v for v in (low, high, 0.0, -0.0, tiny, 0.5, math.nextafter(high, low)) if low <= v <= high]
    spread = min(high, 1e6) - max(low, -1e6)
    single = domain.type is Type.FLOAT

    def value(index: int, _: int) -> float:
        if index < SMALL:
            return float(min(max(low, 0) + index, high))
        kind, rest = index & 7, index >> 3
        real = edges[rest % len(edges)] if kind == 0 else max(low, -1e6) + (rest % 2**24) / 2**24 * spread
        if single:
            # what a single cannot hold is rounded down here, so that it stays in range when it is stored
            real = struct.unpack("f", struct.pack("f", real))[0]
        return float(min(max(real, low), high))

    return value


def _day(domain: Domain) -> Value:
    low: date = domain.low
    high: date = domain.high
    start = min(max(_DAY_ZERO, low), high)
    edges = [d for d in (low, high, low + timedelta(1), high - timedelta(1), *_EDGE_DAYS) if low <= d <= high]
    days = (high - low).days + 1
    recent = min((high - start).days, 10_000) + 1

    def value(index: int, _: int) -> date:
        if index < SMALL:
            return min(start + timedelta(index), high)
        kind, rest = index & 7, index >> 3
        if kind == 0:
            return edges[rest % len(edges)]
        return low + timedelta(rest % days) if kind == 1 else start + timedelta(rest % recent)

    return value


def _bytes(_: Domain) -> Value:
    return lambda index, _: point(float(index % 360 - 180), float(index % 180 - 90))


def _texts(domain: Domain) -> Value:
    items = domain.items

    def value(index: int, _: int) -> list[str]:
        count = min(index, 3) if index < SMALL else index & 3
        return [items[(index >> 7 * i) % len(items)] if items else text(index >> 7 * i) for i in range(count)]

    return value


def _affiliations(_: Domain) -> Value:
    def value(index: int, _: int) -> list[dict[str, Any]]:
        start = _DAY_ZERO + timedelta(index % 5000)
        end = start + timedelta(index % 400) if index & 4 else None
        return [{"affiliation": text(index), "from": start if index & 2 else None, "to": end}] * (min(index, 3) & 3)

    return value


def _box(_: Domain) -> Value:
    def value(index: int, _: int) -> dict[str, float]:
        x, y = float(index % 360 - 180), float(index % 180 - 90)
        return box(x, y)

    return value


def point(longitude: float, latitude: float) -> bytes:
    """The point as WKB, little-endian."""
    return struct.pack("<BIdd", 1, 1, longitude, latitude)


def box(longitude: float, latitude: float) -> dict[str, float]:
    """The bounding box of the point."""
    return {"xmin": longitude, "ymin": latitude, "xmax": longitude, "ymax": latitude}


_BY_TYPE: dict[Type, Callable[[Domain], Value]] = {
    Type.STRING: _text,
    Type.BOOL: _bool,
    Type.INT8: _integer,
    Type.INT32: _integer,
    Type.FLOAT: _real,
    Type.DOUBLE: _real,
    Type.DATE: _day,
    Type.BINARY: _bytes,
    Type.STRINGS: _texts,
    Type.AFFILIATIONS: _affiliations,
    Type.BBOX: _box,
}
