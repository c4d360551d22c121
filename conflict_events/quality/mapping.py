"""The mapping file: how the columns of someone's own file stand for those of a table. TOML, read and checked.

    table = "events"
    skip_rows = 1                                   # rows after the header that hold no data
    absent = "all others"                           # or [absent] columns = [...]: ours that the file does not have

    [columns]                                       # ours = theirs
    event_id = "id"
    country = { from = "country_name", values = { "Iraq" = "IRQ" } }
    date_start = { from = "day", format = "%d/%m/%Y" }
    deaths_best = { from = "killed", cast = true, null = ["NA", -99] }

    [constants]                                     # the same in every row
    coder = "mine/1.0"

    [ignored]                                       # theirs that are not checked
    columns = ["internal_note"]

`quality.mapped` shows a file through it.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conflict_events import schema
from conflict_events.errors import UsageError
from conflict_events.files import first_line
from conflict_events.quality.mapping_values import Reading, check_value, close_to, known_keys, reading_of, text_of

ALL_OTHERS = "all others"
_KEYS = ("table", "skip_rows", "columns", "constants", "absent", "ignored")


@dataclass(frozen=True, slots=True)
class FileMapping:
    """A mapping file, checked against the declaration but not yet against any file.

    absent, ignored: None where all others are.
    """

    path: str
    table: str
    columns: Mapping[str, Reading]
    constants: Mapping[str, str]
    absent: frozenset[str] | None
    ignored: frozenset[str] | None
    skip_rows: int


def load(path: str | os.PathLike[str], table: str | None = None) -> FileMapping:
    """Read a mapping file. `table`: what the caller says, which the file may leave out but not contradict.

    Raises UsageError, in one line that names the file and the key, for whatever is wrong in it.
    """
    name = os.fspath(path)
    try:
        said = tomllib.loads(Path(path).expanduser().read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{name}: cannot read the mapping: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{name} is not TOML: {first_line(error)}") from error
    known_keys(name, "", said, _KEYS)
    known = schema.table(_table(name, said.get("table"), table))
    columns = {k: reading_of(name, known, k, v) for k, v in _section(name, known, said, "columns").items()}
    constants = {k: text_of(name, f"constants.{k}", v) for k, v in _section(name, known, said, "constants").items()}
    for ours, text in constants.items():
        check_value(name, f"constants.{ours}", known.column(ours), text)
    skip = said.get("skip_rows", 0)
    if type(skip) is not int or skip < 0:
        raise UsageError(f"{name}: skip_rows: {skip!r} is no number of rows: write one, such as skip_rows = 1")
    absent, ignored = _names(name, said, "absent"), _names(name, said, "ignored")
    for ours in sorted(absent or ()):
        _our_column(name, "absent", known, ours)
    _refuse_twice(name, columns, constants, absent or frozenset(), ignored or frozenset())
    return FileMapping(name, known.name, columns, constants, absent, ignored, skip)


def _table(name: str, said: Any, called: str | None) -> str:
    if said is None and called is None:
        raise UsageError(f'{name}: table: say which table the file is: table = "events"')
    tables = [t.name for t in schema.TABLES]
    table = called if said is None else said
    if table not in tables:
        raise UsageError(f"{name}: table: no table {table!r}: use one of {', '.join(tables)}")
    if called is not None and table != called:
        raise UsageError(f"{name}: table: the mapping is for {table}, the call for {called}: leave one out")
    return str(table)


def _section(name: str, table: schema.Table, said: Mapping[str, Any], key: str) -> dict[str, Any]:
    section = said.get(key, {})
    if not isinstance(section, dict):
        raise UsageError(f"{name}: {key}: must be a table of TOML: write [{key}] and a line for each column")
    for ours in section:
        _our_column(name, f"{key}.{ours}", table, ours)
    return section


def _our_column(name: str, key: str, table: schema.Table, ours: str) -> None:
    if ours not in table.names:
        raise UsageError(
            f"{name}: {key}: table {table.name} has no column '{ours}'{close_to(ours, table.names)} "
            f"(all: conflict-events schema show {table.name})"
        )


def _names(name: str, said: Mapping[str, Any], key: str) -> frozenset[str] | None:
    """Columns as a list, as `{ columns = [...] }`, or None for "all others"; none where the key is left out."""
    given = said.get(key, [])
    if given == ALL_OTHERS:
        return None
    if isinstance(given, dict):
        known_keys(name, f"{key}.", given, ("columns",))
        given = given.get("columns", [])
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise UsageError(f'{name}: {key}: must be a list of column names, or "{ALL_OTHERS}"')
    return frozenset(given)


def _refuse_twice(
    name: str,
    columns: Mapping[str, Reading],
    constants: Mapping[str, str],
    absent: frozenset[str],
    ignored: frozenset[str],
) -> None:
    """UsageError where one column, of ours or of theirs, has two meanings."""
    said: dict[str, str] = {}
    for key, group in (("columns", columns), ("constants", constants), ("absent", sorted(absent))):
        for ours in group:
            if ours in said:
                raise UsageError(f"{name}: {key}.{ours}: {ours} is in {said[ours]} too: take one of them out")
            said[ours] = key
    taken: dict[str, str] = {}
    for ours, reading in columns.items():
        if reading.theirs in taken:
            raise UsageError(
                f"{name}: columns.{ours}: '{reading.theirs}' is mapped to {taken[reading.theirs]} already: a column of "
                "the file stands for one of ours"
            )
        if reading.theirs in ignored:
            raise UsageError(f"{name}: ignored: '{reading.theirs}' is mapped to {ours} as well: take one of them out")
        taken[reading.theirs] = ours
