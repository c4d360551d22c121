"""Machine learning on events: panels with lags, splits that do not leak, and proof that they do not.

`panel` makes a frame of units and months with targets, features and a mask of what was observed; `temporal`,
`rolling` and `grouped` split events; `audit` names what leaks.
"""

from __future__ import annotations

from conflict_events.ml.coverage import UCDP_GED, Coverage, shipped
from conflict_events.ml.panels import Panel, panel
from conflict_events.ml.splits import Leak, Split, audit, grouped, rolling, temporal

__all__ = [
    "UCDP_GED",
    "Coverage",
    "Leak",
    "Panel",
    "Split",
    "audit",
    "grouped",
    "panel",
    "rolling",
    "shipped",
    "temporal",
]
