"""Who holds how much of a place: a claim about control, and no event."""

from __future__ import annotations

from dataclasses import dataclass

from conflict_events.converters.articles.model import Mention, Spot, Tokens

_HOLDS = frozenset(
    ["controls", "control", "holds", "hold", "controlled", "held", "occupies", "occupy", "retains", "retain"]
)
_SHARE = frozenset({"%", "percent", "per", "third", "quarter", "half", "most", "all", "thirds"})


@dataclass(frozen=True, slots=True)
class Control:
    """The holder and the place of a control_status report."""

    holder: Mention
    place: Spot | None


def find(tokens: Tokens, mentions: list[Mention], spots: list[Spot]) -> Control | None:
    """ "X still holds a third of the town": an actor, a verb of holding, and a share or a place right after."""
    if _HOLDS.isdisjoint(tokens.lows):
        return None
    for index, low in enumerate(tokens.lows):
        if low not in _HOLDS or (
            index and tokens.lows[index - 1] in ("of", "the", "to", "full", "over", "under", "'s", "government")
        ):
            continue
        holder = next((m for m in reversed(mentions) if m.end <= index <= m.end + 2 and not m.modifier), None)
        if holder is None or (holder.preposition and holder.preposition not in ("about", "as")):
            continue
        if any(word in _SHARE for word in tokens.lows[index + 1 : index + 7]):
            place = next((s for s in spots if s.start > index and s.kind != "wide"), None)
            return Control(holder, place)
    return None
