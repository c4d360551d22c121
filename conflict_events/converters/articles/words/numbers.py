"""Numbers in words and figures."""

from __future__ import annotations

import re

_UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    w: 10 * n
    for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}
_STARTS = frozenset(_UNITS) | frozenset(_TENS) | {"a", "an"}
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,7}")


def number_at(lows: list[str], index: int) -> tuple[int, int] | None:
    """The number that begins at token `index` and the position after it, or None.

    "a hundred" and "half a dozen" count; ordinals, percentages and decimals do not.
    """
    low = lows[index]
    if not low[0].isdigit() and low.partition("-")[0] not in _STARTS:
        return None
    if _FIGURE.fullmatch(low):
        value, end = int(low.replace(",", "")), index + 1
        if end < len(lows) and lows[end] in ("thousand", "million"):
            value, end = value * _SCALES[lows[end]], end + 1
        return value, end
    if low in ("a", "an") and index + 1 < len(lows) and lows[index + 1] in ("hundred", "thousand", "dozen"):
        return _SCALES[lows[index + 1]], index + 2
    return _in_words(lows, index)


def _in_words(lows: list[str], index: int) -> tuple[int, int] | None:
    total, current, position, seen = 0, 0, index, False
    while position < len(lows):
        parts = lows[position].split("-")
        if all(part in _UNITS or part in _TENS for part in parts):
            current += sum(_UNITS.get(part, _TENS.get(part, 0)) for part in parts)
            seen = True
        elif seen and lows[position] in _SCALES:
            scale = _SCALES[lows[position]]
            current *= scale
            if scale >= 1000:
                total, current = total + current, 0
        elif not (seen and lows[position] == "and" and position and lows[position - 1] in ("hundred", "thousand")):
            break
        position += 1
    return (total + current, position) if seen else None
