"""Where a failing row is in its file, for machines that show files: path, URI and line."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from conflict_events.quality.result import Result

LINE_SUFFIXES = (".csv", ".tsv")
CHUNK = 1 << 20


def is_file(name: str) -> bool:
    """Whether the name of an input is a path, and not `<pyarrow Table>` and the like."""
    return not (name.startswith("<") and name.endswith(">"))


def relative(name: str) -> str:
    """The path from the working folder, with forward slashes; as it was given where the file lies elsewhere."""
    path = Path(name)
    try:
        return (path.relative_to(Path.cwd()) if path.is_absolute() else path).as_posix()
    except ValueError:
        return path.as_posix()


def uri(name: str) -> str:
    """The path as a URI reference, percent-encoded: relative, or `file:` where the file lies elsewhere."""
    path = relative(name)
    return Path(path).as_uri() if Path(path).is_absolute() else quote(path.encode("utf-8", "surrogateescape"))


class Lines:
    """Rows to line numbers. A text file has one row a line only where it has as many lines as rows and a header."""

    def __init__(self, result: Result) -> None:
        self._rows = {c.file: c.rows for c in result.checked}
        self._plain: dict[str, bool] = {}

    def of(self, file: str, row: int | None) -> int | None:
        """The 1-based line of a 0-based row; None where the file has no lines or its rows span several."""
        if row is None or not file.lower().endswith(LINE_SUFFIXES) or not is_file(file):
            return None
        if file not in self._plain:
            self._plain[file] = _lines(Path(file)) == self._rows.get(file, -1) + 1
        return row + 2 if self._plain[file] else None


def _lines(path: Path) -> int | None:
    """Number of lines of a text file; None where it cannot be read any more."""
    count, last = 0, b"\n"
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                count += chunk.count(b"\n")
                last = chunk[-1:]
    except OSError:
        return None
    return count + (last != b"\n")
