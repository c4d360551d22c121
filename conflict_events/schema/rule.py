"""What a rule is: one statement about the data, with a stable id and everything that explains it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from conflict_events.schema.kinds import Kind


class Severity(StrEnum):
    """How bad a failure is. Only an error makes a file not `ok`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Rule:
    """One statement about one table.

    `message` is a template: `{column}` stands for the failing row's value of that column.
    `origins` narrows a rule to the rows of those origins; empty means all rows.
    `suite` is the part of the rules that it belongs to, `core` or `release`; `suites.py` says which suite has which.
    """

    id: str
    name: str
    table: str
    kind: Kind
    message: str
    explanation: str
    source: str
    severity: Severity = Severity.ERROR
    origins: tuple[str, ...] = ()
    suite: str = "core"


DESIGN = "conflict-events design"
UCDP = "UCDP GED Codebook"
ACLED = "ACLED Codebook"
