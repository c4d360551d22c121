"""The rule catalogue in Markdown: `docs/reference/rules.md`."""

from __future__ import annotations

from collections.abc import Iterator

from conflict_events import schema
from conflict_events.schema.kinds import Compared, RelationalKind, Structure
from conflict_events.targets.dictionary import cell


def markdown() -> str:
    """Every rule with its id, severity, suite, origins, what, why, source and SQL file; ends in a newline."""
    lines = [
        "# Rules",
        "",
        f"Schema version {schema.VERSION}, {len(schema.RULES)} rules. Generated from the declaration in "
        "`conflict_events/schema/`; do not edit.",
        "",
        "A row rule is broken only where its statement is false: a null does not break it, and not-null is a rule of",
        "its own. Every row of a duplicated key fails. `ok` means that no rule of severity error is broken. Suite",
        "`release` has every rule of `core` too. In a message, `{column}` stands for the failing row's value.",
        "",
    ]
    lines += _section("Columns of a file", [r for r in schema.RULES if isinstance(r.kind, Structure)])
    lines += _section("A release beside the one before", [r for r in schema.RULES if isinstance(r.kind, Compared)])
    for table in schema.TABLES:
        lines += _section(table.name, list(table.rules))
    return "\n".join(lines).rstrip() + "\n"


def sql_file(rule: schema.Rule) -> str | None:
    """Path of the rule's SQL file from the project's root; None for a rule that needs no row."""
    if isinstance(rule.kind, (Structure, Compared)):
        return None
    return f"validation/sql/{rule.table}/{rule.id}_{rule.name}.sql"


def _section(title: str, rules: list[schema.Rule]) -> Iterator[str]:
    if not rules:
        return
    yield from (f"## {title}", "", "| id | name | severity | suite |", "| --- | --- | --- | --- |")
    for rule in rules:
        yield f"| [{rule.id}](#{rule.id.lower()}) | `{rule.name}` | {rule.severity} | {rule.suite} |"
    yield ""
    for rule in rules:
        yield from _entry(rule)


def _entry(rule: schema.Rule) -> Iterator[str]:
    path = sql_file(rule)
    yield from (f'<a id="{rule.id.lower()}"></a>', "", f"### {rule.id} {rule.name}", "")
    yield from (rule.explanation, "")
    yield f"- message: `{cell(rule.message)}`"
    yield f"- severity {rule.severity}, suite {rule.suite}, asks {_scope(rule)}"
    yield f"- source: {rule.source}"
    if path:
        yield f"- SQL: `{path}`"
    yield ""


def _scope(rule: schema.Rule) -> str:
    if isinstance(rule.kind, Structure):
        return "the file"
    if isinstance(rule.kind, Compared):
        return f"two releases of a table; limit {rule.kind.limit:.0%}"
    rows = f"rows of origin {', '.join(rule.origins)}" if rule.origins else "every row"
    return f"{rows}, several at once" if isinstance(rule.kind, RelationalKind) else rows
