"""The published SQL runs in plain DuckDB and finds the very rows that `validate` finds."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
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


FIRST = ("events", "publishers", "actors")
"""Tables that are broken together, and the others together: rows of all would mend some of each other's faults."""
Found = dict[str, tuple[duckdb.DuckDBPyConnection, dict[str, int]]]
"""For each table, a DuckDB with its broken rows in a file, and the counts of `validate`."""


def _broken(table: str) -> pa.Table:
    return to_table(table, [broken_row(rule) for rule in ONE_ROW if rule.table == table])


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The published queries run over files, `validate` in memory; twice in all, since it takes a second."""
    out: Found = {}
    for tables in (set(FIRST), set(GOOD) - set(FIRST)):
        data = {name: _broken(name) if name in tables else to_table(name, [row]) for name, row in GOOD.items()}
        folder, con = tmp_path_factory.mktemp("broken"), duckdb.connect()
        for name, rows in data.items():
            write_parquet(rows, folder / f"{name}.parquet")  # a file has statistics, which leave NaN out
            con.execute(f"CREATE VIEW {name} AS FROM '{folder / name}.parquet'")
        out |= dict.fromkeys(tables, (con, ce.validate(data, suite="release").counts))
    return out


@pytest.mark.parametrize("table", GOOD)
def test_the_published_queries_find_in_files_what_validate_finds_in_memory(
    table: str, root: Path, found: Found
) -> None:
    con, counts = found[table]
    assert all(counts[rule.id] for rule in ONE_ROW if rule.table == table)
    for rule in schema.table(table).rules:
        (file,) = (root / "validation" / "sql" / table).glob(f"{rule.id}_*.sql")
        assert len(con.execute(file.read_text(encoding="utf-8")).fetchall()) == counts[rule.id], rule.id


@pytest.mark.parametrize("table", GOOD)
def test_the_predicates_mean_the_same_in_polars_as_in_sql(table: str) -> None:
    import narwhals as nw

    arrow = pa.concat_tables([_broken(table), to_table(table, [dict.fromkeys(schema.table(table).names)])])
    columns = [f.name for f in arrow.schema if not str(f.type).startswith("struct") and "struct" not in str(f.type)]
    frame = nw.from_native(pl.DataFrame(pl.from_arrow(arrow.select(columns))))
    con = duckdb.connect()
    # the rows of an Arrow table come in no set order where two threads scan it
    con.register(table, arrow.append_column("position", [range(arrow.num_rows)]))
    rules = [rule for rule in schema.table(table).rules if is_row_rule(rule)]
    in_polars = frame.select(**{rule.id: predicate(rule) for rule in rules}).to_dict(as_series=False)
    asked = ", ".join(f'{plan.sql()[rule.id]["predicate"]} AS "{rule.id}"' for rule in rules)
    in_sql = con.sql(f"SELECT {asked} FROM {table} ORDER BY position").to_arrow_table().to_pydict()
    for rule in rules:
        assert [v is False for v in in_polars[rule.id]] == [v is False for v in in_sql[rule.id]], rule.id


@given(st.lists(st.text(alphabet="ab_:A1 é\n") | st.text(), min_size=1, max_size=50))
def test_a_prefixed_id_is_told_by_functions_as_by_its_regular_expression(texts: list[str]) -> None:
    written = plan.sql()["CE138"]["predicate"]
    assert "regexp" not in written  # functions run once for each entry of a dictionary, expressions for each row
    ids = pl.DataFrame({"conflict_id": texts}).to_arrow()
    with duckdb.connect() as con:
        con.register("events", ids)
        rows = con.execute(f"SELECT conflict_id, {written} FROM events").fetchall()
    assert rows == [(text, re.fullmatch(r"[a-z_]+:[^\n]+", text) is not None) for text in texts]
