"""The spaCy extractor: sides and mood come from the parse, by pipelines made here; no model is fetched."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

import conflict_events as ce
from conflict_events.converters.articles import Extraction, extract
from conflict_events.converters.articles.extractors import ExtractionError, Extractor, extractor
from conflict_events.converters.articles.syntax import Parse
from conflict_events.errors import UsageError
from tests.cli.conftest import Run, run

__all__ = ["run"]

# A sentence -> for each of its words (head, label), as a careful hand would write them.
TREES = {
    "By gunmen in Maiduguri on Sunday nine soldiers were killed.": (
        "9 agent, 0 pobj, 1 prep, 2 pobj, 9 prep, 4 pobj, 7 nummod, 9 nsubjpass, 9 auxpass, 9 ROOT, 9 punct"
    ),
    "Gunmen who had stormed a market in Maiduguri killed nine soldiers on Sunday.": (
        "8 nsubj, 3 nsubj, 3 aux, 0 relcl, 5 det, 3 dobj, 5 prep, 6 pobj, 8 ROOT, 10 nummod, 8 dobj, 8 prep, 11 pobj, "
        "8 punct"
    ),
    "The soldiers that gunmen ambushed in Maiduguri on Sunday were from Borno.": (
        "1 det, 9 nsubj, 4 dobj, 4 nsubj, 1 relcl, 4 prep, 5 pobj, 4 prep, 7 pobj, 9 ROOT, 9 prep, 10 pobj, 9 punct"
    ),
    "Asked if talks would go on, the governor said gunmen had killed nine soldiers in Maiduguri on Sunday.": (
        "9 advcl, 4 mark, 4 nsubj, 4 aux, 0 ccomp, 4 prt, 9 punct, 8 det, 9 nsubj, 9 ROOT, 12 nsubj, 12 aux, 9 ccomp, "
        "14 nummod, 12 dobj, 12 prep, 15 pobj, 12 prep, 17 pobj, 9 punct"
    ),
    "A bombing in Maiduguri on Sunday would end the truce, the governor said.": (
        "1 det, 7 nsubj, 1 prep, 2 pobj, 1 prep, 4 pobj, 7 aux, 13 ccomp, 9 det, 7 dobj, 13 punct, 12 det, 13 nsubj, "
        "13 ROOT, 13 punct"
    ),
    "Gunmen killed nine soldiers in Maiduguri on Tues in the market.": (
        "1 nsubj, 1 ROOT, 3 nummod, 1 dobj, 1 prep, 4 pobj, 1 prep, 6 pobj, 1 prep, 10 det, 8 pobj, 1 punct"
    ),
}
DAYS = {"Tues"}


def article(*sentences: str) -> str:
    return "Title: Report from Borno\nPublished: 2020-05-20\n\n" + "\n\n".join(sentences) + "\n"


def sides(found: Extraction) -> list[tuple[object, object]]:
    return [(row.get("side_a"), row.get("side_b")) for row in found.tables["events"]]


PASSIVE, RELATIVE, WHOM, ASKED, WOULD, TUESDAY = TREES


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A pipeline on disk that knows the sentences above."""
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'conflict-events[spacy]'")
    from spacy.language import Language

    def written_trees(doc: Any) -> Any:
        if doc.text in TREES:
            rows = [row.split() for row in TREES[doc.text].split(", ")]
            assert len(rows) == len(doc), doc.text
            for token, (head, label) in zip(doc, rows, strict=True):
                token.head, token.dep_ = doc[int(head)], label
        return doc

    def written_days(doc: Any) -> Any:
        doc.ents = [doc.char_span(t.idx, t.idx + len(t), label="DATE") for t in doc if t.text in DAYS]
        return doc

    Language.component("written_trees", assigns=["token.head", "token.dep"], func=written_trees)
    Language.component("written_days", assigns=["doc.ents"], func=written_days)
    nlp = spacy.blank("en")
    nlp.add_pipe("written_trees")
    nlp.add_pipe("written_days")
    path = tmp_path / "tiny"
    nlp.to_disk(path)
    return path


@pytest.fixture
def parsed(saved: Path) -> Extractor:
    return extractor(f"spacy:{saved}")


def test_a_pipeline_by_path_names_the_coder(parsed: Extractor) -> None:
    found = parsed(article(RELATIVE), article="a")
    assert parsed.coder == "spacy/tiny"
    assert {row["coder"] for row in found.tables["events"]} == {"spacy/tiny"}


@pytest.mark.parametrize(
    ("sentence", "by_rules", "by_parse"),
    [
        (PASSIVE, (None, "Government forces"), ("Gunmen", "Government forces")),
        (RELATIVE, (None, "Government forces"), ("Gunmen", "Government forces")),
        (WHOM, ("Gunmen", None), ("Gunmen", "Nigerian Armed Forces")),
    ],
)
def test_sides_come_from_the_parse(
    parsed: Extractor, sentence: str, by_rules: tuple[object, object], by_parse: tuple[object, object]
) -> None:
    """A passive with its agent ahead, and two relative clauses."""
    assert sides(extract(article(sentence), article="a")) == [by_rules]
    assert sides(parsed(article(sentence), article="a")) == [by_parse]


