"""JUnit XML."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from conflict_events.quality.formats.junit import to_junit
from conflict_events.quality.result import Checked, NotRun, Result
from tests.quality.formats.made import failure, make


def case(tree: ElementTree.Element, name: str) -> ElementTree.Element:
    return next(c for c in tree.iter("testcase") if c.attrib["name"].startswith(name))


def test_a_blocking_rule_fails_a_warning_does_not_a_clean_rule_passes(small: Result) -> None:
    tree = ElementTree.fromstring(to_junit(small))
    assert tree.attrib | {"time": ""} == {
        "name": "conflict-events", "tests": "4", "failures": "1", "errors": "0", "skipped": "1", "time": ""
    }  # fmt: skip
    failed = case(tree, "CE119").find("failure")
    assert failed is not None
    assert failed.attrib["message"] == "2 failures of CE119 country_known"
    assert (failed.text or "").splitlines()[0] == "mine.csv row 4 [e4]: country 'XX' is not in the vocabulary country"
    assert case(tree, "CE209").find("failure") is None
    assert "a warning" in (case(tree, "CE209").findtext("system-out") or "")
    assert list(case(tree, "CE203")) == []


def test_a_rule_that_did_not_run_is_skipped_with_its_reason(small: Result) -> None:
    skipped = case(ElementTree.fromstring(to_junit(small)), "CE256").find("skipped")
    assert skipped is not None
    assert skipped.attrib["message"] == "table actors was not given"


def test_each_file_is_a_suite_with_the_rules_of_its_table() -> None:
    checked = [Checked("events", "a.csv", 3), Checked("events", "b.csv", 3), Checked("actors", "c.csv", 1)]
    skipped = [NotRun("CE203", "events", "b.csv", "column x is missing")]
    tree = ElementTree.fromstring(to_junit(make([failure("CE119", 0, "m", "a.csv")], checked=checked, not_run=skipped)))
    a, b, c = tree.findall("testsuite")
    assert [s.attrib["name"] for s in (a, b, c)] == ["a.csv (events)", "b.csv (events)", "c.csv (actors)"]
    assert (a.attrib["tests"], a.attrib["failures"], b.attrib["failures"], b.attrib["skipped"]) == ("3", "1", "0", "1")
    assert c.attrib["tests"] == "0"


def test_failures_that_a_policy_allows_fail_no_test() -> None:
    tree = ElementTree.fromstring(to_junit(make([failure("CE119", 0, "m")], allowed={"CE119": 1})))
    assert tree.attrib["failures"] == "0"
    assert "m" in (case(tree, "CE119").findtext("system-out") or "")


def test_at_most_so_many_failures_are_listed() -> None:
    text = to_junit(make([failure("CE119", n, f"message {n};") for n in range(9)]), 2)
    assert "message 1;" in text
    assert "message 2;" not in text
    assert "... and 7 more" in text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_the_xml_is_well_formed_whatever_the_data_says(text: str) -> None:
    found = [failure("CE119", 0, text + "]]>", text or "x", text)]
    skipped = [NotRun("CE203", "events", "f", text)]
    tree = ElementTree.fromstring(to_junit(make(found, checked=[Checked("events", text or "x", 1)], not_run=skipped)))
    assert "]]>" in (case(tree, "CE119").findtext("failure") or "")


def test_the_xml_is_well_formed_for_the_name_of_a_file_with_a_lone_surrogate() -> None:
    ElementTree.fromstring(to_junit(make([], checked=[Checked("events", "\udcff.csv", 1)])).encode("utf-8"))
