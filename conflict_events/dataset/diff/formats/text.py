"""A short summary for a terminal."""

from __future__ import annotations

from conflict_events.dataset.diff.formats import summary
from conflict_events.dataset.diff.result import Diff


def to_text(found: Diff, examples: int = 3) -> str:
    """The summary, ending with a newline: counts, columns, examples, and deaths by country and year."""
    lines = [summary.heading(found)]
    for one in found.tables:
        if not (one.differs or one.layout or one.labels):
            lines += ["", f"{one.table}: no difference in {summary.plural(one.rows_new, 'row')}"]
            continue
        first, *rest = summary.counts(one)
        lines += ["", f"{one.table}: {first}", *(f"  {line}" for line in (*rest, *summary.layout(one)))]
        if one.columns:
            lines += ["", *_aligned(summary.columns(one))]
        for what, shown in summary.examples(found, one, examples):
            lines += ["", f"  {what}, for example", *(f"    {line}" for line in shown)]
    for tables, where in ((found.only_old, "before"), (found.only_new, "after")):
        if tables:
            lines += ["", f"only {where}: {', '.join(tables)}"]
    deaths = summary.deaths(found)
    if len(deaths) > 1:
        lines += ["", *_aligned(deaths)]
    return "\n".join(lines) + "\n"


def _aligned(rows: summary.Rows) -> list[str]:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    out = []
    for row in rows:
        cells = (c.rjust(w) if i else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True)))
        out.append(("  " + "  ".join(cells)).rstrip())
    return out
