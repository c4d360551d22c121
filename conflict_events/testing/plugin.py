"""The pytest plugin: `pytest --conflict-events FILE` checks a data file, a test for each rule.

A rule of severity error that failed is a failed test with its first failing rows; one of lesser severity, or whose
failures a policy excuses or allows, is a passed test with a warning; one that could not run is a skipped test. The file
is checked while tests are collected, once. Nothing heavy is imported until the option is used.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conflict_events.quality import Result

EXAMPLES = 5
"""Failing rows that a failed test shows."""


class EventDataWarning(pytest.PytestWarning):
    """Data broke a rule in a way that does not make it bad."""


class RuleBrokenError(Exception):
    """Data broke a rule of severity error; the text lists its first failures."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options, apart from pytest's own."""
    group = parser.getgroup("conflict-events", "check event data (conflict-events)")
    group.addoption(
        "--conflict-events",
        action="append",
        default=[],
        metavar="FILE",
        dest="conflict_events",
        help="Parquet or CSV file of event data to check, a test for each rule; may be given several times",
    )
    group.addoption(
        "--conflict-events-suite",
        default="core",
        metavar="NAME",
        dest="conflict_events_suite",
        help="which rules: core (default), release or upstream",
    )
    group.addoption(
        "--conflict-events-policy",
        metavar="FILE",
        dest="conflict_events_policy",
        help="a file of waivers and thresholds (TOML)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Have the files collected beside the tests."""
    for path in _files(config):
        if not path.is_file():
            raise pytest.UsageError(f"--conflict-events {path}: there is no such file")
        if str(path) not in config.args:
            config.args.append(str(path))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> EventFile | None:
    """Collect the files that the option names, and no others."""
    if file_path.resolve() in _files(parent.config):
        made: EventFile = EventFile.from_parent(parent, path=file_path)
        return made
    return None


class EventFile(pytest.File):
    """A file of event data: its tests are the rules of the suite."""

    def collect(self) -> Iterator[RuleTest]:
        """Check the file and give a test for each rule, in the order of their ids."""
        import conflict_events as ce
        from conflict_events.errors import ConflictEventsError

        asked: dict[str, Any] = {"suite": self.config.getoption("conflict_events_suite")}
        policy = self.config.getoption("conflict_events_policy")
        if policy is not None:
            asked["policy"] = policy
        try:
            result = ce.validate(str(self.path), **asked)
        except ConflictEventsError as error:
            raise self.CollectError(str(error)) from None
        reasons = {skipped.rule_id: skipped.reason for skipped in result.not_run}
        for rule_id in sorted({*result.counts, *reasons}):
            name = f"{rule_id}-{ce.schema.rule(rule_id).name}"
            yield RuleTest.from_parent(self, name=name, rule_id=rule_id, result=result, reason=reasons.get(rule_id))


class RuleTest(pytest.Item):
    """One rule of one file."""

    def __init__(self, *, rule_id: str, result: Result, reason: str | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rule_id = rule_id
        self.result = result
        self.reason = reason

    def runtest(self) -> None:
        """Fail, warn, skip or pass, as the result says."""
        if self.reason is not None:
            pytest.skip(self.reason)
        if self.rule_id in self.result.blocking:
            raise RuleBrokenError(self._told(EXAMPLES))
        if self.result.counts[self.rule_id]:
            # the place to look at is the data, not this line
            warnings.warn_explicit(EventDataWarning(self._told(1)), None, str(self.path), 0)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The failing rows, without a traceback."""
        if isinstance(excinfo.value, RuleBrokenError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where the test is: the data file."""
        return self.path, None, self.name

    def _told(self, most: int) -> str:
        """How many rows break the rule, why it matters, and the first of them."""
        import pyarrow.compute as pc

        from conflict_events import schema

        rule, count = schema.rule(self.rule_id), self.result.counts[self.rule_id]
        rows = self.result.failures.filter(pc.equal(self.result.failures["rule_id"], self.rule_id))
        lines = [f"{rule.id} {rule.name}: {count} {'failure' if count == 1 else 'failures'}", rule.explanation]
        for failure in rows.slice(0, most).to_pylist():
            place = "the file" if failure["row"] is None else f"row {failure['row']}"
            key = f" ({failure['key']})" if failure["key"] else ""
            lines.append(f"  {place}{key}: {failure['message']}")
        if count > most:
            lines.append(f"  and {count - most} more")
        return "\n".join(lines)


def _files(config: pytest.Config) -> tuple[Path, ...]:
    return tuple(Path(config.invocation_params.dir, name).resolve() for name in config.getoption("conflict_events"))
