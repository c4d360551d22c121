"""The reference page of the macros, made from the comments at the head of their `.sql` files.

A comment gives the call, what it does, and the sections Arguments, Returns, Notes and Example.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from conflict_events.query import macro

_SECTIONS = ("Arguments", "Returns", "Notes", "Example")
_INTRODUCTION = """\
# Macros

Made from `conflict_events/query/macros/`; do not edit. The macros are there in every connection of `ce.connect()`, in
`ce.sql()` and in `conflict-events query`. They are plain DuckDB SQL: [how to query](../how-to/query.md) says how to use
them from another client. `:=` marks an argument that may be left out.
"""


@dataclass(frozen=True, slots=True)
class Described:
    """A macro as its comment describes it. `arguments` are pairs of name and meaning."""

    name: str
    call: str
    summary: str
    arguments: tuple[tuple[str, str], ...]
    returns: str
    notes: str
    example: str


def described(name: str) -> Described:
    """What the comment of a macro says; KeyError where it lacks Returns or Example."""
    head = [line.removeprefix("--").removeprefix(" ") for line in _comment(macro.text(name))]
    sections: dict[str, list[str]] = {"": []}
    current = sections[""]
    for line in head:
        title = line.removesuffix(":")
        if line.endswith(":") and title in _SECTIONS:
            current = sections.setdefault(title, [])
        else:
            current.append(line.removeprefix("  "))
    call, *summary = sections[""]
    return Described(
        name=name,
        call=call,
        summary=_flow(summary),
        arguments=_arguments(sections.get("Arguments", [])),
        returns=_flow(sections["Returns"]),
        notes=_flow(sections.get("Notes", [])),
        example="\n".join(sections["Example"]).strip(),
    )


def markdown() -> str:
    """The text of `docs/reference/macros.md`."""
    return "\n".join([_INTRODUCTION, *(_page(described(name)) for name in sorted(macro.names()))])


def _page(one: Described) -> str:
    parts = [
        f"## {one.name}",
        f"`{one.call}`",
        one.summary,
        "\n".join(f"- `{name}`: {meaning}" for name, meaning in one.arguments),
        f"**Returns** {one.returns}" + ("" if one.returns.endswith(".") else "."),
        one.notes.replace("*", "\\*"),
        f"```sql\n{one.example}\n```",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _comment(text: str) -> list[str]:
    lines = text.splitlines()
    end = next(i for i, line in enumerate(lines) if not line.startswith("--"))
    return lines[:end]


def _arguments(lines: list[str]) -> tuple[tuple[str, str], ...]:
    found = re.findall(r"^(\S[^:]*): (.*(?:\n .*)*)", "\n".join(lines), re.M)
    return tuple((name, _flow(meaning.splitlines())) for name, meaning in found)


def _flow(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())
