"""Markdown, as a renderer of GitHub's dialect reads it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from conflict_events.quality.formats.markdown import to_markdown
from conflict_events.quality.result import Checked, NotRun, Result
from tests.quality.formats.made import HOSTILE, failure, make

OURS = {"h3", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "details", "summary", "ul", "li", "em"}


def render(text: str) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))


def tags(html: str) -> set[str]:
    return set(re.findall(r"</?([a-z0-9]+)", html))


def test_the_table_has_a_row_for_each_rule_that_failed(small: Result) -> None:
    html = render(to_markdown(small))
    assert re.findall(r"<td>(CE\d+)</td>", html) == ["CE119", "CE209"]
    assert re.findall(r'<td style="text-align:right">([^<]*)</td>', html)[:4] == ["2", "20 %", "1", "0"]
    assert "1 rule did not run" in html


def test_examples_are_folded_away_and_readable(small: Result) -> None:
    html = render(to_markdown(small))
    assert "<code>mine.csv row 4 [e4]</code> country 'XX' is not in the vocabulary country" in html
    assert html.count("<details>") == 3


def test_bad_data_shows_as_text(hostile: Result) -> None:
    html = render(to_markdown(hostile))
    assert tags(html) <= OURS
    assert "`b` |c| **d** [e](http://f) @g" in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@given(
    st.text() | st.sampled_from([HOSTILE, "|", "`", "- x", "1. x", "# x", "\n\n<b>", "&lt;b&gt;", "www.example.org"])
)
def test_no_data_becomes_markup(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    found = [failure("CE119", 0, text, text or "x", text)]
    result = make(
        found, checked=[Checked("events", text or "x", 1)], not_run=[NotRun("CE256", "events", text or "x", text)]
    )
    html = render(to_markdown(result))
    assert tags(html) <= OURS
    assert html.count("<li>") == 2
    assert html.count("<tr>") == 2


def test_a_limit_leaves_out_from_the_end_and_says_so(small: Result) -> None:
    whole = to_markdown(small)
    cut = to_markdown(small, limit=len(whole.encode()) - 1)
    assert "cut here" in cut
    assert whole.startswith(cut.split("\n*The report")[0])
    assert to_markdown(small, limit=len(whole.encode())) == whole
    assert to_markdown(small, limit=3) == ""
