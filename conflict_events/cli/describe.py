"""What `schema show` says of a table, a column, a rule or a vocabulary."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Any

from conflict_events import schema
from conflict_events.errors import UsageError
from conflict_events.schema import freeze, vocabulary


@dataclass(frozen=True, slots=True)
class Description:
    """The same thing for people and for programs."""

    text: str
    data: Any


def describe(name: str | None) -> Description:
    """Whatever bears the name; UsageError, with what is near it, where nothing does."""
    tables = {t.name: t for t in schema.TABLES}
    rules = {r.id: r for r in schema.RULES}
    if name is None:
        return _everything()
    if name in tables:
        return _table(tables[name])
    if name.upper() in rules:
        return _rule(rules[name.upper()])
    if name in vocabulary.vocabularies():
        return _vocabulary(name)
    table, _, column = name.rpartition(".")
    if table in tables and column in tables[table].names:
        return _column(tables[table], tables[table].column(column))
    known = [*tables, *rules, *vocabulary.vocabularies(), *(f"{t.name}.{c}" for t in tables.values() for c in t.names)]
    near = get_close_matches(name, known, 3, 0.5)
    hint = f"; do you mean {', '.join(near)}?" if near else ": `schema show` lists what there is"
    raise UsageError(f"no table, column, rule or vocabulary '{name}'{hint}")


def _everything() -> Description:
    lines = [f"schema {schema.VERSION}", "", "tables"]
    lines += [
        f"  {t.name:24}{len(t.columns):>3} columns {len(t.rules):>4} rules  {t.description}" for t in schema.TABLES
    ]
    lines += ["", "vocabularies", f"  {', '.join(vocabulary.vocabularies())}"]
    return Description("\n".join(lines), freeze.document())


def _table(table: schema.Table) -> Description:
    lines = [f"{table.name}: {table.description}", f"key: {', '.join(table.key)}", ""]
    for c in table.columns:
        lines.append(f"  {c.name:22}{c.type.value.split('<')[0]:8}{'?' if c.nullable else ' '} {c.description}")
    return Description("\n".join(lines), next(t for t in freeze.document()["tables"] if t["name"] == table.name))


def _column(table: schema.Table, column: schema.Column) -> Description:
    data = {
        "table": table.name,
        "name": column.name,
        "type": column.type.value,
        "nullable": column.nullable,
        "unit": column.unit,
        "description": column.description,
        "source": column.source,
        "vocabulary": column.vocabulary,
        "rules": [make(column).id for make in column.rules],
    }
    return Description(_listed(data), data)


def _rule(rule: schema.Rule) -> Description:
    data = freeze.rule_document(rule)
    shown = {k: v for k, v in data.items() if v} | {"severity": rule.severity.value, "kind": type(rule.kind).__name__}
    return Description(_listed(shown), data)


def _vocabulary(name: str) -> Description:
    terms = vocabulary.terms(name)
    lines = [f"  {t.code:36}{t.label}. {t.definition}".rstrip() for t in terms]
    return Description("\n".join([f"vocabulary {name}", *lines]), [asdict(t) for t in terms])


def _listed(data: dict[str, Any]) -> str:
    def plain(value: Any) -> str:
        return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)

    return "\n".join(f"{key:12} {plain(value)}" for key, value in data.items() if value is not None)
