"""DuckDB's messages, which run over several lines, as one."""

from __future__ import annotations

import re

_KIND = re.compile(r"^[A-Z][A-Za-z -]* Error: ")
_POINTER = re.compile(r"\n+LINE \d+:.*", re.S)
_ADVICE = re.compile(r"\s*Please try installing.*|\s*Candidate functions:.*|\s*Stack Trace.*", re.S)


def one_line(error: BaseException) -> str:
    """What DuckDB says, on one line: without the kind of error, the drawn pointer and long lists, with its hint."""
    text = _ADVICE.sub("", _POINTER.sub("", _KIND.sub("", str(error))))
    return " ".join(text.split()) or type(error).__name__
