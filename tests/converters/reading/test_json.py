"""JSON answers and JSON lines are tables of cells; numbers keep the text they have in the source."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_events.converters.reading import Reject, Shape
from conflict_events.converters.reading.jsonwalk import as_text
from tests.converters.reading.reads import only, read, refused, write


def test_an_answer_keeps_what_stands_around_its_rows(tmp_path: Path) -> None:
    text = '{"TotalCount": 7, "TotalPages": 4, "Result": [{"id": 1, "x": "a"}, {"id": 2, "y": null}], "Next": null}'
    sheet = only(write(tmp_path, text, "a.csv"))
    assert sheet.first == (("id", "x", "y"), ("1", "a", ""), ("2", "", ""))
    assert sheet.envelope == {"TotalCount": 7, "TotalPages": 4, "Next": None}
    found = read(sheet)
    assert found.rows == [("1", "a", None), ("2", None, None)]
    assert (found.lines, found.bytes) == ([1, 2], len(text))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\n\n"])
def test_json_lines_are_read(tmp_path: Path, ending: str) -> None:
    found = read(only(write(tmp_path, ending.join(['{"a": 1}', '{"b": [1, {"c": 0.10}]}', '{"a": true}']))))
    assert found.rows == [("1", None), (None, '[1,{"c":0.10}]'), ("true", None)]


def test_numbers_keep_their_text(tmp_path: Path) -> None:
    text = '[{"a": 0.10, "b": 1e2, "c": 12345678901234567890, "d": -0, "e": NaN, "f": false}]'
    assert read(only(write(tmp_path, text))).rows == [("0.10", "1e2", "12345678901234567890", "-0", "NaN", "false")]


def test_items_that_are_no_objects_are_rejects(tmp_path: Path) -> None:
    found = read(only(write(tmp_path, '[{"a": 1}, 2, null, [3], {"a": "x\\u0000"}, {"a": "\\ud800"}, {"a": 4}]')))
    assert found.rows == [("1",), ("4",)]
    assert found.lines == [1, 7]
    assert [reject.line for reject in found.rejects] == [2, 3, 4, 5, 6]
    assert found.rejects[0] == Reject(2, "not an object: 2")


@pytest.mark.parametrize("around", ["[%s", '{"data": [%s'])
def test_json_that_is_cut_off_keeps_the_objects_before(tmp_path: Path, around: str) -> None:
    found = read(only(write(tmp_path, around % '{"a": 1}, {"a": 2}, {"a": "thr')))
    assert found.rows == [("1",), ("2",)]
    assert [reject.line for reject in found.rejects] == [3]
    assert "cut off (line 1, column " in found.rejects[0].reason


def test_json_that_is_broken_in_the_middle_names_the_place(tmp_path: Path) -> None:
    found = read(only(write(tmp_path, '[{"a": 1},\n {"a": 2} {"a": 3}]')))
    assert found.rows == [("1",), ("2",)]
    assert "(line 2, column 11)" in found.rejects[0].reason


def test_text_after_the_json_is_a_reject(tmp_path: Path) -> None:
    found = read(only(write(tmp_path, '{"data": [{"a": 1}]} and more')))
    assert found.rows == [("1",)]
    assert len(found.rejects) == 1


def test_an_empty_answer_is_a_sheet_without_rows(tmp_path: Path) -> None:
    sheet = only(write(tmp_path, '{"status": 200, "success": true, "count": 0, "data": []}'))
    assert sheet.first == ()
    assert sheet.envelope["count"] == 0
    assert read(sheet, Shape(("a",), 1)).rows == []


def test_deep_nesting_is_no_crash(tmp_path: Path) -> None:
    assert "nested too deeply" in refused(write(tmp_path, '[{"a": ' + "[" * 100_000))
    text = '[{"a": 1}, {"a": ' + "[" * 100_000 + "]" * 100_000 + "}]"
    assert read(only(write(tmp_path, text))).rows == [("1",)]


def test_a_huge_number_is_text(tmp_path: Path) -> None:
    digits = "9" * 6000
    sheet = only(write(tmp_path, f'{{"count": {digits}, "data": [{{"a": {digits}}}]}}'))
    assert read(sheet).rows == [(digits,)]
    assert str(sheet.envelope["count"]) == digits


def test_json_in_utf16_and_windows_1252_is_read(tmp_path: Path) -> None:
    text = '[{"a": "é"}]'
    assert read(only(write(tmp_path, text.encode("utf-16")))).rows == [("é",)]
    found = read(only(write(tmp_path, text.encode("cp1252"))))
    assert found.rows == [("é",)]
    assert "Windows-1252" in found.notes["encoding"]


VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(st.lists(st.dictionaries(st.sampled_from(["a", "b", "c", "é"]), VALUE, min_size=1), min_size=2), st.booleans())
def test_nested_values_come_back_as_json(items: list[dict[str, Any]], lines: bool) -> None:
    text = "\n".join(map(json.dumps, items)) if lines else json.dumps(items)
    with tempfile.TemporaryDirectory() as folder:
        sheet = only(write(Path(folder), text))
        found = read(sheet)
    assert len(found.rows) + len(found.rejects) == len(items)
    header = sheet.first[0]
    for item, number in zip(items, range(1, len(items) + 1), strict=True):
        if number in found.lines:
            row = dict(zip(header, found.rows[found.lines.index(number)], strict=True))
            for key in header:
                value = item.get(key)
                cell = row[key]
                if value is None or isinstance(value, str):
                    assert cell == (value or None)
                else:
                    assert cell is not None
                    assert json.loads(cell) == value


def test_text_of_plain_values() -> None:
    assert [as_text(value) for value in (None, "", "x", True, [1], {"a": "é"})] == [
        None, None, "x", "true", "[1]", '{"a":"é"}',
    ]  # fmt: skip
