"""A rule's message template as SQL, so that a million messages are made in bulk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

LONGEST = 80
"""Most code points of a value that a message shows."""


def in_sql(template: str, columns: Mapping[str, str], **words: str) -> str:
    """The SQL of a message: `{name}` is the value of an SQL expression in `columns`, or one of `words`."""
    pieces: list[str] = []
    for piece in re.split(r"(\{\w+\})", template):
        name = piece[1:-1] if piece.startswith("{") else ""
        if name in columns:
            pieces.append(f"coalesce({shown(columns[name])}, 'null')")
        elif piece:
            pieces.append("'" + words.get(name, piece).replace("'", "''") + "'")
    return " || ".join(pieces)


def their_names(columns: Iterable[str], theirs: Mapping[str, str]) -> str:
    """What a message says of columns that the user calls otherwise: ` [column low_est]`; else nothing."""
    names = [re.sub(r"[{}\x00-\x1f\x7f]", "\N{REPLACEMENT CHARACTER}", theirs[c])[:40] for c in columns if c in theirs]
    return f" [{'column' if len(names) == 1 else 'columns'} {', '.join(names)}]" if names else ""


def shown(expression: str, longest: int = LONGEST) -> str:
    """The SQL of a value as one short line: cut, control characters replaced."""
    text = f"left(CAST({expression} AS VARCHAR), {longest})"
    return f"regexp_replace({text}, '[\\x00-\\x1f\\x7f]', '\N{REPLACEMENT CHARACTER}', 'g')"


def identifier(name: str) -> str:
    """The column's name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def placeholders(template: str) -> list[str]:
    """The names in a template."""
    return re.findall(r"\{(\w+)\}", template)


def key(columns: Sequence[str]) -> str:
    """The SQL of a row's key as text, of the key columns that are there: null where none is or has a value."""
    parts = [f"coalesce({shown(identifier(c), 200)}, '')" for c in columns]
    return f"nullif(concat_ws(' | ', {', '.join(parts)}), '')" if parts else "CAST(NULL AS VARCHAR)"
