"""Rows of reports and casualties: one source's account of an event."""

from __future__ import annotations

from collections.abc import Callable

from conflict_events.converters.articles.knowledge import known_actors
from conflict_events.converters.articles.model import Actor, Claim, Draft, Sentence
from conflict_events.converters.articles.rows import code
from conflict_events.converters.articles.telling.told import Account, Told
from conflict_events.evidence import evidence, normalise

Row = dict[str, object]


def claimant_type(claim: Claim, side_a: code.Side | None, side_b: code.Side | None) -> str | None:
    """reports.claimant_type: a side's own claim and its opponent's are known by the actor that the claimant names."""
    if claim.by is None:
        return claim.kind
    if claim.actor is not None and claim.kind != "own_side":
        return _belligerent(claim.actor, claim.kind, side_a, side_b)
    name = normalise(claim.by)
    for kind, one in (("own_side", side_a), ("opponent", side_b)):
        if one is None:
            continue
        row = known_actors().get(one.actor.actor_id or "", {})
        names = [one.actor.name, *row.get("aliases", ())]
        if any(len(n) > 2 and (normalise(n) == name or (len(n) > 3 and normalise(n) in name)) for n in names):
            return kind
    return claim.kind


def _belligerent(actor: Actor, kind: str | None, side_a: code.Side | None, side_b: code.Side | None) -> str | None:
    """A party that speaks of its own acts or losses, or of its enemy's acts; one that is no side here stays `kind`."""
    if side_a is not None and code.same_party(actor, side_a):
        return "own_side"
    if side_b is not None and code.same_party(actor, side_b):
        return "opponent" if side_a is not None else "own_side"
    if actor.actor_type in ("state_forces", "external_forces"):
        return kind
    return "opponent" if side_a is not None and not side_a.actor.generic else None


def report(
    account: Account,
    told: Told | None,
    ids: tuple[str, str | None, str],
    subtype: str | None,
    sides: tuple[code.Side | None, code.Side | None],
    sentence: Sentence,
    span: Callable[[Sentence], tuple[int, int] | None],
    claim_kind: str = "event",
) -> Row:
    """The row of reports for one sentence's account; `ids` are report, event and source."""
    draft: Draft = account.draft
    when = draft.when if draft.when.start else (told.when if told else draft.when)
    sha256, length = evidence(sentence.text)
    offsets = span(sentence)
    row: Row = {
        "report_id": ids[0],
        "event_id": ids[1],
        "source_id": ids[2],
        "claim_kind": claim_kind,
        "claimed_by": draft.claim.by,
        "claimant_type": claimant_type(draft.claim, *sides),
        "assertion": draft.claim.assertion,
        "event_subtype": subtype,
        "date_start": when.start,
        "date_end": when.end,
        "date_precision": when.precision if when.start else None,
        "date_text": draft.when.words,
        "place_text": ", ".join(s.name for s in draft.spots) or None,
        "side_a_text": draft.text_a,
        "side_b_text": draft.text_b,
        "evidence_start": offsets[0] if offsets else None,
        "evidence_end": offsets[1] if offsets else None,
        "evidence_sha256": sha256,
        "evidence_length": length,
    }
    return {name: value for name, value in row.items() if value is not None}


def casualties(account: Account, report_id: str, sides: tuple[code.Side | None, code.Side | None]) -> list[Row]:
    """Rows of casualties for one report."""
    found: list[Row] = []
    for count in account.counts:
        row: Row = {
            "report_id": report_id,
            "side": code.party(count, *sides),
            "harm": count.harm,
            "low": count.low,
            "best": count.best,
            "high": count.high,
            "count_text": count.words,
        }
        found.append({name: value for name, value in row.items() if value is not None})
    return found