@pytest.mark.parametrize(("sentence", "by_rules", "by_parse"), [(ASKED, 0, 1), (WOULD, 1, 0)])
def test_mood_comes_from_the_parse(parsed: Extractor, sentence: str, by_rules: int, by_parse: int) -> None:
    """An "if" of another clause conditions nothing; a "would" after the noun does."""
    assert len(extract(article(sentence), article="a").tables["events"]) == by_rules
    assert len(parsed(article(sentence), article="a").tables["events"]) == by_parse


def test_a_day_that_only_the_pipeline_sees(parsed: Extractor) -> None:
    (event,) = parsed(article(TUESDAY), article="a").tables["events"]
    assert (str(event["date_start"]), event["date_precision"]) == ("2020-05-19", 1)


def test_what_is_not_parsed_is_read_by_the_rules(parsed: Extractor) -> None:
    """The pipeline gives these sentences no tree: the same rows but for the coder."""
    text = (Path(__file__).resolve().parents[3] / "tests/articles/example.txt").read_text(encoding="utf-8")
    rules, mine = extract(text, article="a"), parsed(text, article="a")
    assert [row | {"coder": ""} for row in mine.tables["events"]] == [
        row | {"coder": ""} for row in rules.tables["events"]
    ]


def test_only_sentences_with_a_trigger_are_parsed_and_together(saved: Path) -> None:
    spacy = pytest.importorskip("spacy")
    from conflict_events.converters.articles.extractors.spacy import Spacy, SpacySyntax

    asked: list[list[str]] = []

    class Counting:
        def __init__(self, nlp: Any) -> None:
            self.nlp = nlp

        def pipe(self, texts: list[str], **options: Any) -> Any:
            asked.append(list(texts))
            return self.nlp.pipe(texts, **options)

    read = Spacy(SpacySyntax("tiny", Counting(spacy.load(saved))))
    read(article(RELATIVE, "The governor spoke of rice.", WHOM), article="a")
    assert asked == [[RELATIVE, WHOM]]


def test_a_pipeline_that_fails_sets_the_article_aside() -> None:
    pytest.importorskip("spacy")
    from conflict_events.converters.articles.extractors.spacy import Spacy, SpacySyntax

    class Broken:
        def pipe(self, *_: object, **__: object) -> Any:
            raise RuntimeError("out of\norder")

    with pytest.raises(ExtractionError, match="'tiny' failed: RuntimeError: out of order"):
        Spacy(SpacySyntax("tiny", Broken()))(article(RELATIVE), article="a")


def test_html_is_parsed_too(parsed: Extractor) -> None:
    pytest.importorskip("trafilatura")
    page = f"<html><body><article><h1>Report</h1><p>{RELATIVE}</p><p>{WHOM}</p></article></body></html>"
    found = parsed(page, article="a", html=True)
    assert {row["coder"] for row in found.tables["events"]} == {"spacy/tiny"}


def test_convert_takes_it(saved: Path, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "a.txt"
    path.write_text(article(RELATIVE), encoding="utf-8")
    events = ce.convert(path, extractor=f"spacy:{saved}").tables["events"]
    assert events["coder"].to_pylist() == ["spacy/tiny"]
    code, out, _ = run("convert", path, "--extractor", f"spacy:{saved}", "--format", "jsonl")
    assert code == 0
    assert "Gunmen" in out


def test_without_spacy_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(UsageError, match=r"pip install 'conflict-events\[spacy\]'"):
        extractor("spacy")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("en_no_such_pipeline", "is not installed: python -m spacy download en_no_such_pipeline"),
        ("no/such/folder", "there is no spaCy pipeline at 'no/such/folder'"),
        ("pytest", "cannot be loaded|is not installed"),
        ("a\nb", "no pipeline's name"),
    ],
)
def test_a_pipeline_that_is_not_there(name: str, message: str) -> None:
    pytest.importorskip("spacy")
    with pytest.raises(UsageError, match=message) as caught:
        extractor(f"spacy:{name}")
    assert "\n" not in str(caught.value)


def test_a_pipeline_without_a_parser(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "flat")
    with pytest.raises(UsageError, match=r"lacks the pipe 'parser'.*its pipes: sentencizer"):
        extractor(f"spacy:{tmp_path / 'flat'}")


def test_a_pipeline_of_another_language(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("de")
    nlp.add_pipe("parser").add_label("sb")
    nlp.initialize()
    nlp.to_disk(tmp_path / "german")
    with pytest.raises(UsageError, match="reads the language 'de'"):
        extractor(f"spacy:{tmp_path / 'german'}")


def test_the_tree_of_universal_dependencies() -> None:
    """A preposition below its noun is found as one above it is."""
    lows = ("soldiers", "were", "killed", "by", "gunmen")
    parse = Parse(lows, (2, 2, 2, 4, 2), ("nsubj:pass", "aux:pass", "root", "case", "obl:agent"))
    assert list(parse.obliques(2)) == [("by", 4)]
    assert parse.passive(2)
    assert parse.top(0, 5) == 2


def test_a_tree_that_is_none() -> None:
    with pytest.raises(ValueError, match="head inside the sentence"):
        Parse(("a", "b"), (1, 2), ("dep", "dep"))
    circle = Parse(("a", "b"), (1, 0), ("dep", "dep"))
    assert len(list(circle.path(0))) == 2
