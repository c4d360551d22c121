"""The declaration in Great Expectations' own words: an expectation suite a table, and the JSON in `validation/gx/`.

A rule that GX can say row for row as we mean it becomes one expectation, or several; a row breaks the rule where it
breaks any of them. An expectation is the JSON that GX itself writes and reads.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from conflict_events import schema
from conflict_events.schema import kinds, vocabulary
from conflict_events.schema.kinds import Code, When
from conflict_events.schema.types import Type
from conflict_events.targets.unsaid import page

Expectation = dict[str, Any]
Condition = dict[str, Any]

SEVERITY = {schema.Severity.ERROR: "critical", schema.Severity.WARNING: "warning", schema.Severity.INFO: "info"}
"""GX's word for how bad a failure is."""

EITHER = "either_value_is_missing"
ANY = "any_value_is_missing"


def expectations(rule: schema.Rule, severity: schema.Severity | None = None) -> list[Expectation]:
    """The rule in GX's own words; an empty list where GX cannot say it row for row."""
    scope = [_when(When("origin", rule.origins))] if rule.origins else []
    said = _of_kind(rule, scope)
    return [_whole(rule, number, kind, kwargs, severity) for number, (kind, kwargs) in enumerate(said)]


def of_column(rule: schema.Rule, severity: schema.Severity | None = None) -> Expectation:
    """That a boolean column named by the rule's id is never false."""
    return _whole(rule, 0, "column_values_to_be_in_set", {"column": rule.id, "value_set": [True]}, severity)


def _whole(
    rule: schema.Rule, number: int, kind: str, kwargs: Mapping[str, Any], severity: schema.Severity | None
) -> Expectation:
    return {
        "id": str(uuid5(NAMESPACE_URL, f"conflict-events/{rule.id}/{number}")),
        "type": f"expect_{kind}",
        "kwargs": dict(kwargs),
        "severity": SEVERITY[severity or rule.severity],
        "meta": {"rule_id": rule.id, "name": rule.name, "suite": rule.suite, "explanation": rule.explanation},
    }


def _of_kind(rule: schema.Rule, scope: Sequence[Condition]) -> list[tuple[str, dict[str, Any]]]:
    def one(kind: str, *conditions: Condition, **kwargs: Any) -> tuple[str, dict[str, Any]]:
        return kind, {**kwargs, **_where([*scope, *conditions])}

    match rule.kind:
        case kinds.Required(column):
            return [one("column_values_to_not_be_null", column=column)]
        case kinds.OneOf(column, name):
            return [one("column_values_to_be_in_set", column=column, value_set=_codes(rule, column, name))]
        case kinds.Between(column, low, high):
            return [one("column_values_to_be_between", column=column, **_ends(low, high))]
        case kinds.Matches(column, pattern, length):
            form = one("column_values_to_match_regex", column=column, regex=rf"^(?:{pattern}){_END}(?<!\n)")
            sized = [] if length is None else [one("column_value_lengths_to_equal", column=column, value=length)]
            return [form, *sized]
        case kinds.Bracketed(column, opening, closing):
            regex = rf"^(?={_escaped(opening)})[\s\S]*(?<={_escaped(closing)}){_END}"
            return [one("column_values_to_match_regex", column=column, regex=regex)]
        case kinds.StartsWith(column, "origin", separator):
            starts = ((o, rf"^{_escaped(o + separator)}") for o in rule.origins)
            return [
                (
                    "column_values_to_match_regex",
                    {"column": column, "regex": r, **_where([_when(When("origin", (o,)))])},
                )
                for o, r in starts
            ]
        case kinds.NotAfter(first, second):
            pair = {"column_A": second, "column_B": first, "or_equal": True, "ignore_row_if": EITHER}
            return [one("column_pair_values_a_to_be_greater_than_b", **pair)]
        case kinds.Differs(first, second):
            columns = {"column_list": [first, second], "ignore_row_if": ANY}
            return [one("select_column_values_to_be_unique_within_record", **columns)]
        case kinds.Together(columns):
            first, *rest = columns
            pairs = [pair for other in rest for pair in ((first, other), (other, first))]
            return [one("column_values_to_not_be_null", _when(When(b)), column=a) for a, b in pairs]
        case kinds.RequiredWhen(column, when):
            return [one("column_values_to_not_be_null", _when(when), column=column)]
        case kinds.NullWhen(column, when):
            return [one("column_values_to_be_null", _when(when), column=column)]
        case kinds.EqualsWhen(column, value, when):
            return [one("column_values_to_be_in_set", _when(when), column=column, value_set=[value])]
        case kinds.AnyRequiredWhen(columns, when):
            first, *rest = columns
            return [one("column_values_to_not_be_null", _when(when), *map(_is_null, rest), column=first)]
        case kinds.Determines(column, parent, name):
            # not as pairs: GX passes over the row_condition of its expectation on them
            return [
                one("column_values_to_be_in_set", _when(When(column, codes)), column=parent, value_set=list(parents))
                for parents, codes in _children(name).items()
            ]
        case kinds.Unique((column,)):
            return [one("column_values_to_be_unique", column=column)]
        case kinds.Unique(columns):
            return [one("compound_columns_to_be_unique", column_list=list(columns), ignore_row_if=ANY)]
    return []


