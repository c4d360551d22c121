"""Drafts of one sentence that tell of the same event become one."""

from __future__ import annotations

from conflict_events.converters.articles.model import Draft

_MEANS = (
    "chemical_weapon",
    "suicide_bomb",
    "grenade",
    "air_drone_strike",
    "remote_explosive_landmine_ied",
    "shelling_artillery_missile",
)


BY_HAND = ("shot", "gunned", "stabbed", "beheaded", "hacked")  # how a killer kills from near by
_GENERIC = frozenset({"kill", "wound", "hit"})


def merge(found: list[Draft]) -> list[Draft]:
    """One event told with several words is one event; words of one family with places of their own are several."""
    done: list[Draft] = []
    for one in found:
        index = next((k for k in range(len(done) - 1, -1, -1) if _same(done[k], one)), None)
        if index is None:
            done.append(one)
        else:
            done[index] = _join(done[index], one)
    return done


def _family(draft: Draft) -> str:
    return "generic" if draft.subtype in _GENERIC else draft.subtype


def _same(first: Draft, second: Draft) -> bool:
    if "territory" in (first.subtype, second.subtype):
        harm = {first.subtype, second.subtype} & {"kill", "wound"}
        return bool(harm) and not (first.spots and second.spots) and bool(first.spots or second.spots)
    families = {_family(first), _family(second)}
    alone = families & (_ALONE_SUBTYPES)
    if _by_hand(first) != _by_hand(second) and families & _BLASTS:
        return False  # "an officer was gunned down, and a bomb then hit his funeral"
    if len(families) > 1 and alone:
        return False
    if len(families) > 1 and "generic" not in families and "advance" not in families:
        return False
    if first.spots and second.spots:
        return {s.name for s in first.spots} == {s.name for s in second.spots} or _closer(first, second)
    return True


def _closer(first: Draft, second: Draft) -> bool:
    """ "Attacked X in the countryside of R, targeting them in the town of Y": the same event, placed closer."""
    going_on = second.trigger.lower().endswith("ing") and not second.trigger_noun and len(second.spots) == 1
    vague = len(first.spots) == 1 and (first.spots[0].kind in ("area", "admin1", "country") or first.spots[0].direction)
    return going_on and bool(vague) and second.spots[0].kind not in ("country", "admin1")


_BLASTS = frozenset({"remote_explosive_landmine_ied", "suicide_bomb", "air_drone_strike", "shelling_artillery_missile"})


def _by_hand(draft: Draft) -> bool:
    return draft.trigger.lower().startswith(BY_HAND)


_ALONE_SUBTYPES = frozenset(
    [
        "troop_movement",
        "statement",
        "agreement",
        "arrests",
        "abduction_forced_disappearance",
        "peaceful_protest",
        "violent_demonstration",
        "other",
        "sexual_violence",
        "looting_property_destruction",
    ]
)


def _rank(draft: Draft) -> int:
    order = ("territory", *_MEANS, "attack", "armed_clash", "hit", "advance", "kill", "wound")
    return order.index(draft.subtype) if draft.subtype in order else 0


def _join(first: Draft, second: Draft) -> Draft:
    lead, rest = (first, second) if _rank(first) <= _rank(second) else (second, first)
    a_from = lead if lead.side_a else rest
    b_from = lead if lead.side_b else rest
    side_b, text_b = b_from.side_b, b_from.text_b
    if side_b is not None and a_from.side_a == side_b:
        other = rest if b_from is lead else lead
        side_b, text_b = (other.side_b, other.text_b) if other.side_b != a_from.side_a else (None, None)
    side_a, text_a = a_from.side_a, a_from.text_a
    whole = [one for one in (lead, rest) if one.side_a is not None and one.side_b is not None]
    if len(whole) == 1 and not lead.mutual and whole[0] is rest and lead.side_b is None:
        # "fighters were killed by troops after gunmen mounted an assault": who killed whom is told whole
        side_a, text_a, side_b, text_b = rest.side_a, rest.text_a, rest.side_b, rest.text_b
    if side_a is None and lead.mutual and rest.side_b not in (None, side_b):
        # "police were killed in clashes with militants"
        side_a, text_a, side_b, text_b = side_b, text_b, rest.side_b, rest.text_b
    when = lead.when if lead.when.words else rest.when
    placed = second if first.spots and second.spots and _closer(first, second) else lead if lead.spots else rest
    return lead.with_(
        spots=placed.spots,
        side_a=side_a,
        text_a=text_a,
        side_b=side_b,
        text_b=text_b,
        when=when,
        taken_from=lead.taken_from or rest.taken_from,
        refers_back=_back(lead, rest),
        rule=f"{first.rule}; {second.rule}",
        mutual=first.mutual or second.mutual,
        follows=first.follows and second.follows,
        trigger_noun=first.trigger_noun and second.trigger_noun,
        positions=first.positions + second.positions,
        another=first.another or second.another,
        pronoun=lead.pronoun and not (lead.side_a or rest.side_a),
    )


def _back(lead: Draft, rest: Draft) -> bool:
    """ "The attack" only refers back where it, and no other word of the sentence, says where."""
    if lead.spots or rest.spots:
        return (lead if lead.spots else rest).refers_back
    return lead.refers_back or rest.refers_back
