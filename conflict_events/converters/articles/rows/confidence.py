"""How sure the rules are that an event is one: the share of such events that a careful coder has too.

A logistic score of a few plain facts about how the event was told. The weights stand in lexicon/confidence.toml; they
are fitted by tests/benchmarks/fit_confidence.py on coded articles that the rules were not written on. How they hold:
docs/explanation/how-well-extraction-works.md.
"""

from __future__ import annotations

from math import exp

from conflict_events.converters.articles.knowledge import lexicon
from conflict_events.converters.articles.model import Spot
from conflict_events.converters.articles.telling.told import Told

_VAGUE = ("country", "wide", "admin1")


def signs(event: Told, located: bool) -> dict[str, bool]:
    """What speaks for an event and what against it; `located`: the gazetteer knows its place."""
    first = event.accounts[0].draft
    drafts = [account.draft for account in event.accounts]
    spot = event.spot
    return {
        "by a verb": any(" verb " in f" {d.rule} " for d in drafts),
        "several words tell it": first.rule.count(";") > 0,
        "told again": len({d.sentence for d in drafts}) > 1,
        "dated in words": bool(event.when.words) and event.when.basis != "default_window",
        "no day at all": event.when.start is None,
        "place known": located,
        "place only a region": spot is None or spot.kind in _VAGUE or (spot.kind == "area" and bool(spot.direction)),
        "place inherited": "place from an earlier sentence" in first.rule,
        "place has a preposition or a kind": _shaped(spot),
        "acting side named": event.side_a is not None and not event.side_a.generic,
        "acting side known": event.side_a is not None,
        "other side known": event.side_b is not None,
        "people counted": any(account.counts for account in event.accounts),
        "credited": any(d.claim.by for d in drafts),
        "only harm": event.subtype in ("kill", "wound"),
        "a sum": event.aggregate,
        "movement": event.subtype in ("troop_movement", "advance"),
        "words": event.subtype in ("statement", "agreement"),
        "other kinds": event.subtype in ("other", "looting_property_destruction", "arrests"),
        "late in the text": first.sentence > 15,
    }


def _shaped(spot: Spot | None) -> bool:
    return spot is not None and bool(spot.preposition or spot.kind or spot.parent)


def confidence(event: Told, located: bool) -> float:
    """Between 0 and 1, two decimals."""
    weights = lexicon("confidence")["weights"]
    score = weights["base"] + sum(weights.get(sign, 0.0) for sign, holds in signs(event, located).items() if holds)
    return round(1 / (1 + exp(-score)), 2)
