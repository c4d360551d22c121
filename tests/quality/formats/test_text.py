"""The report for a terminal."""

from __future__ import annotations

from conflict_events.quality.formats.text import to_text
from conflict_events.quality.result import Result


def test_the_report_says_severity_share_excuses_and_examples_the_unexcused_first(small: Result) -> None:
    assert to_text(small, 1).splitlines() == [
        "not ok: 10 rows of events; suite core, 3 rules; 2 errors, 1 excused (0.50 s, duckdb)",
        "",
        "error CE119 country_known: 2 failures, 20 % of rows; 1 excused",
        "  mine.csv row 4 [e4]: country 'XX' is not in the vocabulary country",
        "  ... and 1 more",
        "",
        "warning CE209 priogrid_of_point: 1 failure, 10 % of rows",
        "  mine.csv row 4 [e4]: a warning",
        "",
        "1 rule did not run:",
        "  CE256: table actors was not given",
    ]


def test_an_excused_example_gives_the_reason(small: Result) -> None:
    assert "row 1 [e1]: country 'IRK' is not in the vocabulary country (excused: a known typo)" in to_text(small)


def test_joiners_that_names_are_spelled_with_are_kept() -> None:
    from conflict_events.quality.formats.words import printable

    assert printable("می\u200cخواهم") == "می\u200cخواهم"
    assert printable("a\u202eb") == "a\ufffdb"
