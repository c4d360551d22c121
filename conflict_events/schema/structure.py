"""The rules about a file's columns, which hold for every table. They need no row."""

from __future__ import annotations

from conflict_events.schema.kinds import Structure
from conflict_events.schema.rule import DESIGN, Rule, Severity

SCHEMA_VERSION_KEY = "conflict_events.schema_version"
TABLE_KEY = "conflict_events.table"
"""The keys in a file's own metadata by which it claims a schema version and a table."""

MISSING = Rule(
    "CE001",
    "column_missing",
    "*",
    Structure("missing"),
    "column {column} of table {table} is missing",
    "A file that claims a table has all of its columns, nullable ones too: an absent column cannot be told from "
    "one that was lost. Rules that need the column are reported as not run.",
    DESIGN,
)
EXTRA = Rule(
    "CE002",
    "column_extra",
    "*",
    Structure("extra"),
    "column {column} is not in table {table}; keep it in native, or rename it",
    "A column that the schema does not know is kept by nobody downstream. A warning: nothing in the file is wrong.",
    DESIGN,
    Severity.WARNING,
)
MISTYPED = Rule(
    "CE003",
    "column_mistyped",
    "*",
    Structure("mistyped"),
    "column {column} of table {table} is {found}; it must be {wanted}",
    "Accepted besides the declared type: large, view and dictionary strings, wider integers, double for float. "
    "Nothing is cast in silence. Rules that need the column are reported as not run.",
    DESIGN,
)
UNCAST = Rule(
    "CE004",
    "value_uncast",
    "*",
    Structure("uncast"),
    "{column} '{value}' is no {wanted}",
    "In a text file (CSV) every value must read as its column's type; one that does not becomes null for the other "
    "rules and fails here.",
    DESIGN,
)

STRUCTURAL = (MISSING, EXTRA, MISTYPED, UNCAST)
