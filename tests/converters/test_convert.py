"""Files in, tables and a loss report out: everything that went in is accounted for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import conflict_events as ce
from conflict_events.errors import UsageError
from conflict_events.targets.arrow import arrow_schema

ARTICLE = """Title: Village retaken
Published: 2016-11-15

On Sunday, Iraqi security forces (ISF) recaptured the village of Umm Sijan from ISIS near Mosul.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "village.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_the_tables_are_of_the_declared_schema_and_break_no_rule(root: Path) -> None:
    conversion = ce.convert(root / "tests" / "articles" / "example.txt")
    for name, table in conversion.tables.items():
        assert table.schema.equals(arrow_schema(name), check_metadata=False), name
    result = ce.validate(conversion.tables)
    assert result.ok, result.to_text()
    assert not result.not_run


def test_every_input_is_converted_set_aside_or_merged(article: Path, tmp_path: Path) -> None:
    same, binary, empty = tmp_path / "again.txt", tmp_path / "binary.txt", tmp_path / "empty.txt"
    same.write_text(ARTICLE, encoding="utf-8")
    binary.write_bytes(b"\x00\x01\x02" * 100)
    empty.write_bytes(b"")
    loss = ce.convert([article, same, binary, empty]).loss
    assert loss.adds_up
    assert (loss.units_in, loss.converted) == (4, 1)
    assert [(m.file, m.into) for m in loss.merged] == [(str(same), str(article))]
    assert {(s.file, s.reason) for s in loss.set_aside} == {(str(binary), "binary, not text"), (str(empty), "empty")}
    assert loss.rows_out["events"] == 1


def test_the_same_text_gives_the_same_ids_wherever_it_lies(article: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "other.txt"
    elsewhere.write_text(ARTICLE, encoding="utf-8")
    first, second = (ce.convert(p).tables["events"]["event_id"].to_pylist() for p in (article, elsewhere))
    assert first == second


def test_published_and_url_override_the_text(article: Path) -> None:
    conversion = ce.convert(article, published=date(2016, 11, 22), url="https://paper.example/x")
    assert conversion.tables["events"]["date_start"].to_pylist() == [date(2016, 11, 20)]
    assert conversion.tables["sources"]["url"].to_pylist() == ["https://paper.example/x"]


def test_an_odd_encoding_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(ARTICLE.replace("Umm", "Ümm").encode("cp1252"))
    conversion = ce.convert(path)
    assert [(n.code, n.message) for n in conversion.loss.notes] == [("encoding", "not UTF-8; read as Windows-1252")]
    assert conversion.tables["events"]["place_name"].to_pylist() == ["Ümm Sijan"]


@pytest.mark.parametrize(
    ("source", "source_format", "said"),
    [
        ("nowhere.txt", "auto", "no such file"),
        (".", "auto", "is a folder"),
        ([], "auto", "no source given"),
        ("village.txt", "acled2", "no source format 'acled2'"),
    ],
)
def test_a_wrong_call_says_how_to_mend_it(
    source: str, source_format: str, said: str, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(article.parent)
    with pytest.raises(UsageError, match=said):
        ce.convert(source, source_format)


def test_a_format_that_the_name_does_not_tell_is_asked_for(article: Path) -> None:
    odd = article.rename(article.with_suffix(".news"))
    with pytest.raises(UsageError, match="--source-format"):
        ce.convert(odd)
    assert ce.convert(odd, "article").loss.converted == 1


@settings(max_examples=40)
@given(content=st.binary(max_size=400) | st.text(max_size=400).map(lambda t: t.encode("utf-8", "ignore")))
def test_any_bytes_at_all_are_accounted_for(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("any") / "x.txt"
    path.write_bytes(content)
    assert ce.convert(path).loss.adds_up
