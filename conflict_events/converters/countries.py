"""Country codes of the field's datasets, and CAMEO's roles, as SQL expressions over columns of any size.

The codes are those of `crosswalk_country` and `crosswalk_cameo_actor`. An expression is one lookup in a constant map;
only the few codes whose meaning depends on the day cost a comparison more: 5 million rows in well under a second.
A join would need a table of spans beside every query, and a correlated subquery is far slower.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from string import ascii_uppercase
from typing import TYPE_CHECKING, NamedTuple

from conflict_events.schema import vocabulary

if TYPE_CHECKING:
    import duckdb

_OPEN_FROM, _OPEN_TO = "0001-01-01", "9999-12-31"
_NUMBERS = ("gw", "iso_numeric")


class _Span(NamedTuple):
    """What a code means between two days, both included; `country` is None where it has no single counterpart."""

    code: str
    country: str | None
    first: str
    last: str


@cache
def _spans(scheme: str) -> tuple[_Span, ...]:
    """The scheme's codes, normalised; KeyError where there is no such scheme."""
    if scheme not in vocabulary.codes("country_scheme"):
        raise KeyError(scheme)
    return tuple(
        _Span(
            _bare(scheme, row["code"] or ""),
            row["country"],
            row["valid_from"] or _OPEN_FROM,
            row["valid_to"] or _OPEN_TO,
        )
        for row in vocabulary.rows("crosswalk_country")
        if row["scheme"] == scheme
    )


def _bare(scheme: str, code: str) -> str:
    return code.lstrip("0") if scheme in _NUMBERS else code


def normalised(scheme: str, code: str) -> str:
    """SQL: the code as `country_codes` has it: text without blanks around; numbers without leading zeros or `.0`.

    code: a SQL expression, of a text or number type. A number with a fraction is no code and gives NULL.
    """
    return f"CAST({_number(code)} AS VARCHAR)" if scheme in _NUMBERS else _text(code)


def _text(code: str) -> str:
    return f"trim(CAST({code} AS VARCHAR))"


def _number(code: str) -> str:
    value = f"TRY_CAST({code} AS DOUBLE)"
    return f"CASE WHEN TRY_CAST({value} AS SMALLINT) = {value} THEN TRY_CAST({value} AS SMALLINT) END"


def load(con: duckdb.DuckDBPyConnection) -> None:
    """Make the table `country_codes`: scheme, code (normalised), country, valid_from, valid_to (null where open).

    For joins that list what a file uses and what is unknown; `country_of` does not need it.
    """
    rows = [(scheme, *span) for scheme in vocabulary.codes("country_scheme") for span in _spans(scheme)]
    columns = [list(column) for column in zip(*rows, strict=True)]
    con.execute(
        "CREATE OR REPLACE TEMP TABLE country_codes AS SELECT scheme, code, country, "
        f"CAST(nullif(first, '{_OPEN_FROM}') AS DATE) AS valid_from, "
        f"CAST(nullif(last, '{_OPEN_TO}') AS DATE) AS valid_to "
        "FROM (SELECT unnest($1) AS scheme, unnest($2) AS code, unnest($3) AS country, "
        "unnest($4) AS first, unnest($5) AS last)",
        columns,
    )


def country_of(scheme: str, code: str, day: str | None = None) -> str:
    """SQL: our country code for a code of the scheme on a day; NULL where the code is unknown or has no counterpart.

    scheme: of the vocabulary `country_scheme`. code: a SQL expression, of a text or number type. day: a SQL
    expression of type DATE; without one, and in rows where it is null, the meaning that is open today is taken.

    Raises KeyError for an unknown scheme.
    """
    spans = _spans(scheme)
    dated = sorted({span.code for span in spans if (span.first, span.last) != (_OPEN_FROM, _OPEN_TO)})
    plain = {span.code: span.country for span in spans if span.country and span.code not in dated}
    key = f"({_number(code)})" if scheme in _NUMBERS else _text(code)
    when = f"DATE '{_OPEN_TO}'" if day is None else f"coalesce({day}, DATE '{_OPEN_TO}')"
    branches = " ".join(f"WHEN {_same(scheme, key, one)} THEN {_on(spans, one, when)}" for one in dated)
    rest = f"CASE {branches} END" if dated else "NULL"
    return (_by_number if scheme in _NUMBERS else _by_letters)(plain, key, rest)


def _same(scheme: str, key: str, code: str) -> str:
    return f"{key} = {code}" if scheme in _NUMBERS else f"{key} = '{code}'"


def _by_number(countries: Mapping[str, str], key: str, rest: str) -> str:
    """A list indexed by the code. Its bounds are checked: a negative index would count from the end."""
    last = max(map(int, countries))
    entries = ", ".join(_literal(countries.get(str(number))) for number in range(1, last + 1))
    return f"coalesce(CASE WHEN {key} BETWEEN 1 AND {last} THEN [{entries}][{key}] END, {rest})"


def _by_letters(countries: Mapping[str, str], key: str, rest: str) -> str:
    """A look into a set, then the code itself where it is ours too; else a list indexed by two letters, or a small map.

    A map of all the codes would be searched from its beginning, several times slower.
    """
    same = [code for code, country in countries.items() if code == country]
    other = {code: country for code, country in countries.items() if code != country}
    if same:
        return f"(CASE WHEN {key} IN ({_listed(same)}) THEN {key} ELSE coalesce({_map(other)}[{key}], {rest}) END)"
    pairs = (first + second for first in ascii_uppercase for second in ascii_uppercase)
    entries = ", ".join(_literal(other.get(pair)) for pair in pairs)
    place = f"(ascii({key}) - 65) * 26 + ascii(substr({key}, 2, 1)) - 64"
    return f"(CASE WHEN {key} IN ({_listed(other)}) THEN [{entries}][{place}] ELSE {rest} END)"


def _map(entries: Mapping[str, str]) -> str:
    inner = ", ".join(f"'{code}': '{found}'" for code, found in entries.items())
    return f"MAP {{{inner}}}"


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(f"'{code}'" for code in codes)


def _on(spans: tuple[_Span, ...], code: str, day: str) -> str:
    cases = " ".join(
        f"WHEN {day} BETWEEN DATE '{span.first}' AND DATE '{span.last}' THEN {_literal(span.country)}"
        for span in spans
        if span.code == code
    )
    return f"CASE {cases} END"


def actor_type_of(cameo_role: str) -> str:
    """SQL: our actor type for a CAMEO role, where each actor of the role fits it (match exact or broad); else NULL.

    cameo_role: a SQL expression. An army or police of another country than the event's is external_forces: the
    caller, who knows both countries, must say so.
    """
    fair = {
        row["cameo_role"] or "": row["actor_type"] or ""
        for row in vocabulary.rows("crosswalk_cameo_actor")
        if row["match"] in ("exact", "broad")
    }
    return f"{_map(fair)}[{_text(cameo_role)}]"


def _literal(code: str | None) -> str:
    return "NULL" if code is None else f"'{code}'"
