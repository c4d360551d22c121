"""A part of the input seen through a mapping file: renamed, with constants, exact translations and exact casts.

Nothing else is repaired. A value that `values` does not list stays as it is and meets its rule; one that does not
read as the column's type, or only with a loss, stays as it is too and is a failure of CE004.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from conflict_events import schema
from conflict_events.errors import UsageError
from conflict_events.files import quoted
from conflict_events.quality import inputs
from conflict_events.quality.inputs import FILE, ROW, Part
from conflict_events.quality.mapping import FileMapping
from conflict_events.quality.mapping_values import Reading, close_to
from conflict_events.quality.message import identifier
from conflict_events.schema.types import Type
from conflict_events.targets.accepted import ACCEPTED, accepts, text_cast

if TYPE_CHECKING:
    import duckdb

TEXT = "VARCHAR"
_INTEGERS = ("UBIGINT", "HUGEINT", "UHUGEINT", *ACCEPTED[Type.INT32])
_FLOATS = ("FLOAT", "DOUBLE")
TIMED = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"([ t][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(z|[+-][0-9]{2}(:?[0-9]{2})?)?)?"
)
"""How a day with a time is written, in lower case."""


class _Seen(NamedTuple):
    """A column as it is shown, the DuckDB type it then has, and the SQL that reads it, None where it is as it is."""

    sql: str
    type: str
    cast: str | None = None


def parts(con: duckdb.DuckDBPyConnection, data: Any, mapping: FileMapping) -> list[Part]:
    """Every input as parts, seen through the mapping. `data` as `validate` takes it, of one table.

    Raises UsageError as `inputs.parts` and `through` do, and for data that no mapping can be for.
    """
    if isinstance(data, Mapping):
        raise UsageError(
            f"{mapping.path} is for one table: give its data without a name, or validate without a mapping"
        )
    if type(data).__module__.split(".")[0] == "pyspark":
        raise UsageError(f"{mapping.path}: a Spark frame takes no mapping: rename its columns with select(...)")
    return [through(part, mapping) for part in inputs.parts(con, data, mapping.table)]


def through(part: Part, mapping: FileMapping) -> Part:
    """The part with our column names; its `original` is what was given, in the user's names.

    Raises UsageError where the mapping names a column that the part has not, or leaves open which one is meant.
    """
    table = schema.table(mapping.table)
    readings = _readings(part, mapping, table)
    seen = {c.name: see(c, readings[c.name], part) for c in table.columns if c.name in readings}
    for ours, text in mapping.constants.items():
        type = table.column(ours).type
        seen[ours] = _Seen(quoted(text), TEXT, None if type is Type.STRING else text_cast(ours, type))
    used = {reading.theirs for reading in readings.values()}
    extra = {} if mapping.ignored is None else {n: t for n, t in part.types.items() if n not in used | mapping.ignored}
    skipped = f" WHERE {ROW} >= {mapping.skip_rows}" if mapping.skip_rows else ""
    columns = "".join(f"{one.sql} AS {identifier(ours)}, " for ours, one in seen.items())
    others = frozenset(table.names) - seen.keys()
    return replace(
        part,
        sql=f"SELECT {columns}{FILE}, {ROW} FROM ({part.sql}){skipped}",
        original=f"SELECT * FROM ({part.sql}){skipped}",
        types={ours: one.type for ours, one in seen.items()} | extra,
        casts={ours: one.cast for ours, one in seen.items() if one.cast is not None},
        theirs={ours: r.theirs for ours, r in readings.items() if r.theirs != ours},
        absent=others if mapping.absent is None else mapping.absent,
    )


def _readings(part: Part, mapping: FileMapping, table: schema.Table) -> dict[str, Reading]:
    """The readings of the mapping, and of the columns that bear our names already."""
    where, file = mapping.path, part.files[0]
    found = dict(mapping.columns)
    for ours, reading in found.items():
        if reading.theirs not in part.types:
            near = close_to(reading.theirs, part.types)
            raise UsageError(f"{where}: columns.{ours}: {file} has no column '{reading.theirs}'{near}")
    free = part.types.keys() - {r.theirs for r in found.values()} - (mapping.ignored or frozenset())
    for ours in (name for name in table.names if name in free):
        key = next((k for k, group in (("columns", found), ("constants", mapping.constants)) if ours in group), None)
        key = "absent" if ours in (mapping.absent or ()) else key
        if key is None:
            found[ours] = Reading(ours)
        elif mapping.ignored is not None:
            raise UsageError(
                f"{where}: {key}.{ours}: {file} has a column {ours} of its own: list it in ignored, or take "
                f"{key}.{ours} out"
            )
    return found


def see(column: schema.Column, reading: Reading, part: Part) -> _Seen:
    """How one of our columns is shown and read."""
    raw, found, ours = identifier(reading.theirs), part.types[reading.theirs], identifier(column.name)
    if reading.values or reading.null or reading.format is not None:
        text = _translated(as_text(raw, found), reading)
        return _Seen(text, TEXT, _of_text(column, reading))
    if found == TEXT and (part.is_text or reading.cast or reading.drop_time):
        return _Seen(raw, found, _of_text(column, reading))
    if not (reading.cast or reading.drop_time) or accepts(column.type, found):
        return _Seen(raw, found)
    if column.type is Type.DATE and found.startswith("TIMESTAMP"):
        moment = f"make_timestamp(epoch_us({ours}))" if found == "TIMESTAMP WITH TIME ZONE" else ours
        return _Seen(raw, found, _day(moment, reading.drop_time))
    if found in (*_INTEGERS, *_FLOATS) or found.startswith("DECIMAL"):
        wanted = ACCEPTED[column.type][0]
        if column.type in (Type.INT8, Type.INT32):
            return _Seen(raw, found, f"CASE WHEN {ours} = trunc({ours}) THEN TRY_CAST({ours} AS {wanted}) END")
        if column.type in (Type.FLOAT, Type.DOUBLE):
            exact = f"TRY_CAST(CAST({ours} AS {wanted}) AS {found}) = {ours}" if found in _INTEGERS else "true"
            return _Seen(raw, found, f"CASE WHEN {exact} THEN CAST({ours} AS {wanted}) END")
    return _Seen(as_text(raw, found), TEXT, _of_text(column, reading))


def as_text(raw: str, found: str) -> str:
    """The SQL of a value as a text file would write it: 15960.0 of a float column is 15960; times are in UTC."""
    if found in _FLOATS:
        whole = f"{raw} = trunc({raw}) AND abs({raw}) < 9007199254740992"
        return f"CASE WHEN {whole} THEN CAST(CAST({raw} AS BIGINT) AS VARCHAR) ELSE CAST({raw} AS VARCHAR) END"
    if found == "TIMESTAMP WITH TIME ZONE":
        return f"CAST(make_timestamp(epoch_us({raw})) AS VARCHAR)"
    return raw if found == TEXT else f"CAST({raw} AS VARCHAR)"


def _translated(text: str, reading: Reading) -> str:
    cases = [f"WHEN {quoted(one)} THEN NULL" for one in reading.null]
    cases += [f"WHEN {quoted(theirs)} THEN {quoted(ours)}" for theirs, ours in reading.values.items()]
    return f"CASE {text} {' '.join(cases)} ELSE {text} END" if cases else text


def _of_text(column: schema.Column, reading: Reading) -> str | None:
    """The SQL that reads the shown text as the column's type."""
    ours = identifier(column.name)
    if column.type is Type.STRING:
        return None
    if reading.format is not None:
        moment = f"try_strptime({ours}, {quoted(reading.format)})"
        # strptime reads '19' as the year 19, which a file that says %Y never means
        return f"CASE WHEN year({moment}) >= 1000 THEN {_day(moment, reading.drop_time)} END"
    if column.type is Type.DATE and reading.drop_time:
        form = f"regexp_full_match(lower({ours}), {quoted(TIMED)})"
        return f"CASE WHEN {form} THEN TRY_CAST(left({ours}, 10) AS DATE) END"
    return text_cast(column.name, column.type)


def _day(moment: str, drop_time: bool) -> str:
    """The day of a moment: null where it has a time of day that nobody said to drop."""
    day = f"TRY_CAST({moment} AS DATE)"
    return day if drop_time else f"CASE WHEN {moment} = date_trunc('day', {moment}) THEN {day} END"
