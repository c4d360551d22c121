"""Bad input gives a clear finding, never a crash or a hang."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.converters.articles import Extraction, extract
from conflict_events.errors import UsageError
from conflict_events.evidence import evidence, find, normalise

PIECES = st.sampled_from(
    [
        "Iraqi forces",
        "ISIS",
        " recaptured ",
        " killed ",
        "49",
        " in Mosul",
        " on Monday",
        ". ",
        ", ",
        "\n\n",
        "**",
        "[a](b)",
        "Syria",
        " were killed",
        "airstrike ",
        "near ",
        "\u200b",
        "é",
        "“",
        "”",
        "(",
        ")",
        "May 5, 2017",
        "of ",
        "and ",
        "\r\n",
        "the ",
        "90 km east of ",
    ]
)


def hashes_hold(text: str, extraction: Extraction) -> None:
    for report in extraction.tables["reports"]:
        if "evidence_start" in report:
            start, end = report["evidence_start"], report["evidence_end"]
            assert isinstance(start, int)
            assert isinstance(end, int)
            assert evidence(text[start:end]) == (report["evidence_sha256"], report["evidence_length"])


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_without_a_crash(text: str) -> None:
    hashes_hold(text, extract(text, article="any"))


@given(st.lists(PIECES, max_size=60))
@settings(max_examples=250, deadline=None)
def test_any_jumble_of_war_words_is_read_the_same_twice_and_its_evidence_is_where_it_says(pieces: list[str]) -> None:
    text = "Published: 2017-05-16\n\nThe war in Iraq and the army of the state.\n" + "".join(pieces)
    first = extract(text, article="jumble")
    assert first == extract(text, article="jumble")
    hashes_hold(text, first)
    for event in first.tables["events"]:
        assert any(r.get("event_id") == event["event_id"] for r in first.tables["reports"])


@given(st.text(max_size=60), st.text(min_size=1, max_size=40), st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_a_sentence_is_found_again_in_another_layout(before: str, sentence: str, after: str) -> None:
    sha256, length = evidence(sentence)
    text = f"{before} \n{sentence}\n {after}"
    found = find(text, sha256, length)
    if length == 0:
        assert found is None
    elif found is not None:
        assert evidence(text[found[0] : found[1]]) == (sha256, length)


def test_evidence_is_found_across_line_breaks_and_markup() -> None:
    sentence = "Forces retook the town, officials said."
    found = find("Intro.\n\nForces **retook**\n the   town, officials\nsaid. More.", *evidence(sentence))
    assert found is not None
    assert normalise("Intro.\n\nForces **retook**\n the   town, officials\nsaid. More."[slice(*found)]) == normalise(
        sentence
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("\x00\x01\x02PK\x03\x04" * 400, "unreadable_text"),
        ("قتل أربعة جنود في الموصل. " * 40, "unreadable_language"),
        (
            "Les forces ont repris le quartier lundi et ont tué des combattants du groupe dans la ville. " * 10,
            "unreadable_language",
        ),
    ],
)
def test_what_is_no_english_prose_is_named(text: str, code: str) -> None:
    assert code in [finding.code for finding in extract(text, article="odd").findings]


def test_zero_width_characters_change_nothing(extracted: Callable[[str], Extraction]) -> None:
    plain = "Published: 2016-11-09\n\nOn Monday, Iraqi forces recaptured Tal Afar from ISIS in Iraq."
    odd = plain.replace("Tal Afar", "Tal\u200b A\u200bfar")
    places = [[e["place_name"] for e in extract(t, article="z").tables["events"]] for t in (plain, odd)]
    assert places[0] == places[1] == ["Tal Afar"]
    assert extracted("example").article == "example"


def test_thousands_of_lines_are_read_in_time_that_grows_with_their_number() -> None:
    def seconds(lines: int) -> float:
        text = "Published: 2016-11-09\n" + "\n".join(
            f"On Monday, Iraqi forces recaptured the village of Tel{n} from ISIS in Iraq." for n in range(lines)
        )
        begin = time.process_time()
        assert len(extract(text, article="long").tables["events"]) == lines
        return time.process_time() - begin

    seconds(10)
    assert seconds(2_000) < 9 * seconds(500)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 60_000 + "The town is quiet.",
        "<!--" * 50_000,
        "<script" * 50_000,
        "<" * 200_000,
        "&amp" * 50_000,
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><p>&b;</p>' * 500,
        "",
        "\x00" * 1000,
        "<p " + 'title="ISIS killed 5 people in Mosul. "' * 20_000 + ">x</p>",
        "<table>" + "<tr><td>a</td></tr>" * 10_000 + "</table>",
        "<ul>" + "<li>Iraqi forces" * 20_000,
        "<p>" * 100_000,
    ],
    ids=[
        "deep",
        "comments",
        "scripts",
        "brackets",
        "entities",
        "bomb",
        "empty",
        "nul",
        "attributes",
        "cells",
        "items",
        "tags",
    ],
)
def test_hostile_pages_end_with_a_finding(page: str) -> None:
    pytest.importorskip("trafilatura")
    extraction = extract(page, article="page", html=True)
    assert extraction.tables["events"] == []
    assert extraction.findings


def test_a_page_gives_events_with_offsets_into_its_source_and_ignores_scripts() -> None:
    pytest.importorskip("trafilatura")
    prose = "On Monday, Iraqi forces recaptured the town of Baiji from ISIS in Iraq. The road is open again."
    page = (
        '<html><head><title>Town retaken</title><meta property="article:published_time" content="2016-11-09T08:00:00Z">'
        f"<script>var x = 'ISIS captured Mosul on Sunday';</script></head><body><article>"
        f"<h1>Town retaken</h1><p>{prose}</p>"
        f"<p>{'The people of the town were told to wait for the engineers. ' * 6}</p></article></body></html>"
    )
    extraction = extract(page, article="page", html=True)
    assert [e["place_name"] for e in extraction.tables["events"]] == ["Baiji"]
    (report,) = extraction.tables["reports"]
    assert "evidence_start" in report
    hashes_hold(page, extraction)


def test_without_the_html_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(UsageError, match=r"pip install 'conflict-events\[html\]'") as caught:
        extract("<p>x</p>", article="page", html=True)
    assert "\n" not in str(caught.value)
