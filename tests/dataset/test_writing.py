"""`write` is the counterpart of `read`: what the rows do not change keeps its text."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflict_events.dataset.records import read, write
from conflict_events.errors import BadDataError

Tables = dict[str, list[dict[str, Any]]]


def _tables(records: Path) -> Tables:
    return {name: [dict(row) for row in rows] for name, rows in read(records).tables.items()}


def _texts(records: Path) -> dict[str, str]:
    return {p.relative_to(records).as_posix(): p.read_text(encoding="utf-8") for p in records.rglob("*.toml")}


def test_rows_as_they_were_read_change_no_file(records: Path) -> None:
    before = _texts(records)
    assert write(records, _tables(records)) == []
    assert _texts(records) == before


def test_only_the_record_that_changed_gets_another_text(records: Path) -> None:
    before = _texts(records)
    tables = _tables(records)
    tables["actors"][1]["name"] = "The South"
    assert [path.name for path in write(records, tables)] == ["actors.toml"]
    after = _texts(records)
    north, _, south = before["actors.toml"].partition('\n\n[[actors]]\nactor_id = "south"')
    assert after["actors.toml"] == f'{north}\n\n[[actors]]\nactor_id = "south"{south.replace("South", "The South")}'
    assert read(records).tables["actors"] == tables["actors"]


def test_an_event_whose_day_moves_goes_to_the_file_of_its_month(records: Path) -> None:
    tables = _tables(records)
    tables["events"][0] |= {"date_start": date(2016, 12, 2), "date_end": date(2016, 12, 2)}
    changed = write(records, tables)
    assert [path.name for path in changed] == ["2016-11.toml", "2016-12.toml"]
    assert [path.name for path in (records / "events").iterdir()] == ["2016-12.toml"]
    assert read(records).tables["events"] == tables["events"]
    assert read(records).tables["event_actors"] == tables["event_actors"]


def test_comments_before_a_record_go_with_it(records: Path) -> None:
    path = records / "actors.toml"
    text = path.read_text(encoding="utf-8").replace(
        '[[actors]]\nactor_id = "south"', '# checked\n# twice\n[[actors]]\nactor_id = "south"'
    )
    path.write_text(text, encoding="utf-8", newline="\n")
    tables = _tables(records)
    del tables["actors"][0]
    write(records, tables)
    assert path.read_text(encoding="utf-8").startswith('# checked\n# twice\n[[actors]]\nactor_id = "south"')


def test_a_line_in_a_text_that_looks_like_a_header_is_no_header(records: Path) -> None:
    tables = _tables(records)
    tables["events"][0]["notes"] = 'one\n[[events]]\nevent_id = "none"\n'
    write(records, tables)
    assert read(records).tables["events"] == tables["events"]
    tables["events"][0]["event_clarity"] = 1
    write(records, tables)
    assert read(records).tables["events"] == tables["events"]


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [
        ("events", {"origin": "article"}, "a row without event_id"),
        ("events", {"event_id": "e9", "mood": 1}, "unknown column mood"),
        ("event_actors", {"event_id": "e9", "name": "x", "side": "a", "role": "ally"}, "not among the events"),
        ("reports", {"report_id": "r9", "source_id": "s9"}, "its source 's9' is not in the records"),
    ],
)
def test_rows_that_cannot_be_written_change_nothing(
    records: Path, table: str, row: dict[str, Any], message: str
) -> None:
    before = _texts(records)
    tables = _tables(records)
    tables[table].append(row)
    tables["publishers"][0]["name"] = "Another"
    with pytest.raises(BadDataError, match=message):
        write(records, tables)
    assert _texts(records) == before


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(
    st.dictionaries(
        st.from_regex(r"e[0-9]{1,2}", fullmatch=True), st.tuples(st.dates(date(2016, 1, 1)), words, words), max_size=4
    ),
    st.data(),
)
def test_what_is_written_is_read_again(
    records: Path, told: dict[str, tuple[date, str, str]], data: st.DataObject
) -> None:
    tables = _tables(records)
    tables |= {"events": [], "event_actors": [], "casualties": [], "reports": []}
    for key, (day, name, notes) in told.items():
        tables["events"].append({"event_id": key, "origin": "article", "date_start": day, "notes": notes})
        tables["event_actors"].append({"event_id": key, "name": name, "side": "a", "role": "ally"})
    tables["events"] = data.draw(st.permutations(tables["events"]))
    write(records, tables)
    after = read(records).tables
    for name in ("events", "event_actors"):
        assert sorted(after[name], key=repr) == sorted(tables[name], key=repr)


def test_a_file_that_cannot_be_written_leaves_all_as_it_was(records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.read_bytes() for path in records.rglob("*") if path.is_file()}
    tables = _tables(records)
    tables["actors"][0]["name"] = "The North"
    tables["publishers"][0]["name"] = "Another"
    replace = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if "publishers" in self.name:
            raise OSError("no room")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no room"):
        write(records, tables)
    assert {path: path.read_bytes() for path in records.rglob("*") if path.is_file()} == before
