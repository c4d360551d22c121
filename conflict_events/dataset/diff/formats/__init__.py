"""The comparison for people and for machines, a module a format."""

from __future__ import annotations

FORMATS = ("text", "json", "markdown", "parquet")
SUFFIXES = {".json": "json", ".md": "markdown", ".parquet": "parquet"}
"""What a file's name says of the format wanted."""
