"""A file with other column names is checked through a mapping: renamed, translated exactly, and nothing else."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import conflict_events as ce
from conflict_events.errors import UsageError

CONSTANTS = """
[constants]
origin = "other"
record_status = "final"
event_level = "incident"
coder = "mine/1.0"
reviewed = false
"""


def mapping(folder: Path, columns: str, head: str = 'absent = "all others"') -> Path:
    path = folder / "mapping.toml"
    path.write_text(f'table = "events"\n{head}\n[columns]\n{columns}\n{CONSTANTS}', encoding="utf-8")
    return path


def csv(folder: Path, text: str) -> Path:
    path = folder / "mine.csv"
    path.write_text(text, encoding="utf-8")
    return path


def parquet(folder: Path, **columns: Any) -> Path:
    path = folder / "mine.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def found(result: ce.quality.Result) -> list[tuple[str, int, str]]:
    return [(f["rule_id"], f["row"], f["message"]) for f in result.failures.to_pylist()]


def test_a_csv_with_other_names_and_words_is_checked_as_it_stands(tmp_path: Path) -> None:
    data = csv(tmp_path, "id,Land,day,lat,lon,dead\n1,Irak,13/01/2020,36,43,3\n2,Syria,2020-01-02,95,43,many\n")
    columns = """
        event_id = "id"
        country = { from = "Land", values = { "Irak" = "IRQ" } }
        date_start = { from = "day", format = "%d/%m/%Y" }
        latitude = "lat"
        longitude = "lon"
        deaths_best = "dead"
    """
    result = ce.validate(data, mapping=mapping(tmp_path, columns))
    assert found(result) == [
        ("CE004", 1, "date_start '2020-01-02' is no date32 [column day]"),
        ("CE004", 1, "deaths_best 'many' is no int32 [column dead]"),
        ("CE119", 1, "country 'Syria' is not in the vocabulary country [column Land]"),
        ("CE120", 1, "latitude is 95.0; it must be between -90 and 90 [column lat]"),
        ("CE204", 1, "a final event has no date_start [column day]"),
    ]
    assert {f["file"] for f in result.failures.to_pylist()} == {str(data)}
    assert result.bad.to_pylist() == [
        {"id": "2", "Land": "Syria", "day": "2020-01-02", "lat": "95", "lon": "43", "dead": "many"}
    ], "the rows come back in the user's own names"


def test_a_rule_that_needs_an_absent_column_is_reported_as_not_run(tmp_path: Path) -> None:
    data = csv(tmp_path, "nr\n1\n")
    result = ce.validate(data, mapping=mapping(tmp_path, 'event_id = "nr"'))
    assert result.ok
    assert result.counts["CE001"] == 0
    reasons = {n.rule_id: n.reason for n in result.not_run}
    assert reasons["CE119"] == "column country is absent (mapping)"


def test_columns_that_are_neither_mapped_nor_absent_nor_ignored_are_named(tmp_path: Path) -> None:
    data = csv(tmp_path, "event_id,mine,hidden\n1,2,3\n")
    said = mapping(tmp_path, "", 'absent = ["country"]\nignored = ["hidden"]')
    messages = [m for _, _, m in found(ce.validate(data, mapping=said))]
    assert "column mine is not in table events; keep it in native, or rename it" in messages
    assert not [m for m in messages if "hidden" in m or "column country" in m]
    assert "column latitude of table events is missing" in messages
    assert "column event_id of table events is missing" not in messages, "a column with our name is taken as ours"


def test_a_parquet_file_as_pandas_writes_it_is_read_exactly_or_not_at_all(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "nr": [1.0, 2.0, 3.0],
            "when": [datetime(2020, 1, 1), datetime(2020, 1, 2), datetime(2020, 1, 3, 12)],
            "dead": [1.0, 2.5, None],
            "at": pd.to_datetime(["2020-01-01 00:00", "2020-01-02 00:00", "2020-01-03 12:00"], utc=True),
        }
    )
    path = tmp_path / "mine.parquet"
    frame.to_parquet(path)
    columns = """
        event_id = { from = "nr", cast = true }
        date_start = { from = "when", cast = true }
        date_end = { from = "at", cast = true, drop_time = true }
        deaths_best = { from = "dead", cast = true }
    """
    result = ce.validate(path, mapping=mapping(tmp_path, columns))
    assert found(result) == [
        ("CE004", 1, "deaths_best '2.5' is no int32 [column dead]"),
        ("CE004", 2, "date_start '2020-01-03 12:00:00' is no date32 [column when]"),
        ("CE204", 2, "a final event has no date_start [column when]"),
    ]


def test_without_cast_another_type_is_a_wrong_type(tmp_path: Path) -> None:
    path = parquet(tmp_path, nr=["1"], dead=[1.0])
    result = ce.validate(path, mapping=mapping(tmp_path, 'event_id = "nr"\ndeaths_best = "dead"'))
    assert [m for r, _, m in found(result) if r == "CE003"] == [
        "column deaths_best of table events is DOUBLE; it must be int32"
    ]


@pytest.mark.parametrize(
    ("values", "good"),
    [
        (pa.array([2**40, 7], pa.uint64()), [False, True]),
        (pa.array([-99, 7], pa.int64()), [True, True]),
        (pa.array([-99.0, 7.0]), [True, True]),
        (pa.array(["NA", "7"]), [True, True]),
        (pa.array(["na", "7.0"]), [False, True]),
    ],
)
def test_what_means_no_value_is_said_and_then_no_failure(values: pa.Array, good: list[bool], tmp_path: Path) -> None:
    path = parquet(tmp_path, nr=["1", "2"], dead=values)
    columns = 'event_id = "nr"\ndeaths_best = { from = "dead", cast = true, null = ["NA", -99] }'
    failed = {row for _, row, _ in found(ce.validate(path, mapping=mapping(tmp_path, columns)))}
    assert [row not in failed for row in range(2)] == good


@pytest.mark.parametrize("kind", ["arrow", "pandas", "polars"])
def test_a_frame_takes_a_mapping_too(kind: str, tmp_path: Path) -> None:
    table = pa.table({"nr": ["1", "2"], "Land": ["IRQ", "IRK"]})
    data = {"arrow": table, "pandas": table.to_pandas(), "polars": pl.from_arrow(table)}[kind]
    result = ce.validate(data, mapping=mapping(tmp_path, 'event_id = "nr"\ncountry = "Land"'))
    assert [(r, row) for r, row, _ in found(result)] == [("CE119", 1)]


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
def test_every_engine_sees_the_same_through_a_mapping(engine: str, tmp_path: Path) -> None:
    data = csv(tmp_path, "id,Land\n1,Irak\n1,XX\n")
    columns = 'event_id = "id"\ncountry = { from = "Land", values = { "Irak" = "IRQ" } }'
    result = ce.validate(data, mapping=mapping(tmp_path, columns), engine=engine)
    assert [(r, row) for r, row, _ in found(result)] == [("CE119", 1), ("CE251", 0), ("CE251", 1)]


def test_rows_that_hold_no_data_are_skipped_and_the_others_keep_their_number(tmp_path: Path) -> None:
    data = csv(tmp_path, "id,Land\n#id,#country\n1,IRQ\n2,XX\n")
    said = mapping(tmp_path, 'event_id = "id"\ncountry = "Land"', 'absent = "all others"\nskip_rows = 1')
    result = ce.validate(data, mapping=said)
    assert result.rows == 2
    assert [row for _, row, _ in found(result)] == [2]
    assert result.good.to_pylist() == [{"id": "1", "Land": "IRQ"}]


def test_one_mapping_serves_several_files(tmp_path: Path) -> None:
    for name, land in (("a", "IRQ"), ("b", "XX")):
        (tmp_path / f"{name}.csv").write_text(f"id,Land\n{name},{land}\n", encoding="utf-8")
    result = ce.validate(str(tmp_path / "*.csv"), mapping=mapping(tmp_path, 'event_id = "id"\ncountry = "Land"'))
    assert [f["file"] for f in result.failures.to_pylist()] == [str(tmp_path / "b.csv")]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ('contry = "Land"', r"columns\.contry: table events has no column 'contry'; did you mean 'country'\?"),
        ('country = "Lnd"', r"columns\.country: .*mine\.csv has no column 'Lnd'; did you mean 'Land'\?"),
        ('country = "Land"\nadmin1 = "Land"', r"columns\.admin1: 'Land' is mapped to country already"),
        ('country = "Land"\ncountry = "x"', "is not TOML"),
        ('coder = "Land"', r"constants\.coder: coder is in columns too"),
        (
            'country = { from = "Land", form = "x" }',
            r"columns\.country\.form: no such key; did you mean 'format'|'from'",
        ),
        ("country = 1", r"columns\.country: name the file's column"),
        (
            'country = { from = "Land", values = { a = "IRK" } }',
            r"'IRK' is no country: use a code of the vocabulary country",
        ),
        ('country = { from = "Land", cast = "yes" }', r"columns\.country\.cast: must be true or false"),
        ('country = { from = "Land", format = "%d" }', r"columns\.country\.format: country is string, no date"),
        ('date_start = { from = "Land", format = "%q" }', r"'%q' is no date format"),
        ('date_start = { from = "Land", format = "d/m" }', r"must say how a date is written"),
        ('deaths_best = { from = "Land", values = { a = "b" } }', r"'b' is no int32, which deaths_best is"),
        ('deaths_best = { from = "Land", values = { a = 2.5 } }', r"'2.5' is no int32"),
        ('derived = { from = "Land", values = { a = "b" } }', r"a mapping cannot give a value of type"),
        ('geometry = { from = "Land", cast = true }', r"taken as it is"),
        (
            'country = { from = "Land", null = ["a"], values = { a = "IRQ" } }',
            r"columns\.country\.null: 'a' is in values",
        ),
        ('country = { from = "Land", null = [[1]] }', r"columns\.country\.null: must be a text"),
        ('admin1 = "Land"', r"columns\.admin1: .* has a column admin1 of its own: list it in ignored"),
    ],
)
def test_a_wrong_mapping_is_told_in_one_line_with_file_and_key(columns: str, said: str, tmp_path: Path) -> None:
    data = csv(tmp_path, "Land,admin1\nIRQ,x\n")
    with pytest.raises(UsageError, match=said) as caught:
        ce.validate(data, mapping=mapping(tmp_path, columns))
    assert "mapping.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("skip_rows = true", "skip_rows: True is no number of rows"),
        ("absent = 1", "absent: must be a list of column names"),
        ('absent = ["contry"]', "absent: table events has no column 'contry'; did you mean 'country'"),
        ('absent = ["coder"]', r"absent\.coder: coder is in constants too"),
        ('absent = ["event_id"]', r"absent\.event_id: .* has a column event_id of its own"),
        ("tabel = 1", "tabel: no such key; did you mean 'table'"),
        ("constants = 1", "is not TOML"),
    ],
)
def test_a_wrong_key_is_told_with_its_place(head: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=said):
        ce.validate(csv(tmp_path, "event_id\n1\n"), mapping=mapping(tmp_path, "", head))


def test_a_call_that_contradicts_its_mapping_is_wrong(tmp_path: Path) -> None:
    data, said = csv(tmp_path, "id\n1\n"), mapping(tmp_path, 'event_id = "id"')
    with pytest.raises(UsageError, match="the mapping is for events, the call for actors"):
        ce.validate(data, "actors", mapping=said)
    with pytest.raises(UsageError, match="is for one table"):
        ce.validate({"events": data}, mapping=said)
    with pytest.raises(UsageError, match="cannot read the mapping"):
        ce.validate(data, mapping=tmp_path / "none.toml")
    said.write_text("[columns]\nevent_id = 'id'\n", encoding="utf-8")
    with pytest.raises(UsageError, match="table: say which table"):
        ce.validate(data, mapping=said)
    assert ce.validate(data, "events", mapping=said).checked[0].table == "events"
