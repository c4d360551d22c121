"""Countries by name and kinds by code: one meaning or none, whatever the case."""

from __future__ import annotations

import unicodedata

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_events.converters.machine_coded import Kind, agreed, countries_table, country_named, side_type
from conflict_events.schema import vocabulary

COUNTRIES = [(term.code, term.label) for term in vocabulary.terms("country")]


def countries(names: list[str]) -> list[str | None]:
    with duckdb.connect() as con:
        con.execute(countries_table())
        rows = con.execute(
            f"SELECT {country_named('name')} FROM "
            "(SELECT unnest($names) AS name, unnest(range(len($names))) AS i) ORDER BY i",
            {"names": names},
        ).fetchall()
    return [code for (code,) in rows]


@pytest.mark.parametrize("write", [str, str.lower, str.upper])
def test_every_country_of_ours_is_known_by_its_name_and_its_code(write: type[str]) -> None:
    names = [write(name) for code, label in COUNTRIES for name in (label, code)]
    assert countries(names) == [code for code, _ in COUNTRIES for _ in range(2)]


def test_names_are_known_without_their_accents() -> None:
    bare = [unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode() for _, label in COUNTRIES]
    assert countries(bare) == [code for code, _ in COUNTRIES]


def test_names_that_could_mean_two_countries_mean_none() -> None:
    assert countries(["Congo", "Korea", "Yugoslavia", "Guiana", ""]) == [None] * 5


KINDS = st.sampled_from(
    [("battles", None, None), ("riots", None, None), (None, None, None), ("battles", None, "a note")]
)


@given(st.lists(st.tuples(st.sampled_from("abc"), KINDS)))
def test_a_key_means_something_only_if_all_its_readings_say_the_same(readings: list[tuple[str, Kind]]) -> None:
    found = agreed(readings)
    for key in "abc":
        said = [kind for one, kind in readings if one == key]
        assert found.get(key) == (said[0] if len({kind[:2] for kind in said}) == 1 else None)


@pytest.mark.parametrize(
    ("kind", "own", "here", "expected"),
    [
        ("state_forces", "SYR", "SYR", "state_forces"),
        ("state_forces", "RUS", "SYR", "external_forces"),
        ("state_forces", None, "SYR", None),
        ("state_forces", "SYR", None, None),
        ("civilians", None, None, "civilians"),
        (None, "SYR", "SYR", None),
    ],
)
def test_forces_are_judged_against_the_country_of_the_event(
    kind: str | None, own: str | None, here: str | None, expected: str | None
) -> None:
    [row] = duckdb.execute(
        f"SELECT {side_type('kind', 'own', 'here')} FROM "
        "(SELECT $1::VARCHAR AS kind, $2::VARCHAR AS own, $3::VARCHAR AS here)",
        [kind, own, here],
    ).fetchall()
    assert row == (expected,)
