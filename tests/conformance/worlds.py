"""The data that every engine is tried on: broken, sound, null, boundary and wild rows of every table, put together.

An engine may take seconds to start, so cases are put together rather than run one at a time. A case of a rule about
several tables is given ids of its own, so that one case does not mend another.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

import pyarrow as pa
from hypothesis import HealthCheck, given, settings

from conflict_events import schema, testing
from conflict_events.schema import kinds
from conflict_events.schema.types import Type
from conflict_events.targets.arrow import to_table
from tests.broken_rows import GOOD
from tests.testing.cases import QUICK

World = Mapping[str, pa.Table]
FEW = settings(QUICK, max_examples=3, suppress_health_check=list(HealthCheck))
# enough that two columns of each rule meet in the values that matter
WILD_ROWS = 300
NUMBERS = (float("nan"), float("inf"), float("-inf"), -0.0, 0.0, 0.5)
DAYS = ("0001-01-01", "1582-10-10", "1900-01-01", "2017-05-01", "2017-05-07", "9999-12-31")
WILD: dict[Type, tuple[Any, ...]] = {
    Type.STRING: (
        "",
        " ",
        "\n",
        "IRQ",
        "IRQ\n",
        "x:a\rb",
        "x:\u2028",
        "x:",
        "article",
        "e1",
        "é",
        "e\u0301",
        "a\x00b",
        "\x1b[1m",
        "{",
        "{}",
    ),
    Type.BOOL: (True, False),
    Type.INT8: (-128, -1, 0, 1, 2, 3, 4, 5, 6, 7, 127),
    Type.INT32: (-(2**31), -1, 0, 1, 2, 259_200, 2**31 - 1),
    Type.FLOAT: (*NUMBERS, 1.0, 1.0000001),
    Type.DOUBLE: (
        float("nan"),
        float("inf"),
        float("-inf"),
        -0.0,
        0.0,
        0.5,
        -90.0,
        90.0,
        90.0000001,
        -180.0,
        180.0,
        1e308,
    ),
    Type.DATE: (
        date(1, 1, 1),
        date(1582, 10, 10),
        date(1900, 1, 1),
        date(2017, 5, 1),
        date(2017, 5, 7),
        date(9999, 12, 31),
    ),
    Type.BINARY: (b"", b"\x01"),
    Type.STRINGS: ([], ["country"], ["no_such"], [None], ["country", None, "x"]),
    Type.AFFILIATIONS: ([],),
    Type.BBOX: ({"xmin": 0.0, "ymin": 0.0, "xmax": 0.0, "ymax": 0.0},),
}
"""Values of each type that engines are known, or suspected, to differ on."""


def has_cases(rule: schema.Rule) -> bool:
    """Whether the rule is broken by rows of one release: not by columns, text files or a release before."""
    return isinstance(rule.kind, kinds.RowKind | kinds.RelationalKind)


@cache
def cases() -> World:
    """Every rule's broken case, and sound, null and wild rows of every table."""
    pieces: dict[str, list[pa.Table]] = {table.name: [] for table in schema.TABLES}
    for n, rule in enumerate(r for r in schema.RULES if has_cases(r)):
        for name, rows in _apart(_broken(rule.id).tables, n).items():
            pieces[name].append(rows)
    for table in schema.TABLES:
        nothing = dict.fromkeys(table.names)
        pieces[table.name].append(to_table(table.name, [nothing, nothing, GOOD[table.name]]))
        pieces[table.name].append(to_table(table.name, list(_wild(table))))
    return {name: pa.concat_tables(rows) for name, rows in pieces.items()}


def _broken(rule_id: str) -> testing.Broken:
    case: testing.Broken = _one(testing.broken(rule_id, max_rows=2))
    return case


def _one(strategy: Any) -> Any:
    found: list[Any] = []

    @FEW
    @given(strategy)
    def draw(case: Any) -> None:
        found.append(case)

    draw()
    return found[-1]


_IDS = {
    (r.kind.table if name == "other" else r.table, getattr(r.kind, name))
    for r in schema.RULES
    if isinstance(r.kind, kinds.References | kinds.ReferencedBy | kinds.NotAmong | kinds.CountOf)
    for name in ("column", "other", "key")
    if hasattr(r.kind, name) and not (isinstance(r.kind, kinds.CountOf) and name == "column")
}
"""The columns, by table, that point at rows or are pointed at."""


def _apart(tables: World, n: int) -> dict[str, pa.Table]:
    """The tables with ids that no other case has."""
    import pyarrow.compute as pc

    out = {}
    for name, rows in tables.items():
        # ids with a form of their own (origin:id) are left as they are: the form is a rule, too
        for column in rows.column_names:
            if (name, column) in _IDS and pa.types.is_string(rows.schema.field(column).type):
                values = rows[column]
                free = pc.invert(pc.match_substring(values, ":"))
                own = pc.binary_join_element_wise(values, f"case{n}", "-")
                i = rows.schema.get_field_index(column)
                rows = rows.set_column(i, rows.schema.field(i), pc.if_else(free, own, values))
        out[name] = rows
    return out


def _wild(table: schema.Table) -> Iterator[dict[str, Any]]:
    """Rows of any values of the right type, coded columns mostly with their codes: what breaks many rules at once."""
    from conflict_events.schema import vocabulary

    chance = random.Random(table.name)
    pools: dict[str, tuple[Any, ...]] = {}
    for column in table.columns:
        codes = vocabulary.codes(column.vocabulary) if column.vocabulary else ()
        whole = column.type in (Type.INT8, Type.INT32)
        pools[column.name] = (*(int(c) if whole else c for c in codes[:9]), *WILD[column.type], None, None)
    for _ in range(WILD_ROWS):
        yield {name: chance.choice(pool) for name, pool in pools.items()}
