"""conflict-events diff of two versions of the schema."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from conflict_events.errors import BadDataError, UsageError


def compare(old: str, new: str, kind: str, output: Path | None) -> None:
    """Say what changed between two schema documents; exit 1 where the newer version number is too small for it."""
    from conflict_events import swap
    from conflict_events.dataset.schema_documents import document
    from conflict_events.schema import changes

    was, now = document(old), document(new)
    try:
        found = changes.changes(was, now)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BadDataError(
            f"{old} and {new} cannot be compared: one is no schema document ({type(error).__name__}: {error}); see "
            "conflict_events/schema/frozen"
        ) from error
    try:
        bumped, ok = changes.bump(was["version"], now["version"]), changes.enough(found, was["version"], now["version"])
    except ValueError as error:
        raise UsageError(f"{error}: name the older schema first") from error
    told = {
        "old": was["version"],
        "new": now["version"],
        "demands": changes.demanded(found),
        "bump": bumped,
        "enough": ok,
        "changes": [asdict(one) for one in found],
    }
    text = json.dumps(told, indent=2, ensure_ascii=False) + "\n" if kind == "json" else _readable(told, kind)
    if output is None:
        click.echo(text, nl=False)
    else:
        swap.text_file(output, text)
    if not ok:
        raise click.exceptions.Exit(1)


def _readable(told: dict[str, Any], kind: str) -> str:
    verdict = "" if told["enough"] else ": TOO SMALL"
    head = (
        f"schema {told['old']} -> {told['new']}: {len(told['changes'])} changes; "
        f"they demand: {told['demands']}; the version number is: {told['bump']}{verdict}"
    )
    rows = [(c["level"], c["what"], c["where"], c["detail"]) for c in told["changes"]]
    if kind == "markdown":
        lines = [f"### {head}", "", "| level | change | where | detail |", "| --- | --- | --- | --- |"]
        return "\n".join([*lines, *(f"| {' | '.join(map(_cell, row))} |" for row in rows)]) + "\n"
    return "\n".join([head, *(_line(row) for row in rows)]) + "\n"


def _line(row: Sequence[str]) -> str:
    level, what, where, detail = row
    return f"  {level:<8}  {what}: {where}{f' ({detail})' if detail else ''}"


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
