"""Every file that is generated from the declaration: path below the project's root -> text.

`conflict-events schema export` writes them, `conflict-events schema check` compares them. A new generated file adds its
line here and nowhere else.
"""

from __future__ import annotations

from pathlib import Path

from conflict_events.cli import reference as command_line
from conflict_events.quality.formats import json_schema
from conflict_events.query import reference as macros
from conflict_events.schema import freeze
from conflict_events.targets import dictionary, gx, odcs, pandera, rules_page, sql


def artefacts() -> dict[str, str]:
    """All generated files of the repository, the frozen schema and the built release apart."""
    return {
        **{f"validation/sql/{name}": text for name, text in sql.files().items()},
        **{f"validation/gx/{name}": text for name, text in gx.files().items()},
        **{f"validation/pandera/{name}": text for name, text in pandera.files().items()},
        "validation/contract.odcs.yaml": odcs.contract(),
        "validation/result.schema.json": json_schema.text(),
        "docs/reference/data-dictionary.md": dictionary.markdown(),
        "docs/reference/rules.md": rules_page.markdown(),
        "docs/reference/macros.md": macros.markdown(),
        "docs/reference/command-line.md": command_line.markdown(),
    }


def write(root: Path) -> list[Path]:
    """Write every artefact below `root`, and remove those whose rule or table is gone; returns what changed."""
    changed = []
    wanted = artefacts()
    for name, text in wanted.items():
        path = root / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path)
    for path in _left_over(root, wanted):
        path.unlink()
        changed.append(path)
    return changed


_GENERATED = ("sql/**/CE[0-9][0-9][0-9]_*.sql", "gx/*.json", "pandera/*.yaml")
"""What below validation/ is made from rules and tables; files of other names are not ours."""


def _left_over(root: Path, wanted: dict[str, str]) -> list[Path]:
    """Generated files whose rule or table is gone."""
    found = sorted(path for pattern in _GENERATED for path in (root / "validation").glob(pattern))
    return [path for path in found if path.relative_to(root).as_posix() not in wanted]


def stale(root: Path) -> list[str]:
    """What is not as the declaration says, a line each: the frozen schema, then each stale artefact."""
    problems = freeze.differences()
    if problems:
        problems = [f"the declaration changed and its version did not: {line}" for line in problems]
    wanted = artefacts()
    for name, text in wanted.items():
        path = root / name
        if not path.is_file():
            problems.append(f"{name} is missing: run `conflict-events schema export`")
        elif path.read_text(encoding="utf-8") != text:
            problems.append(f"{name} is stale: run `conflict-events schema export`")
    problems.extend(
        f"{path.relative_to(root).as_posix()} belongs to no rule or table: run `conflict-events schema export`"
        for path in _left_over(root, wanted)
    )
    return problems
