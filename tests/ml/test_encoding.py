"""Encodings are learned from training alone, say what they learned, and give every column its place and its mask."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from conflict_events.errors import BadDataError, UsageError
from conflict_events.ml import Encoding, fit
from conflict_events.ml.encode import encode
from conflict_events.ml.encoding import Category

TRAIN = pa.table(
    {
        "latitude": pa.array([30.0, 34.0, None, float("nan")]),
        "day": pa.array([date(1970, 1, 2), date(1970, 1, 4), None, date(1970, 1, 3)]),
        "reviewed": [True, False, True, True],
        "kind": pa.array(["shelling", "clash", "clash", None]).dictionary_encode(),
        "precision": pa.array([1, 2, 2, 3], pa.int8()),
        "dead": pa.array([3, None, 0, 5], pa.int32()),
        "low": pa.array([1, None, 0, None], pa.int32()),
        "high": pa.array([9, None, None, 5], pa.int32()),
        "native": pa.array([b"x"] * 4),
        "nothing": pa.nulls(4, pa.float64()),
        "blank": pa.nulls(4, pa.string()),
    }
)


def test_numbers_are_standardised_and_nulls_are_masks() -> None:
    encoding = fit(TRAIN, numbers=["latitude", "day", "reviewed"])
    assert [(one.mean, one.deviation) for one in encoding.numbers][:2] == [
        (32, 2),
        (2, pytest.approx(0.8165, abs=1e-4)),
    ]
    batch = encode(TRAIN, encoding)
    # null and not-a-number are neither: the mean, and not known
    assert batch["numbers"][:, 0].tolist() == [-1, 1, 0, 0]
    assert batch["numbers_known"][:, 0].tolist() == [True, True, False, False]
    assert batch["numbers_known"][:, 1].tolist() == [True, True, False, True]
    assert batch["numbers"].dtype == np.float32


def test_codes_are_the_most_frequent_first_and_what_training_had_not_is_zero() -> None:
    encoding = fit(TRAIN, categories=["kind", "precision"])
    assert encoding.categories[0].values == ("clash", "shelling")
    later = pa.table({"kind": ["shelling", None, "raid", "clash"], "precision": pa.array([3, 9, 2, None], pa.int64())})
    batch = encode(later, encoding)
    assert batch["categories"].tolist() == [[2, 3], [0, 0], [0, 1], [1, 0]]
    # a kind that is new is known, a null is not
    assert batch["categories_known"].tolist() == [[True, True], [False, True], [True, True], [True, False]]


def test_a_target_of_text_is_a_class_with_weights() -> None:
    encoding = fit(TRAIN, numbers=["latitude"], target="kind")
    batch = encode(TRAIN, encoding)
    assert batch["target"].tolist() == [1, 0, 0, 0]
    assert batch["target_known"].tolist() == [True, True, True, False]
    target = encoding.target
    assert isinstance(target, Category)
    assert target.weights().tolist() == [0.75, 1.5]  # 3 rows, 2 classes: 3 / (2 x 2) and 3 / (2 x 1)


def test_a_target_that_is_a_number_keeps_its_scale_and_its_bounds() -> None:
    batch = encode(TRAIN, fit(TRAIN, numbers=["latitude"], target="dead", bounds=("low", "high")))
    assert batch["target"].tolist() == [3, 0, 0, 5]
    assert batch["target_known"].tolist() == [True, False, True, True]
    assert np.isnan(batch["target_low"]).tolist() == [False, True, False, True]
    assert batch["target_high"][[0, 3]].tolist() == [9, 5]


def test_rare_values_can_be_as_if_never_seen() -> None:
    assert fit(TRAIN, categories=["kind"], min_count=2).categories[0].values == ("clash",)


@pytest.mark.parametrize("target", [None, "kind", "dead"])
def test_an_encoding_is_saved_and_loaded_as_it_was(tmp_path: Path, target: str | None) -> None:
    bounds = ("low", "high") if target == "dead" else None
    encoding = fit(TRAIN, numbers=["latitude"], categories=["precision"], target=target, bounds=bounds)
    encoding.save(tmp_path / "encoding.json")
    assert Encoding.load(tmp_path / "encoding.json") == encoding


def test_files_are_learned_from_as_a_table_is(tmp_path: Path) -> None:
    for number in range(2):
        pq.write_table(TRAIN.slice(number * 2, 2), tmp_path / f"part-{number}.parquet")
    asked: dict[str, Any] = {"numbers": ["latitude"], "categories": ["kind"], "target": "dead"}
    assert fit(tmp_path, **asked) == fit(TRAIN, **asked)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ({"numbers": ["altitude"]}, "the table has no column altitude: it has latitude, day"),
        ({"numbers": ["kind"]}, "column kind is text: name it among the categories"),
        ({"numbers": ["native"]}, "column native is BLOB: neither a number nor a code"),
        ({"numbers": ["nothing"]}, "column nothing has no value in the training part"),
        ({"categories": ["blank"]}, "column blank has no value in the training part"),
        ({"numbers": ["dead"], "target": "dead"}, "dead is named twice"),
        ({"numbers": ["precision"], "categories": ["precision"]}, "precision is named twice"),
        ({}, "name the columns"),
        # 1.0 is written in two ways by two engines: no value of training would be found again
        ({"categories": ["latitude"]}, "column latitude is DOUBLE, which is no code"),
    ],
)
def test_a_wrong_call_says_what_to_do(call: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        fit(TRAIN, **call)


def test_claims_are_no_training_data_unless_asked_for() -> None:
    table = TRAIN.append_column("record_status", pa.array(["final", "claim", "withdrawn", "candidate"]))
    with pytest.raises(UsageError, match="2 training rows are claims or withdrawn"):
        fit(table, numbers=["latitude"])
    assert fit(table, numbers=["latitude"], claims=True).rows == 4


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"numbers": 3}', encoding="utf-8")
    with pytest.raises(UsageError, match=r"bad\.json is no encoding"):
        Encoding.load(tmp_path / "bad.json")
    for deviation in ("0", "-1", "NaN", '"wide"'):
        told = f'{{"name": "x", "mean": 0, "deviation": {deviation}}}'
        text = f'{{"numbers": [{told}], "categories": [], "target": null, "bounds": null, "rows": 1}}'
        (tmp_path / "bad.json").write_text(text, encoding="utf-8")
        with pytest.raises(UsageError, match=r"bad\.json is no encoding"):
            Encoding.load(tmp_path / "bad.json")
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        Encoding.load(tmp_path / "none.json")
    (tmp_path / "x.parquet").write_text("no", encoding="utf-8")
    with pytest.raises((UsageError, BadDataError), match=r"x\.parquet"):
        fit(tmp_path / "x.parquet", numbers=["latitude"])
    with pytest.raises(UsageError, match="no rows"):
        fit(TRAIN[:0], numbers=["latitude"])
    pq.write_table(TRAIN.select(["latitude"]), tmp_path / "one.parquet")
    pq.write_table(TRAIN.select(["dead"]), tmp_path / "two.parquet")
    with pytest.raises(BadDataError, match=r"two\.parquet"):
        fit([tmp_path / "one.parquet", tmp_path / "two.parquet"], numbers=["latitude"])
