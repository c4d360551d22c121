"""Whether two texts are one text spelled in two ways.

They are where they are equal after Unicode compatibility decomposition (NFKD), case folding, and removal of accents,
punctuation and white space. Numbers are kept apart: what stands between two digits stays (18-20 is `18 – 20`, never
1820), so do a decimal point and a minus (1.5 is not 15, nor -5 5); zeros at the end of a decimal fraction go, so
`POINT (30.50 -5)` is `Point (30.5 -5.0)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conflict_events.files import quoted

if TYPE_CHECKING:
    import duckdb

FUNCTION, DECOMPOSED = "conflict_events_folded", "conflict_events_decomposed"

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


def register(con: duckdb.DuckDBPyConnection) -> None:
    """Make folding a macro of the connection.

    DuckDB compiles a pattern once; Arrow would for each batch, which costs more than to apply it. But DuckDB has no
    NFKD, nor the lower case of every letter, so these come from Arrow, for texts that are not ASCII.
    """
    import pyarrow.compute as pc
    from duckdb.func import PythonUDFType

    # DuckDB evaluates a function's annotations, and `pa` is not there when this module is only imported
    def decomposed(texts):  # type: ignore[no-untyped-def]
        return pc.utf8_lower(pc.utf8_normalize(texts, form="NFKD"))

    con.create_function(DECOMPOSED, decomposed, ["VARCHAR"], "VARCHAR", type=PythonUDFType.ARROW)
    sql = f"CASE WHEN {_is_ascii('x')} THEN lower(x) ELSE {DECOMPOSED}(x) END"
    for pattern, by in _STEPS:
        sql = f"regexp_replace({sql}, {quoted(pattern)}, {quoted(by)}, 'g')"
    con.execute(f"CREATE TEMP MACRO {FUNCTION}(x) AS {sql}")


def same(old: str, new: str, guard: str = "true") -> str:
    """The SQL that is true where both texts are there and spell one text; what is all punctuation spells none.

    Folding is dear, so it is left out where `guard` is false, and where both texts are ASCII and differ in a letter.
    """
    one, other = f"{FUNCTION}({old})", f"{FUNCTION}({new})"
    return (
        f"CASE WHEN {guard} AND ({_may_be(old, new)}) "
        f"THEN CASE WHEN {one} = {other} THEN {one} <> '' ELSE false END ELSE false END"
    )


def _may_be(old: str, new: str) -> str:
    """The SQL that is false only where folding would tell the texts apart: of ASCII, it keeps every letter."""
    letters = " = ".join(f"regexp_replace(lower({text}), '[^a-z]+', '', 'g')" for text in (old, new))
    return f"CASE WHEN {_is_ascii(old)} AND {_is_ascii(new)} THEN {letters} ELSE true END"


def _is_ascii(text: str) -> str:
    return f"strlen({text}) = length({text})"
