"""pandera loads each YAML and finds the rows that `validate` finds, for the rules that the YAML says."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import conflict_events as ce
from conflict_events import schema
from conflict_events.targets import pandera as words
from conflict_events.targets.arrow import to_table
from tests.broken_rows import GOOD, ONE_ROW, broken_row

pytest.importorskip("pandera")


@pytest.mark.parametrize("table", GOOD)
def test_the_schema_finds_what_validate_finds(table: str, root: Path) -> None:
    import pandera.pandas as pa
    from pandera.errors import SchemaErrors

    said = {r.id: words_of for r in schema.rules(table, "core") if (words_of := words.say(r, "yaml"))}
    loaded = pa.DataFrameSchema.from_yaml(root / "validation" / "pandera" / f"{table}.yaml")
    # nothing is lost on the way: as many checks as were written, and every column that may not be null
    assert sum(len(c.checks) for c in loaded.columns.values()) == sum(len(s.checks) for s in said.values())
    required = {c.title.split()[0] for c in loaded.columns.values() if not c.nullable}
    assert required == {rule_id for rule_id, s in said.items() if not s.checks}
    rows = to_table(table, [broken_row(rule) for rule in ONE_ROW if rule.table == table])
    wanted = {(f["rule_id"], f["row"]) for f in ce.validate(rows).failures.to_pylist() if f["rule_id"] in said}
    # dates as dates, and NaN no null; text of pandas' own dtype, as the page on these files says
    frame = rows.to_pandas(types_mapper=pd.ArrowDtype)
    frame = frame.astype({f.name: "str" for f in rows.schema if str(f.type) == "string"})
    with pytest.raises(SchemaErrors) as caught:
        loaded.validate(frame, lazy=True)
    found = set()
    for error in caught.value.schema_errors:
        label = error.schema.title if error.check == "not_nullable" else error.check.error
        found |= {(label.split()[0], int(index)) for index in error.failure_cases["index"]}
    assert found == wanted


def test_said_and_unsaid_are_all_rules(root: Path) -> None:
    page = (root / "validation" / "pandera" / "README.md").read_text(encoding="utf-8")
    unsaid = {line.split()[1] for line in page.splitlines() if line.startswith("- CE")}
    texts = [p.read_text(encoding="utf-8") for p in (root / "validation" / "pandera").glob("*.yaml")]
    rules = {rule.id for table in schema.TABLES for rule in table.rules}
    said = {rule for rule in rules if any(f": {rule} " in text for text in texts)}
    assert said | unsaid == rules
    assert not said & unsaid


def test_the_files_are_what_the_declaration_makes(root: Path) -> None:
    for name, text in words.files().items():
        assert (root / "validation" / "pandera" / name).read_text(encoding="utf-8") == text
