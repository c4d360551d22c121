"""What a project decides about failures, in a small TOML file that it keeps beside its data.

    baseline = "baseline.json"        # known violations; beside the policy file

    [allow]                           # unexcused failures that do not block
    CE119 = 5                         # rows
    CE203 = "0.1%"                    # share of the rows of the rule's table

    [limits]                          # how far a new release may stray from the one it is compared with
    CE011 = "5%"

    [[waive]]
    rule = "CE210"
    key = "ucdp_ged:123"              # or file = "old/*.csv", or neither
    reason = "reported upstream on 2026-10-02, to be mended in 26.2"
    expires = 2027-03-31

A policy excuses; it never hides. Counts and failures stay whole, good and bad rows too.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from conflict_events import schema
from conflict_events.errors import UsageError
from conflict_events.files import first_line
from conflict_events.schema.kinds import Compared


@dataclass(frozen=True, slots=True)
class Waiver:
    """Failures of one rule that somebody answers for until a day; `file` is a glob, `key` a row's key."""

    rule: str
    reason: str
    expires: date
    file: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """The decisions of a policy file. A share is an exact fraction from 0 to 1, a number of rows an int."""

    waivers: tuple[Waiver, ...] = ()
    allow: Mapping[str, int | Fraction] = field(default_factory=dict)
    limits: Mapping[str, Fraction] = field(default_factory=dict)
    baseline: Path | None = None


def read(path: str | os.PathLike[str], today: date | None = None) -> Policy:
    """The policy in a file; UsageError, naming file and entry, for whatever in it is wrong or has expired."""
    try:
        with Path(path).open("rb") as file:
            document = tomllib.load(file)
    except OSError as error:
        raise UsageError(f"policy {path}: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"policy {path} is not readable as TOML: {first_line(error)}") from error
    where = f"policy {path}"
    _only(document, ("baseline", "allow", "limits", "waive"), where)
    baseline = document.get("baseline")
    if baseline is not None and not isinstance(baseline, str):
        raise UsageError(f"{where}: baseline is {baseline!r}; it must be a file name")
    allow = {_rule(r, where): _amount(v, f"{where}, allow.{r}") for r, v in _table(document, "allow", where).items()}
    limits = {_rule(r, where): _share(v, f"{where}, limits.{r}") for r, v in _table(document, "limits", where).items()}
    for rule_id in limits:
        if not isinstance(schema.rule(rule_id).kind, Compared):
            raise UsageError(f"{where}, limits.{rule_id}: the rule compares no releases; use [allow] for a threshold")
    entries = document.get("waive", [])
    if not isinstance(entries, list):
        raise UsageError(f"{where}: write each waiver as [[waive]]")
    waivers = tuple(_waiver(e, f"{where}, waiver {n}", today or date.today()) for n, e in enumerate(entries, 1))
    return Policy(waivers, allow, limits, Path(path).parent / baseline if baseline else None)


def allowed(policy: Policy, rows: Mapping[str, int]) -> dict[str, int]:
    """Rule id -> number of failures that the thresholds allow; `rows` has the number of rows of each table."""
    out = {}
    for rule_id, amount in policy.allow.items():
        table = schema.rule(rule_id).table
        all_rows = rows.get(table, 0) if table != "*" else sum(rows.values())
        out[rule_id] = amount if isinstance(amount, int) else int(amount * all_rows)
    return out


def _waiver(entry: Any, where: str, today: date) -> Waiver:
    if not isinstance(entry, dict):
        raise UsageError(f"{where} is no table: write it as [[waive]]")
    _only(entry, ("rule", "reason", "expires", "file", "key"), where)
    for name in ("rule", "reason", "expires"):
        if name not in entry:
            raise UsageError(f"{where} has no {name}: every waiver says its rule, its reason and when it expires")
    for name in ("rule", "reason", "file", "key"):
        if name in entry and (not isinstance(entry[name], str) or not entry[name].strip()):
            raise UsageError(f"{where}: {name} is {entry[name]!r}; it must be text")
    rule, expires = _rule(entry["rule"], where), entry["expires"]
    if type(expires) is not date:
        raise UsageError(f"{where}: expires is {expires!r}; write a day such as 2027-03-31, without quotes")
    if expires < today:
        raise UsageError(f"{where} ({rule}) expired on {expires}: mend the data, or decide again and set a new day")
    return Waiver(rule, entry["reason"], expires, entry.get("file"), entry.get("key"))


def _only(document: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for name in document:
        if name not in known:
            raise UsageError(f"{where}: '{name}' means nothing here; there are {', '.join(known)}")


def _table(document: Mapping[str, Any], name: str, where: str) -> Mapping[str, Any]:
    found = document.get(name, {})
    if not isinstance(found, dict):
        raise UsageError(f"{where}: {name} must be a table, [{name}]")
    return found


def _rule(id: str, where: str) -> str:
    known = {rule.id for rule in schema.RULES}
    if id not in known:
        near = difflib.get_close_matches(id, known, 1) or difflib.get_close_matches(id.upper(), known, 1)
        raise UsageError(f"{where}: no rule '{id}'{f'; did you mean {near[0]}?' if near else ''}")
    return id


def _amount(value: Any, where: str) -> int | Fraction:
    """A number of rows, or a share."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    return _share(value, where)


def _share(value: Any, where: str) -> Fraction:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,9})?%", value):
        share = Fraction(value[:-1]) / 100  # exact: 29 % of 100 rows are 29
        if share <= 1:
            return share
    raise UsageError(f'{where} is {value!r}; write a share such as "0.5%", or (in [allow]) a number of rows')
