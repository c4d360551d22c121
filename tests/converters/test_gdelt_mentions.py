"""GDELT mentions become reports with their sources and publishers. All rows are invented."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import conflict_events as ce
from conflict_events.converters import Conversion
from conflict_events.converters.gdelt_mentions import COLUMNS
from conflict_events.converters.rebuild import rebuild

MENTION = {
    "GLOBALEVENTID": "0417",
    "EventTimeDate": "20160309114500",
    "MentionTimeDate": "20160309120000",
    "MentionType": "1",
    "MentionSourceName": "news.example",
    "MentionIdentifier": "https://news.example/a?b=1",
    "SentenceID": "3",
    "Actor1CharOffset": "-1",
    "Actor2CharOffset": "410",
    "ActionCharOffset": "388",
    "InRawText": "1",
    "Confidence": "60",
    "MentionDocLen": "2154",
    "MentionDocTone": "-4.50000000000000",
}


def convert(path: Path, rows: Sequence[dict[str, str]], header: bool = False) -> Conversion:
    lines = [list(COLUMNS)] if header else []
    lines += [[cells.get(name, "") for name in COLUMNS] for cells in rows]
    file = path / "20160309120000.mentions.CSV"
    file.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8", newline="")
    conversion = ce.convert(file)
    assert conversion.loss.adds_up
    assert conversion.loss.source_format == "gdelt_mentions"
    return conversion


def test_a_mention_is_a_report_with_its_source_and_publisher(tmp_path: Path) -> None:
    tables = convert(tmp_path, [MENTION]).tables
    [report] = tables["reports"].to_pylist()
    [source] = tables["sources"].to_pylist()
    [publisher] = tables["publishers"].to_pylist()
    assert (report["event_id"], report["claim_kind"], report["assertion"]) == ("gdelt:0417", "event", "stated")
    assert report["source_id"] == source["source_id"]
    assert (source["url"], source["language"]) == ("https://news.example/a?b=1", "en")
    assert source["publisher_id"] == publisher["publisher_id"] == "gdelt:news.example"
    assert publisher["name"] == "news.example"
    assert json.loads(report["native"]) == {n: v for n, v in MENTION.items() if n != "GLOBALEVENTID"}
    said = {name for name, value in report.items() if value is not None}
    assert said == {"report_id", "event_id", "source_id", "claim_kind", "assertion", "native"}


def test_only_a_document_of_the_web_has_an_address(tmp_path: Path) -> None:
    rows = [
        MENTION | {"MentionType": "2", "MentionIdentifier": "https://looks.example/like-one"},
        MENTION | {"MentionIdentifier": "not an address"},
    ]
    assert convert(tmp_path, rows).tables["sources"].column("url").to_pylist() == [None, None]


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("", "en"),
        ("srclc:fra; eng:Moses 2", "fr"),
        ("srclc:fre;eng:x", "fr"),
        ("srclc:ARA", "ar"),
        ("srclc:zzz;eng:x", None),
        ("GT", None),
    ],
)
def test_the_language_is_what_the_translation_was_from(tmp_path: Path, said: str, language: str | None) -> None:
    conversion = convert(tmp_path, [MENTION | {"MentionDocTranslationInfo": said}])
    found = conversion.tables["sources"].column("language").to_pylist()
    assert found == ([language] if language else [])
    assert any("no code of two letters" in note.message for note in conversion.loss.notes) == (language is None)


def test_the_same_mention_again_is_merged_and_another_sentence_is_another_report(tmp_path: Path) -> None:
    conversion = convert(tmp_path, [MENTION, MENTION, MENTION | {"SentenceID": "9"}])
    assert conversion.tables["reports"].num_rows == 2
    assert conversion.tables["sources"].num_rows == 1
    assert sum(m.rows for m in conversion.loss.merged) == 1


def test_a_mention_of_no_event_is_set_aside(tmp_path: Path) -> None:
    conversion = convert(tmp_path, [MENTION, MENTION | {"GLOBALEVENTID": ""}])
    assert [(one.line, one.reason) for one in conversion.loss.set_aside] == [(2, "column 'GLOBALEVENTID': empty")]


def test_a_copy_with_a_header_gives_the_same_reports(tmp_path: Path) -> None:
    plain, headed = convert(tmp_path, [MENTION]), convert(tmp_path, [MENTION], header=True)
    assert headed.loss.sheets[0].layout == "2.0, with a header"
    assert all(plain.tables[name].equals(headed.tables[name]) for name in ("reports", "sources", "publishers"))


def test_sound_mentions_validate(tmp_path: Path) -> None:
    tables = convert(tmp_path, [MENTION, MENTION | {"MentionSourceName": "", "SentenceID": "4"}]).tables
    result = ce.validate(tables, suite="upstream")
    assert result.ok, result.counts


# not made: cells that begin with a quote (the reader may take the file for one that quotes its cells), and more control
# characters than a text has (it may take it for no text)
LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
ODD = ['a "b" c', "\\", "'", "😀", "-000123", "1.50", "\x01" + "x" * 60]
CELL = (st.text(LETTERS, max_size=9) | st.sampled_from(ODD)).filter(lambda cell: not cell.startswith('"'))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(COLUMNS[1:], CELL)), min_size=1, max_size=4))
def test_every_cell_can_be_made_again(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    mentions = [MENTION, *(MENTION | cells | {"GLOBALEVENTID": str(i)} for i, cells in enumerate(rows))]
    conversion = convert(tmp_path, mentions)
    [again] = rebuild(conversion.tables["reports"], conversion.loss).values()
    assert again.to_pylist() == [{name: cells.get(name) or None for name in COLUMNS} for cells in mentions]
