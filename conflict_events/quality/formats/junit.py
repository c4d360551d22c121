"""JUnit XML, which GitLab, Jenkins, Azure and most CI servers show: a suite for each file, a case for each rule.

Only a failure of a rule that blocks is a failed test; warnings, and what a policy excuses or allows, are output of a
passed one. A rule that did not run is a skipped test.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from conflict_events import schema
from conflict_events.quality.formats import sample, words
from conflict_events.quality.result import Checked, NotRun, Result


def to_junit(result: Result, examples: int = 3) -> str:
    """The report, ending with a newline; at most `examples` failures are listed for each rule and file."""
    cases = _Cases(result, examples)
    suites = [cases.suite(checked) for checked in result.checked]
    others = [s for s in result.not_run if s.file not in {c.file for c in result.checked}]
    if others:
        suites.append(_suite("rules that need other tables", [(s.rule_id, _skipped(s)) for s in others], 0))
    tests, failed, skipped = (sum(numbers[i] for _, numbers in suites) for i in range(3))
    head = (
        f'<testsuites name="conflict-events" tests="{tests}" failures="{failed}" errors="0" skipped="{skipped}" '
        f'time="{result.seconds:.3f}">'
    )
    body = "".join(text for text, _ in suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{body}</testsuites>\n'


class _Cases:
    """The test cases of one result, file by file."""

    def __init__(self, result: Result, examples: int) -> None:
        self.result = result
        self.counts = sample.file_counts(result)
        self.examples = sample.of_files(result, examples)
        self.blocking = set(result.blocking)
        self.skipped: dict[str, list[NotRun]] = {}
        for one in result.not_run:
            self.skipped.setdefault(one.file or "", []).append(one)

    def suite(self, checked: Checked) -> tuple[str, tuple[int, int, int]]:
        """One file's test suite, and how many tests, failures and skipped ones it has."""
        skipped = {s.rule_id: s for s in self.skipped.get(checked.file, []) if s.table == checked.table}
        cases = [(s.rule_id, _skipped(s)) for s in skipped.values()]
        for rule_id in self.result.counts:
            if schema.rule(rule_id).table in (checked.table, "*") and rule_id not in skipped:
                cases.append((rule_id, self._outcome(rule_id, checked.file)))
        return _suite(f"{checked.file} ({checked.table})", sorted(cases), checked.rows)

    def _outcome(self, rule_id: str, file: str) -> str:
        count = self.counts.get((rule_id, file), 0)
        if not count:
            return ""
        found = self.examples.get((rule_id, file), [])
        lines = [f"{words.place(f)}: {f.message}{_excuse(f)}" for f in found]
        if count > len(found):
            lines.append(f"... and {count - len(found):,} more")
        listed = "\n".join(_text(line) for line in lines)
        severity = self.result.severity(rule_id)
        summary = _attribute(f"{words.plural(count, 'failure')} of {rule_id} {schema.rule(rule_id).name}")
        if rule_id in self.blocking:
            return f"<failure message={summary} type={_attribute(severity)}>{listed}</failure>"
        return f"<system-out>{_text(f'{severity}: ')}{listed}</system-out>"


def _suite(name: str, cases: list[tuple[str, str]], rows: int) -> tuple[str, tuple[int, int, int]]:
    numbers = (
        len(cases),
        sum(body.startswith("<failure") for _, body in cases),
        sum(body.startswith("<skipped") for _, body in cases),
    )
    lines = [
        f'<testsuite name={_attribute(name)} tests="{numbers[0]}" failures="{numbers[1]}" errors="0" '
        f'skipped="{numbers[2]}" time="0">',
        f'<properties><property name="rows" value="{rows}"/></properties>',
    ]
    for rule_id, body in cases:
        title = _attribute(f"{rule_id} {schema.rule(rule_id).name}")
        lines.append(f'<testcase classname={_attribute(name)} name={title} time="0">{body}</testcase>')
    return "\n".join([*lines, "</testsuite>\n"]), numbers


def _skipped(one: NotRun) -> str:
    return f"<skipped message={_attribute(one.reason)}/>"


def _excuse(failure: sample.Failure) -> str:
    return "" if failure.excused is None else f" (excused: {failure.excused})"


def _text(text: str) -> str:
    """One line of text; `printable` leaves nothing that XML 1.0 forbids."""
    return escape(words.printable(text))


def _attribute(text: str) -> str:
    return quoteattr(words.printable(text))
