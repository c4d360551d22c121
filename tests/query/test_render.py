"""render(): every format, exact, and any number of rows within bounded memory."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.errors import UsageError
from conflict_events.query import layout
from conflict_events.query.render import FORMATS, render

SAMPLE = """
    SELECT * FROM (VALUES
        (1, 'plain', DATE '2016-10-01', 1.5::DOUBLE, true, '\\xAB\\x01'::BLOB, ['a', 'b'], {'x': 1}),
        (22, 'a "quoted", one', NULL, 'nan'::DOUBLE, NULL, NULL, NULL, NULL),
        (NULL, '', DATE '0999-01-02', 'inf'::DOUBLE, false, ''::BLOB, [], {'x': NULL})
    ) AS t(n, text, day, number, flag, bytes, list, parts)
"""


def text_of(query: str | pa.Table, format: str, **options: Any) -> str:
    out = io.StringIO()
    render(duckdb.connect().sql(query) if isinstance(query, str) else query, format, out, **options)
    return out.getvalue()


def test_csv() -> None:
    assert text_of(SAMPLE, "csv") == (
        "n,text,day,number,flag,bytes,list,parts\n"
        '1,plain,2016-10-01,1.5,true,ab01,"[""a"",""b""]","{""x"":1}"\n'
        '22,"a ""quoted"", one",,nan,,,,\n'
        ',"",0999-01-02,inf,false,,[],"{""x"":null}"\n'
    )


def test_json_and_json_lines() -> None:
    rows = [
        {
            **{"n": 1, "text": "plain", "day": "2016-10-01", "number": 1.5, "flag": True, "bytes": "ab01"},
            **{"list": ["a", "b"], "parts": {"x": 1}},
        },
        {
            **{"n": 22, "text": 'a "quoted", one', "day": None, "number": None, "flag": None, "bytes": None},
            **{"list": None, "parts": None},
        },
        {
            **{"n": None, "text": "", "day": "0999-01-02", "number": None, "flag": False, "bytes": ""},
            **{"list": [], "parts": {"x": None}},
        },
    ]
    assert json.loads(text_of(SAMPLE, "json")) == rows
    assert [json.loads(line) for line in text_of(SAMPLE, "jsonl").splitlines()] == rows


def test_table() -> None:
    assert text_of("SELECT * FROM (VALUES (1, 'North'), (NULL, '北'), (300, NULL)) t(deaths, side)", "table") == (
        "deaths  side\n------  -----\n     1  North\n  null  北\n   300  null\n"
    )


def test_markdown() -> None:
    assert text_of("SELECT * FROM (VALUES (1, 'a|b <i>'), (NULL, 'c\\d')) t(n, side)", "markdown") == (
        "| n | side |\n| ---: | --- |\n| 1 | a\\|b &lt;i> |\n| null | c\\\\d |\n"
    )


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("table", "x\n-\n(no rows)\n"),
        ("csv", "x\n"),
        ("json", "[]\n"),
        ("jsonl", ""),
        ("markdown", "| x |\n| ---: |\n"),
    ],
)
def test_no_rows(format: str, text: str) -> None:
    assert text_of("SELECT 1 AS x WHERE false", format) == text


def test_the_table_says_what_it_leaves_out() -> None:
    lines = text_of("SELECT range AS n FROM range(100000)", "table", max_rows=3).splitlines()
    assert lines[2:] == ["0".rjust(1), "1", "2", "(99,997 more rows of 100,000 not shown)"]
    assert len(text_of("SELECT range AS n FROM range(120)", "table", max_rows=None).splitlines()) == 122


def test_a_narrow_table_cuts_cells_and_leaves_out_columns() -> None:
    lines = text_of(
        "SELECT repeat('x', 100) AS a, 'b' AS b, repeat('c', 30) AS c, 1 AS d", "table", width=50
    ).splitlines()
    assert lines == [
        "a".ljust(40) + "  b",
        "-" * 40 + "  -",
        "x" * 39 + "…  b",
        "(2 more columns of 4 not shown)",
    ]


def test_a_table_that_is_no_terminals_is_not_cut() -> None:
    assert "x" * 500 in text_of("SELECT repeat('x', 500) AS a", "table")


def test_data_cannot_steer_the_terminal() -> None:
    shown = text_of("SELECT 'a' || chr(27) || '[31m' || chr(10) || chr(8238) || 'b' AS x", "table").splitlines()
    assert shown[2] == "a\\x1b[31m\\n\\u202eb"


def test_an_arrow_table_is_rendered_too() -> None:
    assert text_of(pa.table({"a": [1, None]}), "csv") == 'a\n1\n""\n'


def test_two_columns_of_one_name() -> None:
    assert text_of("SELECT 1 AS a, 2 AS a", "csv") == "a,a\n1,2\n"
    for format in ("json", "jsonl"):
        with pytest.raises(UsageError, match="two columns are named a"):
            text_of("SELECT 1 AS a, 2 AS a", format)


def test_geometry_is_the_hexadecimal_of_its_wkb() -> None:
    for format in FORMATS:
        assert "0101000000" in text_of("SELECT 'POINT (44 33)'::GEOMETRY AS g", format)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError, match="format 'xml' is none of table, csv, json, jsonl, markdown"):
        text_of("SELECT 1", "xml")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("row", [0, 70_000])
def test_an_error_of_the_rows_is_one_line_wherever_it_stands(format: str, row: int) -> None:
    query = f"SELECT CASE WHEN range = {row} THEN error('say origin := NAME') ELSE 'a' END AS x FROM range(100000)"
    with pytest.raises(UsageError, match=r"^say origin := NAME$"):
        text_of(query, format)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.none() | st.text(), st.none() | st.text()), max_size=8))
def test_csv_and_json_round_trip_any_text(rows: list[tuple[str | None, str | None]]) -> None:
    rows = [tuple(c and c.encode("utf-8", "ignore").decode().replace("\0", "") for c in row) for row in rows]  # type: ignore[misc]
    data = pa.table(
        {"a": pa.array([a for a, _ in rows], pa.string()), "b": pa.array([b for _, b in rows], pa.string())}
    )
    read = list(csv.reader(io.StringIO(text_of(data, "csv"), newline="")))
    assert read == [["a", "b"], *([c or "" for c in row] for row in rows)]
    assert json.loads(text_of(data, "json")) == [{"a": a, "b": b} for a, b in rows]


@given(st.text(), st.integers(1, 50))
def test_a_table_stays_within_its_width(text: str, width: int) -> None:
    lines = list(layout.table(["x"], [[text]], [False], 1, width))
    assert len(lines) == 3
    assert all(layout.columns_of(line.rstrip("\n")) <= width for line in lines)


def test_a_million_rows_of_csv_take_bounded_memory() -> None:
    code = """
import resource, sys, duckdb, pyarrow
from conflict_events.query.render import render
render(duckdb.connect().sql("SELECT range AS n, repeat('x', 200) || range AS t FROM range(1000)"), "csv", sys.stdout)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
render(duckdb.connect().sql("SELECT range AS n, repeat('x', 200) || range AS t FROM range(1000000)"), "csv", sys.stdout)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024, file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
    assert int(done.stderr) < 150  # MB; the text is 210
