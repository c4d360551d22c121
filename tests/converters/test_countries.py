"""Country codes and CAMEO roles as SQL: dates, traps between schemes, spellings that files have."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_events.converters import countries
from conflict_events.schema import vocabulary

SCHEMES = vocabulary.codes("country_scheme")
ROWS = vocabulary.rows("crosswalk_country")


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def country(con: duckdb.DuckDBPyConnection, scheme: str, code: object, day: str | None = None) -> object:
    when = None if day is None else f"DATE '{day}'"
    return con.execute(f"SELECT {countries.country_of(scheme, '$code', when)}", {"code": code}).fetchall()[0][0]


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("625", "2005-01-01", "SDN"),
        ("625", "2011-07-08", "SDN"),
        ("625", "2015-01-01", "SDN"),
        ("626", "2011-07-08", None),
        ("626", "2011-07-09", "SSD"),
        ("626", None, "SSD"),
        ("345", "1991-09-01", None),
        ("345", "1999-03-24", "SRB"),
        ("345", "2006-06-04", "SRB"),
        ("340", "2006-06-04", None),
        ("340", "2006-06-05", "SRB"),
        ("341", "2006-06-02", None),
        ("341", "2006-06-03", "MNE"),
        ("347", "2008-02-16", None),
        ("347", "2008-02-17", "XKX"),
        ("365", "1989-01-01", "RUS"),
        ("365", "2022-02-24", "RUS"),
        ("255", "1940-01-01", "DEU"),
        ("260", "1989-01-01", "DEU"),
        ("265", "1989-01-01", "DEU"),
        ("678", "1989-01-01", "YEM"),
        ("678", "2015-01-01", "YEM"),
        ("680", "1989-01-01", "YEM"),
        ("679", "1994-05-05", "YEM"),
        ("816", "1968-01-30", "VNM"),
        ("817", "1968-01-30", "VNM"),
        ("315", "1990-01-01", None),
        ("316", "1993-01-01", "CZE"),
        ("317", "1993-01-01", "SVK"),
        ("530", "1990-01-01", "ETH"),
        ("531", "1998-05-06", "ERI"),
        ("565", "1990-03-21", "NAM"),
        ("860", "2006-04-28", "TLS"),
        ("490", "1996-10-01", "COD"),
        ("484", "1997-06-05", "COG"),
        ("775", "2017-08-25", "MMR"),
        ("2", "2001-09-11", "USA"),
        ("990", "1990-01-01", "WSM"),
        ("397", "2008-08-08", None),
    ],
)
def test_gleditsch_ward_codes_follow_the_borders_of_the_day(
    con: duckdb.DuckDBPyConnection, code: str, day: str | None, expected: str | None
) -> None:
    assert country(con, "gw", code, day) == expected


# the same two letters, in FIPS and in ISO 3166-1
TRAPS = {
    "AU": ("AUT", "AUS"),
    "AS": ("AUS", "ASM"),
    "AG": ("DZA", "ATG"),
    "BG": ("BGD", "BGR"),
    "CD": ("TCD", "COD"),
    "CF": ("COG", "CAF"),
    "CG": ("COD", "COG"),
    "CH": ("CHN", "CHE"),
    "IS": ("ISR", "ISL"),
    "NG": ("NER", "NGA"),
    "NI": ("NGA", "NIC"),
    "NU": ("NIC", "NIU"),
    "SO": ("SOM", "SOM"),
    "SY": ("SYR", "SYR"),
    "TU": ("TUR", None),
    "UP": ("UKR", None),
    "IC": ("ISL", None),
    "IZ": ("IRQ", None),
    "SU": ("SDN", "RUS"),
    "SF": ("ZAF", None),
    "SZ": ("CHE", "SWZ"),
    "ES": ("SLV", "ESP"),
    "GM": ("DEU", "GMB"),
    "LE": ("LBN", None),
    "IQ": (None, "IRQ"),
    "YM": ("YEM", None),
    "YE": (None, "YEM"),
}


@pytest.mark.parametrize("code", TRAPS)
def test_two_letters_mean_another_country_in_fips_than_in_iso(con: duckdb.DuckDBPyConnection, code: str) -> None:
    assert (country(con, "fips", code), country(con, "iso_alpha2", code)) == TRAPS[code]


@pytest.mark.parametrize(
    ("scheme", "code", "expected"),
    [
        ("fips", "OD", "SSD"),
        ("fips", "KV", "XKX"),
        ("fips", "RI", "SRB"),
        ("fips", "RB", "SRB"),
        ("fips", "YI", "SRB"),
        ("fips", "MJ", "MNE"),
        ("fips", "WE", "PSE"),
        ("fips", "GZ", "PSE"),
        ("fips", "OS", None),
        ("cameo", "ROM", "ROU"),
        ("cameo", "ROU", "ROU"),
        ("cameo", "TMP", "TLS"),
        ("cameo", "ZAR", "COD"),
        ("cameo", "COD", "COD"),
        ("cameo", "ZAF", "ZAF"),
        ("cameo", "SAF", None),
        ("cameo", "EUR", None),
        ("cameo", "WSB", "PSE"),
        ("iso_numeric", "728", "SSD"),
        ("iso_numeric", "729", "SDN"),
        ("iso_numeric", "736", "SDN"),
        ("iso_numeric", "688", "SRB"),
        ("iso_numeric", "275", "PSE"),
        ("iso_numeric", "626", "TLS"),
    ],
)
def test_codes_with_one_meaning_need_no_day_and_mind_none(
    con: duckdb.DuckDBPyConnection, scheme: str, code: str, expected: str | None
) -> None:
    found = {country(con, scheme, code, day) for day in (None, "1997-01-01", "2005-01-01", "2024-01-01")}
    assert found == {expected}


def test_an_alpha_2_that_was_assigned_again_depends_on_the_day(con: duckdb.DuckDBPyConnection) -> None:
    found = [country(con, "iso_alpha2", "CS", day) for day in ("1990-01-01", "1998-01-01", "2004-01-01", "2010-01-01")]
    assert found == [None, None, "SRB", None]
    assert [country(con, "iso_alpha2", "SK", day) for day in ("1975-01-01", "1995-01-01", None)] == [
        "IND",
        "SVK",
        "SVK",
    ]


@pytest.mark.parametrize("code", ["4", "004", " 4 ", "4.0", "04.00", 4, 4.0])
def test_numbers_are_known_however_a_file_spells_them(con: duckdb.DuckDBPyConnection, code: object) -> None:
    assert country(con, "iso_numeric", code) == "AFG"


@pytest.mark.parametrize(
    "code", ["", " ", "-", "-4", "-625", "0", "1000", "625.5", "1e400", "nan", "x", "99999999999", None]
)
@pytest.mark.parametrize("scheme", ["gw", "iso_numeric"])
def test_what_is_no_number_of_a_country_is_null(con: duckdb.DuckDBPyConnection, scheme: str, code: str | None) -> None:
    assert country(con, scheme, code) is None


@pytest.mark.parametrize("code", ["", "S", "SUX", "A[", "[A", "S\u00dc", "\u00c9\u00c9", "su", "'", None])
def test_what_is_no_fips_code_is_null(con: duckdb.DuckDBPyConnection, code: str | None) -> None:
    assert country(con, "fips", code) is None


def test_a_null_day_takes_the_meaning_open_today(con: duckdb.DuckDBPyConnection) -> None:
    expression = countries.country_of("gw", "code", "day")
    query = f"SELECT {expression} FROM (VALUES ('626', NULL::DATE), ('345', NULL), ('315', NULL)) AS t(code, day)"
    assert con.execute(query).fetchall() == [("SSD",), ("SRB",), (None,)]


def test_an_unknown_scheme_is_refused() -> None:
    with pytest.raises(KeyError):
        countries.country_of("cow", "code")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_expression_says_what_the_table_says_on_the_edges_of_every_span(scheme: str) -> None:
    edges = {"1900-01-01", "2024-01-01"}
    for row in ROWS:
        for end in (row["valid_from"], row["valid_to"]):
            if end:
                day = date.fromisoformat(end)
                edges |= {str(day - timedelta(days=1)), end, str(day + timedelta(days=1))}
    with duckdb.connect() as con:
        countries.load(con)
        con.execute("CREATE TABLE days AS SELECT unnest($1)::DATE AS day", [sorted(edges)])
        wrong = con.execute(
            f"""
            WITH used AS (SELECT DISTINCT code FROM country_codes WHERE scheme = $1),
                 asked AS (SELECT code, day, {countries.country_of(scheme, "code", "day")} AS found FROM used, days)
            SELECT a.code, a.day, a.found, c.country FROM asked a LEFT JOIN country_codes c
            ON c.scheme = $1 AND c.code = a.code AND a.day BETWEEN coalesce(c.valid_from, DATE '0001-01-01')
               AND coalesce(c.valid_to, DATE '9999-12-31')
            WHERE a.found IS DISTINCT FROM c.country
            """,
            [scheme],
        ).fetchall()
    assert wrong == []


def test_country_codes_holds_every_row_with_its_dates() -> None:
    with duckdb.connect() as con:
        countries.load(con)
        countries.load(con)
        found = con.execute("SELECT * FROM country_codes WHERE scheme = 'gw' AND code IN ('626', '2') ORDER BY code")
        assert found.fetchall() == [("gw", "2", "USA", None, None), ("gw", "626", "SSD", date(2011, 7, 9), None)]
        assert con.execute("SELECT count(*) FROM country_codes").fetchall() == [(len(ROWS),)]


@given(st.sampled_from(ROWS), st.sampled_from(["", " ", "  "]), st.integers(0, 3))
def test_normalised_codes_join_with_country_codes(row: dict[str, str | None], blanks: str, zeros: int) -> None:
    scheme, code = row["scheme"] or "", row["code"] or ""
    number = scheme in ("gw", "iso_numeric")
    spelled = blanks + ("0" * zeros + code if number else code) + (".0" if number and zeros else "") + blanks
    with duckdb.connect() as con:
        found = con.execute(f"SELECT {countries.normalised(scheme, '$code')}", {"code": spelled}).fetchall()
    assert found == [(code.lstrip("0") if number else code,)]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("MIL", "state_forces"),
        ("COP", "state_forces"),
        ("SEP", "rebel_group"),
        ("INS", "rebel_group"),
        ("PKO", "external_forces"),
        ("MED", "civilians"),
        (" MIL ", "state_forces"),
        ("GOV", None),  # ministers too: narrow
        ("REB", None),
        ("UAF", None),
        ("OPP", None),
        ("", None),
        ("ZZZ", None),
        (None, None),
    ],
)
def test_a_role_gives_an_actor_type_only_where_every_actor_of_it_fits(
    con: duckdb.DuckDBPyConnection, role: str | None, expected: str | None
) -> None:
    assert con.execute(f"SELECT {countries.actor_type_of('$role')}", {"role": role}).fetchall() == [(expected,)]


EXPECTED = {"Myanmar (Burma)": "MMR", "Bangladesh": "BGD", "Ukraine": "UKR", "Sudan": "SDN"}


def test_every_country_of_the_ucdp_files_is_the_expected_one(shared: Path, con: duckdb.DuckDBPyConnection) -> None:
    seen: set[str] = set()
    for path in sorted((shared / "data" / "ucdp").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = {(row["country"], row["country_id"], row.get("iso3")) for row in csv.DictReader(file)}
        for name, code, iso3 in rows:
            if not name.startswith("#"):
                assert country(con, "gw", code) == EXPECTED[name]
                assert iso3 in (None, "", EXPECTED[name])
                seen.add(name)
    assert seen == EXPECTED.keys()


def test_importing_the_module_loads_no_heavy_library() -> None:
    import subprocess
    import sys

    heavy = ("duckdb", "pyarrow")
    code = f"import sys, conflict_events.converters.countries; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