_END = r"(?![\s\S])"
"""The very end of a text: `$` would let a line break pass."""


def _codes(rule: schema.Rule, column: str, name: str) -> list[Code]:
    codes = vocabulary.codes(name)
    text = schema.table(rule.table).column(column).type is Type.STRING
    return list(codes) if text else [int(code) for code in codes]


def _children(name: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The vocabulary's codes by the parents that they have."""
    parents: dict[str, tuple[str, ...]] = {}
    for term in vocabulary.terms(name):
        parents[term.code] = (*parents.get(term.code, ()), term.parent or "")
    return {found: tuple(c for c, p in parents.items() if p == found) for found in dict.fromkeys(parents.values())}


def _ends(low: float | str | None, high: float | str | None) -> dict[str, float | str]:
    ends = {"min_value": low, "max_value": high}
    return {name: value for name, value in ends.items() if value is not None}


def _escaped(text: str) -> str:
    """The text for a regular expression: characters of no meaning there stay as they are."""
    return "".join(rf"\{c}" if c in r".^$*+?{}[]\|()" else c for c in text)


def _where(conditions: Sequence[Condition]) -> dict[str, Any]:
    if not conditions:
        return {}
    return {"row_condition": conditions[0] if len(conditions) == 1 else {"type": "and", "conditions": list(conditions)}}


def _when(when: When) -> Condition:
    column = {"name": when.column}
    if not when.values:
        return {"type": "nullity", "column": column, "is_null": False}
    if len(when.values) == 1:
        return {"type": "comparison", "column": column, "operator": "==", "parameter": when.values[0]}
    return {"type": "comparison", "column": column, "operator": "IN", "parameter": list(when.values)}


def _is_null(column: str) -> Condition:
    return {"type": "nullity", "column": {"name": column}, "is_null": True}


def suite(table: schema.Table, part: str) -> Expectation:
    """What GX can say of the table's rules: those of every file (part "core"), or those asked of a release besides."""
    name = f"conflict_events.{table.name}.{part}"
    return {
        "name": name,
        "id": str(uuid5(NAMESPACE_URL, name)),
        "expectations": [e for rule in table.rules if rule.suite == part for e in expectations(rule)],
        "meta": {"table": table.name, "suite": part, "schema_version": schema.VERSION},
        "notes": table.description,
    }


def files() -> dict[str, str]:
    """The files of `validation/gx/`: name to text."""
    out = {}
    for table in schema.TABLES:
        for part, name in (("core", table.name), ("release", f"{table.name}.release")):
            made = suite(table, part)
            if made["expectations"]:
                out[f"{name}.json"] = json.dumps(made, indent=1, ensure_ascii=False) + "\n"
    said = {table.name: [rule.id for rule in table.rules if expectations(rule)] for table in schema.TABLES}
    return {**out, "README.md": page(_ABOUT, said, _why)}


_ABOUT = """# validation/gx

Great Expectations suites (GX 1.9 and newer, pandas): `TABLE.json` for any file, `TABLE.release.json` with what is asked
of a release besides. Generated by `conflict-events schema export`. Each expectation has its rule's id, name, suite and
explanation in `meta`, and a severity. To check every rule with GX, run `conflict-events validate --engine gx`.

```python
import json
from pathlib import Path

import great_expectations as gx
import pandas as pd
import pyarrow.parquet as pq

context = gx.get_context(mode="ephemeral")
suite = context.suites.add(gx.ExpectationSuite(**json.loads(Path("validation/gx/events.json").read_text())))
# Arrow's types keep a null apart from NaN, and dates as dates
events = pq.read_table("data/release/events.parquet").to_pandas(types_mapper=pd.ArrowDtype)
result = context.data_sources.pandas_default.read_dataframe(events).validate(suite)
print(result.success)
```

A rule may be several expectations: a row breaks it where it breaks any of them. In a frame of numpy's types, NaN is a
null, and no longer outside every range.
"""


def _why(rule: schema.Rule) -> str:
    match rule.kind:
        case kinds.References() | kinds.NotAmong() | kinds.ReferencedBy() | kinds.CountOf():
            return "it looks at several tables"
        case kinds.OneValuePer() | kinds.NullInChildren():
            return "it looks at several rows"
    return "it needs arithmetic, or the text of several columns"
