"""Batches hold every row once, are the same every time, and go on where they stopped."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflict_events.errors import BadDataError, UsageError
from conflict_events.ml import batches, fit
from conflict_events.ml.batches import planned, produced, taken


def made(rows: int) -> pa.Table:
    return pa.table({"x": np.arange(rows, dtype=np.float64), "side": [f"s{n % 7}" for n in range(rows)]})


def encoding_of(table: pa.Table) -> Any:
    return fit(table, numbers=["x"], categories=["side"])


how = st.fixed_dictionaries(
    {
        "size": st.integers(1, 40),
        "seed": st.none() | st.integers(0, 9),
        "world": st.integers(1, 4),
        "even": st.booleans(),
        "window": st.integers(1, 100),
    }
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(5, 200), st.integers(1, 90), how, st.integers(1, 3), st.integers(0, 3))
def test_every_row_is_in_one_batch_of_one_worker_of_one_rank(
    tmp_path: Path, rows: int, group: int, how: dict[str, Any], workers: int, epoch: int
) -> None:
    table = made(rows)
    path = tmp_path / "x.parquet"
    pq.write_table(table, path, row_group_size=group)
    encoding = encoding_of(table)
    found: list[int] = []
    shares = []
    for rank in range(how["world"]):
        plan = planned(path, encoding, rank=rank, **how)
        mine = [batch for worker in range(workers) for batch in produced(plan, epoch, worker, workers)]
        # whole batches but for the last one of the rank, however many workers there are
        sizes = [len(batch["row"]) for batch in mine]
        assert all(size == how["size"] for size in sizes[:-1])
        assert len(sizes) == plan.batches
        shares.append(sum(sizes))
        found += [row for batch in mine for row in batch["row"].tolist()]
        for batch in mine:
            back = batch["numbers"][:, 0] * encoding.numbers[0].deviation + encoding.numbers[0].mean
            np.testing.assert_allclose(back, batch["row"], atol=1e-3)
            names = [encoding.categories[0].values[code - 1] for code in batch["categories"][:, 0]]
            assert names == [f"s{row % 7}" for row in batch["row"]]
    assert len(set(found)) == len(found) == rows - plan.left_out
    assert plan.left_out < how["world"] if how["even"] else plan.left_out == 0
    assert max(shares) - min(shares) <= (0 if how["even"] else 1)


@given(st.integers(5, 200), how, st.integers(1, 4), st.integers(0, 60))
def test_an_epoch_goes_on_where_it_stopped(rows: int, how: dict[str, Any], workers: int, after: int) -> None:
    table = made(rows)
    plan = planned(table, encoding_of(table), rank=0, **how)
    in_turn = _in_turn([list(produced(plan, 1, worker, workers)) for worker in range(workers)])
    had, following = taken(plan, workers, after)
    turns = [(following + asked) % workers for asked in range(workers)]
    rest = [list(produced(plan, 1, worker, workers, had[worker])) for worker in turns]
    assert rows_of(_in_turn(rest)) == rows_of(in_turn[after:])


def _in_turn(shares: list[list[Any]]) -> list[Any]:
    """As a DataLoader asks its workers."""
    return [share[turn] for turn in range(max(map(len, shares))) for share in shares if turn < len(share)]


def rows_of(batches: list[Any]) -> list[list[int]]:
    return [batch["row"].tolist() for batch in batches]


def order(table: pa.Table, **how: Any) -> list[int]:
    return [row for batch in batches(table, encoding_of(table), **how) for row in batch["row"].tolist()]


def test_seed_and_epoch_make_the_order() -> None:
    table = made(200)
    assert order(table) == list(range(200))
    assert order(table, seed=1) == order(table, seed=1) != list(range(200))
    assert order(table, seed=1, epoch=1) != order(table, seed=1)
    assert order(table, seed=2) != order(table, seed=1)


def test_rows_of_one_window_are_shuffled_among_each_other(tmp_path: Path) -> None:
    table = made(1000)
    pq.write_table(table, tmp_path / "x.parquet", row_group_size=100)
    first = next(batches(tmp_path / "x.parquet", encoding_of(table), size=50, window=500, seed=3))
    assert len({row // 100 for row in first["row"].tolist()}) > 1


def test_targets_are_drawn_anew_each_epoch_between_their_bounds() -> None:
    table = pa.table({"dead": [10] * 500, "low": [5] * 500, "high": [50] * 500})
    encoding = fit(table, target="dead", bounds=("low", "high"))

    def drawn(**how: Any) -> dict[int, float]:
        return {
            row: value
            for batch in batches(table, encoding, draw=True, **how)
            for row, value in zip(batch["row"].tolist(), batch["target"].tolist(), strict=True)
        }

    one, other = drawn(seed=1), drawn(seed=1, epoch=1)
    assert len(set(one.values())) > 10
    assert all(5 <= value <= 50 for value in one.values())
    assert one != other
    # what a row is drawn to does not hang on how the rows are cut
    cut = {**drawn(seed=1, rank=0, world=2, size=7), **drawn(seed=1, rank=1, world=2, size=7)}
    assert cut == one


JAX = """
import sys
import jax, jax.numpy as jnp
from conflict_events import ml

encoding = ml.fit(sys.argv[1], numbers=["x"], categories=["side"])
batch = next(ml.batches(sys.argv[1], encoding, size=64))
print(int(jax.jit(lambda b: jnp.sum(b["categories"]))(batch)) == int(batch["categories"].sum()) > 0)
print("torch" in sys.modules)
"""


def test_jax_takes_a_batch_as_it_is_and_no_torch_is_loaded(tmp_path: Path) -> None:
    # in a process of its own: JAX starts threads, which do not go with workers that are forked
    pq.write_table(made(64), tmp_path / "x.parquet")
    run = [sys.executable, "-c", JAX, str(tmp_path / "x.parquet")]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout.split() == ["True", "False"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"size": 0}, "size and window are numbers of rows"),
        ({"rank": 2, "world": 2}, "rank 2 of world 2"),
        ({"rank": 0, "world": 99}, "has 20 rows for 99 ranks"),
        ({"draw": True}, "draw needs a target that is a number"),
        ({"seed": -1}, "seed is a whole number, 0 or more"),
    ],
)
def test_a_wrong_call_says_what_to_do(changed: dict[str, Any], message: str) -> None:
    table = made(20)
    with pytest.raises(UsageError, match=message):
        batches(table, encoding_of(table), **changed)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (made(9).drop_columns("side"), "the table has no column side, which the encoding reads"),
        (pa.table({"x": ["1"], "side": ["s"]}), "the table: column x is string, not what the encoding"),
        (pa.table({"x": [1], "side": [1.5]}), "the table: column side is double, not what the encoding"),
        (None, "NoneType is no source: give a pyarrow.Table"),
        ([], "list is no source"),
    ],
)
def test_what_the_encoding_does_not_fit_is_refused_before_the_first_batch(source: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        batches(source, encoding_of(made(20)))


def test_no_rows_are_an_error_and_no_silence() -> None:
    with pytest.raises(UsageError, match="the table has no rows"):
        batches(made(20)[:0], encoding_of(made(20)))


def test_a_file_that_changes_underneath_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    pq.write_table(made(200), path)
    told = batches(path, encoding_of(made(200)))
    pq.write_table(made(100), path)
    with pytest.raises(BadDataError, match="has changed since it was opened"):
        list(told)
