"""Names of sides, and how alike two of them are.

A name is the set of its words: lower case, without accents, plural s, what stands in brackets, years and words that
most names have. Two names are alike by the mean of two shares: of the common words in both (Dice), and in the
shorter one, so that `PKK: Kurdistan Workers Party` is near to `PKK`. Where the shorter name is no more than a
country, the second share does not count: `Government of Syria` is not the `Free Syria Army`. A name that is the
initials of the other is 0.9. `Unidentified ...` and UCDP's provisional `XXX...` are no names.

Places are the same by name where what is left without words such as `village` is the same, and alike where its
consonants are: the vowels of a name differ from one transliteration to the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conflict_events.schema import vocabulary

if TYPE_CHECKING:
    import duckdb

EMPTY_WORDS = (
    *("of", "the", "and", "in", "for", "al", "el", "de", "du", "des", "la", "le"),
    *("government", "military", "armed", "force", "group", "militia", "communal", "faction"),
)
"""Words that do not tell one side from another; as they are without plural s."""

LITTLE_WORDS = ("of", "the", "and", "in", "for", "al", "el", "de", "du", "des", "la", "le")
"""Words that give no letter to an acronym."""

PLACE_WORDS = (
    *("of", "the", "al", "el", "ad", "an", "ar", "as", "at", "az", "de", "la", "le"),
    *("village", "town", "city", "district", "subdistrict", "neighborhood", "neighbourhood", "area", "quarter"),
)
"""Words that do not tell one place from another."""

INITIALS = 0.9
_PLAIN = "trim(regexp_replace(lower(strip_accents({0})), '[^\\p{{L}}\\p{{N}}]+', ' ', 'g'))"
_SINGULAR = "CASE WHEN len(w) > 3 AND w LIKE '%s' AND w NOT LIKE '%ss' THEN left(w, -1) ELSE w END"


def plain(column: str) -> str:
    """The SQL that takes case, accents and punctuation from a text."""
    return _PLAIN.format(column)


def words(text: str) -> str:
    """The SQL that gives the telling words of a plain text as a sorted list; all of its words where none is."""
    every = (
        f"list_sort(list_distinct(list_transform(list_filter(string_split({text}, ' '), "
        f"lambda w: w <> '' AND NOT regexp_full_match(w, '[0-9]{{4}}')), lambda w: {_SINGULAR})))"
    )
    return f"CASE WHEN len({_telling(every)}) > 0 THEN {_telling(every)} ELSE {every} END"


def _telling(every: str) -> str:
    return f"list_filter({every}, lambda w: w NOT IN {EMPTY_WORDS})"


def make(con: duckdb.DuckDBPyConnection) -> None:
    """Make `names` (name, text, plain, words, initials, only_country), one row a name that is one, from `given`."""
    # ACLED puts a country or years in brackets after a name: they say where and when, not who
    bare = plain("regexp_replace(text, '\\([^)]*\\)', ' ', 'g')")
    con.execute(
        f"CREATE TEMP TABLE _plain AS SELECT text, {bare} AS plain FROM "
        "(SELECT DISTINCT unnest([side_a, side_b]) AS text FROM given)"
    )
    countries = [term.label for term in vocabulary.terms("country")]
    con.execute(
        "CREATE TEMP TABLE _countries AS SELECT DISTINCT unnest(words) AS word FROM "
        f"(SELECT {words(plain('label'))} AS words FROM (SELECT unnest(?::VARCHAR[]) AS label))",
        [countries],
    )
    initials = (
        "CASE WHEN contains(plain, ' ') THEN array_to_string(list_transform(list_filter(string_split(plain, ' '), "
        f"lambda w: w NOT IN {LITTLE_WORDS}), lambda w: left(w, 1)), '') END"
    )
    con.execute(
        f"CREATE TEMP TABLE names AS SELECT row_number() OVER (ORDER BY text)::INTEGER AS name, text, plain, "
        "words, initials, "
        "NOT EXISTS (SELECT 1 FROM (SELECT unnest(p.words) AS word) WHERE word NOT IN (FROM _countries)) "
        f"AS only_country FROM (SELECT text, plain, {words('plain')} AS words, {initials} AS initials FROM _plain "
        "WHERE plain <> '' AND NOT regexp_matches(plain, '^(unidentified|unknown|xxx)')) AS p"
    )


def places(con: duckdb.DuckDBPyConnection) -> None:
    """Make `places` (text, spot, like_spot), one row a place name of `given`: names with equal numbers are the same,
    or alike; null where nothing is left of the name.

    `spot` is the name without the words that most places have, all of it where nothing else is in it. `like_spot`
    goes by the consonants, which the spellings of a name share: `Qayyara`, `Qaiyarah`; of a short name with fewer
    than three, by all its letters: `Aba` and `Abu` share two and nothing else. Doubled letters count once.
    """
    telling = "length(consonants) >= 3 OR (length(consonants) = 2 AND length(spot) > 5)"
    # a step at a time: written into one another, the texts of the steps would grow beyond what a parser does quickly
    steps = (
        f"*, {plain('text')} AS plain",
        f"*, array_to_string(list_filter(string_split(plain, ' '), lambda w: w NOT IN {PLACE_WORDS}), ' ') AS kept",
        "text, coalesce(nullif(kept, ''), plain) AS spot",
        "*, string_split(replace(regexp_replace(spot, '[aeiouwyh ]', '', 'g'), 'q', 'k'), '') AS firm",
        f"*, {_single('firm')} AS consonants, string_split(spot, '') AS letters",
        f"text, spot, CASE WHEN {telling} THEN consonants ELSE {_single('letters')} END AS alike",
    )
    query = "(SELECT DISTINCT place_name AS text FROM given WHERE place_name IS NOT NULL)"
    for step in steps:
        query = f"(SELECT {step} FROM {query})"
    numbers = ", ".join(
        f"CASE WHEN {column} <> '' THEN dense_rank() OVER (ORDER BY {column})::INTEGER END AS {name}"
        for column, name in (("spot", "spot"), ("alike", "like_spot"))
    )
    con.execute(f"CREATE TEMP TABLE places AS SELECT text, {numbers} FROM {query}")


def _single(letters: str) -> str:
    return f"array_to_string(list_filter({letters}, lambda c, i: i = 1 OR c <> {letters}[i - 1]), '')"


def compare(con: duckdb.DuckDBPyConnection, pairs: str) -> None:
    """Make `alike` (one, other, alike > 0) of those pairs of different names that the SQL gives as one, other.

    Only pairs that stand together in two events are compared: all pairs of names would be too many.
    """
    shorter = "(len(a.words) <= len(b.words) AND a.only_country) OR (len(b.words) <= len(a.words) AND b.only_country)"
    con.execute(
        "CREATE OR REPLACE TEMP TABLE alike AS SELECT one, other, "
        "CASE WHEN a.plain = b.initials OR b.plain = a.initials "
        f"THEN greatest({INITIALS}, shared) ELSE shared END::DOUBLE AS alike FROM (SELECT one, other, a, b, "
        "len(list_intersect(a.words, b.words)) AS n, 2 * n / (len(a.words) + len(b.words)) AS dice, "
        f"CASE WHEN {shorter} THEN dice ELSE (dice + n / least(len(a.words), len(b.words))) / 2 END AS shared "
        f"FROM (SELECT DISTINCT one, other FROM ({pairs}) WHERE one <> other) "
        "JOIN names AS a ON a.name = one JOIN names AS b ON b.name = other) WHERE alike > 0"
    )
