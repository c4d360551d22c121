"""The declaration in pandera's own words: a DataFrameSchema, and the YAML in `validation/pandera/`.

pandera says much about one column and nothing about two. A rule that it can say row for row as we mean it becomes one
or more of its built-in checks; a row breaks the rule where it fails any of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from conflict_events import schema
from conflict_events.schema import kinds, vocabulary
from conflict_events.schema.types import Type
from conflict_events.targets import yaml_text
from conflict_events.targets.unsaid import page

Frames = Literal["arrow", "polars", "yaml"]
"""What pandera looks at: pandas on Arrow, polars, or (YAML) whatever dtypes pandas chose. They differ in their regular
expressions and in what they call a null."""

_FLOATS = (Type.FLOAT, Type.DOUBLE)


@dataclass(frozen=True, slots=True)
class Check:
    """A built-in check of pandera, by its name, with its arguments."""

    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """A rule as pandera says it: the column is not nullable, or passes all of the checks."""

    column: str
    checks: tuple[Check, ...] = ()


def say(rule: schema.Rule, frames: Frames) -> Said | None:
    """The rule in pandera's own words; None where it cannot say it row for row."""
    if rule.origins:
        return None
    match rule.kind:
        case kinds.Required(column):
            # pandera on polars takes NaN for a null
            if frames == "polars" and schema.table(rule.table).column(column).type in _FLOATS:
                return None
            return Said(column)
        case kinds.OneOf(column, name):
            return Said(column, (Check("isin", {"allowed_values": _codes(rule, column, name)}),))
        case kinds.Between(column, low, high):
            return Said(column, (_range(_bound(low), _bound(high)),))
        case kinds.Matches(column, pattern, length):
            checks = [Check("str_matches", {"pattern": p}) for p in _whole(pattern, frames)]
            if length is not None:
                checks.append(Check("str_length", {"exact_value": length}))
            return Said(column, tuple(checks))
        case kinds.Bracketed(column, opening, closing):
            starts = Check("str_startswith", {"string": opening})
            return Said(column, (starts, Check("str_endswith", {"string": closing})))
    return None


def dataframe_schema(frames: Frames, rules: Sequence[schema.Rule], flags: Collection[str]) -> tuple[Any, set[str]]:
    """A pandera DataFrameSchema of the rules, and the ids of those that it says in pandera's own words.

    Each other rule is asked of a boolean column named by its id, which the frame must have; `flags` are rules to be
    asked so in any case. A check's `error` is its rule's id, and so is the title of a column that is not nullable.
    """
    from importlib import import_module

    pandera = import_module("pandera.polars" if frames == "polars" else "pandera.pandas")
    own = {rule.id: said for rule in rules if rule.id not in flags and (said := say(rule, frames))}
    checks: dict[str, list[Any]] = {said.column: [] for said in own.values()}
    required: dict[str, str] = {}
    for rule_id, said in own.items():
        if not said.checks:
            required[said.column] = rule_id
        for check in said.checks:
            checks[said.column].append(getattr(pandera.Check, check.name)(**check.arguments, error=rule_id))
    for rule in rules:
        if rule.id not in own:
            checks[rule.id] = [pandera.Check.isin([True], error=rule.id)]
    made = {
        name: pandera.Column(checks=asked, nullable=name not in required, title=required.get(name))
        for name, asked in checks.items()
    }
    return pandera.DataFrameSchema(made), set(own)


def _codes(rule: schema.Rule, column: str, name: str) -> list[str] | list[int]:
    codes = vocabulary.codes(name)
    text = schema.table(rule.table).column(column).type is Type.STRING
    return list(codes) if text else [int(code) for code in codes]


def _bound(value: float | str | None) -> float | date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _range(low: float | date | None, high: float | date | None) -> Check:
    if low is None:
        return Check("less_than_or_equal_to", {"max_value": high})
    if high is None:
        return Check("greater_than_or_equal_to", {"min_value": low})
    return Check("in_range", {"min_value": low, "max_value": high})


def _whole(pattern: str, frames: Frames) -> tuple[str, ...]:
    """Expressions that a text matches, all of them, where all of it matches the pattern and no line break ends it."""
    if frames == "yaml":
        # Python's `$` lets a line break at the end pass; pandas hands look-around to Python's expressions
        return (rf"^(?:{pattern})(?![\s\S])(?<!\n)",)
    # those of Arrow and of polars know no look-around; there `$` is the very end
    return f"^(?:{pattern})$", r"^(?s:.*[^\n])?$"


def files() -> dict[str, str]:
    """The files of `validation/pandera/`: name to text."""
    said = {table.name: _said(table) for table in schema.TABLES}
    out = {f"{table.name}.yaml": _yaml(table, said[table.name]) for table in schema.TABLES}
    return {**out, "README.md": page(_ABOUT, said, _why)}


_ABOUT = """# validation/pandera

A pandera schema a table, for pandas frames, with the rules that pandera's YAML can say: those of one column. Generated
by `conflict-events schema export`. A failure's `check` is the rule's name, and a column that may not be null has the
rule's name as its title. To check every rule with pandera, run `conflict-events validate --engine pandera`.

```python
import pandas as pd
import pandera.pandas as pa

checked = pa.DataFrameSchema.from_yaml("validation/pandera/events.yaml")
checked.validate(pd.read_parquet("data/release/events.parquet"), lazy=True)
```

The schemas ask for the columns and the values, not for dtypes. Where a column holds NaN, pandas and so pandera take it
for a null. Read text as pandas does by default: text of the dtype `string[pyarrow]` knows no look-around, which the
regular expressions here need, and pandera reports such a check as failed.
"""


def _said(table: schema.Table) -> dict[str, Said]:
    return {rule.id: said for rule in table.rules if rule.suite == "core" and (said := say(rule, "yaml"))}


def _why(rule: schema.Rule) -> str:
    if rule.origins:
        return "it holds for some origins only"
    if isinstance(rule.kind, kinds.RelationalKind):
        return "it looks at several rows or tables"
    return "it looks at several columns"


def _yaml(table: schema.Table, said: Mapping[str, Said]) -> str:
    columns = {}
    for column in table.columns:
        own = [rule for rule in table.rules if rule.id in said and said[rule.id].column == column.name]
        required = [_label(rule) for rule in own if not said[rule.id].checks]
        found: dict[str, Any] = {"title": required[0]} if required else {}
        found |= {"description": column.description, "nullable": not required}
        checks = [
            {**check.arguments, "options": {"check_name": check.name, "error": _label(rule)}}
            for rule in own
            for check in said[rule.id].checks
        ]
        columns[column.name] = {**found, "checks": checks} if checks else found
    return yaml_text.dump(
        {
            "schema_type": "dataframe",
            "api": "pandas",
            "name": table.name,
            "description": table.description,
            "columns": columns,
            "coerce": False,
            "strict": False,
        }
    )


def _label(rule: schema.Rule) -> str:
    return f"{rule.id} {rule.name}"
