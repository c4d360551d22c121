"""What a migration did to one file, and what it lost."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Loss:
    """What one column, or a whole table (column null), loses: in how many rows, between which versions, and why."""

    table: str
    column: str | None
    rows: int
    older: str
    newer: str
    reason: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """One file: its table in the version it came from, and in the one it is now of (null: that has none such)."""

    file: str
    output: str | None
    table: str
    new_table: str | None
    from_version: str
    to_version: str
    rows: int
    losses: tuple[Loss, ...]

    def to_json(self) -> str:
        """The loss report as JSON."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"

    def to_text(self) -> str:
        """The loss report as lines for people."""
        lines = [f"{self.file}: {self.table} {self.from_version} -> {self.to_version}, {self.rows:,} rows"]
        for one in self.losses:
            where = one.table if one.column is None else f"{one.table}.{one.column}"
            lines.append(f"  lost: {where} in {one.rows:,} rows ({one.reason}, {one.older} -> {one.newer})")
        return "\n".join(lines if self.losses else [f"{lines[0]}, nothing lost"])
