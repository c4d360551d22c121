"""Machine learning on events: panels with lags, splits that do not leak and proof of it, and fast batches.

`panel` makes a frame of units and months with targets, features and a mask of what was observed; `temporal`,
`rolling` and `grouped` split events; `audit` and `look_ahead` name what leaks; `fit` learns vocabularies from the
training part, and `batches` (NumPy) and `pytorch` load by them.
"""

from __future__ import annotations

from conflict_events.ml.audit import Leak, audit, look_ahead
from conflict_events.ml.batches import batches
from conflict_events.ml.coverage import UCDP_GED, Coverage, shipped
from conflict_events.ml.encoding import Encoding, fit
from conflict_events.ml.panels import Panel, panel
from conflict_events.ml.splits import Split, grouped, rolling, temporal

__all__ = [
    "UCDP_GED",
    "Coverage",
    "Encoding",
    "Leak",
    "Panel",
    "Split",
    "audit",
    "batches",
    "fit",
    "grouped",
    "look_ahead",
    "panel",
    "rolling",
    "shipped",
    "temporal",
]
