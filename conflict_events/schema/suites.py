"""The suites: which rules are asked of which data, and how bad a failure is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from conflict_events.schema.rule import Rule, Severity


@dataclass(frozen=True, slots=True)
class Suite:
    """The rules whose own `suite` is among `includes`, and those named in `also`.

    `known_defects`: rules that a published dataset is known to break, with the evidence. A failure is a warning
    there, never repaired and never hidden; a baseline tells old ones from new ones.
    """

    name: str
    description: str
    includes: tuple[str, ...]
    also: tuple[str, ...] = ()
    known_defects: Mapping[str, str] = field(default_factory=dict)

    def has(self, rule: Rule) -> bool:
        """Whether the rule is asked in this suite."""
        return rule.suite in self.includes or rule.id in self.also

    def severity(self, rule: Rule) -> Severity:
        """How bad a failure of the rule is in this suite."""
        softened = rule.id in self.known_defects and rule.severity is Severity.ERROR
        return Severity.WARNING if softened else rule.severity


_UCDP_BOUNDS = "about 1.3 % of UCDP GED's rows break low <= best <= high (25.1: 3,594 best > high, 1,415 low > best)"

SUITES = {
    suite.name: suite
    for suite in (
        Suite("core", "any file that claims the schema: types, codes, ranges, order, keys", ("core",)),
        Suite(
            "release",
            "the same, and dates, foreign keys, places, review and evidence: what the shipped dataset must meet",
            ("core", "release"),
        ),
        Suite(
            "upstream",
            "core for converted third-party data: defects known in the published files are warnings, for a baseline",
            ("core",),
            also=("CE262",),
            known_defects={
                **dict.fromkeys(("CE210", "CE211", "CE212"), _UCDP_BOUNDS),
                "CE218": "UCDP GED 19.1 has it once in 3,194 rows on Myanmar and Bangladesh (id 49953)",
            },
        ),
    )
}
"""Every suite by its name."""
