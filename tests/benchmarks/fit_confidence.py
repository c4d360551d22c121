"""Fit the weights of confidence on the coded articles that the rules were not written on, and print how well they hold.

    python tests/benchmarks/fit_confidence.py              fit, print the weights and the reliability
    python tests/benchmarks/fit_confidence.py FOLDER...    print the reliability of the shipped weights on others

A ridge logistic regression of "a coder has this event too" (a lenient match) on the signs of rows/confidence.py. A
folder holds texts and their gold.jsonl. The printed weights go into lexicon/confidence.toml by hand.
"""

from __future__ import annotations

import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np

from conflict_events.converters.articles import pipeline
from conflict_events.converters.articles.cleaning import metadata
from conflict_events.converters.articles.cleaning import text as texts
from conflict_events.converters.articles.rows.confidence import confidence, signs
from conflict_events.evaluation import read_gold
from conflict_events.evaluation.score import match_events

HELDOUT = Path(__file__).resolve().parents[1] / "articles" / "coded" / "heldout"
RIDGE = 3.0
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 1.01)


def cases(folder: Path) -> tuple[list[dict[str, bool]], list[float], list[bool]]:
    """Of every extracted event its signs, its confidence, and whether the coder has it."""
    told_signs: list[dict[str, bool]] = []
    scores: list[float] = []
    right: list[bool] = []
    for article in read_gold(folder / "gold.jsonl"):
        document = texts.read((folder / f"{article.name}.txt").read_text(encoding="utf-8"))
        meta = metadata.read(document, None, None)
        found = pipeline.run(document, meta, document.original, article.name)
        told = pipeline.read(document, meta).story.finish()
        rows = [{key: _plain(value) for key, value in row.items()} for row in found.tables["events"]]
        hits = {p for _, p, _ in match_events(article.events, rows)}
        for number, (event, row) in enumerate(zip(told, rows, strict=True)):
            located = row.get("latitude") is not None
            told_signs.append(signs(event, located))
            scores.append(confidence(event, located))
            right.append(number in hits)
    return told_signs, scores, right


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def reliability(scores: list[float], right: list[bool]) -> None:
    """A row a bin: how many events, the mean confidence and the share that was right."""
    print("confidence     events   mean  right")
    for low, high in pairwise(BINS):
        chosen = [k for k, score in enumerate(scores) if low <= score < high]
        if chosen:
            mean = sum(scores[k] for k in chosen) / len(chosen)
            good = sum(right[k] for k in chosen) / len(chosen)
            print(f"{low:.1f} to {min(high, 1):.1f}  {len(chosen):9} {mean:6.2f} {good:6.2f}")
    brier = sum((score - good) ** 2 for score, good in zip(scores, right, strict=True)) / max(1, len(scores))
    print(f"Brier score {brier:.3f} on {len(scores)} events; {sum(right) / max(1, len(right)):.2f} are right")


def main() -> None:
    folders = [Path(name) for name in sys.argv[1:]]
    if folders:
        for folder in folders:
            print(folder)
            _, scores, right = cases(folder)
            reliability(scores, right)
        return
    listed, _, right = cases(HELDOUT)
    names = list(listed[0])
    x = np.array([[float(row[name]) for name in names] for row in listed])
    y = np.array(right, dtype=float)
    weights, base = np.zeros(len(names)), 0.0
    for _ in range(5_000):
        error = 1 / (1 + np.exp(-(x @ weights + base))) - y
        weights -= 0.01 * (x.T @ error + RIDGE * weights)
        base -= 0.01 * error.sum()
    print(f"base = {base:.2f}")
    for name, weight in zip(names, weights, strict=True):
        print(f'"{name}" = {weight:.2f}')
    reliability((1 / (1 + np.exp(-(x @ weights + base)))).tolist(), right)


if __name__ == "__main__":
    main()
