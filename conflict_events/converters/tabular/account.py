"""The account of a tabular conversion: what became of each sheet, each of its columns and the deaths in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from conflict_events.converters.conversion import ColumnFate, Deaths, SheetAccount
from conflict_events.converters.tabular.cells import Text
from conflict_events.converters.tabular.dataset import Dataset
from conflict_events.converters.tabular.header import Recognised


@dataclass(slots=True)
class Running:
    """The account of a sheet while it is read."""

    name: str
    known: Recognised
    first_row: int
    rows_in: int = 0
    rows_out: int = 0
    before: dict[str, float] = field(default_factory=dict)
    set_aside: dict[str, float] = field(default_factory=dict)

    def close(self, order: str | None) -> SheetAccount:
        """The account as it stands at the sheet's end. `order`: how its numeric days were read."""
        return SheetAccount(
            file=self.name,
            dataset=self.known.dataset.name,
            layout=self.known.layout,
            rows_in=self.rows_in,
            rows_out=self.rows_out,
            first_row=self.first_row,
            date_order=order,
            columns=fates(self.known),
        )


def fates(known: Recognised) -> tuple[ColumnFate, ...]:
    """What becomes of each column of a sheet, in the sheet's order; unnamed ones at its end are dropped."""
    dataset, keys, parts = known.dataset, known.keys, {c.sql for c in known.parts}
    mapped = {m.source: m for m in dataset.mapped}
    implied = {i.source: i for i in dataset.implied}
    out = []
    for column in known.columns:
        key = keys[column.sql]
        if column.sql in parts:
            why = "differs between the rows of an event, which stand together in the order of the file"
            out.append(ColumnFate(column.header, "part", f"native.rows.{key}", "none", why))
        elif column.sql in mapped:
            m = mapped[column.sql]
            out.append(ColumnFate(column.header, "mapped", m.to, m.kind.normalises))
        elif column.sql in implied:
            i = implied[column.sql]
            why = "said again by other columns; in native where it differs"
            out.append(ColumnFate(column.header, "implied", f"native.{key}", i.kind.normalises, why))
        else:
            kind = dataset.kept.get(column.sql, Text())
            out.append(ColumnFate(column.header, "native", f"native.{key}", kind.normalises))
    dropped = ColumnFate("", "dropped", None, "none", "a column without a name, empty in every row that was converted")
    ghosts = [ColumnFate(name, "dropped", None, "none", "a name for which no row has a cell") for name in known.ghosts]
    if dataset.nulls:
        words = f"{', '.join(sorted(dataset.nulls))} as an empty cell"
        normalised = {"none": words}
        out = [replace(one, normalised=normalised.get(one.normalised, f"{words}; {one.normalised}")) for one in out]
    return (*out, *ghosts, *[dropped] * known.unnamed)


def deaths(
    dataset: Dataset, sheets: list[Running], after: dict[str, int], merged: dict[str, int]
) -> tuple[Deaths, ...]:
    """The sums of each death count before and after, by source column."""
    out = []
    for source, to in dataset.deaths.items():
        before, aside = (sum(getattr(s, part).get(source, 0) for s in sheets) for part in ("before", "set_aside"))
        out.append(Deaths(source, to, int(before), int(aside), merged.get(to, 0), after.get(to, 0)))
    return tuple(out)
