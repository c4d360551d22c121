"""pandera on pandas with Arrow's types: built-in checks for columns, a check on the frame for each other rule."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any

import narwhals as nw
import pandas as pd

from conflict_events import schema
from conflict_events.schema import kinds
from conflict_events.targets.pandera import say
from conflict_events.targets.predicates import is_row_rule, predicate
from tests.benchmarks import peers

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pandera.pandas as pa
    from pandera.errors import SchemaErrorReason, SchemaErrors

Passed = Callable[[pd.DataFrame], Any]
"""A column that is false where a row of the frame breaks a rule."""

_ROWS = (SchemaErrorReason.SERIES_CONTAINS_NULLS, SchemaErrorReason.SERIES_CONTAINS_DUPLICATES)


def counts(path: str, rules: Sequence[schema.Rule]) -> dict[str, int]:
    """Failing rows by rule; the errors hold them all."""
    frame = pd.read_parquet(path, columns=peers.columns(tuple(rules)), dtype_backend="pyarrow")
    asked, run, unique = _schema(rules)
    broken: dict[str, Any] = {}
    try:
        asked.validate(frame, lazy=True)
    except SchemaErrors as failed:
        for error in failed.schema_errors:
            if error.reason_code in _ROWS:
                twice = error.reason_code is SchemaErrorReason.SERIES_CONTAINS_DUPLICATES
                name = unique[error.schema.name] if twice else error.schema.title
                bad = frame.index.isin(error.failure_cases["index"])
            else:
                name = error.check.error
                bad = (~error.check_output.fillna(True).astype(bool)).to_numpy()
            broken[name] = broken[name] | bad if name in broken else bad
    return dict.fromkeys(run, 0) | {name: int(bad.sum()) for name, bad in broken.items()}


def _schema(rules: Sequence[schema.Rule]) -> tuple[Any, list[str], dict[str, str]]:
    """The schema, the rules that it has, and those of them that a column's values are unique, by column."""
    checks: dict[str, list[Any]] = {}
    required: dict[str, str] = {}
    unique: dict[str, str] = {}
    whole, run = [], []
    for rule in rules:
        said = say(rule, "arrow")
        if said and not said.checks:
            checks.setdefault(said.column, [])
            required[said.column] = rule.id
        elif said:
            own = (getattr(pa.Check, check.name)(**check.arguments, error=rule.id) for check in said.checks)
            checks.setdefault(said.column, []).extend(own)
        elif isinstance(rule.kind, kinds.Unique) and len(rule.kind.columns) == 1:
            checks.setdefault(rule.kind.columns[0], [])
            unique[rule.kind.columns[0]] = rule.id
        elif (passed := _passed(rule)) is not None:
            whole.append(pa.Check(passed, error=rule.id))
        else:
            continue
        run.append(rule.id)
    columns = {
        name: pa.Column(checks=own, nullable=name not in required, title=required.get(name), unique=name in unique)
        for name, own in checks.items()
    }
    return pa.DataFrameSchema(columns, checks=whole), run, unique


def _passed(rule: schema.Rule) -> Passed | None:
    if is_row_rule(rule):
        wanted = predicate(rule).fill_null(True)
        return lambda frame: nw.from_native(frame).select(passed=wanted).to_native()["passed"]
    if getattr(rule.kind, "table", rule.table) != rule.table:
        return None
    match rule.kind:
        case kinds.OneValuePer(key, columns):
            return lambda frame: _one_value(frame, key, list(columns), rule.origins)
        case kinds.ItemsAreColumns(column):
            return lambda frame: _known_items(frame[column], set(schema.table(rule.table).names))
        case kinds.NotAmong(column, _, key, where):
            return lambda frame: ~frame[column].isin(frame.loc[frame[where.column].isin(where.values), key].dropna())
        case kinds.NullInChildren(parent, key, columns):
            return lambda frame: _null_in_children(frame, parent, key, list(columns))
    return None


def _known_items(lists: Any, known: set[str]) -> Any:
    strange = [row for row, items in lists.dropna().items() if not known.issuperset(items)]
    return pd.Series(~lists.index.isin(strange), lists.index)


def _one_value(frame: pd.DataFrame, key: str, columns: list[str], origins: tuple[str, ...]) -> Any:
    scope = frame["origin"].isin(origins) if origins else pd.Series(True, frame.index)
    several = frame[scope].groupby(key)[columns].nunique().gt(1).any(axis=1)
    return ~(scope & frame[key].isin(several.index[several]))


def _null_in_children(frame: pd.DataFrame, parent: str, key: str, columns: list[str]) -> Any:
    known = frame[columns].notna().any(axis=1)
    return ~(known & frame[parent].isin(frame.loc[known, key].dropna()))
