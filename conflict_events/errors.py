"""The errors a user can meet. Each message is one line: what is wrong, where, and how to mend it.

The command line turns the class into the exit code: 2 the call is wrong, 1 the data is bad.
"""

from __future__ import annotations


class ConflictEventsError(Exception):
    """Base of every error that this package raises on purpose."""

    exit_code = 2


class UsageError(ConflictEventsError):
    """The call is wrong: an unknown name, a missing file, an extra that is not installed (exit 2)."""


class BadDataError(ConflictEventsError):
    """The data is bad: a file that cannot be read as what it claims to be (exit 1)."""

    exit_code = 1
