"""The engines, a module each. An engine finds the failing rows; the rest of a validation is the same for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from conflict_events import schema
from conflict_events.errors import UsageError
from conflict_events.quality.inputs import Hold
from conflict_events.quality.structure import Usable

if TYPE_CHECKING:
    import duckdb

Counts = dict[str, int]
"""Rule id -> number of failing rows."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What an engine does; the checks record failures in the store (`quality.failures`) and count them.

    check_rows: the row rules of one part, all of whose columns are there.
    check_relations: the rules of the named table that look at several rows or tables.
    hold: data of a library whose rows the engine leaves where they are, as a part; None for any other.
    """

    name: str
    check_rows: Callable[[duckdb.DuckDBPyConnection, Usable, Sequence[schema.Rule]], Counts]
    check_relations: Callable[
        [duckdb.DuckDBPyConnection, Mapping[str, Sequence[Usable]], str, Sequence[schema.Rule]], Counts
    ]
    hold: Hold | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where an engine is, what it imports, and the extra that brings that."""

    module: str
    imports: tuple[str, ...] = ()
    extra: str | None = None


_ENTRIES = {
    "duckdb": _Entry("duckdb"),
    "polars": _Entry("polars", ("polars",), "polars"),
    "pandera": _Entry("pandera_pandas", ("pandera", "pandas"), "pandera"),
    "pandera-polars": _Entry("pandera_polars", ("pandera", "polars"), "pandera"),
    "gx": _Entry("gx", ("great_expectations", "pandas"), "gx"),
    "spark": _Entry("spark", ("pyspark",), "spark"),
}
ENGINES = tuple(_ENTRIES)
"""Names of the engines; the first is the reference."""


def engine(name: str) -> Engine:
    """The engine of that name; UsageError where there is none or its library is not installed."""
    if name not in _ENTRIES:
        raise UsageError(f"no engine '{name}': use one of {', '.join(ENGINES)}")
    entry = _ENTRIES[name]
    # looked for, not imported: pandera and GX import whatever is beside them, and some of that speaks on stderr
    absent = next((module for module in entry.imports if find_spec(module) is None), None)
    if absent is not None:
        raise UsageError(
            f"engine {name} needs {absent}, which is not installed: pip install 'conflict-events[{entry.extra}]'"
        )
    found: Engine = import_module(f"conflict_events.quality.engines.{entry.module}").ENGINE
    return found
