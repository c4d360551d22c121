"""The events told so far, and how a further sentence joins one of them or makes another."""

from __future__ import annotations

from dataclasses import replace

from conflict_events.converters.articles.gazetteer.fold import fold
from conflict_events.converters.articles.model import Draft, Spot, When
from conflict_events.converters.articles.telling import likeness
from conflict_events.converters.articles.telling.told import Account, Memory, Told
from conflict_events.converters.articles.when.calendar import precision
from conflict_events.converters.articles.where.geocode import bare
from conflict_events.converters.articles.who.responsibility import Responsibility


class Ledger:
    """The events of an article in the order told, and what its paragraph has said so far."""

    def __init__(self) -> None:
        self.events: list[Told] = []
        self.memory = Memory()
        self.pending: Draft | None = None  # the opening sentence, where it names no place: "the attack took place in X"
        self._by_place: dict[str, list[Told]] = {}

    def again(self, draft: Draft) -> bool:
        """Whether the draft names the place of the event told last."""
        last = self.events[-1] if self.events else None
        return (
            last is not None
            and last.spot is not None
            and likeness.key(last.spot) in {likeness.key(s) for s in draft.spots}
        )

    def continues(self, draft: Draft, when: When) -> bool:
        """ "The raids on X" after an air strike on X: the event told last, whatever the noun calls it."""
        last = self.events[-1]
        if last.aggregate or last.subtype in likeness.NO_DEATHS or draft.subtype in likeness.NO_DEATHS:
            return False
        if draft.sentence - last.accounts[-1].draft.sentence > 2 or not likeness.overlap(last.when, when):
            return False
        return draft.subtype in ("armed_clash", "hit") and (draft.side_a is None or draft.side_a == last.side_a)

    def claimed(self, paragraph: int, done_by: Responsibility) -> None:
        """A party that claims or is blamed is the acting side of what was told just before, where none is named."""
        actor = done_by.by.actor
        for event in reversed(self.events[-6:]):
            if event.paragraph < paragraph - (3 if done_by.several else 1) or event.subtype in likeness.NO_DEATHS:
                break
            unnamed = event.side_a is None or (event.side_a.generic and not event.side_a.state)
            if unnamed and event.side_b != actor:
                event.side_a = actor
                event.inferred.add("side_a")
            if not done_by.several:
                break

    def places(self, draft: Draft, when: When) -> bool:
        """ "The attack took place in X": the event told before, of which only a region was known, was at X."""
        spot = draft.spots[0]
        if spot.kind == "country":
            return False
        for event in reversed(self.events[-3:]):
            vague = (
                event.spot is None
                or event.spot.kind in ("country", "admin1", "area", "wide")
                or event.spot.direction
                or likeness.wide(event)
                or (event is self.events[-1] and self._within(event, draft))
            )
            if not vague or event.paragraph < self.memory.paragraph - 2 or event.aggregate:
                continue
            if not (likeness.compatible(event, draft) and likeness.overlap(event.when, when)):
                continue
            if len(draft.spots) > 1:
                self._spread(event, draft, when)
                return True
            if event.spot is not None and not spot.parent and event.spot.kind != "country":
                spot = replace(spot, parent=event.spot.name)
            event.spot = spot
            self._by_place.setdefault(likeness.key(spot), []).append(event)
            if draft.when.words and (event.when.basis == "default_window" or (event.when.precision or 9) > 1):
                event.when = when
            self.add(event, draft)
            return True
        return False

    @staticmethod
    def _within(event: Told, draft: Draft) -> bool:
        """ "A bomb went off in X. The explosion rocked the Y district": a quarter of the town told just before."""
        (spot,) = draft.spots if len(draft.spots) == 1 else (None,)
        quarter = spot is not None and spot.kind == "district" and not spot.parent
        town = event.spot is not None and event.spot.kind in ("", "city", "town")
        near = draft.sentence - event.accounts[-1].draft.sentence <= 1
        return quarter and town and near and event.subtype == draft.subtype and not draft.counts

    def _spread(self, event: Told, draft: Draft, when: When) -> None:
        """ "The strikes were carried out in X, Y and Z": the event told before becomes the sum of those."""
        day = when if draft.when.words else event.when
        for spot in draft.spots:
            told = Told(
                event.subtype,
                spot,
                draft.side_a or event.side_a,
                draft.side_b or event.side_b,
                day,
                [Account(draft.with_(counts=()))],
                self.memory.paragraph,
                len(self.events),
                loser=event.loser,
                mutual=event.mutual,
                parent=event,
            )
            self.events.append(told)
            self._by_place.setdefault(likeness.key(spot), []).append(told)
        event.aggregate = True
        event.when = day
        event.inferred.add("event_level")

    def attach(self, draft: Draft, when: When) -> bool:
        """Give a draft without a place to what the paragraph told just before. True when it found a home."""
        if draft.subtype in ("statement", "agreement", "arrests", "troop_movement", "abduction_forced_disappearance"):
            return False
        if draft.when.shift == 0 and (draft.when.words or "").lower().endswith("same day") and draft.side_a is not None:
            return False  # "on the same day, X ambushed …" is another event
        near: list[Told] = []
        for event in reversed(self.events[-likeness.LOOK_BACK :]):
            if event.paragraph != self.memory.paragraph:
                break
            if not event.aggregate:
                near.insert(0, event)
        if not near and (draft.refers_back or draft.subtype in likeness.VIOLENT_GENERIC) and self.events:
            last = self.events[-1]
            close = max(last.paragraph, last.touched) >= self.memory.paragraph - 1
            near = [last] if close and (draft.refers_back or draft.counts) and not last.aggregate else []
        near = [e for e in near if likeness.compatible(e, draft)]
        if not draft.follows and draft.subtype not in likeness.APART:  # "the attack" is not the fire that was set in it
            near = [e for e in near if e.subtype not in likeness.APART] or near
        if draft.when.words:  # "two weeks earlier" tells of another event
            near = [e for e in near if likeness.overlap(e.when, when)]
        if not near:
            return False
        if not draft.total:
            told = near[-1].accounts[-1].draft.sentence
            near = [e for e in near if e.accounts[-1].draft.sentence == told]
        killed = [count for count in draft.counts if count.harm == "killed"]
        if draft.subtype == "advance":
            return True
        if len(near) > 1 and killed:
            self._aggregate(draft, near, when)
            return True
        if draft.follows and draft.no_casualties and not draft.counts:
            for event in near:
                self.add(event, draft)
            return True
        if len(near) == 1 or draft.refers_back or draft.subtype in likeness.VIOLENT_GENERIC:
            self.add(near[-1], draft)
            return True
        return False

    def _aggregate(self, draft: Draft, children: list[Told], when: When) -> None:
        """One toll over several incidents: an event of its own, which holds the deaths; its incidents point to it."""
        parents = {id(c.parent) for c in children}
        if len(parents) == 1 and children[0].parent is not None:
            self.add(children[0].parent, draft)
            return
        names = {fold(bare(c.spot)) for c in children if c.spot}
        place = next((s for s in self.memory.spots if fold(bare(s)) not in names and s.kind != "country"), None)
        place = place or next((Spot(0, 0, c.spot.parent) for c in children if c.spot and c.spot.parent), None)
        agents = {c.side_a for c in children}
        starts = [c.when.start for c in children if c.when.start]
        ends = [c.when.end for c in children if c.when.end]
        if starts and ends and not draft.when.words:
            first, last = min(starts), max(ends)
            when = When(first, last, precision(first, last), children[0].when.basis, children[0].when.words)
        kinds = {c.subtype for c in children}
        told = Told(
            kinds.pop() if len(kinds) == 1 and not kinds & {"territory", "advance"} else "armed_clash",
            place,
            draft.side_a or (children[0].side_a if len(agents) == 1 else None),
            draft.side_b or children[0].side_b or children[0].loser,
            when,
            [Account(draft, draft.counts)],
            self.memory.paragraph,
            len(self.events),
            aggregate=True,
        )
        told.inferred.update({"event_level", "place_name"} | ({"side_a"} if draft.side_a is None else set()))
        for child in children:
            child.parent = told
        self.events.append(told)

    def add(self, event: Told, draft: Draft) -> None:
        """A further sentence on an event: its counts, where they are new, and what the event still lacks."""
        event.touched = self.memory.paragraph
        counts = tuple(c for c in draft.counts if not likeness.repeats(event, c, draft))
        event.accounts.append(Account(draft, counts))
        if event.side_a is None and draft.side_a is not None and draft.side_a != event.side_b:
            event.side_a = draft.side_a
        if event.side_b is None and draft.side_b is not None and draft.side_b != event.side_a:
            event.side_b = draft.side_b
        event.mutual = event.mutual or draft.mutual
        if event.subtype in likeness.VIOLENT_GENERIC and draft.subtype not in likeness.VIOLENT_GENERIC | {"territory"}:
            event.subtype = draft.subtype
        better = draft.when.words and (draft.when.precision or 9) < (event.when.precision or 9)
        if better and event.when.basis in (None, "default_window"):
            event.when = draft.when

    def create(self, draft: Draft, when: When) -> None:
        spots: tuple[Spot | None, ...] = draft.spots or (None,)
        made: list[Told] = []
        for spot in spots:
            earlier = self._earlier(draft, spot, when)
            if earlier is not None:
                self.add(earlier, draft if len(spots) == 1 else draft.with_(counts=()))
                continue
            told = Told(
                draft.subtype,
                spot,
                draft.side_a,
                draft.side_b,
                when,
                [Account(draft, draft.counts if len(spots) == 1 else ())],
                self.memory.paragraph,
                len(self.events),
                draft.person,
                None,
                draft.taken_from,
                draft.extent,
                draft.mutual,
            )
            self.events.append(told)
            self._by_place.setdefault(likeness.key(spot), []).append(told)
            made.append(told)
        lead, self.pending = self.pending, None
        if lead is not None and len(made) == 1 and draft.refers_back and likeness.compatible(made[0], lead):
            self._opened(made[0], lead)
        killed = [count for count in draft.counts if count.harm == "killed"]
        if len(spots) > 1 and killed and len(made) > 1:
            self._aggregate(draft.with_(rule=f"{draft.rule}; one toll for several places"), made, when)

    @staticmethod
    def _opened(event: Told, lead: Draft) -> None:
        """The opening sentence goes before what places it: its parties, its counts and its kind."""
        event.accounts.insert(0, Account(lead, lead.counts))
        event.side_a, event.side_b = lead.side_a or event.side_a, lead.side_b or event.side_b
        if event.subtype in likeness.VIOLENT_GENERIC:
            event.subtype = lead.subtype

    def _earlier(self, draft: Draft, spot: Spot | None, when: When) -> Told | None:
        """An event told before that this is again: the same kind, place and sides, and days that overlap."""
        if draft.another and draft.spots:
            return None
        for event in reversed(self._by_place.get(likeness.key(spot), [])[-likeness.LOOK_BACK :]):
            if not likeness.same_kind(event.subtype, draft.subtype) or not likeness.overlap(event.when, when):
                continue
            if likeness.apart(event, draft):
                continue
            a, b = event.side_a, draft.side_a
            if a is None or b is None or a == b or ((a.generic or b.generic) and spot is not None):
                return event
        return None
