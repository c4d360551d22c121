"""A short report for a terminal: the verdict, then the rules that failed, the worst first, with examples."""

from __future__ import annotations

import click

from conflict_events import schema
from conflict_events.quality.formats import sample, words
from conflict_events.quality.result import Result

_COLORS = {schema.Severity.ERROR: "red", schema.Severity.WARNING: "yellow", schema.Severity.INFO: "blue"}

SHOWN = 8
"""Most ids of rules that did not run for one reason."""


def to_text(result: Result, examples: int = 3, color: bool = False) -> str:
    """The report, ending with a newline; `examples` failures are shown for each rule, colours only where asked."""

    def style(text: str, **how: bool | str) -> str:
        return click.style(text, **how) if color else text  # type: ignore[arg-type]

    word, rest = words.verdict(result).split(":", 1)
    lines = [style(word, fg="green" if result.ok else "red", bold=True) + ":" + words.printable(rest)]
    shown = sample.of_rules(result, dict.fromkeys(result.worst_first, examples))
    for rule_id in result.worst_first:
        severity = result.severity(rule_id)
        name = style(f"{rule_id} {schema.rule(rule_id).name}", bold=True)
        lines += ["", f"{style(severity, fg=_COLORS[severity])} {name}: {words.tally(result, rule_id)}"]
        for failure in shown.get(rule_id, []):
            excuse = f" (excused: {failure.excused})" if failure.excused is not None else ""
            place = style(words.printable(words.place(failure)), dim=True)
            lines.append(f"  {place}: {words.printable(failure.message + excuse)}")
        more = result.counts[rule_id] - len(shown.get(rule_id, []))
        if more:
            lines.append(style(f"  ... and {more:,} more", dim=True))
    if result.not_run:
        lines += ["", f"{words.plural(len({s.rule_id for s in result.not_run}), 'rule')} did not run:"]
        lines += [words.printable(f"  {_few(ids)}: {reason}") for reason, ids in words.not_run(result)]
    return "\n".join(lines) + "\n"


def _few(ids: list[str]) -> str:
    """Some of the ids; the other formats have all of them."""
    more = f" and {len(ids) - SHOWN:,} more" if len(ids) > SHOWN else ""
    return ", ".join(ids[:SHOWN]) + more
