"""GDELT 2.0 mentions: each report in which a machine saw an event of GDELT told (free to use, cite GDELT).

One row is one account of one document, so it becomes a row of `reports`, beside `sources` and `publishers`. It says
where in the document the event stands and nothing of what the event was: that is in the events file, whose rows have
the same ids. A document's language is English where no translation is noted. What kind of publisher a source has
GDELT does not say: `other`, as for every publisher that nobody has looked at. Where the language has no code of two
letters (ISO 639-1) a row of `sources` would have to invent one, so there is none, and CE333 names the reports.
"""

from __future__ import annotations

import csv
from pathlib import Path

from conflict_events.converters.tabular.cells import Id, Text
from conflict_events.converters.tabular.dataset import Dataset, Headless, Layout, Made, Mapped, SideTable

COLUMNS = (
    *("GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier"),
    *("SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence"),
    *("MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras"),
)
"""The 16 columns, in order."""

_WEB = "1"
_ONE = ("MentionTimeDate", "MentionType", "MentionIdentifier", "SentenceID", *(c for c in COLUMNS if "Offset" in c))
"""What tells a document's mentions of an event apart."""

_TRANSLATED = "MentionDocTranslationInfo"
_CODE = f"split_part(split_part({_TRANSLATED}, ';', 1), ':', 2)"


def fits(first: tuple[str, ...]) -> bool:
    """Whether a record without a header is a mention: a number, two times of fourteen digits, a kind of document."""
    number, *times, kind = (cell.strip() for cell in first[:4])
    return number.isdecimal() and all(len(t) == 14 and t.isdecimal() for t in times) and kind in tuple("123456")


def _languages() -> dict[str, str]:
    """ISO 639-2 code (of both kinds) -> ISO 639-1 code."""
    with Path(__file__).with_name("languages.csv").open(encoding="utf-8", newline="") as handle:
        return {row["code"]: row["iso_639_1"] for row in csv.DictReader(handle)}


def _id(*columns: str) -> str:
    """SQL of an id of what these cells say; an empty cell counts as one."""
    cells = ", ".join(f"coalesce({c}, '')" for c in columns)
    return f"md5(concat_ws(chr(31), {cells}))"


_PUBLISHER = "coalesce('gdelt:' || MentionSourceName, 'unknown')"
_SHORT = ", ".join(f"'{code}': '{short}'" for code, short in _languages().items())
_LANGUAGE = (
    f"CASE WHEN {_TRANSLATED} IS NULL THEN 'en' WHEN starts_with({_TRANSLATED}, 'srclc:') "
    f"THEN MAP {{{_SHORT}}}[lower({_CODE})] END"
)

GDELT_MENTIONS = Dataset(
    name="gdelt_mentions",
    title="GDELT mentions",
    licence="free to use and redistribute with attribution, the GDELT Project (gdeltproject.org)",
    into="reports",
    key=frozenset({"GLOBALEVENTID", "MentionTimeDate", "MentionType", "MentionIdentifier", "SentenceID"}),
    layouts=(Layout("2.0, with a header", version="2.0"),),
    headless=(Headless("2.0 (16 columns)", COLUMNS, len(COLUMNS) - 1, fits, version="2.0"),),
    mapped=(Mapped("GLOBALEVENTID", "event_id", Id("gdelt:")),),
    made=(
        Made("report_id", f"our_event_id || ':' || {_id(*_ONE)}", stated=True),
        Made("source_id", f"'gdelt:' || {_id('MentionType', 'MentionIdentifier')}", stated=True),
        Made("claim_kind", "'event'", stated=True),
        Made("assertion", "'stated'", stated=True),
    ),
    kept={name: Text() for name in COLUMNS if name != "GLOBALEVENTID"},
    sides=(
        SideTable(
            "sources",
            "SELECT our_source_id AS source_id, CASE WHEN "
            f"MentionType = '{_WEB}' AND regexp_full_match(MentionIdentifier, 'https?://[^ ]+') "
            f"THEN MentionIdentifier END AS url, {_PUBLISHER} AS publisher_id, {_LANGUAGE} AS language FROM read "
            f"WHERE ({_LANGUAGE}) IS NOT NULL",
            shared=True,
        ),
        SideTable(
            "publishers",
            f"SELECT {_PUBLISHER} AS publisher_id, coalesce(MentionSourceName, 'unknown') AS name, "
            "'other' AS kind FROM read",
            shared=True,
        ),
    ),
    notes={
        f"{_TRANSLATED} IS NOT NULL AND ({_LANGUAGE}) IS NULL": "{n} mentions are of documents whose language has no "
        "code of two letters: their sources are not in sources, what is known of them stays in native",
    },
)
