"""What a source dataset is to us, as data: its columns, where each goes, and what is made of them by rule.

A converter is one `Dataset`. Its SQL speaks of the source's cells by the source's (canonical) column names, which are
text, and of values that have been read or made by our column's name after `our_`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from conflict_events.converters.tabular.cells import Id, Kind, Text
from conflict_events.converters.tabular.days import Order

TEXT, ID = Text(), Id()


@dataclass(frozen=True, slots=True)
class Mapped:
    """A source column that has a home: its values are ours, and its cells can be made again from them.

    `unless`: SQL that is true of a cell that is no value but a sign (`-1` for unknown): ours is null, the cell stays.
    `lenient`: a cell that is no such value sets no row aside: ours is null, and the cell stays.
    `keep`: SQL that is true where the cell has a value but ours does not say all of it: the cell stays beside it.
    Where a `Made` has the same `to`, it is made of the value that was read and takes its place. `derived`: SQL that
    says where ours is a reading of the cell and not its plain value, to be listed in `derived`.
    """

    source: str
    to: str
    kind: Kind = TEXT
    unless: str | None = None
    lenient: bool = False
    keep: str | None = None
    derived: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A column of ours that is made from the source's by rule; `sql` over cells and earlier `our_` columns.

    `stated`: the source says it in other words (a code translated), so that it is not listed in `derived`. Otherwise
    it is, wherever it is not null; `derived`: SQL that says where, if not there.

    In the SQL of a declaration `$version` is the release, `$has(column)` whether the sheet has the column, and
    `$grouped` whether its rows are parts of events.
    """

    to: str
    sql: str
    stated: bool = False
    derived: str | None = None


@dataclass(frozen=True, slots=True)
class Implied:
    """A source column that says again what our columns say: kept in `native` only in rows where it differs.

    `sql`: the text that they imply, over `our_` columns and the cells of the source columns named in `cells`, none of
    which is itself implied.
    """

    source: str
    sql: str
    kind: Kind = ID
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Groups:
    """A layout's rows are parts of events: those that agree in every other column are one event.

    parts: canonical columns that differ between the rows of an event. second: part -> the canonical column that the
    second row's cell stands for (`actor1` -> `actor2`); the first row's cells stand for themselves. What any row says
    in its parts, and in columns that the dataset does not know, stays in `native.rows`, a list in the file's order.
    """

    parts: tuple[str, ...]
    second: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """One shape that the dataset's files have had.

    tells: columns that all stand in it, by canonical name or as the header spells them (lower case). lacks: columns
    that do not. The first layout that fits is the file's. version: the dataset's release, where the layout tells it.
    groups: where its rows are not events but parts of them.
    """

    name: str
    tells: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    version: str | None = None
    groups: Groups | None = None


@dataclass(frozen=True, slots=True)
class Headless:
    """The columns of files without a header. `fewest`: how many of them a record has at the least.

    `fits`: whether the first record's cells are of it. version: as in `Layout`. Quotes in such files are plain text.
    """

    layout: str
    columns: tuple[str, ...]
    fewest: int
    fits: Callable[[tuple[str, ...]], bool]
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the codes in a cell stand for: pairs of code and value, a code once. Other cells stand for null."""

    cell: str
    codes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SideTable:
    """A table beside events: `sql` selects its rows from `read`, the relation of sound rows with cells and `our_`
    columns. `shared`: rows that many events give stand once, the first by the table's key."""

    table: str
    sql: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Dataset:
    """A source dataset and how its rows become events (or, where `into` says so, rows of another table).

    aliases: header names, lower case, that stand for a canonical column. key: canonical columns that every layout
    has. kept: how cells that stay in `native` are normalised, text where not said. nulls: words that mean no value.
    deaths: source column -> our column, for the sums before and after. version: the release in a file's name.
    lookups: name, as SQL speaks of it -> code list. prepare: SQL statements that the connection needs. custom: the
    order of numeric days where a file does not tell.
    """

    name: str
    title: str
    licence: str
    layouts: tuple[Layout, ...]
    key: frozenset[str]
    mapped: tuple[Mapped, ...]
    made: tuple[Made, ...] = ()
    implied: tuple[Implied, ...] = ()
    kept: Mapping[str, Kind] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    headless: tuple[Headless, ...] = ()
    nulls: frozenset[str] = frozenset()
    ghosts: frozenset[str] = frozenset()
    """Names, lower case, that some headers have and their rows have no cell for."""
    deaths: Mapping[str, str] = field(default_factory=dict)
    sides: tuple[SideTable, ...] = ()
    version: Callable[[str], str | None] = lambda name: None  # noqa: ARG005
    custom: Order | None = None
    into: str = "events"
    lookups: Mapping[str, Lookup] = field(default_factory=dict)
    prepare: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    """SQL of a count over `read` -> what to tell the user of it; `{n}` is the count."""

    @property
    def has_groups(self) -> bool:
        """Whether any layout's rows are parts of events."""
        return any(layout.groups for layout in self.layouts)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every canonical column that the declaration speaks of, in order."""
        named = (*(m.source for m in self.mapped), *(i.source for i in self.implied), *self.kept)
        return tuple(dict.fromkeys((*named, *sorted(self.key))))
