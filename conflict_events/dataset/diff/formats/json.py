"""One JSON document with all of it: counts, columns, layout, deaths, and every change but the labels'."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, TextIO

from conflict_events.dataset.diff.columns import identifier
from conflict_events.dataset.diff.result import Deaths, Diff, TableDiff

BATCH = 8_192


def write_json(found: Diff, out: TextIO) -> None:
    """Write the document to `out`, a batch of changes at a time, so that its size does not matter."""
    head = {
        "old": {"data": found.old, "release": found.old_release},
        "new": {"data": found.new, "release": found.new_release},
        "differs": found.differs,
        "only_old": found.only_old,
        "only_new": found.only_new,
        "deaths": [_deaths(one) for one in found.deaths],
    }
    out.write(_dumped(head)[:-1] + ', "tables": [')
    for number, one in enumerate(found.tables):
        out.write("," * bool(number) + "\n" + _dumped(_table(one))[:-1] + ', "changes": [')
        _changes(found, one, out)
        out.write("]}")
    out.write("]}\n")


def _changes(found: Diff, one: TableDiff, out: TextIO) -> None:
    relation = found.relation(one.table, "change <> 'label'")
    pairs = ", ".join(f"'{name}', {identifier(name)}" for name in relation.columns)
    between = "\n"
    rows = relation.project(f"CAST(json_object({pairs}) AS VARCHAR) AS line")
    for batch in rows.to_arrow_reader(BATCH):
        for line in batch.column(0).to_pylist():
            out.write(between + line)
            between = ",\n"


def _table(one: TableDiff) -> dict[str, Any]:
    return {**asdict(one), "unchanged": one.unchanged}


def _deaths(one: Deaths) -> dict[str, Any]:
    return {**asdict(one), **{f"{figure}_difference": one.difference(figure) for figure in ("low", "best", "high")}}


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
