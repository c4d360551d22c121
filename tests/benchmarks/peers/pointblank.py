"""pointblank on polars: a step a rule, with every failing row extracted."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import polars as pl

from conflict_events import schema
from conflict_events.schema import kinds
from tests.benchmarks import peers
from tests.benchmarks.peers.polars_rules import expression

pb: Any = import_module("pointblank")  # has no types of its own


def counts(path: str, rules: Sequence[schema.Rule]) -> dict[str, int]:
    """Failing rows by rule; the extracts hold them all."""
    frame = pl.read_parquet(path, columns=peers.columns(tuple(rules)))
    steps = pb.Validate(frame)
    asked: list[str] = []
    for rule in rules:
        wanted = expression(rule)
        match rule.kind:
            case kinds.Required(column):
                steps = steps.col_vals_not_null(column)
            case kinds.Between(column, low, None) if low == 0 and not rule.origins:
                steps = steps.col_vals_ge(column, low, na_pass=True)
            case kinds.Matches(column, pattern, None) if not rule.origins:
                steps = steps.col_vals_regex(column, f"^(?:{pattern})$", na_pass=True)
            case _ if wanted is not None:
                # a null is a failure to pointblank
                steps = steps.col_vals_expr(wanted.fill_null(True))
            case _:
                continue
        asked.append(rule.id)
    done = steps.interrogate(collect_tbl_checked=False, extract_limit=max(1, frame.height))
    failed: dict[int, int] = done.n_failed()
    extracts = done.get_data_extracts()
    assert all(len(extracts[step]) == n for step, n in failed.items() if n)
    return {rule_id: int(failed[step]) for step, rule_id in enumerate(asked, 1)}
