"""GitHub Actions: annotations on the files of a pull request, and the summary page of a step."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from conflict_events import schema
from conflict_events.quality.formats import sample, words
from conflict_events.quality.formats.lines import Lines, is_file, relative
from conflict_events.quality.formats.markdown import to_markdown
from conflict_events.quality.result import Result

MOST = 10
"""Annotations of each severity that GitHub shows for a step."""
SUMMARY_BYTES = 1024 * 1024
"""The most that GitHub takes as the summary of a step; it shows nothing of a larger one."""
COMMANDS = ("error", "warning", "notice")


def to_github(result: Result) -> str:
    """The verdict, then workflow commands that annotate files, the worst first, at most 10 of each severity.

    Errors that do not block, since a policy excuses or allows them, are warnings; excused failures are only counted.
    """
    lines = [words.printable(words.verdict(result))]
    places = Lines(result)
    excused = result.excused_counts
    left = {r: result.counts[r] - excused.get(r, 0) for r in result.worst_first}
    quota = {
        command: sample.quotas({r: left[r] for r in left if _command(result, r) == command}, MOST)
        for command in COMMANDS
    }
    found = sample.of_rules(result, {r: n for rules in quota.values() for r, n in rules.items()})
    for command, rules in quota.items():
        lines.extend(_annotation(command, f, places.of(f.file, f.row)) for r in rules for f in found.get(r, ()))
        more = sum(left[r] for r in rules) - sum(rules.values())
        if more:
            lines.append(f"... and {words.plural(more, command)} more: GitHub shows {MOST} of each for a step")
    if excused:
        lines.append(f"{words.plural(sum(excused.values()), 'failure')} excused by the policy")
    return "\n".join(lines) + "\n"


def write_step_summary(result: Result, env: Mapping[str, str], examples: int = 3) -> bool:
    """Append the Markdown report to the file that $GITHUB_STEP_SUMMARY names; whether there is one.

    Cut, and says so, where GitHub would refuse it for its length.
    """
    name = env.get("GITHUB_STEP_SUMMARY")
    if not name:
        return False
    path = Path(name)
    room = SUMMARY_BYTES - (path.stat().st_size if path.exists() else 0)
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(to_markdown(result, examples, room))
    return True


def _command(result: Result, rule_id: str) -> str:
    severity = result.severity(rule_id)
    if severity is schema.Severity.ERROR:
        return "error" if rule_id in result.blocking else "warning"
    return "warning" if severity is schema.Severity.WARNING else "notice"


def _annotation(command: str, failure: sample.Failure, line: int | None) -> str:
    properties = {"title": f"{failure.rule_id} {schema.rule(failure.rule_id).name}"}
    message = failure.message
    if is_file(failure.file):
        properties = {"file": relative(failure.file)} | ({"line": str(line)} if line else {}) | properties
    if line is None and failure.row is not None:
        message = f"{words.place(failure)}: {message}"
    elif failure.key:
        message = f"[{failure.key}] {message}"
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{command} {told}::{_data(message)}"


def _data(text: str) -> str:
    """The escapes of a workflow command's message; what a terminal would act on is replaced."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "%0A".join(words.printable(line).replace("%", "%25") for line in lines)


def _property(text: str) -> str:
    """The escapes of a workflow command's property."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return words.printable(escaped.replace(":", "%3A").replace(",", "%2C"))
