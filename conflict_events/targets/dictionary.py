"""The data dictionary in Markdown: every table, every column, every code.

It becomes `docs/reference/data-dictionary.md` and the `DICTIONARY.md` of a release.
"""

from __future__ import annotations

from collections.abc import Iterator

from conflict_events import schema
from conflict_events.schema import vocabulary


def markdown() -> str:
    """The whole dictionary, ending in a newline."""
    lines = [
        "# Data dictionary",
        "",
        f"Schema version {schema.VERSION}. Generated from the declaration in `conflict_events/schema/`; do not edit.",
        "",
        "Types are Arrow's. A column without a mark under *null* is never null. A column with a vocabulary takes only",
        "its codes, which stand at the end.",
        "",
        "## Tables",
        "",
        "| table | what | key |",
        "| --- | --- | --- |",
        *(
            f"| [{table.name}](#{table.name}) | {cell(table.description)} | {', '.join(table.key)} |"
            for table in schema.TABLES
        ),
        "",
    ]
    for table in schema.TABLES:
        lines += _table(table)
    lines += ["## Vocabularies", ""]
    for name in vocabulary.vocabularies():
        lines += _vocabulary(name)
    return "\n".join(lines).rstrip() + "\n"


def cell(text: str) -> str:
    """Text as one cell of a Markdown table."""
    return text.replace("|", "\\|").replace("\n", " ")


def _table(table: schema.Table) -> Iterator[str]:
    yield from (f"## {table.name}", "", table.description, "")
    yield f"Key: {', '.join(f'`{c}`' for c in table.key)}. Sorted by {', '.join(f'`{c}`' for c in table.sort)}."
    yield from (
        "",
        "| column | type | null | unit | description | source | vocabulary |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    )
    for column in table.columns:
        name = column.vocabulary
        cells = (
            f"`{column.name}`",
            f"`{column.type.value}`",
            "yes" if column.nullable else "",
            cell(column.unit or ""),
            cell(column.description),
            cell(column.source),
            f"[{name}](#vocabulary-{name})" if name else "",
        )
        yield f"| {' | '.join(cells)} |"
    yield ""


def _vocabulary(name: str) -> Iterator[str]:
    terms = vocabulary.terms(name)
    yield from (f'<a id="vocabulary-{name}"></a>', "", f"### {name}", "")
    has_parent = any(term.parent for term in terms)
    yield f"| code |{' within |' if has_parent else ''} label | definition | source |"
    yield f"| --- |{' --- |' if has_parent else ''} --- | --- | --- |"
    for term in terms:
        parent = f" {f'`{term.parent}`' if term.parent else ''} |" if has_parent else ""
        yield f"| `{term.code}` |{parent} {cell(term.label)} | {cell(term.definition)} | {cell(term.source)} |"
    yield ""
