"""GitHub Actions: annotations and the step summary."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conflict_events.quality.formats import github
from conflict_events.quality.formats.github import to_github, write_step_summary
from conflict_events.quality.formats.markdown import to_markdown
from conflict_events.quality.result import Checked, Result
from tests.quality.formats.made import failure, make

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The annotations as the runner reads them."""

    def read(value: str) -> str:
        for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            value = value.replace(code, character)
        return value

    found = [COMMAND.fullmatch(line) for line in text.splitlines() if line.startswith("::")]
    return [(m[1], {k: read(v) for k, v in (p.split("=", 1) for p in m[2].split(","))}, read(m[3])) for m in found if m]


def test_an_annotation_names_rule_file_and_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "mine.csv").write_text("id,country\ne0,IRQ\ne1,IRK\n", encoding="utf-8")
    name = str(tmp_path / "in" / "mine.csv")
    result = make([failure("CE119", 1, "country 'IRK'", name)], checked=[Checked("events", name, 2)])
    assert to_github(result).splitlines()[1] == (
        "::error file=in/mine.csv,line=3,title=CE119 country_known::[e1] country 'IRK'"
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [("quoted.csv", 'id,notes\ne0,"two\nlines"\ne1,x\n'), ("a.parquet", "id\ne0\ne1\n"), ("gone.csv", None)],
)
def test_no_line_is_named_where_rows_are_not_lines(name: str, text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    file = str(tmp_path / name)
    ((_, properties, message),) = commands(
        to_github(make([failure("CE119", 1, "m", file)], checked=[Checked("events", file, 2)]))
    )
    assert "line" not in properties
    assert "row 1" in message


def test_tables_in_memory_have_no_file() -> None:
    result = make([failure("CE119", 1, "m", "<pyarrow Table>")], checked=[Checked("events", "<pyarrow Table>", 2)])
    ((_, properties, _),) = commands(to_github(result))
    assert set(properties) == {"title"}


def test_bad_data_cannot_write_commands(hostile: Result) -> None:
    lines = to_github(hostile).splitlines()
    assert [line.split(" ")[0] for line in lines if line.startswith("::")] == ["::error"], "the warning is excused"
    ((_, properties, message),) = commands(to_github(hostile))
    assert set(properties) == {"file", "title"}
    assert "100%,:\n::error::x" in message


def test_ten_of_each_severity_and_how_many_more() -> None:
    found = [failure("CE119", n, "m") for n in range(25)] + [failure("CE203", n, "m") for n in range(2)]
    found += [failure("CE209", n, "m") for n in range(3)]
    text = to_github(make(found))
    kinds = [(kind, properties["title"][:5]) for kind, properties, _ in commands(text)]
    assert kinds == [("error", "CE119")] * 8 + [("error", "CE203")] * 2 + [("warning", "CE209")] * 3
    assert "... and 17 errors more: GitHub shows 10 of each for a step" in text


def test_what_the_policy_excuses_is_counted_and_what_it_allows_is_a_warning(small: Result) -> None:
    assert [m for _, _, m in commands(to_github(small)) if "IRK" in m] == []
    assert "1 failure excused by the policy" in to_github(small)
    allowed = make([failure("CE119", 1, "m")], allowed={"CE119": 1})
    assert [kind for kind, _, _ in commands(to_github(allowed))] == ["warning"]


def test_the_summary_is_appended_where_the_variable_says(small: Result, tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    path.write_text("before\n", encoding="utf-8")
    assert write_step_summary(small, {"GITHUB_STEP_SUMMARY": str(path)})
    assert path.read_text(encoding="utf-8") == "before\n" + to_markdown(small)
    assert not write_step_summary(small, {})


def test_a_summary_too_long_for_github_is_cut_and_says_so(
    small: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(github, "SUMMARY_BYTES", 700)
    path = tmp_path / "summary.md"
    path.write_text("x" * 50, encoding="utf-8")
    write_step_summary(small, {"GITHUB_STEP_SUMMARY": str(path)})
    text = path.read_text(encoding="utf-8")
    assert path.stat().st_size <= 700
    assert text.startswith("x" * 50 + "### Validation: not ok")
    assert "cut here" in text
    assert text.count("<details>") == text.count("</details>")
