"""The declaration as one document: what is frozen for a version, compared, and fingerprinted.

`frozen/VERSION.json` is the declaration as it was when the version was cut. `check` fails when the declaration
has changed and VERSION has not.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

from conflict_events import schema
from conflict_events.schema import vocabulary

FROZEN = Path(__file__).resolve().parent / "frozen"


def rule_document(rule: schema.Rule) -> dict[str, Any]:
    """A rule as plain data, its kind named."""
    assert is_dataclass(rule.kind)
    return {
        **{k: v for k, v in asdict(rule).items() if k != "kind"},
        "kind": {"is": type(rule.kind).__name__, **asdict(rule.kind)},
    }


def document() -> dict[str, Any]:
    """The whole declaration as plain data, in a fixed order."""
    return {
        "version": schema.VERSION,
        "tables": [
            {
                "name": table.name,
                "description": table.description,
                "key": table.key,
                "sort": table.sort,
                "columns": [
                    {
                        "name": c.name,
                        "type": c.type.value,
                        "nullable": c.nullable,
                        "description": c.description,
                        "unit": c.unit,
                        "source": c.source,
                        "vocabulary": c.vocabulary,
                    }
                    for c in table.columns
                ],
            }
            for table in schema.TABLES
        ],
        "rules": [rule_document(rule) for rule in schema.RULES],
        "suites": [asdict(suite) for suite in schema.SUITES.values()],
        "vocabularies": {name: [asdict(term) for term in vocabulary.terms(name)] for name in vocabulary.vocabularies()},
    }


def text() -> str:
    """The document as the text that is frozen: JSON, two spaces, LF, a newline at the end."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def fingerprint() -> str:
    """SHA-256 of the frozen text: changes whenever anything in the declaration does."""
    return hashlib.sha256(text().encode()).hexdigest()


def frozen_path() -> Path:
    """The file that holds this version's declaration."""
    return FROZEN / f"{schema.VERSION}.json"


def differences() -> list[str]:
    """Where the declaration departs from its frozen copy, a line each; empty where it does not."""
    path = frozen_path()
    if not path.is_file():
        return [f"schema {schema.VERSION} is not frozen: run `conflict-events schema export --freeze`"]
    return _compare(json.loads(path.read_text(encoding="utf-8")), json.loads(text()), "")


def _compare(old: Any, new: Any, where: str) -> list[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        return [line for key in {**old, **new} for line in _compare(old.get(key), new.get(key), f"{where}/{key}")]
    if isinstance(old, list) and isinstance(new, list) and _keyed(old) and _keyed(new):
        return _compare(_by_key(old), _by_key(new), where)
    return [] if old == new else [f"{where or '/'}: {_short(old)} is now {_short(new)}"]


def _keyed(items: list[Any]) -> bool:
    return all(isinstance(i, dict) and any(k in i for k in ("id", "name", "code")) for i in items)


def _by_key(items: list[Any]) -> dict[str, Any]:
    return {str(i.get("id") or i.get("name") or i.get("code")): i for i in items}


def _short(value: Any) -> str:
    shown = "absent" if value is None else json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else shown[:57] + "..."
