"""The rules about a release beside the one before it. They need both; `validate(..., against=)` asks them.

The limits are ours: small enough to catch a truncated export or a shifted code list, wide enough for a year's
ordinary growth. A project that knows better sets its own in its policy file.
"""

from __future__ import annotations

from conflict_events.schema.kinds import Compared
from conflict_events.schema.rule import DESIGN, Rule, Severity

ROWS_LOST = Rule(
    "CE011",
    "rows_lost",
    "*",
    Compared("volume", 0.05),
    "{table} has {now} rows; the release before has {before}",
    "A table does not lose more than a twentieth of its rows from one release to the next: a fall is a truncated "
    "export far more often than a revision. Growth is no failure.",
    DESIGN,
)
NULLS_ROSE = Rule(
    "CE012",
    "nulls_rose",
    "*",
    Compared("nulls", 0.10),
    "{column} is null in {now} of the rows of {table}; in the release before in {before}",
    "The share of a column's nulls does not rise by more than ten points: a renamed column or a failed join looks "
    "like that.",
    DESIGN,
    Severity.WARNING,
)
VALUES_SHIFTED = Rule(
    "CE013",
    "values_shifted",
    "*",
    Compared("values", 0.20),
    "the codes of {column} in {table} are spread otherwise than in the release before (distance {now})",
    "The spread of a coded column's values does not move by more than a fifth (total variation distance: half the sum "
    "of the absolute differences of the shares). A changed code list or a mapping error looks like that.",
    "Total variation distance (Levin, Peres and Wilmer 2009, chapter 4)",
    Severity.WARNING,
)
COVERAGE_LOST = Rule(
    "CE014",
    "coverage_lost",
    "*",
    Compared("coverage", 0.0),
    "{before} events of {column} in the release before, none now",
    "A country and year that had events still has some. An empty one is read as peace.",
    DESIGN,
)

COMPARED = (ROWS_LOST, NULLS_ROSE, VALUES_SHIFTED, COVERAGE_LOST)
"""The rules that compare two releases. Drift is normal (UCDP GED 26.1 revised the deaths of 2024 by +17 %): they
ask for a look, and a waiver or a limit in the policy answers."""
