"""What every format keeps to."""

from __future__ import annotations

import json
import re

import pytest

from conflict_events.quality.formats import FORMATS, Options, render
from conflict_events.quality.result import Checked, Result
from tests.quality.formats.made import failure, make

TERMINAL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("which", ["clean", "small", "hostile"])
def test_every_format_is_text_that_ends_with_one_newline(name: str, which: str, request: pytest.FixtureRequest) -> None:
    text = render(name, request.getfixturevalue(which), Options())
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\r" not in text
    assert text.encode("utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_that_a_terminal_acts_on_gets_through(name: str, hostile: Result) -> None:
    assert not TERMINAL.search(render(name, hostile, Options()))


@pytest.mark.parametrize("name", FORMATS)
def test_the_text_does_not_depend_on_chance(name: str, small: Result) -> None:
    assert render(name, small, Options()) == render(name, small, Options())


def test_colours_are_only_where_they_are_asked_for(small: Result) -> None:
    plain, coloured = (render("text", small, Options(color=color)) for color in (False, True))
    assert "\x1b" not in plain
    assert re.sub("\x1b\\[[0-9]+m", "", coloured) == plain
    assert coloured != plain


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_name_that_is_no_unicode_can_be_written(name: str) -> None:
    assert render(name, make([], checked=[Checked("events", "\udcff.csv", 1)]), Options()).encode("utf-8")


@pytest.mark.parametrize("name", ["text", "junit", "github", "markdown"])
def test_a_report_for_people_is_short_however_much_failed(name: str) -> None:
    found = [failure(rule, n, "a message") for rule in ("CE119", "CE203", "CE209") for n in range(5000)]
    assert len(render(name, make(found), Options())) < 10_000


def test_json_and_sarif_are_json(hostile: Result) -> None:
    for name in ("json", "sarif"):
        json.loads(render(name, hostile, Options()))
