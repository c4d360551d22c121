"""Review: articles into records by way of sheets that a curator reads, mends and decides.

    propose   an article -> a sheet: its events with their sentences, beside events of the records that may be the same
    (the curator edits the sheet: it is plain TOML)
    apply     sheets -> records: new events, or accounts of events that are there
    join      events of the records that turned out to be one

A sheet holds the sentences that the events rest on, so it is working paper and is not committed. The records get
their hashes.
"""

from __future__ import annotations

from conflict_events.dataset.review.applying import Applied, apply
from conflict_events.dataset.review.joining import join
from conflict_events.dataset.review.proposing import propose

__all__ = ["Applied", "apply", "join", "propose"]
