"""A proposed mapping as TOML: one line a column, with its evidence as a comment."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from pathlib import Path

from conflict_events import schema
from conflict_events.quality.infer.evidence import Evidence
from conflict_events.quality.infer.profile import ROWS, Sample

FEW = 4
"""Most translated values that stand on the column's own line."""


def written(
    seen: Sample, table: schema.Table, columns: Mapping[str, Evidence], rejected: Mapping[str, str], path: Path
) -> str:
    """The file's text. columns: ours -> evidence; rejected: theirs -> why it is not used."""
    some = f"its first {ROWS:,} rows" if seen.rows >= ROWS - 1 else f"its {seen.rows:,} rows"
    lines = [
        f"# Proposed from {_comment(path.name)}, {some}: look it over, and correct what is wrong.",
        f"table = {quote(table.name)}",
    ]
    if seen.tags:
        lines.append("skip_rows = 1  # row 0 holds HXL tags (#...) and no data")
    ordered = {name: columns[name] for name in table.names if name in columns}
    lines += ["", "[columns]  # ours = theirs"]
    lines += [line for ours, one in ordered.items() if len(one.reading.values) <= FEW for line in _one_line(ours, one)]
    for ours, one in ordered.items():
        if len(one.reading.values) > FEW:
            lines += _section(ours, one)
    constants = _constants(table, path)
    constants = {ours: value for ours, value in constants.items() if ours not in columns}
    if constants:
        lines += ["", "[constants]  # the same in every row; put right what is not so"]
        lines += [f"{ours} = {value}" for ours, value in constants.items()]
    absent = [quote(name) for name in table.names if name not in columns and name not in constants]
    lines += ["", "[absent]  # not found in the file: rules that need them do not run", "columns = ["]
    lines += [*textwrap.wrap(", ".join(absent), 110, initial_indent="    ", subsequent_indent="    "), "]"]
    used = {one.reading.theirs for one in columns.values()}
    lines += ["", "[ignored]  # in the file, but not checked", "columns = ["]
    for name in seen.names:
        if name not in used:
            why = f"  # {_comment(rejected[name])}" if name in rejected else ""
            lines.append(f"    {quote(name)},{why}")
    return "\n".join([*lines, "]", ""])


def quote(text: str) -> str:
    """The text as a basic string of TOML."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", lambda m: f"\\u{ord(m[0]):04X}", escaped) + '"'


def _constants(table: schema.Table, path: Path) -> dict[str, str]:
    """Columns that every event needs and few files have, as TOML."""
    if table.name != "events":
        return {}
    return {
        "origin": quote("other"),
        "record_status": quote("final"),
        "event_level": quote("incident"),
        "coder": quote(path.stem),
        "reviewed": "false",
    }


def _options(one: Evidence) -> list[str]:
    reading = one.reading
    said = [f"from = {quote(reading.theirs)}"]
    said += [f"format = {quote(reading.format)}"] if reading.format is not None else []
    said += ["cast = true"] if reading.cast else []
    said += ["drop_time = true"] if reading.drop_time else []
    said += [f"null = [{', '.join(quote(text) for text in reading.null)}]"] if reading.null else []
    return said


def _one_line(ours: str, one: Evidence) -> list[str]:
    said = _options(one)
    if one.reading.values:
        said.append(f"values = {{ {', '.join(f'{quote(k)} = {quote(v)}' for k, v in one.reading.values.items())} }}")
    what = quote(one.reading.theirs) if len(said) == 1 else f"{{ {', '.join(said)} }}"
    return [f"{ours} = {what}  # {_says(one)}"]


def _section(ours: str, one: Evidence) -> list[str]:
    """A column with many translated values, in a section of its own."""
    pairs = [f"{quote(theirs)} = {quote(code)}" for theirs, code in one.reading.values.items()]
    return ["", f"[columns.{ours}]  # {_says(one)}", *_options(one), "", f"[columns.{ours}.values]", *pairs]


def _says(one: Evidence) -> str:
    said = one.says
    if one.unknown:
        some = ", ".join(repr(value[:40]) for value in one.unknown[:5])
        said += f"; not known: {some}{', ...' if len(one.unknown) > 5 else ''}"
    if one.reading.drop_time:
        said += "; the time of day is not checked"
    if one.reading.null:
        said += "; remove from null what is a value"
    return _comment(said)


def _comment(text: str) -> str:
    """The text on one line, without what a comment may not hold."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
