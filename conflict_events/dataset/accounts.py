"""From accounts to an event: which figures of deaths follow from the reports that tell of it.

The rule is that of the coding manual (docs/reference/coding-manual.md, "From accounts to an event"):

1. What a party says of its enemy's dead sets the highest figure only.
2. Of the other accounts the least low and the greatest high hold; an open high leaves the event's open.
3. The best figure is the one that most independent voices share, of several the latest; where each claimant says
   another, there is none. Of one claimant by one publisher the latest counts.

Independent are accounts of different publishers whose claimants differ too; one publisher's, or one claimant's, are a
single voice. A report that another supersedes says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its bounds; None where no bound is told."""

    low: int | None = None
    best: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What one report says of the dead of an event.

    killed: figures by side ("a", "b", "civilians", "unknown"); no side, no figure. claimant_side: the side ("a", "b")
    that the claimant is of, None for anybody else. publisher: who published it first. told: the day of publication.
    """

    report_id: str
    publisher: str
    claimant: str | None
    claimant_side: str | None
    killed: dict[str, Figure]
    told: date | None = None
    supersedes: str | None = None

    @property
    def of_its_enemy(self) -> bool:
        """Whether a party counts the other side's dead, and those alone."""
        enemy = {"a": "b", "b": "a"}.get(self.claimant_side or "")
        return enemy is not None and set(self.killed) == {enemy}

    @property
    def total(self) -> Figure:
        """All killed: sums within one report, where each part has the figure."""
        parts = list(self.killed.values())
        return Figure(_sum([p.low for p in parts]), _sum([p.best for p in parts]), _sum([p.high for p in parts]))


def told(
    event: Mapping[str, Any],
    reports: Iterable[Mapping[str, Any]],
    casualties: Mapping[str, Sequence[Mapping[str, Any]]],
    sources: Mapping[str, Mapping[str, Any]],
) -> list[Account]:
    """The accounts that the rows of an event's reports are; what a report denies counts for nothing.

    casualties: a report's rows by its report_id; sources: the rows of sources by source_id.
    """
    listed: list[Account] = []
    for report in reports:
        source = sources[report["source_id"]]
        killed = {
            row["side"]: Figure(row.get("low"), row.get("best"), row.get("high"))
            for row in casualties.get(report["report_id"], ())
            if row["harm"] == "killed" and report["assertion"] != "denied"
        }
        side = {"own_side": "a" if event.get("side_a") else "b", "opponent": "b"}.get(report.get("claimant_type") or "")
        day = source.get("published") or source.get("republished")
        publisher = source.get("publisher_id") or report["source_id"]
        replaced = report.get("supersedes_report_id")
        listed.append(Account(report["report_id"], publisher, report.get("claimed_by"), side, killed, day, replaced))
    return listed


def deaths(accounts: Sequence[Account]) -> dict[str, int]:
    """The columns `deaths_*` of an event, without those that are null."""
    replaced = {account.supersedes for account in accounts}
    standing = [account for account in accounts if account.killed and account.report_id not in replaced]
    neutral = [account for account in standing if not account.of_its_enemy]
    found: dict[str, int | None] = {
        "deaths_low": min((f for a in neutral if (f := a.total.low) is not None), default=None),
        "deaths_high": _highest([account.total for account in standing]),
    }
    chosen = _shared(neutral)
    if chosen is not None:
        found["deaths_best"] = chosen.total.best
        sides = {
            "a": "deaths_side_a",
            "b": "deaths_side_b",
            "civilians": "deaths_civilians",
            "unknown": "deaths_unknown",
        }
        found |= {sides[side]: figure.best for side, figure in chosen.killed.items()}
    return {column: value for column, value in found.items() if value is not None}


def _highest(figures: list[Figure]) -> int | None:
    """The greatest high; none where an account is open upwards, or says none."""
    highs = [figure.high for figure in figures]
    return None if None in highs else max((high for high in highs if high is not None), default=None)


def _shared(accounts: list[Account]) -> Account | None:
    """The latest of the accounts with the best figure that most voices share."""
    counted = [account for account in accounts if account.total.best is not None]
    shared = {best: voices([a for a in counted if a.total.best == best]) for best in {a.total.best for a in counted}}
    most = max(shared.values(), default=0)
    leading = [account for account in counted if shared[account.total.best] == most]
    tellers = {(account.publisher, account.claimant) for account in counted}
    if not leading or (most == 1 and len(shared) > 1 and len(tellers) > 1):
        return None
    return max(leading, key=lambda account: (account.told or date.min, account.report_id))


def voices(accounts: Sequence[Account]) -> int:
    """How many independent voices there are: the most accounts of which no two share a publisher or a claimant."""
    told: dict[str, set[str]] = {}
    for account in accounts:
        told.setdefault(account.publisher, set()).add((account.claimant or account.publisher).casefold())
    taken: dict[str, str] = {}  # claimant -> the publisher that it is counted with

    def placed(publisher: str, tried: set[str]) -> bool:
        for claimant in sorted(told[publisher] - tried):
            tried.add(claimant)
            if claimant not in taken or placed(taken[claimant], tried):
                taken[claimant] = publisher
                return True
        return False

    return sum(placed(publisher, set()) for publisher in sorted(told))


def _sum(parts: list[int | None]) -> int | None:
    return None if not parts or None in parts else sum(part for part in parts if part is not None)
