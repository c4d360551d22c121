"""What a change of the schema demands of its version number."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from conflict_events.schema import freeze
from conflict_events.schema.changes import Document, bump, changes, demanded, enough

Edit = Callable[[Document], object]


def base() -> Document:
    found: Document = json.loads((freeze.FROZEN / "1.0.0.json").read_text(encoding="utf-8"))
    return found


def table(document: Document, name: str = "events") -> Any:
    return next(t for t in document["tables"] if t["name"] == name)


def column(document: Document, name: str) -> Any:
    return next(c for c in table(document)["columns"] if c["name"] == name)


def rule(document: Document, id: str) -> Any:
    return next(r for r in document["rules"] if r["id"] == id)


def upstream(document: Document) -> Any:
    return next(s for s in document["suites"] if s["name"] == "upstream")


def new_column(document: Document, nullable: bool) -> None:
    table(document)["columns"].append({**column(document, "notes"), "name": "fresh", "nullable": nullable})


def new_rule(document: Document, severity: str, kind: dict[str, Any]) -> None:
    document["rules"].append({**rule(document, "CE103"), "id": "CE999", "severity": severity, "kind": kind})


MATCHES = {"is": "Matches", "column": "fresh", "pattern": "x", "length": None}
REQUIRED_WHEN = {"is": "RequiredWhen", "column": "fresh", "when": {"column": "notes", "values": []}}
FIRST = {"is": "Differs", "first": "fresh", "second": "notes"}


def both(document: Document, kind: dict[str, Any]) -> None:
    new_column(document, True)
    new_rule(document, "error", kind)


def ranged(document: Document, low: float) -> None:
    rule(document, "CE464")["kind"]["low"] = low


CASES: list[tuple[str, Edit]] = [
    ("major", lambda d: d["tables"].pop()),
    ("major", lambda d: table(d)["columns"].pop()),
    ("major", lambda d: column(d, "notes").update(name="remarks")),
    ("major", lambda d: column(d, "deaths_best").update(type="double")),
    ("major", lambda d: column(d, "notes").update(nullable=False)),
    ("minor", lambda d: column(d, "origin").update(nullable=True)),
    ("major", lambda d: table(d).update(key=["origin", "origin_id"])),
    ("major", lambda d: column(d, "date_start").update(unit="month")),
    ("major", lambda d: column(d, "origin").update(vocabulary="event_type")),
    ("major", lambda d: column(d, "notes").update(vocabulary="event_type")),
    ("minor", lambda d: column(d, "origin").update(vocabulary=None)),
    ("minor", lambda d: new_column(d, True)),
    ("major", lambda d: new_column(d, False)),
    ("major", lambda d: d["vocabularies"]["origin"].pop()),
    ("minor", lambda d: d["vocabularies"]["origin"].append({**d["vocabularies"]["origin"][0], "code": "x"})),
    ("patch", lambda d: d["vocabularies"]["origin"][0].update(definition="Otherwise.")),
    ("major", lambda d: d["vocabularies"]["event_subtype"][0].update(parent="riots")),
    ("major", lambda d: new_rule(d, "error", {**MATCHES, "column": "notes"})),
    ("minor", lambda d: new_rule(d, "warning", {**MATCHES, "column": "notes"})),
    ("minor", lambda d: both(d, MATCHES)),
    ("minor", lambda d: both(d, FIRST)),
    ("major", lambda d: both(d, REQUIRED_WHEN)),
    ("minor", lambda d: d["rules"].remove(rule(d, "CE103"))),
    ("major", lambda d: ranged(d, 0.5)),
    ("minor", lambda d: ranged(d, -1)),
    ("minor", lambda d: rule(d, "CE103").update(severity="warning")),
    ("minor", lambda d: rule(d, "CE103").update(origins=["acled"])),
    ("patch", lambda d: rule(d, "CE103").update(message="otherwise")),
    ("patch", lambda d: column(d, "notes").update(description="Otherwise.")),
    ("patch", lambda d: table(d)["columns"].reverse()),
    ("major", lambda d: d["suites"][0].update(includes=["core", "release"])),
    ("major", lambda d: d["suites"].pop()),
    ("minor", lambda d: d["suites"].append({**d["suites"][0], "name": "fresh"})),
    ("minor", lambda d: d["vocabularies"].update(fresh=[])),
    ("major", lambda d: d["vocabularies"].pop("origin")),
    ("major", lambda d: upstream(d)["known_defects"].popitem()),
    ("minor", lambda d: upstream(d)["known_defects"].update(CE103="known")),
    ("patch", lambda d: upstream(d)["known_defects"].update(dict.fromkeys(upstream(d)["known_defects"], "otherwise"))),
    ("none", lambda d: d.update(version="1.0.1")),
]


@pytest.mark.parametrize(("wanted", "edit"), CASES, ids=[f"{n}-{wanted}" for n, (wanted, _) in enumerate(CASES)])
def test_each_change_demands_its_bump(wanted: str, edit: Edit) -> None:
    old = base()
    new = copy.deepcopy(old)
    edit(new)
    found = changes(old, new)
    assert demanded(found) == wanted, found
    if wanted in ("major", "minor"):
        assert changes(new, old) != ()
    assert enough(found, "1.0.0", "2.0.0")
    assert enough(found, "1.0.0", "1.0.1") is (wanted in ("none", "patch"))


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to every single value of a document."""
    if isinstance(value, (dict, list)) and value:
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*path, key))
    elif not isinstance(value, (dict, list)):
        yield path


def test_no_field_of_a_document_changes_unseen() -> None:
    old, seen = base(), set()
    for path in places(old):
        kind = tuple("#" if isinstance(part, int) else part for part in path)
        if (
            kind in seen or path[0] == "version" or path[-1] in ("severity", "suite")
        ):  # of these two only some are valid
            continue
        seen.add(kind)
        new = copy.deepcopy(old)
        inner: Any = new
        for part in path[:-1]:
            inner = inner[part]
        was = inner[path[-1]]
        inner[path[-1]] = not was if isinstance(was, bool) else was + 1 if isinstance(was, (int, float)) else f"{was}x"
        assert changes(old, new), path
    assert len(seen) > 40


def test_a_live_declaration_does_not_differ_from_its_frozen_copy() -> None:
    assert changes(freeze.document(), json.loads(freeze.text())) == ()


def test_a_version_never_goes_back() -> None:
    assert [bump("1.2.3", new) for new in ("2.0.0", "1.3.0", "1.2.10", "1.2.3")] == ["major", "minor", "patch", "none"]
    with pytest.raises(ValueError, match=r"version 1.0.9 is before 1.0.10"):
        bump("1.0.10", "1.0.9")
