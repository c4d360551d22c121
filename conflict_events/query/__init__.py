"""SQL about the events: a DuckDB connection with every table as a view, and the macros.

Importing this loads neither DuckDB nor pyarrow.
"""

from __future__ import annotations

from conflict_events.query.connection import connect, sql

__all__ = ["connect", "sql"]
