from __future__ import annotations

import re

from conflict_events import schema
from conflict_events.targets import rules_page, sql


def test_every_rule_stands_once() -> None:
    found = re.findall(r"^### (\w+) (\w+)$", rules_page.markdown(), re.M)
    assert found == [(rule.id, rule.name) for rule in schema.RULES]


def test_every_sql_path_is_a_file_that_is_generated() -> None:
    named = {path for rule in schema.RULES if (path := rules_page.sql_file(rule))}
    assert named == {f"validation/sql/{name}" for name in sql.files() if name.endswith(".sql")}


def test_an_entry_says_what_why_how_bad_and_where_from() -> None:
    entry = rules_page.markdown().split("### CE213 ")[1].split("<a id=")[0]
    assert entry.splitlines()[2:] == [
        "In UCDP GED the four counts by side always add up to the best estimate.",
        "",
        "- message: `the deaths by side add up to another figure than deaths_best {deaths_best}`",
        "- severity error, suite core, asks rows of origin ucdp_ged",
        "- source: UCDP GED Codebook",
        "- SQL: `validation/sql/events/CE213_deaths_add_up.sql`",
        "",
    ]
