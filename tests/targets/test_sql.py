"""The published SQL runs in plain DuckDB and finds the very rows that `validate` finds."""

from __future__ import annotations

import json
import re
from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import conflict_events as ce
from conflict_events import schema
from conflict_events.quality import plan
from conflict_events.schema import kinds
from conflict_events.targets import sql
from conflict_events.targets.arrow import to_table
from conflict_events.targets.predicates import is_row_rule, predicate
from tests.broken_rows import GOOD, ONE_ROW, broken_row, write_parquet


def test_every_rule_has_its_file(root: Path) -> None:
    files = {p.name.split("_")[0] for p in (root / "validation" / "sql").rglob("*.sql")}
    assert files == {r.id for r in schema.RULES if isinstance(r.kind, kinds.RowKind | kinds.RelationalKind)}


def test_the_files_are_what_the_declaration_makes(root: Path) -> None:
    for name, text in sql.files().items():
        assert (root / "validation" / "sql" / name).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("table", GOOD)
def test_the_published_queries_find_in_files_what_validate_finds_in_memory(
    table: str, root: Path, tmp_path: Path
) -> None:
    data = {name: to_table(name, [row]) for name, row in GOOD.items()}
    data[table] = to_table(table, [broken_row(rule) for rule in ONE_ROW if rule.table == table])
    con = duckdb.connect()
    for name, rows in data.items():
        write_parquet(rows, tmp_path / f"{name}.parquet")  # a file has statistics, which leave NaN out
        con.execute(f"CREATE VIEW {name} AS FROM '{tmp_path / name}.parquet'")
    counts = ce.validate(data, suite="release").counts
    for rule in schema.table(table).rules:
        (file,) = (root / "validation" / "sql" / table).glob(f"{rule.id}_*.sql")
        assert len(con.execute(file.read_text(encoding="utf-8")).fetchall()) == counts[rule.id], rule.id


@pytest.mark.parametrize("table", GOOD)
def test_the_predicates_mean_the_same_in_polars_as_in_sql(table: str) -> None:
    import narwhals as nw

    rows = [broken_row(rule) for rule in ONE_ROW if rule.table == table]
    arrow = to_table(table, [*rows, dict.fromkeys(schema.table(table).names)])
    columns = [f.name for f in arrow.schema if not str(f.type).startswith("struct") and "struct" not in str(f.type)]
    frame = nw.from_native(pl.DataFrame(pl.from_arrow(arrow.select(columns))))
    con = duckdb.connect()
    con.register(table, arrow)
    index = json.loads(json.dumps(sql.index()))["rules"]
    for rule in schema.table(table).rules:
        if is_row_rule(rule):
            in_polars = frame.select(p=predicate(rule))["p"].to_list()
            in_sql = [r[0] for r in con.execute(f"SELECT {index[rule.id]['predicate']} FROM {table}").fetchall()]
            assert [v is False for v in in_polars] == [v is False for v in in_sql], rule.id


@given(st.lists(st.text(alphabet="ab_:A1 é\n") | st.text(), min_size=1, max_size=50))
def test_a_prefixed_id_is_told_by_functions_as_by_its_regular_expression(texts: list[str]) -> None:
    written = plan.sql()["CE138"]["predicate"]
    assert "regexp" not in written  # functions run once for each entry of a dictionary, expressions for each row
    ids = pl.DataFrame({"conflict_id": texts}).to_arrow()
    with duckdb.connect() as con:
        con.register("events", ids)
        rows = con.execute(f"SELECT conflict_id, {written} FROM events").fetchall()
    assert rows == [(text, re.fullmatch(r"[a-z_]+:[^\n]+", text) is not None) for text in texts]
