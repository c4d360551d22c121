"""A progress bar on standard error: only on a terminal, and only for work of more than two seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

PATIENCE = 2.0
"""Seconds before a bar is shown."""


@contextmanager
def progress(total: int, label: str) -> Iterator[Callable[..., None]]:
    """A function to call after each step, with how many of `total` it was (1 where not said).

    It draws nothing where standard error is no terminal.
    """
    started, done, bar = time.monotonic(), 0, None

    def step(size: int = 1) -> None:
        nonlocal done, bar
        done += size
        if bar is None and time.monotonic() - started > PATIENCE:
            bar = _bar(total, label)
            bar.update(done - size)
        if bar is not None:
            bar.update(size)

    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda size=1: None  # noqa: ARG005
        return
    try:
        yield step
        if bar is not None:
            bar.update(max(0, total - done))  # a zip's directory, say, is no step, and is done too
    finally:
        if bar is not None:
            bar.render_finish()


def _bar(total: int, label: str) -> Any:
    return click.progressbar(length=total, label=label, file=sys.stderr)
