"""Texts for free columns and for patterns: plain ones first, then names in many scripts, then what breaks pipelines.

Everything is a pure function of an index, so that a small index gives a small text and shrinking has a direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

from conflict_events.errors import UsageError

SMALL = 1 << 16
"""Indices below this stand for themselves: they give simple values, in order. Larger ones are spread out."""

NAMES = (
    "Mosul",
    "Al-Bab",
    "Deir ez-Zor",
    "Ouagadougou",
    "Côte d'Ivoire",
    "الموصل",
    "Кабул",
    "北京市",
    "ལྷ་ས་",
    "Ağrı",
    "ירושלים",
)
NASTY = (
    "",
    " ",
    "  edges  ",
    "null",
    "NaN",
    "0",
    "-1",
    "e\u0301 combining",
    "👩\u200d👩\u200d👧",
    "\u202eright to left\u202c",
    "\u200b",
    "two\nlines",
    "\r\n",
    "\t",
    "\x00",
    "\x1b[31m",
    "'; DROP TABLE events; --",
    '"quoted", comma',
    "back\\slash",
    "\ufeffmark",
    "İıßﬁ",
    "𝔘",
    "{braces}",
    "%s",
    "=1+1",
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ODD = "aZ09.-/_%é~عق漢👩"
_POOL = 32
_LONG = 500


def text(index: int) -> str:
    """A text without any form: a letter or two, a name, or something nasty; one in about 200 is very long."""
    if index < SMALL:
        return _LETTERS[index % 26] * (1 + index // 26 % 4)
    kind, rest = index & 15, index >> 16
    if kind < 7:
        return NAMES[rest % len(NAMES)]
    if kind < 13:
        return NASTY[rest % len(NASTY)]
    joined = f"{NAMES[rest % len(NAMES)]}{NASTY[(rest >> 8) % len(NASTY)]}"
    return joined * _LONG if kind == 15 and rest % 13 == 0 else joined


@cache
def matching(pattern: str, length: int | None) -> tuple[str, ...]:
    """Texts that match the whole pattern and have the length, the shortest first.

    Raises UsageError for a pattern with a construct that we cannot write texts for.
    """
    parser: Any = import_module("re._parser")
    tree = parser.parse(pattern)
    found = {_write(tree, _digits(i * 0x9E3779B97F4A7C15 % 2**64)) for i in range(_POOL)}
    whole = re.compile(f"(?:{pattern})")
    good = {t for t in found if whole.fullmatch(t) and length in (None, len(t)) and not t.endswith("\n")}
    if not good:
        raise UsageError(f"no text could be written for the regular expression {pattern}")
    return tuple(sorted(good, key=lambda t: (len(t), t)))


def _digits(seed: int) -> Iterator[int]:
    """Without end: zeros for seed 0, else numbers of a linear congruential generator (Knuth's MMIX)."""
    state = seed
    while True:
        yield state >> 33
        if state:
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64


def _write(tree: Any, digits: Iterator[int]) -> str:
    out = ""
    for op, value in tree:
        match str(op):
            case "LITERAL":
                out += chr(value)
            case "NOT_LITERAL":
                out += _pick([c for c in _ODD if c != chr(value)], digits)
            case "ANY":
                out += _pick(_ODD, digits)
            case "IN":
                out += _pick(_members(value), digits)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                low, high, inner = value
                times = low + next(digits) % (min(int(high) - low, 8) + 1)
                out += "".join(_write(inner, digits) for _ in range(times))
            case "SUBPATTERN":
                out += _write(value[3], digits)
            case "BRANCH":
                out += _write(_pick(value[1], digits), digits)
            case "AT":
                pass
            case other:
                raise UsageError(f"no text can be written for {other} in a regular expression")
    return out


def _members(items: Any) -> list[str]:
    inside: list[str] = []
    negated = False
    for op, value in items:
        match str(op):
            case "NEGATE":
                negated = True
            case "LITERAL":
                inside.append(chr(value))
            case "RANGE":
                inside.extend(map(chr, range(value[0], value[1] + 1)))
            case _:
                inside.extend(c for c in _ODD if re.fullmatch({"CATEGORY_DIGIT": r"\d"}.get(str(value), r"\w"), c))
    return [c for c in _ODD if c not in inside] if negated else inside


def _pick(choices: Any, digits: Iterator[int]) -> Any:
    return choices[next(digits) % len(choices)]
