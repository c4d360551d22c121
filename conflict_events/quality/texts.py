"""How a CSV file is written, and what is wrong with one that cannot be read: the line, and what stands there."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING

from conflict_events import files
from conflict_events.files import first_line, quoted

if TYPE_CHECKING:
    import duckdb

DELIMITERS = ",;\t|"
LONGEST_HEADER = 1 << 20


def dialect(path: Path) -> tuple[str, int]:
    """The delimiter, as the header has it, and the number of columns. A guess from the data would take a row that
    lacks a value for proof that the file has another delimiter."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        header = file.readline(LONGEST_HEADER)
    if path.suffix.lower() == ".tsv":
        found = "\t"
    else:
        bare = re.sub(r'"(?:[^"]|"")*"', "", header)
        found = max(DELIMITERS, key=lambda d: (bare.count(d), -DELIMITERS.index(d)))
    return found, len(next(csv.reader([header], delimiter=found), [""]))


def scan(path: Path, delimiter: str, more: str = "") -> str:
    """The SQL that reads the file: every value as text."""
    return (
        f"read_csv({quoted(files.literal(path))}, all_varchar = true, header = true, skip = 0, comment = '', "
        f"quote = '\"', escape = '\"', max_line_size = 67108864, delim = {quoted(delimiter)}{more}, "
        "hive_partitioning = false)"
    )


def reason(con: duckdb.DuckDBPyConnection, path: Path, delimiter: str, width: int, error: duckdb.Error) -> str:
    """What is wrong, where, and how to mend it, in one line."""
    import duckdb

    said = str(error)
    if "sniffing" in said:
        # the sniffer names no line; read as the header says, the reader does
        columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(width))
        plain = scan(path, delimiter, f", auto_detect = false, columns = {{{columns}}}")
        try:
            con.execute(f"SELECT count(COLUMNS(*)) FROM {plain}").fetchall()
        except duckdb.Error as second:
            said = str(second)
    line = re.search(r"CSV Error on Line: (\d+)", said)
    where = f"line {line[1]}: " if line else ""
    counts = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", said)
    if counts:
        return f"{where}{counts[2]} values where the header has {counts[1]}; quote a value that holds {delimiter!r}"
    if "not utf-8" in said.lower() or "unicode" in said.lower():
        return f"{where}it is not UTF-8: save it as UTF-8"
    if "unterminated quote" in said.lower():
        return f"{where}a quote is opened and never closed; write a quote inside a value twice"
    return f"{where}{first_line(error)}"
