"""Tables of values at the edges of their types: what engines differ in, if they do."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pyarrow as pa

from conflict_events import schema
from conflict_events.schema import vocabulary
from conflict_events.schema.types import Type
from conflict_events.targets.arrow import to_table

TEXTS: tuple[str, ...] = (
    "",
    "\n",
    " ",
    "a",
    "a:b",
    "a:b\n",
    "a:b ",
    "a:\r",
    "\x00",
    "a\x00b",
    "{}",
    "{",
    "{a\nb}",
    "{}\n",
    "{\x00}",
)
TEXTS += (
    "ucdp_ged:1",
    "icews:x\ny",
    "http://x",
    "http://x\n",
    "http://a b",
    "https://é\r\n",
    "en",
    "en\n",
    "nan",
    "None",
)
TEXTS += (
    "2026.11.0",
    "2026.11.0\n",
    "２０２６.１１.０",
    "0" * 64,
    "0" * 63 + "\n",
    "🎉",
    "e\u0301:é",
    "a:\u2028",
    "e1",
    "e2",
)
DAYS = (
    (1, 1, 1),
    (9999, 12, 31),
    (1900, 1, 1),
    (1899, 12, 31),
    (2100, 12, 31),
    (2017, 5, 15),
    (2017, 5, 21),
    (9899, 12, 31),
)
FLOATS = (0.0, -0.0, 90.0, -90.0, 90.0000001, 180.0, -180.5, 36.34, 1.0, 0.5, float("nan"), float("inf"), float("-inf"))
VALUES: dict[Type, tuple[Any, ...]] = {
    Type.STRING: TEXTS,
    Type.BOOL: (True, False),
    Type.INT8: (-128, 127, *range(9)),
    Type.INT32: (-(2**31), 2**31 - 1, 0, 1, 2, 3, 259200, 259201),
    Type.FLOAT: FLOATS,
    Type.DOUBLE: (*FLOATS, 1e308, 5e-324),
    Type.DATE: tuple(date(*day) for day in DAYS),
    Type.BINARY: (b"", b"\x00"),
    Type.STRINGS: ([], ["country"], ["x"], [None], ["country", "", None]),
    Type.AFFILIATIONS: ([],),
    Type.BBOX: ({"xmin": 1.0, "ymin": 1.0, "xmax": 1.0, "ymax": 1.0},),
}


def tables(rows: int, seed: int = 0) -> dict[str, pa.Table]:
    """Every table with so many rows of hard values, a quarter of them null, most coded ones a code."""
    chance = random.Random(seed)

    def value(column: schema.Column) -> Any:
        if chance.random() < 0.25:
            return None
        if column.vocabulary and column.type is Type.STRING and chance.random() < 0.7:
            return chance.choice(vocabulary.codes(column.vocabulary))
        return chance.choice(VALUES[column.type])

    return {
        table.name: to_table(table.name, [{c.name: value(c) for c in table.columns} for _ in range(rows)])
        for table in schema.TABLES
    }


def nulls() -> dict[str, pa.Table]:
    """Every table with two rows of nothing but nulls."""
    return {table.name: to_table(table.name, [dict.fromkeys(table.names)] * 2) for table in schema.TABLES}
