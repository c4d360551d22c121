"""Which dataset and layout a sheet is, by its header or, where it has none, by its first record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conflict_events.converters.tabular.dataset import Dataset, Groups, Layout

Record = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """A column of a sheet: its name there, the canonical column that it is (or None), its name in SQL."""

    header: str
    canonical: str | None
    sql: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """A sheet that is known: how its records are to be read.

    unnamed: columns at the end without a name. version: the dataset's release, where the layout tells it. ghosts: names
    of the header that are no columns, because no row has a cell for them. groups: how its rows make events, where they
    are parts of them.
    """

    dataset: Dataset
    layout: str
    columns: tuple[SourceColumn, ...]
    skip: int
    fewest: int | None = None
    tags: bool = False
    unnamed: int = 0
    version: str | None = None
    ghosts: tuple[str, ...] = ()
    groups: Groups | None = None

    @property
    def parts(self) -> tuple[SourceColumn, ...]:
        """The columns that may differ between the rows of an event; none where each row is an event."""
        if self.groups is None:
            return ()
        return tuple(c for c in self.columns if c.canonical is None or c.canonical in self.groups.parts)

    @property
    def present(self) -> frozenset[str]:
        """The columns that have cells, in SQL: the sheet's, and those that the rows of an event are laid out into."""
        laid = () if self.groups is None else self.groups.second.values()
        return frozenset((*(c.sql for c in self.columns), *laid))

    @property
    def keys(self) -> dict[str, str]:
        """Column in SQL -> its key in `native`."""
        return native_keys(self.columns, ("rows",) if self.groups else ())


def recognise(first: Sequence[Record], datasets: Sequence[Dataset]) -> Recognised | None:
    """What the sheet that begins with these records is; None where no dataset knows it."""
    if not first:
        return None
    for dataset in datasets:
        for shape in dataset.headless:
            if shape.fewest <= len(first[0]) <= len(shape.columns) and shape.fits(first[0]):
                columns = tuple(SourceColumn(name, name, name) for name in shape.columns)
                return Recognised(dataset, shape.layout, columns, 0, shape.fewest, version=shape.version)
    named, unnamed = _named(first[0])
    for dataset in datasets:
        ghosts = _ghosts(named, first[1:], dataset)
        columns = _columns(tuple(name for name in named if name not in ghosts), dataset)
        canonical = {c.canonical for c in columns if c.canonical}
        if not dataset.key <= canonical:
            continue
        layout = _layout(dataset, canonical | {name.lower() for name in named})
        tags = len(first) > 1 and _is_tags(first[1])
        skip = 2 if tags else 1
        return Recognised(
            dataset, layout.name, columns, skip, None, tags, unnamed, layout.version, ghosts, layout.groups
        )
    return None


def _ghosts(names: Record, rows: Sequence[Record], dataset: Dataset) -> Record:
    """The names that are no columns: those of the dataset's ghosts, if all first rows are shorter by just these."""
    found = tuple(name for name in names if name.lower() in dataset.ghosts)
    return found if rows and all(len(row) == len(names) - len(found) for row in rows) else ()


def missing(first: Sequence[Record], dataset: Dataset) -> list[str]:
    """The columns that every layout of the dataset has and this header has not."""
    named, _ = _named(first[0]) if first else ((), 0)
    return sorted(dataset.key - {c.canonical for c in _columns(named, dataset) if c.canonical})


def _layout(dataset: Dataset, names: set[str]) -> Layout:
    fitting = (x for x in dataset.layouts if x.tells <= names and not x.lacks & names)
    return next(fitting, Layout("of no known release"))


def _named(record: Record) -> tuple[Record, int]:
    """The header's names, blanks around them gone, and how many columns at its end have none."""
    names = tuple(cell.replace("\ufeff", "").strip() for cell in record)
    named = len(names)
    while named and not names[named - 1]:
        named -= 1
    return names[:named], len(names) - named


def _columns(names: Record, dataset: Dataset) -> tuple[SourceColumn, ...]:
    """Each name with its canonical column. The first of two that mean one column is it; the other is a column of its
    own, as is one that the dataset does not know."""
    known = {name.lower(): name for name in dataset.columns}
    known |= {name.lower(): canonical for name, canonical in dataset.aliases.items() if name.lower() not in known}
    # a column's own name goes before another's alias, wherever it stands in the file
    own = {name.lower() for name in names if known.get(name.lower(), "").lower() == name.lower()}
    out: list[SourceColumn] = []
    taken: set[str] = set()
    for i, name in enumerate(names):
        canonical = known.get(name.lower())
        if canonical is not None and (canonical in taken or (canonical.lower() in own and name.lower() not in own)):
            canonical = None
        if canonical is not None:
            taken.add(canonical)
        out.append(SourceColumn(name, canonical, canonical or f"column_{i}"))
    return tuple(out)


def _is_tags(record: Record) -> bool:
    """Whether it is a row of HXL hashtags (hxlstandard.org), as the Humanitarian Data Exchange adds."""
    cells = [cell.strip() for cell in record if cell.strip()]
    return bool(cells) and all(cell.startswith("#") for cell in cells)


def native_keys(columns: Sequence[SourceColumn], taken: Sequence[str] = ()) -> dict[str, str]:
    """Column in SQL -> its key in `native`: canonical, or the header's own, made unique and none of those taken."""
    keys: dict[str, str] = {}
    used = set(taken)
    for column in columns:
        key = column.canonical or column.header or column.sql
        while key in used:
            key += "_"
        used.add(key)
        keys[column.sql] = key
    return keys
