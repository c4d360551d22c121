"""conflict-events task: the metrics on stdout, what the parts are on stderr, wrong calls in one line."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run


def test_the_baselines_are_printed_and_the_parts_told(run: Run) -> None:
    code, out, err = run("task", "same-event", "--format", "json")
    assert code == 0
    assert [row["baseline"] for row in json.loads(out)][:2] == ["each alone", "same day and place"]
    assert err.startswith("same-event: train ")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("deaths",), "deaths needs --data, --first, --cut and --last."),
        (("subtype", "--cut", "2017-01"), "are of the task deaths, not of subtype"),
        (("mood",), "'mood' is not one of 'deaths', 'subtype', 'same-event'"),
        (
            ("deaths", "-d", "none.parquet", "--first", "2000-01", "--cut", "2010-01", "--last", "2011-01"),
            "no such file",
        ),
        (("deaths", "--first", "January"), "'January' does not match the format"),
    ],
)
def test_a_wrong_call_says_what_to_do(run: Run, arguments: tuple[str, ...], message: str) -> None:
    code, out, err = run("task", *arguments)
    assert (code, out) == (2, "")
    assert message in err
