"""How many articles a second the extractor reads on one core, on the texts in tests/articles and copies of them.

Run `python -m tests.benchmarks.extract_articles`; prints JSON. `--folder` takes other .txt files instead.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from conflict_events.converters.articles import extract

TEXTS = Path(__file__).resolve().parents[1] / "articles"
SIZE = 2_100  # code points, the mean of the articles the rules were written against


def texts(folder: Path) -> list[str]:
    """The folder's texts; in tests/articles, the paragraphs of each are repeated until it is as long as an article."""
    found = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    if folder != TEXTS:
        return found
    return [text + "\n" + text.partition("\n\n")[2] * max(0, SIZE // len(text) - 1) for text in found]


def measure(listed: list[str], seconds: float) -> dict[str, float | int]:
    """Articles a second in the best of repeated rounds; lexicons and gazetteer are read before the clock starts."""
    events = sum(len(extract(text, article="warm").tables["events"]) for text in listed)
    best, spent = float("inf"), 0.0
    while spent < seconds:
        start = time.perf_counter()
        for number, text in enumerate(listed):
            extract(text, article=str(number))
        took = time.perf_counter() - start
        best, spent = min(best, took), spent + took
    return {
        "articles": len(listed),
        "mean_characters": round(sum(map(len, listed)) / len(listed)),
        "events": events,
        "articles_per_second": round(len(listed) / best, 1),
        "characters_per_second": round(sum(map(len, listed)) / best),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=TEXTS)
    parser.add_argument("--seconds", type=float, default=3.0)
    arguments = parser.parse_args()
    print(json.dumps(measure(texts(arguments.folder), arguments.seconds), indent=2))


if __name__ == "__main__":
    main()
