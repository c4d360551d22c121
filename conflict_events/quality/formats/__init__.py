"""Results for people and for machines, a module a format.

A new format is one module with a function from a result to text, and one line in FORMATS.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from conflict_events.quality.formats.github import to_github, write_step_summary
from conflict_events.quality.formats.html import to_html
from conflict_events.quality.formats.json import to_json
from conflict_events.quality.formats.junit import to_junit
from conflict_events.quality.formats.markdown import to_markdown
from conflict_events.quality.formats.sarif import to_sarif
from conflict_events.quality.formats.text import to_text
from conflict_events.quality.result import Result


@dataclass(frozen=True, slots=True)
class Options:
    """What a format may be told: failures shown for each rule, and whether the terminal shows colours."""

    examples: int = 3
    color: bool = False


FORMATS: dict[str, Callable[[Result, Options], str]] = {
    "text": lambda result, options: to_text(result, options.examples, options.color),
    "json": lambda result, _: to_json(result),
    "junit": lambda result, options: to_junit(result, options.examples),
    "github": lambda result, _: to_github(result),
    "sarif": lambda result, _: to_sarif(result),
    "markdown": lambda result, options: to_markdown(result, options.examples),
    "html": lambda result, _: to_html(result),
}
"""Every format by its name. Each text ends with a newline; files of it are UTF-8 with newlines as `\\n`."""

__all__ = [
    "FORMATS",
    "Options",
    "to_github",
    "to_html",
    "to_json",
    "to_junit",
    "to_markdown",
    "to_sarif",
    "to_text",
    "write_step_summary",
]
