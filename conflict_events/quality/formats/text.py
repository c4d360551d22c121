"""A short report for a terminal: the verdict, then the rules that failed, the worst first, with examples."""

from __future__ import annotations

from conflict_events import schema
from conflict_events.quality.result import NotRun, Result

_ORDER = {schema.Severity.ERROR: 0, schema.Severity.WARNING: 1, schema.Severity.INFO: 2}


def to_text(result: Result, examples: int = 3) -> str:
    """The report, ending with a newline; `examples` failures are shown for each rule."""
    failed = sorted(
        (schema.rule(r) for r, n in result.counts.items() if n),
        key=lambda rule: (_ORDER[rule.severity], -result.counts[rule.id], rule.id),
    )
    errors = sum(result.counts[r.id] for r in failed if r.severity is schema.Severity.ERROR)
    verdict = "ok" if result.ok else "not ok"
    lines = [
        f"{verdict}: {_n(result.rows, 'row')} of {', '.join(sorted({c.table for c in result.checked}))}; "
        f"suite {result.suite}, {_n(len(result.counts), 'rule')}; {_n(errors, 'error')} "
        f"({result.seconds:.2f} s, {result.engine})"
    ]
    for rule in failed:
        lines.append("")
        lines.append(f"{rule.severity} {rule.id} {rule.name}: {_n(result.counts[rule.id], 'failure')}")
        lines.extend(f"  {line}" for line in _examples(result, rule.id, examples))
    lines.extend(_not_run(result.not_run))
    return "\n".join(lines) + "\n"


def _examples(result: Result, rule_id: str, limit: int) -> list[str]:
    import pyarrow.compute as pc

    rows = result.failures.filter(pc.equal(result.failures["rule_id"], rule_id))
    out = []
    for failure in rows.slice(0, limit).to_pylist():
        where = failure["file"] if failure["row"] is None else f"{failure['file']} row {failure['row']}"
        key = f" [{failure['key']}]" if failure["key"] else ""
        out.append(_printable(f"{where}{key}: {failure['message']}"))
    if rows.num_rows > limit:
        out.append(f"... and {rows.num_rows - limit:,} more")
    return out


def _not_run(skipped: tuple[NotRun, ...]) -> list[str]:
    reasons: dict[str, set[str]] = {}
    for one in skipped:
        reasons.setdefault(one.reason, set()).add(one.rule_id)
    if not reasons:
        return []
    lines = ["", f"{_n(len({s.rule_id for s in skipped}), 'rule')} did not run:"]
    lines.extend(f"  {', '.join(sorted(ids))}: {reason}" for reason, ids in sorted(reasons.items()))
    return lines


def _n(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _printable(text: str) -> str:
    """One line without control characters, so that bad data cannot write on the terminal."""
    return "".join(c if c.isprintable() else "�" for c in text)
