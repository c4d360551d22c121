"""Rows of the tables, with the design's columns, from what was told."""

from __future__ import annotations

from dataclasses import dataclass

from conflict_events.converters.articles.knowledge import known_actors
from conflict_events.converters.articles.model import Actor
from conflict_events.converters.articles.rows import code
from conflict_events.converters.articles.rows.confidence import confidence
from conflict_events.converters.articles.rows.report_rows import claimant_type
from conflict_events.converters.articles.telling.told import Told
from conflict_events.converters.articles.where import geocode

CODER = "rules/1.0"
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Where:
    """An event's location and the country its sides are seen from."""

    location: geocode.Location
    country: str | None


def event(
    told: Told,
    event_id: str,
    origin_id: str,
    parent_id: str | None,
    where: Where,
    reports: int,
    coder: str = CODER,
) -> Row:
    """The row of events."""
    place, when = where.location, told.when
    side_a = code.side(told.side_a, told, where.country)
    side_b = code.opponent(told.side_b, side_a, told, where.country)
    kind, subtype = code.subtype(told, side_a, side_b)
    dead = code.deaths(told, side_a, side_b)
    loser = code.side(told.loser, told, where.country)
    territory = told.subtype == "territory"
    civilians = side_b is not None and side_b.kind == "civilians" and kind != "strategic_developments"
    row: Row = {
        "event_id": event_id,
        "origin": "article",
        "origin_id": origin_id,
        "record_status": "candidate",
        "event_level": "aggregate" if told.aggregate else "incident",
        "parent_event_id": parent_id,
        "event_type": kind,
        "event_subtype": subtype,
        "violence_type": code.violence_type(kind, side_a, side_b),
        "civilian_targeting": True if civilians else None,
        "date_start": when.start,
        "date_end": when.end,
        "date_precision": when.precision if when.start else None,
        "date_kind": ("continuous" if when.continuous else "within_window") if when.start else None,
        "date_basis": when.basis if when.start else None,
        "side_a": told.person or (side_a.actor.name if side_a else None),
        "side_b": side_b.actor.name if side_b else None,
        "side_a_id": side_a.actor.actor_id if side_a and not told.person else None,
        "side_b_id": side_b.actor.actor_id if side_b else None,
        "side_a_type": side_a.kind if side_a else None,
        "side_b_type": side_b.kind if side_b else None,
        "initiator": _initiator(told, side_a),
        "attribution": _attribution(told, side_a, side_b),
        "territory_from": loser.actor.name if territory and loser else None,
        "territory_to": side_a.actor.name if territory and side_a else None,
        "control_extent": told.extent if territory else None,
        "country": place.country,
        "admin1": place.admin1,
        "place_name": place.place_name,
        "where_description": place.description,
        "place_id": place.place.place_id if place.place and not place.computed else None,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "where_precision": place.precision,
        "deaths_side_a": dead.by_party.get("a"),
        "deaths_side_b": dead.by_party.get("b"),
        "deaths_civilians": dead.by_party.get("civilians"),
        "deaths_unknown": dead.by_party.get("unknown"),
        "deaths_low": dead.low,
        "deaths_best": dead.best,
        "deaths_high": dead.high,
        "confidence": confidence(told, place.place is not None),
        "n_reports": reports,
        "coder": coder,
        "reviewed": False,
    }
    row["derived"] = _derived(told, row)
    return {name: value for name, value in row.items() if value is not None}


def _initiator(told: Told, side_a: code.Side | None) -> str:
    if told.mutual:
        return "both" if told.subtype == "armed_clash" else "a"
    return "a" if side_a is not None or told.person else "unknown"


def _attribution(told: Told, side_a: code.Side | None, side_b: code.Side | None) -> str | None:
    """How the acting side is known, from the first account that credits someone; None in the article's own voice."""
    if side_a is None:
        return "unknown"
    claims = [account.draft.claim for account in told.accounts if account.draft.claim.kind]
    if not claims:
        return None
    kind = claimant_type(claims[0], side_a, side_b)
    known = {
        "own_side": "self_claimed",
        "witness": "witnessed",
        "opponent": "alleged_by_opponent",
        "anonymous": "unknown",
    }
    return known.get(kind or "", "alleged_by_third_party")


def _derived(told: Told, row: Row) -> list[str]:
    """Columns that a rule filled and the source does not state."""
    names = {
        "event_type",
        "event_subtype",
        "initiator",
        "side_a_type",
        "side_b_type",
        "violence_type",
        "civilian_targeting",
    }
    names |= {
        "country",
        "admin1",
        "latitude",
        "longitude",
        "where_precision",
        "place_id",
        "control_extent",
        "event_level",
    }
    if row.get("event_level") == "incident":
        names.discard("event_level")
    if row.get("date_basis") == "default_window":
        names |= {"date_start", "date_end"}
    names |= told.inferred
    for letter in ("a", "b"):  # a side that no account of this event names comes from the sentences around it
        if not any(getattr(account.draft, f"text_{letter}") for account in told.accounts):
            names |= {f"side_{letter}", f"side_{letter}_id"}
    return sorted(name for name in names if row.get(name) is not None)


def actors(told: Told, where: Where, event_id: str) -> tuple[list[Row], list[Actor]]:
    """Rows of event_actors, and the actors that need a row of their own."""
    found: list[Row] = []
    named: list[Actor] = []

    def add(actor: Actor, letter: str, role: str) -> None:
        row: Row = {"event_id": event_id, "name": actor.name, "side": letter, "role": role}
        if actor.actor_id:
            row["actor_id"] = actor.actor_id
            named.append(actor)
        if row not in found:
            found.append(row)

    side_a = code.side(told.side_a, told, where.country)
    side_b = code.opponent(told.side_b, side_a, told, where.country)
    if told.person:
        found.append({"event_id": event_id, "name": told.person, "side": "a", "role": "primary"})
    if side_a:
        add(side_a.actor, "a", "ally" if told.person else "primary")
    if side_b:
        add(side_b.actor, "b", "primary" if told.mutual else "target")
    for account in told.accounts:
        for letter, role, actor in account.draft.others:
            add(actor, letter, role)
    return found, named


def actor(one: Actor) -> Row:
    """The row of actors: the curated one, or one for a country's government or forces."""
    known = known_actors().get(one.actor_id or "")
    if known:
        return dict(known)
    row: Row = {"actor_id": one.actor_id, "name": one.name, "actor_type": one.actor_type}
    if one.country:
        row["country"] = one.country
    return row
