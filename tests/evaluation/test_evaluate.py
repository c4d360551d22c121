"""The measures of extraction: against the reference scorer, and on codings small enough to read."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from conflict_events.cli import cli
from conflict_events.evaluation import Article, Found, breakdown, evaluate, read_gold

SCORER = Path(__file__).resolve().parents[3] / "shared" / "tools" / "score_extraction.py"
CODED: dict[str, Any] = {
    "event_type": "shelling", "date": "2016-11-07", "date_precision": "day", "place": "Tal Nasir",
    "place_parent": "Mosul", "country": "IRQ", "side_a": "ISIS", "side_b": "residents", "deaths_best": 3,
}  # fmt: skip
SAME: dict[str, Any] = {
    "article": "a", "event_subtype": "shelling_artillery_missile", "date_start": "2016-11-07", "date_end": "2016-11-07",
    "place_name": "Tel Nasir", "country": "IRQ", "side_a": "Islamic State", "side_b": "Civilians", "deaths_best": 3,
}  # fmt: skip


def score(coded: list[dict[str, Any]], found: list[dict[str, Any]]) -> Any:
    return evaluate([Article("a", tuple(coded))], {"a": found})


def test_the_same_event_in_other_words_is_a_strict_match() -> None:
    result = score([CODED], [SAME])
    assert (result.strict.f1, result.lenient.f1, result.misses) == (1.0, 1.0, ())
    assert result.slots["deaths_best"].rate == 1.0


@pytest.mark.parametrize(
    ("change", "lenient", "strict"),
    [
        ({"place_name": "Mosul"}, 1, 0),  # the parent only
        ({"event_subtype": "air_drone_strike"}, 1, 0),  # a near kind
        ({"event_subtype": "statement"}, 0, 0),
        ({"place_name": "Raqqa"}, 0, 0),
        ({"date_start": "2016-11-20", "date_end": "2016-11-20"}, 1, 0),
        ({"side_a": "Syrian army", "side_b": None}, 1, 0),
    ],
    ids=["parent", "near kind", "other kind", "other place", "other date", "other sides"],
)
def test_what_a_lenient_match_forgives_and_a_strict_one_does_not(
    change: dict[str, Any], lenient: int, strict: int
) -> None:
    result = score([CODED], [SAME | change])
    assert (result.lenient.matched, result.strict.matched) == (lenient, strict)


def test_an_optional_event_is_neither_missed_nor_false() -> None:
    context = CODED | {"context": True}
    for found in ([], [SAME]):
        result = score([context], found)
        assert (result.lenient.coded, result.lenient.extracted, result.misses) == (0, 0, ())


def test_an_invented_figure_and_swapped_sides_are_counted() -> None:
    result = score([CODED | {"deaths_best": None}], [SAME | {"side_a": "Civilians", "side_b": "ISIS"}])
    assert (result.slots["deaths_invented"].hits, result.slots["sides_swapped"].hits) == (1, 1)


def test_events_of_an_article_that_holds_none_are_counted() -> None:
    assert score([], [SAME]).false_on_empty == 1


@pytest.mark.parametrize("seed", range(6))
def test_the_figures_are_those_of_the_reference_scorer(tmp_path: Path, seed: int) -> None:
    """On the coded articles, against predictions made from the coding by chance: moved, renamed, dropped, repeated."""
    gold_path = SCORER.parents[1] / "articles" / "dev" / "gold.jsonl"
    if not SCORER.is_file():
        pytest.skip(f"the reference scorer is not here: {SCORER}")
    chance = random.Random(seed)
    found = []
    for article in read_gold(gold_path):
        for event in article.events:
            for _ in range(chance.choice([0, 1, 1, 1, 2])):
                start, _, end = (event["date"] or "2015-01-01").partition("/")
                found.append(
                    {
                        "article": article.name,
                        "event_subtype": chance.choice(["armed_clash", "air_drone_strike", "statement", "attack"]),
                        "date_start": chance.choice([start, None, "2016-01-01"]),
                        "date_end": end or start,
                        "place_name": chance.choice([event["place"], event.get("place_parent"), "Nowhere"]),
                        "country": chance.choice([event["country"], "SYR"]),
                        "side_a": chance.choice([event["side_a"], event["side_b"], None]),
                        "side_b": chance.choice([event["side_b"], event["side_a"], "Civilians"]),
                        "territory_to": event["territory_changed_to"],
                        "deaths_best": chance.choice([event["deaths_best"], 7]),
                    }
                )
    path = tmp_path / "events.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in found), encoding="utf-8")
    theirs = json.loads(
        subprocess.run([sys.executable, SCORER, gold_path, path], capture_output=True, text=True, check=True).stdout
    )
    result = CliRunner().invoke(cli, ["evaluate", str(gold_path), str(path), "--format", "json"])
    ours = json.loads(result.stdout)
    for level in ("lenient", "strict"):
        assert {k: ours[level][k] for k in ("precision", "recall", "f1")} == theirs[level]
    assert {k: v for k, v in ours["slots"].items() if v["n"]} == theirs["slots"]
    assert ours["articles_without_events"] == theirs["articles_without_events"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "line 1: no JSON"),
        ("[]", "no JSON object"),
        ('{"article": "a"}', "needs `article` and a list of `events`"),
        ('{"article": "a", "events": [{}]}', "no `event_type`"),
        ('{"article": "a", "events": []}\n{"article": "a", "events": []}', "line 2: article a is coded twice"),
        ("", "no coded article"),
    ],
    ids=["cut", "list", "no events", "no type", "twice", "empty"],
)
def test_a_bad_coding_is_one_line_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "gold.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "events.jsonl").write_text("", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "conflict_events", "evaluate", "gold.jsonl", "events.jsonl"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 1
    assert message in run.stderr
    assert "Traceback" not in run.stderr


def test_a_breakdown_counts_an_event_in_each_group_it_belongs_to() -> None:
    gold = [Article("a", (CODED, CODED | {"place": "Raqqa", "evidence": None}), "wire")]
    result = evaluate(gold, {"a": [SAME]})
    assert breakdown(gold, result, "style") == {"wire": Found(2, 1, 1)}
    by_phenomenon = breakdown(gold, result, "phenomenon")
    assert by_phenomenon["a toll"] == Found(2, 1, 1)
    assert by_phenomenon["a day"].coded == 2
