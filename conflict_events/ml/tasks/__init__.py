"""Ready tasks, each with its split, its metrics and its baselines: what a model must beat before it is of use.

- `deaths`: deaths of a PRIO-GRID cell in a month, of UCDP GED files that the user brings
- `subtype`: the kind of an event, from columns that do not tell it
- `same_event`: which reports describe the same event
"""

from __future__ import annotations

from conflict_events.ml.tasks.deaths import deaths
from conflict_events.ml.tasks.same_event import same_event
from conflict_events.ml.tasks.subtype import subtype
from conflict_events.ml.tasks.task import Task

__all__ = ["Task", "deaths", "same_event", "subtype"]
