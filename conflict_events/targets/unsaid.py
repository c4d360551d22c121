"""The page of a format that says some of the rules: how many of each table, and which it cannot say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from conflict_events import schema


def page(about: str, said: Mapping[str, Collection[str]], why: Callable[[schema.Rule], str]) -> str:
    """Markdown: what the format is about, then the rules that it does not say, with the reason of each.

    said: table name -> ids of the rules that it says.
    """
    lines = [about, "## Rules that these files do not say", ""]
    all_said = sum(map(len, said.values()))
    all_rules = sum(len(table.rules) for table in schema.TABLES)
    lines += [f"They say {all_said} of {all_rules} rules.", ""]
    for table in schema.TABLES:
        unsaid = [rule for rule in table.rules if rule.id not in said[table.name]]
        lines += [f"### {table.name}: {len(said[table.name])} of {len(table.rules)}", ""]
        lines += [f"- {rule.id} {rule.name}: {why(rule)}" for rule in unsaid] or ["All are said."]
        lines.append("")
    return "\n".join(lines[:-1]) + "\n"
