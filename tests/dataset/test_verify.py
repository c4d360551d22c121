from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from conflict_events.dataset.verify import Evidence, Problem, verify, verify_event
from conflict_events.errors import UsageError


def test_a_whole_release_has_no_problem(release: Path) -> None:
    assert verify(release) == []


def test_missing_and_extra_files_are_named(release: Path) -> None:
    (release / "links.parquet").unlink()
    (release / "CITATION.bib").unlink()
    (release / "more.parquet").write_bytes(b"")
    assert verify(release) == [
        Problem("links.parquet", "is missing"),
        Problem("CITATION.bib", "is missing"),
        Problem("more.parquet", "is not in the manifest"),
    ]


def test_other_rows_and_a_rewrite_of_the_same_rows_are_told_apart(release: Path) -> None:
    path = release / "actors.parquet"
    actors = pq.read_table(path)
    pq.write_table(actors, path, compression="gzip")
    assert verify(release) == [Problem(path.name, "was written anew: its bytes differ, its rows are the same")]
    pq.write_table(actors.slice(1), path)
    assert verify(release) == [Problem(path.name, "its rows are not those of the manifest")]


def test_a_cut_file_and_a_changed_document_are_found(release: Path) -> None:
    path = release / "actors.parquet"
    path.write_bytes(path.read_bytes()[:100])
    (release / "DICTIONARY.md").write_text("", encoding="utf-8")
    assert verify(release) == [
        Problem("actors.parquet", "cannot be read as the table it was"),
        Problem("DICTIONARY.md", "is not the file of the manifest: its bytes differ"),
    ]


def test_a_manifest_that_does_not_add_up_is_found(release: Path) -> None:
    path = release / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["files"][0]["digest"] = "0" * 64
    del manifest["files"][1]
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert [p.what for p in verify(release)] == [
        "the content digest of events.parquet is not that of its rows",
        "the release's digest does not follow from those of its tables",
        "lists no file of table event_actors",
        "is not in the manifest",
    ]


def test_the_evidence_of_an_event_is_found_in_the_article_however_it_is_laid_out(release: Path, article: str) -> None:
    (found,) = verify_event("e1", article, release)
    assert (found.report_id, found.source_id, found.found) == ("gazette-1-1", "gazette-1", True)
    assert found.span is not None
    assert article[slice(*found.span)].startswith("On Monday, at least 20\nfighters")
    start, end = found.span
    assert found.message == f"gazette-1-1 (gazette-1): its evidence stands at characters {start} to {end}"


def test_evidence_that_is_not_in_the_text_is_not_found(release: Path, article: str) -> None:
    (found,) = verify_event("e1", article.replace("20", "30"), release)
    assert found == Evidence("gazette-1-1", "gazette-1", False)
    assert found.message == "gazette-1-1 (gazette-1): its evidence is not in this text"


def test_a_message_names_the_file() -> None:
    assert Problem("links.parquet", "is missing").message == "links.parquet: is missing"
    assert Evidence("r", "s", None).message == "r (s): has no evidence to look for"


def test_an_event_that_is_not_there_is_a_wrong_call(release: Path) -> None:
    with pytest.raises(UsageError, match="no event 'e9'"):
        verify_event("e9", "", release)
