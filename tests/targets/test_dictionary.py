from __future__ import annotations

import re

from conflict_events import schema
from conflict_events.schema import vocabulary
from conflict_events.targets import dictionary


def test_every_table_and_column_has_its_line() -> None:
    text = dictionary.markdown()
    for table in schema.TABLES:
        section = text.split(f"\n## {table.name}\n")[1].split("\n## ")[0]
        assert re.findall(r"^\| `(\w+)` \|", section, re.M) == list(table.names)


def test_every_code_of_every_vocabulary_is_explained() -> None:
    text = dictionary.markdown()
    for name in vocabulary.vocabularies():
        section = text.split(f"\n### {name}\n")[1].split("<a id=")[0]
        assert re.findall(r"^\| `([^`]+)` \|", section, re.M) == list(vocabulary.codes(name))


def test_a_column_shows_type_null_unit_source_and_vocabulary() -> None:
    line = next(x for x in dictionary.markdown().splitlines() if x.startswith("| `deaths_best` |"))
    assert "| `int32` | yes | persons |" in line
    assert line.endswith("| UCDP GED Codebook |  |")
    line = next(x for x in dictionary.markdown().splitlines() if x.startswith("| `origin` |"))
    assert "| `string` |  |  |" in line
    assert line.endswith("| [origin](#vocabulary-origin) |")


def test_every_link_leads_to_an_anchor() -> None:
    text = dictionary.markdown()
    anchors = set(re.findall(r'<a id="([^"]+)">', text)) | set(re.findall(r"^## (\w+)$", text, re.M))
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors
