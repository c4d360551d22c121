"""How the columns of events, or of a panel, become numbers: learned from the training part, and from it alone.

An encoding is plain data: it can be saved beside a model, and `audit` can tell whether it saw more than training.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from conflict_events.errors import UsageError
from conflict_events.ml import rows
from conflict_events.ml.groups import Array

if TYPE_CHECKING:
    import os

    import duckdb


@dataclass(frozen=True, slots=True)
class Number:
    """A column of numbers, dates (days since 1970) or truth values, and its mean and standard deviation in training."""

    name: str
    mean: float
    deviation: float


@dataclass(frozen=True, slots=True)
class Category:
    """A column of codes or names. `values`: those of training, the most frequent first; `counts`: how often each."""

    name: str
    values: tuple[str, ...]
    counts: tuple[int, ...]

    def weights(self) -> Array:
        """A weight a value, float32: rows / (values x count), so that every value weighs the same in all.

        The "balanced" weights of G. King, L. Zeng, Logistic Regression in Rare Events Data, Political Analysis 9
        (2001).
        """
        counts = np.asarray(self.counts, dtype=np.float64)
        return np.asarray(counts.sum() / (len(counts) * counts), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Encoding:
    """What `batches` gives: numbers standardised, categories as codes (1 is the first value, 0 is null or not seen in
    training), the target as a class from 0 or as the number itself. `bounds`: the columns of its low and high."""

    numbers: tuple[Number, ...]
    categories: tuple[Category, ...]
    target: Number | Category | None = None
    bounds: tuple[str, str] | None = None
    rows: int = 0

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read."""
        features = [*(one.name for one in self.numbers), *(one.name for one in self.categories)]
        target = [] if self.target is None else [self.target.name]
        return tuple(dict.fromkeys([*features, *target, *(self.bounds or ())]))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it as JSON. UsageError where that fails."""
        from conflict_events.swap import text_file

        text_file(Path(path), json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n")

    @staticmethod
    def load(path: str | os.PathLike[str]) -> Encoding:
        """Read what `save` wrote. UsageError for a file that is not there or holds something else."""
        try:
            told = json.loads(Path(path).read_text(encoding="utf-8"))
            target = told["target"]
            return Encoding(
                tuple(map(_number_of, told["numbers"])),
                tuple(map(_category, told["categories"])),
                target if target is None else _category(target) if "values" in target else _number_of(target),
                None if told["bounds"] is None else (told["bounds"][0], told["bounds"][1]),
                int(told["rows"]),
            )
        except OSError as error:
            raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise UsageError(f"{path} is no encoding that Encoding.save wrote") from error


def _number_of(told: dict[str, Any]) -> Number:
    found = Number(told["name"], float(told["mean"]), float(told["deviation"]))
    if not (math.isfinite(found.mean) and math.isfinite(found.deviation) and found.deviation > 0):
        raise ValueError(f"{found.name} has no finite mean and deviation")
    return found


def _category(told: dict[str, Any]) -> Category:
    return Category(told["name"], tuple(told["values"]), tuple(told["counts"]))


def fit(
    train: rows.Rows,
    *,
    numbers: Sequence[str] = (),
    categories: Sequence[str] = (),
    target: str | None = None,
    bounds: tuple[str, str] | None = None,
    min_count: int = 1,
    claims: bool = False,
) -> Encoding:
    """Learn the encoding from the training part: an Arrow table, or Parquet files.

    numbers: columns to standardise. categories: columns of codes or names; values rarer than `min_count` are as if
        never seen. target: what is predicted: classes where it is text, else a number.
    bounds: the columns of the target's low and high figures, such as ("deaths_low", "deaths_high").
    claims: let in rows that are claims or withdrawn, which are no events that anybody vouches for.

    Raises UsageError for a column that is not there, of a type that has no number, or without a value in training;
    for a target among the features; and for claims that were not asked for.
    """
    features = [*numbers, *categories]
    twice = sorted({name for name in features if features.count(name) > 1 or name == target})
    if twice:
        raise UsageError(f"{', '.join(twice)} is named twice: a feature is of one kind, and is no target")
    if not features and target is None:
        raise UsageError("name the columns: numbers, categories or a target")
    with rows.opened(train) as con:
        types = {name: type.partition("(")[0] for name, type, *_ in con.execute("DESCRIBE data").fetchall()}
        _check(types, [*features, *([target] if target else []), *(bounds or ())], train)
        count = con.execute("SELECT count(*) FROM data").fetchall()[0][0]
        if not count:
            raise UsageError("the training part has no rows")
        if not claims and "record_status" in types:
            _refuse_claims(con)
        if target is None:
            aim: Number | Category | None = None
        elif types[target] in TEXT:
            aim = _codes(con, target, min_count, types[target])
        else:
            aim = _number(con, target, types[target])
        return Encoding(
            tuple(_number(con, name, types[name]) for name in numbers),
            tuple(_codes(con, name, min_count, types[name]) for name in categories),
            aim,
            bounds,
            count,
        )


def differences(encoding: Encoding, train: rows.Rows) -> list[str]:
    """The columns whose values, counts, means or deviations are not those of `train`."""
    target = encoding.target
    again = fit(
        train,
        numbers=[one.name for one in encoding.numbers],
        categories=[one.name for one in encoding.categories],
        target=None if target is None else target.name,
        bounds=encoding.bounds,
        claims=True,
    )
    found = [one.name for one, other in zip(encoding.numbers, again.numbers, strict=True) if not _same(one, other)]
    codes = zip(encoding.categories, again.categories, strict=True)
    found += [one.name for one, other in codes if not _same(one, other)]
    if target is not None and again.target is not None and not _same(target, again.target):
        found.append(target.name)
    return found


def _same(one: Number | Category, other: Number | Category) -> bool:
    if isinstance(one, Category) and isinstance(other, Category):
        # rare values may have been left out: what is there must be as often in training as it says
        found = dict(zip(other.values, other.counts, strict=True))
        return all(found.get(value) == count for value, count in zip(one.values, one.counts, strict=True))
    if isinstance(one, Number) and isinstance(other, Number):
        return math.isclose(one.mean, other.mean, rel_tol=1e-9, abs_tol=1e-12) and math.isclose(
            one.deviation, other.deviation, rel_tol=1e-9, abs_tol=1e-12
        )
    return False


TEXT = ("VARCHAR", "ENUM")
FRACTIONS = ("FLOAT", "DOUBLE", "DECIMAL")
NUMBERS = (
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "BOOLEAN",
    "DATE",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
)
"""DuckDB's types that are codes or names, those that are numbers and no codes, and those that may be either."""


