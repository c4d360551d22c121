"""A dataset's declaration and a sheet's header as the SQL that turns a block of cells into rows of ours.

Three steps, each a relation: `cells` (the source's columns by canonical name; those that a layout lacks are null),
`read` (beside them, values read and made, as `our_` columns), and the rows of the table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from conflict_events import schema
from conflict_events.converters.tabular import quoted
from conflict_events.converters.tabular.cells import Day, Id, Text, bare
from conflict_events.converters.tabular.cells import value as read_value
from conflict_events.converters.tabular.dataset import Dataset, Made, Mapped, SideTable
from conflict_events.converters.tabular.days import Order
from conflict_events.converters.tabular.header import Recognised
from conflict_events.converters.tabular.native import PARTS, Seen, native
from conflict_events.targets.accepted import ACCEPTED

_HAS = re.compile(r"\$has\((\w+)\)")

ROW, BAD = "row_", "bad_"
"""Columns beside the table's: the row's position in its block; the source column whose cell cannot be read."""

BLOCK = "block_"
"""The name under which a block of cells is known to the connection."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A recognised sheet in one conversion: what its rows are stamped with."""

    known: Recognised
    version: str | None
    order: Order | None = None
    digits: frozenset[str] = frozenset()
    """Columns of the block at hand whose cells are digits and nothing else: they are read more quickly."""
    plain_days: bool = False
    """Days are read in their usual forms only, as a first try; where one is not, the block is read again."""


def cells(sheet: Sheet) -> str:
    """`SELECT` of the cells of a block, and of ROW: a window function would copy every column to number them."""
    known = sheet.known
    own = [c.sql for c in known.columns]
    laid = sorted(known.present.difference(own))
    absent = [name for name in known.dataset.columns if name not in known.present]
    here = [_without_null_words(name, known.dataset.nulls) for name in (*own, *laid)]
    if known.groups:
        here.append(PARTS)
    elif known.dataset.has_groups:
        absent.append(PARTS)
    looked = [name for name, look in known.dataset.lookups.items() if look.cell in own]
    here += looked
    absent += [name for name in known.dataset.lookups if name not in looked]
    gone = [f"CAST(NULL AS VARCHAR) AS {quoted.name(name)}" for name in absent]
    return f"SELECT {ROW}, {', '.join([*here, *gone])} FROM {BLOCK}"


def read(sheet: Sheet) -> str:
    """`SELECT` of cells, values and the first bad column of each row."""
    dataset = sheet.known.dataset
    was_read = {m.to for m in dataset.mapped}
    values = [f"{_value(m, sheet)} AS our_{m.to}" for m in dataset.mapped]
    relation = f"SELECT *, {', '.join(values)} FROM ({cells(sheet)})"
    for level in _levels(dataset.made):
        made = {m.to: f"{_fill(_cast(m.to, m.sql, dataset.into), sheet)} AS our_{m.to}" for m in level}
        again = ", ".join(sql for to, sql in made.items() if to in was_read)
        new = [sql for to, sql in made.items() if to not in was_read]
        every = f"* REPLACE ({again})" if again else "*"
        relation = f"SELECT {', '.join([every, *new])} FROM ({relation})"
    return f"SELECT *, {_bad(sheet)} AS {BAD} FROM ({relation})"


def rows(sheet: Sheet, relation: str, seen: Seen | None = None) -> str:
    """`SELECT` of the table's rows from the relation of `read`, with ROW, BAD and a column for each note.

    `derived` is a mask. seen: what the cells of the block are like, for speed.
    """
    dataset = sheet.known.dataset
    given = {*(m.to for m in dataset.mapped), *(m.to for m in dataset.made)}
    out = []
    for column in schema.table(dataset.into).columns:
        if column.name == "native":
            value = native(sheet.known, seen, sheet.plain_days)
        elif column.name == "derived":
            out.append(f"CAST({_derived(sheet)} AS BIGINT) AS derived")
            continue
        elif column.name in given:
            value = f"our_{column.name}"
        else:
            value = "NULL"
        out.append(f"CAST({value} AS {ACCEPTED[column.type][0]}) AS {quoted.name(column.name)}")
    notes = [f"({_fill(test, sheet)}) AS note_{i}" for i, test in enumerate(dataset.notes)]
    counts = [f"{number} AS {quoted.name(f'cell_{name}')}" for name, number in death_cells(sheet).items()]
    return f"SELECT {ROW}, {BAD}, {', '.join([*counts, *notes, *out])} FROM {relation}"


