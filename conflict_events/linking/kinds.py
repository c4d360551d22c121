"""How well two kinds of event go together. Kinds are few, so every pair of them is judged once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

LEVELS = ("same_subtype", "same_type", "same_violence_type", "fits", "related", "other", "opposed")
"""From the closest to the farthest; no level is no evidence."""

BATTLES, EXPLOSIONS, CIVILIANS = "battles", "explosions_remote_violence", "violence_against_civilians"
PROTESTS, RIOTS, STRATEGIC = "protests", "riots", "strategic_developments"

RELATED = frozenset(
    frozenset(pair)
    for pair in (
        (BATTLES, EXPLOSIONS),
        (EXPLOSIONS, CIVILIANS),
        (BATTLES, CIVILIANS),
        (PROTESTS, RIOTS),
        (RIOTS, CIVILIANS),
    )
)
"""Types that one event is often coded as, by one dataset or the other."""

OPPOSED = frozenset(frozenset(pair) for pair in ((PROTESTS, BATTLES), (PROTESTS, EXPLOSIONS)))

OF_VIOLENCE: dict[int, dict[str, str]] = {
    1: {BATTLES: "fits", EXPLOSIONS: "fits", CIVILIANS: "related", RIOTS: "other", PROTESTS: "opposed"},
    2: {BATTLES: "fits", EXPLOSIONS: "related", CIVILIANS: "related", RIOTS: "related", PROTESTS: "opposed"},
    3: {CIVILIANS: "fits", EXPLOSIONS: "related", BATTLES: "other", RIOTS: "related", PROTESTS: "other"},
}
"""UCDP's type of violence beside a type of event; strategic developments have no deadly violence: `other`."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What an event is coded as; null is not coded."""

    type: str | None
    subtype: str | None
    violence: int | None


def level(one: Kind, other: Kind) -> str | None:
    """One of LEVELS; None where the two codings have nothing to compare. The order of the two does not matter."""
    if one.subtype and one.subtype == other.subtype:
        return "same_subtype"
    if one.type and other.type:
        pair = frozenset((one.type, other.type))
        if len(pair) == 1:
            return "same_type"
        return "related" if pair in RELATED else "opposed" if pair in OPPOSED else "other"
    if one.violence and other.violence:
        return "same_violence_type" if one.violence == other.violence else "other"
    for coded, known in ((one, other), (other, one)):
        if coded.type and known.violence:
            if coded.subtype == "excessive_force_against_protesters" and known.violence == 3:
                return "fits"
            return OF_VIOLENCE.get(known.violence, {}).get(coded.type, "other")
    return None


def judge(con: duckdb.DuckDBPyConnection) -> None:
    """Fill `kind_pairs` (one, other, level: position in LEVELS from 1) from the table `kinds`."""
    rows = con.execute("SELECT kind, event_type, event_subtype, violence_type FROM kinds ORDER BY kind").fetchall()
    kinds = [(number, Kind(*coded)) for number, *coded in rows]
    pairs = [
        (a, b, LEVELS.index(found) + 1)
        for a, one in kinds
        for b, other in kinds
        if (found := level(one, other)) is not None
    ]
    con.execute("CREATE TEMP TABLE kind_pairs (one INTEGER, other INTEGER, level TINYINT)")
    if pairs:
        con.execute(
            "INSERT INTO kind_pairs SELECT unnest(?::INTEGER[]), unnest(?::INTEGER[]), unnest(?::TINYINT[])",
            [list(column) for column in zip(*pairs, strict=True)],
        )