def _check(types: dict[str, str], names: Sequence[str], train: rows.Rows) -> None:
    absent = [name for name in names if name not in types]
    if absent:
        raise UsageError(f"{rows.called(train)} has no column {', '.join(absent)}: it has {', '.join(types)}")
    odd = [name for name in names if types[name] not in (*NUMBERS, *TEXT, *FRACTIONS)]
    if odd:
        raise UsageError(f"column {odd[0]} is {types[odd[0]]}: neither a number nor a code")


def _refuse_claims(con: duckdb.DuckDBPyConnection) -> None:
    found = con.execute("SELECT count(*) FROM data WHERE record_status IN ('claim', 'withdrawn')").fetchall()[0][0]
    if found:
        raise UsageError(
            f"{found} training rows are claims or withdrawn: leave them out, as the splits do, or say claims=True"
        )


def _number(con: duckdb.DuckDBPyConnection, name: str, type: str) -> Number:
    if type in TEXT:
        raise UsageError(f"column {name} is text: name it among the categories")
    value = f"{_quoted(name)} - DATE '1970-01-01'" if type == "DATE" else _quoted(name)
    mean, deviation = con.execute(
        f"SELECT avg(v), stddev_pop(v) FROM (SELECT CAST({value} AS DOUBLE) AS v FROM data) WHERE isfinite(v)"
    ).fetchall()[0]
    if mean is None:
        raise UsageError(f"column {name} has no value in the training part: leave it out")
    return Number(name, float(mean), float(deviation) or 1.0)


def _codes(con: duckdb.DuckDBPyConnection, name: str, min_count: int, type: str) -> Category:
    if type in FRACTIONS:
        raise UsageError(f"column {name} is {type}, which is no code: name it among the numbers")
    found = con.execute(
        f"SELECT CAST({_quoted(name)} AS VARCHAR) AS v, count(*) AS n FROM data WHERE v IS NOT NULL GROUP BY v "
        "HAVING n >= $1 ORDER BY n DESC, v",
        [min_count],
    ).fetchall()
    if not found:
        raise UsageError(f"column {name} has no value in the training part that stands {min_count} times: leave it out")
    values, counts = zip(*found, strict=True)
    return Category(name, values, counts)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
