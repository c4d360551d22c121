"""Folding in DuckDB against the same steps by Arrow, which knows no short cut."""

from __future__ import annotations

from functools import cache

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.dataset.diff import spelling

LETTERS = "aAbzZ09 .,-–'’ʼ\u2212()\tßςłŁéÉﬁⅳ½Ḥкї\u0301\u064b\ue000\n\0"
TEXT = st.text(st.sampled_from(LETTERS), max_size=8) | st.text(max_size=8)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str | None, str | None]:
    """Two texts, the second often the first with a letter added, dropped, or in another case."""
    old = draw(TEXT)
    at = draw(st.integers(0, len(old)))
    new = draw(
        st.one_of(
            TEXT,
            st.sampled_from([old.upper(), old.lower(), old.strip(), old]),
            st.sampled_from(LETTERS).map(lambda c: old[:at] + c + old[at:]),
            st.just(old[:at] + old[at + 1 :]),
            st.none(),
        )
    )
    return old, new


@cache
def connection() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    spelling.register(con)
    return con


def folded(texts: list[str | None]) -> list[str | None]:
    """The steps of the module, one after the other, on every text."""
    found = pc.utf8_lower(pc.utf8_normalize(pa.array(texts, pa.string()), form="NFKD"))
    for pattern, by in spelling._STEPS:
        found = pc.replace_substring_regex(found, pattern=pattern, replacement=by)
    out: list[str | None] = found.to_pylist()
    return out


@given(st.lists(pairs(), min_size=1, max_size=40))
@settings(max_examples=40)
def test_two_texts_are_one_spelled_twice_where_they_fold_to_the_same(
    texts: list[tuple[str | None, str | None]],
) -> None:
    old, new = ([pair[i] for pair in texts] for i in (0, 1))
    data = pa.table({"n": range(len(texts)), "old": pa.array(old, pa.string()), "new": pa.array(new, pa.string())})
    con = connection()
    con.register("texts", data)
    found = con.sql(f"SELECT {spelling.same('old', 'new')} FROM texts ORDER BY n").fetchall()
    con.unregister("texts")
    expected = [bool(a) and a == b for a, b in zip(folded(old), folded(new), strict=True)]
    assert [said for (said,) in found] == expected
