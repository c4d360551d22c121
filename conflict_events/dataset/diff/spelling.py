"""Whether two texts are one text spelled in two ways.

They are where they are equal after Unicode compatibility decomposition (NFKD), case folding, and removal of accents,
punctuation and white space. Numbers are kept apart: what stands between two digits stays (18-20 is `18 – 20`, never
1820), so do a decimal point and a minus (1.5 is not 15, nor -5 5); zeros at the end of a decimal fraction go, so
`POINT (30.50 -5)` is `Point (30.5 -5.0)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

FUNCTION = "conflict_events_folded"

_POINT, _MINUS, _APART = "\ue000", "\ue001", "\ue002"
"""Stand for what is part of a number while punctuation is removed: characters of the private use area."""

_ACCENTS = (
    r"\x{0300}-\x{036f}\x{1ab0}-\x{1aff}\x{1dc0}-\x{1dff}\x{20d0}-\x{20ff}\x{fe20}-\x{fe2f}"  # Latin, Greek, Cyrillic
    r"\x{0591}-\x{05bd}\x{05bf}\x{05c1}\x{05c2}\x{05c4}\x{05c5}\x{05c7}"  # Hebrew points
    r"\x{064b}-\x{065f}\x{0670}\x{0640}"  # Arabic vowel signs, and the stretch of a line
)
"""Vowel signs of Indic scripts are marks too, but to drop them would make other words: they stay."""

_STEPS = (
    (r"[" + _ACCENTS + "]", ""),
    ("ß", "ss"),
    ("ς", "σ"),
    (r"([0-9])\.([0-9])", rf"\1{_POINT}\2"),
    (r"([0-9])\.([0-9])", rf"\1{_POINT}\2"),  # `1.2.3`: matches do not overlap
    (rf"({_POINT}[0-9]*?)0+($|[^0-9{_POINT}])", r"\1\2"),
    (rf"{_POINT}($|[^0-9])", r"\1"),
    (r"(^|[\s(\[,;:=])[-\x{2212}]([0-9])", rf"\1{_MINUS}\2"),
    # twice, since matches do not overlap: `1 2 3`
    *[(rf"([0-9])[^\pL\pN{_POINT}{_MINUS}{_APART}]+([0-9])", rf"\1{_APART}\2")] * 2,
    # spacing modifier letters are how Slavic soft signs and apostrophes are often transliterated
    (r"[\p{P}\p{Z}\p{Cc}\p{Cf}\p{Sk}\s\x{02b0}-\x{02ff}]", ""),
)


def folded(texts: pa.Array) -> pa.Array:
    """Each text as it is compared; null stays null."""
    import pyarrow.compute as pc

    texts = pc.utf8_lower(pc.utf8_normalize(texts, form="NFKD"))
    for pattern, by in _STEPS:
        texts = pc.replace_substring_regex(texts, pattern=pattern, replacement=by)
    return texts


def register(con: duckdb.DuckDBPyConnection) -> None:
    """Make `folded` a function of the connection."""

    from duckdb.func import PythonUDFType

    # DuckDB evaluates a function's annotations, and `pa` is not there when this module is only imported
    def unannotated(texts):  # type: ignore[no-untyped-def]
        return folded(texts)

    con.create_function(FUNCTION, unannotated, ["VARCHAR"], "VARCHAR", type=PythonUDFType.ARROW)


def same(old: str, new: str, guard: str = "true") -> str:
    """The SQL that is true where both texts are there and spell one text; what is all punctuation spells none."""
    one, other = f"{FUNCTION}({old})", f"{FUNCTION}({new})"
    return f"coalesce({guard} AND {one} <> '' AND {one} = {other}, false)"
