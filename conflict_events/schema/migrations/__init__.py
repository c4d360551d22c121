"""Steps between schema versions that the two frozen documents cannot tell by themselves.

A column or table that is added needs no step: going up it is null, going down it is dropped and the loss counted. What
is renamed or recoded is one step here, between the version before the change and the one with it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RenameTable:
    """The table `old` is called `new`. Steps about its columns name the table as the newer version does."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RenameColumn:
    """The column `old` of the table (named as in the newer version) is called `new`."""

    table: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Recode:
    """Codes of a column, table and column named as in the newer version: pairs of old and new code.

    Where several old codes have one new code, the first of them is what comes back going down; the others are lost
    going up, and counted.
    """

    table: str
    column: str
    codes: tuple[tuple[str, str], ...]


Step = RenameTable | RenameColumn | Recode


@dataclass(frozen=True, slots=True)
class Migration:
    """The steps from one version to the next."""

    older: str
    newer: str
    steps: tuple[Step, ...]


MIGRATIONS: tuple[Migration, ...] = ()
"""Every migration that has steps, in order of versions. 1.0.0 to 1.2.0 only adds, and so needs none."""
