"""Hugging Face datasets: loaded from the files, without network, in the formats that models take."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import datasets
import numpy as np
import pyarrow.parquet as pq
import pytest
import torch

import conflict_events as ce
from conflict_events import ml
from tests.interop.judged import failed

NUMBERS = ["latitude", "longitude", "where_precision"]


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test here asks the network, and none draws bars."""

    def refuse(*_args: object, **_options: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    datasets.disable_progress_bars()
    yield
    datasets.enable_progress_bars()


@pytest.fixture
def dataset(file: Path, tmp_path: Path) -> datasets.Dataset:
    return datasets.Dataset.from_parquet(str(file), cache_dir=str(tmp_path / "cache"))


def test_the_rows_of_a_dataset_are_those_of_the_file(dataset: datasets.Dataset, file: Path) -> None:
    assert dataset[:] == pq.read_table(file).to_pydict()


def test_days_lists_and_points_are_those_of_python(dataset: datasets.Dataset) -> None:
    row = dataset[0]
    assert isinstance(row["date_start"], date)
    assert "side_a_type" in row["derived"]
    assert len(row["geometry"]) == 21
    assert set(row["bbox"]) == {"xmin", "ymin", "xmax", "ymax"}


def test_actors_keep_their_lists_of_structs(tmp_path: Path) -> None:
    actors = datasets.Dataset.from_parquet(str(ce.path("actors")), cache_dir=str(tmp_path))
    assert actors["affiliations"][:] == ce.load("actors")["affiliations"].to_pylist()


@pytest.mark.parametrize("table", [t.name for t in ce.schema.TABLES])
def test_every_table_loads_through_arrow_the_empty_ones_too(table: str) -> None:
    assert datasets.Dataset(ce.load(table)).num_rows == ce.load(table).num_rows


def test_a_file_without_rows_cannot_be_loaded_as_one(tmp_path: Path) -> None:
    """A fault of `datasets` 5, which the page warns of."""
    assert ce.load("links").num_rows == 0
    with pytest.raises(datasets.exceptions.DatasetGenerationError):
        datasets.Dataset.from_parquet(str(ce.path("links")), cache_dir=str(tmp_path))


def test_a_split_is_loaded_as_a_train_and_a_test_set(tmp_path: Path) -> None:
    events = ce.load("events")
    split = ml.temporal(events, cut=date(2017, 6, 1), horizon=30, lag=30)
    for part in ("train", "test"):
        pq.write_table(split.table(part, events), tmp_path / f"{part}.parquet")
    files = {part: str(tmp_path / f"{part}.parquet") for part in ("train", "test")}
    loaded = datasets.load_dataset("parquet", data_files=files, cache_dir=str(tmp_path / "cache"))
    assert {part: len(loaded[part]) for part in files} == {part: len(split.parts[part]) for part in files}
    assert max(loaded["train"]["date_end"]) < min(loaded["test"]["date_start"])


def test_numbers_become_tensors(dataset: datasets.Dataset) -> None:
    batch = dataset.with_format("torch", columns=NUMBERS)[:2]
    assert {name: type(column) for name, column in batch.items()} == dict.fromkeys(NUMBERS, torch.Tensor)


def test_coordinates_lose_digits_unless_the_type_is_named(dataset: datasets.Dataset) -> None:
    exact = dataset[:2]["latitude"]
    assert dataset.with_format("torch", columns=NUMBERS)[:2]["latitude"].dtype == torch.float32
    wide = dataset.with_format("torch", columns=NUMBERS, dtype=torch.float64)[:2]["latitude"]
    assert wide.tolist() == exact
    arrays = dataset.with_format("numpy", columns=NUMBERS, dtype=np.float64)[:2]["latitude"]
    assert arrays.tolist() == exact


def test_a_count_is_a_float_in_a_batch_with_a_null_and_an_integer_in_one_without(tmp_path: Path) -> None:
    counts = datasets.Dataset.from_parquet(str(ce.path("events")), cache_dir=str(tmp_path)).select_columns(
        "deaths_best"
    )
    known = [n for n, value in enumerate(counts["deaths_best"]) if value is not None]
    unknown = [n for n, value in enumerate(counts["deaths_best"]) if value is None]
    tensors = counts.with_format("torch")
    assert tensors[known[:2]]["deaths_best"].dtype == torch.int64
    mixed = tensors[[known[0], unknown[0]]]["deaths_best"]
    assert mixed.dtype == torch.float32
    assert torch.isnan(mixed).tolist() == [False, True], "null is NaN, never 0"


def test_days_are_no_tensors(dataset: datasets.Dataset) -> None:
    assert dataset.with_format("numpy")[:1]["date_start"].dtype == np.dtype("datetime64[D]")
    with pytest.raises(TypeError, match="datetime64"):
        dataset.with_format("torch", columns=["date_start"])[:1]


def test_a_dataset_is_judged_as_its_file_is_its_chosen_rows_alone(dataset: datasets.Dataset, file: Path) -> None:
    assert failed(dataset) == failed(file)
    assert ce.validate(dataset.select([1, 0])).rows == 2


def test_a_dataset_written_back_is_judged_and_counted_as_its_file_was(
    dataset: datasets.Dataset, file: Path, tmp_path: Path
) -> None:
    dataset.to_parquet(str(tmp_path / "mine.parquet"))
    assert failed(tmp_path / "mine.parquet") == failed(file)
    query = "FROM country_month()"
    assert ce.sql(query, tmp_path / "mine.parquet").fetchall() == ce.sql(query, file).fetchall()
