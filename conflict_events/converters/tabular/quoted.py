"""Names and texts as SQL."""

from __future__ import annotations


def name(of: str) -> str:
    """A column's name as SQL, whatever characters it has."""
    return '"' + of.replace('"', '""') + '"'


def text(value: str | None) -> str:
    """A text as a constant of SQL."""
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"
