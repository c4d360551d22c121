"""What an API says around its rows: that it refused, or that there are more rows than it gave."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_TOTALS = ("TotalCount", "total_count")
_PAGES = ("TotalPages", "total_pages")
_NEXT = re.compile(r"[?&]page=([0-9]{1,9})")


def told(envelope: Mapping[str, Any], rows: int) -> Iterator[str]:
    """What to tell the user of a JSON answer that came with so many rows.

    Read are UCDP's TotalCount and TotalPages, and ACLED's success, status, count, total_count, messages and error.
    """
    if envelope.get("success") is False or _number(envelope, ("status",), 200) not in (0, 200):
        yield f"the answer says that it failed{_said(envelope)}"
    elif _said(envelope):
        yield f"the answer says{_said(envelope)}"
    total, pages = _number(envelope, _TOTALS), _number(envelope, _PAGES)
    if total is not None and total > rows:
        # UCDP counts pages from 0, so the next one's number is this one's place
        following = _NEXT.search(str(envelope.get("NextPageUrl") or ""))
        of = f"page {following[1] if following else '?'} of {pages}" if pages else "a part"
        yield f"the answer is {of}: {total - rows:,} of {total:,} rows are missing"
    count = _number(envelope, ("count",))
    if count is not None and count != rows and count != total:
        yield f"the answer says that it has {count:,} rows and has {rows:,}"


def _said(envelope: Mapping[str, Any]) -> str:
    """The answer's own words."""
    said = next((envelope[key] for key in ("error", "messages", "message", "detail") if envelope.get(key)), None)
    if isinstance(said, list):
        said = "; ".join(map(str, said))
    if isinstance(said, Mapping):
        said = said.get("message", said)
    return f": {str(said)[:200]}" if said else ""


def _number(envelope: Mapping[str, Any], keys: tuple[str, ...], default: int | None = None) -> int | None:
    """The first of the keys that holds a number; other things are no number, and no fault of the rows."""
    for key in keys:
        value = envelope.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and value.isascii() and value.isdigit():
            return int(value)
    return default
