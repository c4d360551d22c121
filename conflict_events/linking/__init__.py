"""Linking: which events of different origins tell of the same happening. Nothing is merged."""

from __future__ import annotations

from conflict_events.linking.linked import Linked, Summary
from conflict_events.linking.run import link

__all__ = ["Linked", "Summary", "link"]
