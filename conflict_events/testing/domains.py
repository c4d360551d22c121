"""What one column may hold: every rule of one column, merged, so that a value is right when it is first made.

Rules that depend on the row's origin are resolved here too: a domain is that of a column in rows of one origin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from conflict_events import schema
from conflict_events.schema import kinds, vocabulary
from conflict_events.schema.kinds import Code, When
from conflict_events.schema.types import Type

ORIGIN = "origin"
"""The column that `Rule.origins` speaks of."""

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
"""The days of columns without a range of their own."""

_RANGES: dict[Type, tuple[Any, Any]] = {
    Type.INT8: (-(2**7), 2**7 - 1),
    Type.INT32: (-(2**31), 2**31 - 1),
    Type.FLOAT: (-1e30, 1e30),
    Type.DOUBLE: (-1e300, 1e300),
    Type.DATE: (FIRST_DAY, LAST_DAY),
}


@dataclass(frozen=True, slots=True)
class Domain:
    """The values of one column. `settable` is false where the column is null in every row of the origin."""

    type: Type
    nullable: bool = True
    settable: bool = True
    codes: tuple[Code, ...] | None = None
    low: Any = None
    high: Any = None
    pattern: str | None = None
    length: int | None = None
    brackets: tuple[str, str] | None = None
    items: tuple[str, ...] | None = None
    unique: bool = False

    @property
    def free(self) -> bool:
        """Whether it is a text without any form."""
        return self.type is Type.STRING and not (self.codes is not None or self.pattern or self.brackets)

    def admits(self, value: Any) -> bool:
        """Whether the column may come to hold the value, as far as nullness, codes and range say."""
        if value is None:
            return self.nullable
        if not self.settable or (self.codes is not None and value not in self.codes):
            return False
        if self.pattern is not None and not (re.fullmatch(self.pattern, value) and self.length in (None, len(value))):
            return False
        if self.brackets is not None and not (value.startswith(self.brackets[0]) and value.endswith(self.brackets[1])):
            return False
        return self.low is None or bool(self.low <= value <= self.high)

    def settles(self, kind: kinds.Kind) -> bool:
        """Whether no value that the domain admits breaks a rule of the kind, which speaks of this column."""
        match kind:
            case kinds.Required() | kinds.OneOf() | kinds.Between() | kinds.Matches() | kinds.Bracketed():
                return True
            case kinds.ItemsAreColumns():
                return True
            case kinds.RequiredWhen():
                return not self.nullable
            case kinds.NullWhen():
                return not self.settable
            case kinds.EqualsWhen(_, value):
                return self.codes == (value,)
        return False


def domains(table: schema.Table, rules: Iterable[schema.Rule], origin: Code | None) -> dict[str, Domain]:
    """The domain of every column in rows of that origin; `rules` are those asked of such rows."""
    found = {c.name: _plain(c.type) for c in table.columns}
    given = list(rules)
    for rule in given:
        if isinstance(rule.kind, kinds.Required):
            found[rule.kind.column] = replace(found[rule.kind.column], nullable=False)
    if origin is not None:
        found[ORIGIN] = replace(found[ORIGIN], codes=(origin,), nullable=False)
    for rule in given:
        kind = rule.kind
        column = getattr(kind, "column", None)
        if column is not None:
            found[column] = _narrowed(found[column], kind, found)
        if isinstance(kind, kinds.ItemsAreColumns):
            found[kind.column] = replace(found[kind.column], items=table.names)
    for column in _identifying(table, given, found):
        found[column] = replace(found[column], unique=True)
    return found


def _plain(type: Type) -> Domain:
    low, high = _RANGES.get(type, (None, None))
    return Domain(type, low=low, high=high)


def _narrowed(domain: Domain, kind: kinds.Kind, found: dict[str, Domain]) -> Domain:
    match kind:
        case kinds.OneOf(_, name):
            own = vocabulary.codes(name)
            return _with_codes(domain, own if domain.type is Type.STRING else tuple(int(code) for code in own))
        case kinds.Between(_, low, high):
            read = date.fromisoformat if domain.type is Type.DATE else lambda value: value
            return replace(
                domain,
                low=domain.low if low is None else max(domain.low, read(low)),  # type: ignore[arg-type]
                high=domain.high if high is None else min(domain.high, read(high)),  # type: ignore[arg-type]
            )
        case kinds.Matches(_, pattern, length):
            return replace(domain, pattern=pattern, length=length)
        case kinds.Bracketed(_, opening, closing):
            return replace(domain, brackets=(opening, closing))
        case kinds.RequiredWhen(_, when) if _always(when, found):
            return replace(domain, nullable=False)
        case kinds.NullWhen(_, when) if _always(when, found):
            return replace(domain, settable=False)
        case kinds.EqualsWhen(column, value, When(other, ())) if column == other:
            return _with_codes(domain, (value,))
        case kinds.EqualsWhen(column, value, When(other, values)) if column == other and domain.codes is not None:
            return replace(domain, codes=tuple(c for c in domain.codes if c == value or c not in values))
        case kinds.EqualsWhen(_, value, when) if _always(when, found):
            return _with_codes(domain, (value,))
    return domain


def _with_codes(domain: Domain, codes: tuple[Code, ...]) -> Domain:
    own = domain.codes
    return replace(domain, codes=codes if own is None else tuple(c for c in own if c in codes))


def _always(when: When, found: dict[str, Domain]) -> bool:
    """Whether the condition holds in every row of the origin."""
    other = found[when.column]
    if other.nullable:
        return False
    return not when.values or (other.codes is not None and set(other.codes) <= set(when.values))


def _identifying(table: schema.Table, rules: list[schema.Rule], found: dict[str, Domain]) -> set[str]:
    """Columns that must differ from row to row: one required text of each key, and what such a text is joined from."""
    pointing = {r.kind.column for r in table.rules if isinstance(r.kind, kinds.References)}
    chosen: set[str] = set()
    for rule in rules:
        if isinstance(rule.kind, kinds.Unique):
            texts = [c for c in rule.kind.columns if found[c].free and not found[c].nullable]
            chosen.update([c for c in texts if c not in pointing][-1:] or texts[-1:])
    for rule in rules:
        if isinstance(rule.kind, kinds.Joins) and rule.kind.column in chosen:
            chosen.update(p for p in rule.kind.parts if found[p].free)
    return chosen