def death_cells(sheet: Sheet) -> dict[str, str]:
    """Each source column that counts deaths -> SQL of the number in its cell, null where it is none."""
    present = sheet.known.present
    number = "CASE WHEN isfinite(TRY_CAST({0} AS DOUBLE)) THEN TRY_CAST({0} AS DOUBLE) END"
    return {n: number.format(quoted.name(n)) for n in sheet.known.dataset.deaths if n in present}


def day_columns(sheet: Sheet) -> list[str]:
    """The source columns that the sheet has and that hold days."""
    present = sheet.known.present
    return [m.source for m in sheet.known.dataset.mapped if isinstance(m.kind, Day) and m.source in present]


def beside(side: SideTable) -> str:
    """`SELECT` of a side table's rows, with every declared column; those that its SQL does not give are null."""
    declared = schema.table(side.table).columns
    typed = ", ".join(f"CAST(NULL AS {ACCEPTED[c.type][0]}) AS {quoted.name(c.name)}" for c in declared)
    return f"SELECT {typed} WHERE false UNION ALL BY NAME ({side.sql})"


def _levels(made: tuple[Made, ...]) -> list[list[Made]]:
    """The columns to be made, in steps: what speaks of an earlier one comes a step later, so that it is made once.

    DuckDB would put the earlier one's SQL in the place of its name, and work it out again at each.
    """
    levels: list[list[Made]] = [[]]
    for one in made:
        if any(re.search(rf"\bour_{other.to}\b", one.sql) for other in levels[-1]):
            levels.append([])
        levels[-1].append(one)
    return levels


def _value(mapped: Mapped, sheet: Sheet) -> str:
    value = read_value(
        mapped.kind, quoted.name(mapped.source), sheet.order, mapped.source in sheet.digits, sheet.plain_days
    )
    if mapped.unless:
        value = f"CASE WHEN ({mapped.unless}) THEN NULL ELSE {value} END"
    return _cast(mapped.to, value, sheet.known.dataset.into)


def _cast(to: str, value: str, table: str) -> str:
    return f"TRY_CAST({value} AS {ACCEPTED[schema.table(table).column(to).type][0]})"


def _bad(sheet: Sheet) -> str:
    dataset, present = sheet.known.dataset, sheet.known.present
    cases = []
    for m in dataset.mapped:
        if m.source not in present or m.lenient or isinstance(m.kind, Text):
            continue
        test = f"{quoted.name(m.source)} IS NOT NULL"
        if isinstance(m.kind, Id):  # blanks are no identifier, and no bad one
            test = f"{bare(quoted.name(m.source))} <> ''"
        if m.unless:
            test += f" AND NOT ({m.unless})"
        # a CASE looks at the cells only where there is no value, as an AND would not
        cases.append(f"WHEN CASE WHEN our_{m.to} IS NULL THEN {test} ELSE false END THEN {quoted.text(m.source)}")
    own = next((m for m in dataset.mapped if m.to in ("origin_id", "event_id")), None)
    if own:
        cases.append(f"WHEN our_{own.to} IS NULL THEN {quoted.text(own.source)}")
    return f"CASE {' '.join(cases)} END"


def derivable(dataset: Dataset) -> list[tuple[str, str]]:
    """Each column that can be listed in `derived`, with the SQL of where it is."""
    mapped = [(m.to, m.derived) for m in dataset.mapped if m.derived]
    made = [(m.to, m.derived or f"our_{m.to} IS NOT NULL") for m in dataset.made if not m.stated]
    return [*mapped, *made]


def _derived(sheet: Sheet) -> str:
    """SQL of a mask of the derived columns, a bit each: `lookup.listed` makes the lists of it."""
    tests = [_fill(test, sheet) for _, test in derivable(sheet.known.dataset)]
    return " + ".join(f"CASE WHEN {test} THEN {1 << i} ELSE 0 END" for i, test in enumerate(tests)) or "0"


def _fill(sql: str, sheet: Sheet) -> str:
    """The SQL with what the sheet is put in the place of `$version`, `$grouped` and `$has(column)`."""
    known = sheet.known
    sql = sql.replace("$version", quoted.text(sheet.version)).replace("$grouped", "true" if known.groups else "false")
    return _HAS.sub(lambda found: "true" if found[1] in known.present else "false", sql)


def _without_null_words(name: str, nulls: frozenset[str]) -> str:
    if not nulls:
        return quoted.name(name)
    words = ", ".join(quoted.text(word) for word in sorted(nulls))
    return f"CASE WHEN {quoted.name(name)} NOT IN ({words}) THEN {quoted.name(name)} END AS {quoted.name(name)}"
