"""Markdown, for a release note or a comment. Data shows as text, never as markup."""

from __future__ import annotations

import re

from conflict_events.dataset.diff.formats import summary
from conflict_events.dataset.diff.result import Diff

SPECIAL = re.compile(r"[&<|`*\[\]#~\\@$]|\b_|_\b|https?(?=:)|www(?=\.)|^[-+>=]|^[0-9]+(?=[.)])")


def to_markdown(found: Diff, examples: int = 3) -> str:
    """The summary as Markdown, ending with a newline."""
    blocks = [f"### {_shown(summary.heading(found))}"]
    for one in found.tables:
        if not (one.differs or one.layout or one.labels):
            blocks.append(f"**{one.table}**: no difference in {summary.plural(one.rows_new, 'row')}")
            continue
        first, *rest = summary.counts(one)
        points = (f"- {_shown(line)}" for line in (*rest, *summary.layout(one)))
        blocks.append("\n".join([f"**{_shown(one.table)}**: {_shown(first)}", "", *points]))
        if one.columns:
            blocks.append(_table(summary.columns(one)))
        for what, shown in summary.examples(found, one, examples):
            blocks.append("\n".join([f"{_shown(what)}, for example", "", *(f"- {_shown(line)}" for line in shown)]))
    for tables, where in ((found.only_old, "before"), (found.only_new, "after")):
        if tables:
            blocks.append(f"Only {where}: {_shown(', '.join(tables))}")
    deaths = summary.deaths(found)
    if len(deaths) > 1:
        blocks.append(_table(deaths))
    return "\n\n".join(blocks) + "\n"


def _table(rows: summary.Rows) -> str:
    head, *body = ("| " + " | ".join(map(_shown, row)) + " |" for row in rows)
    return "\n".join([head, "|" + "|".join([" --- ", *[" ---: "] * (len(rows[0]) - 1)]) + "|", *body])


def _shown(text: str) -> str:
    """The text as itself: characters that may be markup as references."""
    return SPECIAL.sub(lambda found: "".join(f"&#{ord(c)};" for c in found[0]), text)
