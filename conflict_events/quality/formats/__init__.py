"""Results for people and for machines, a module a format.

A new format is a module NAME.py with a function `to_NAME`, and a line in FORMATS.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from conflict_events.quality.result import Result


@dataclass(frozen=True, slots=True)
class Options:
    """What a format may be told: failures shown for each rule, and whether the terminal shows colours."""

    examples: int = 3
    color: bool = False


FORMATS: Mapping[str, tuple[str, ...]] = {
    "text": ("examples", "color"),
    "json": (),
    "junit": ("examples",),
    "github": (),
    "sarif": (),
    "markdown": ("examples",),
    "html": (),
}
"""Every format by its name, and which of the Options it takes."""


def render(name: str, result: Result, options: Options | None = None) -> str:
    """The result in the format of that name; ends with a newline. Files of it are UTF-8 with newlines as `\\n`."""
    told = options or Options()
    function = getattr(import_module(f"conflict_events.quality.formats.{name}"), f"to_{name}")
    text: str = function(result, **{option: getattr(told, option) for option in FORMATS[name]})
    return text


__all__ = ["FORMATS", "Options", "render"]
