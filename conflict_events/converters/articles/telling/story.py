"""The article as a whole: what one sentence leaves open, the sentences around it say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from conflict_events.converters.articles.gazetteer.fold import fold
from conflict_events.converters.articles.knowledge import words
from conflict_events.converters.articles.model import Actor, Draft, Spot, When
from conflict_events.converters.articles.telling import likeness, settling
from conflict_events.converters.articles.telling.told import Account, Memory, Told
from conflict_events.converters.articles.when.calendar import precision
from conflict_events.converters.articles.when.date_rules import default_window
from conflict_events.converters.articles.where.geocode import bare
from conflict_events.converters.articles.where.regions import only_region
from conflict_events.converters.articles.who.responsibility import Responsibility

_FEW_DAYS = 3
_LONG = 5  # the time precision of a year and more
_IN = ("in", "at", "near")
_SPORT = 2
_LEAD = 2  # the sentences that open a report, the dateline and a byline among them


class Story:
    """Collects events sentence by sentence, in order."""

    def __init__(self, published: date | None, known: Callable[[Spot], bool]) -> None:
        self.published = published
        self.known = known
        self.events: list[Told] = []
        self._by_place: dict[str, list[Told]] = {}
        self.memory = Memory()
        self.summaries: dict[str, Draft] = {}
        self.totals: list[Draft] = []
        self.last_when: When | None = None
        self.article_when: When | None = None
        self.statistical = False
        self.pending: Draft | None = None  # the opening sentence, where it names no place: "the attack took place in X"
        self.scenes = self.accidents = self.armed = 0  # sentences that speak of sport and the like, mishaps, parties

    def head(self, when: When) -> None:
        """A heading or a title that is a date: the day of what stands under it."""
        self.article_when = replace(when, background=False)

    def hear(
        self,
        paragraph: int,
        spots: list[Spot],
        mentions: list[Actor],
        drafts: list[Draft],
        same_day: bool,
        whens: list[When] | None = None,
    ) -> None:
        """Take in one sentence: its places and actors as context, its drafts as events."""
        if paragraph != self.memory.paragraph:
            self.memory = Memory(paragraph)
        said = self.last_when
        for draft in drafts:
            self._tell(draft, same_day)
        if self.last_when is said:
            live = [when for when in whens or () if when.start and not when.background and when.precision in (1, 2)]
            self.last_when = live[0] if live else self.last_when
        memory = self.memory
        memory.spots.extend(s for s in spots if s.kind not in ("wide",) and s.preposition)
        memory.opponents.extend(
            a for a in mentions if a.actor_type in ("rebel_group", "unknown") and a not in memory.opponents
        )

    # -- one draft ---------------------------------------------------------------------------------------------------

    def _tell(self, draft: Draft, same_day: bool) -> None:
        memory = self.memory
        if draft.subtype == "territory" and self._only_names(draft):
            return
        draft = self._sides(draft)
        if draft.subtype == "territory" and not draft.spots:
            memory.agent, memory.loser = draft.side_a or memory.agent, draft.taken_from or memory.loser
            killed = any(count.harm == "killed" for count in draft.counts)
            there = self._there() if draft.rule.startswith("expel") else None
            if there is not None:
                draft = draft.with_(spots=(there,), rule=f"{draft.rule}; place from an earlier sentence")
            elif not killed:
                return
            else:
                draft = draft.with_(subtype="kill")
        if not (draft.spots or draft.when.words or draft.refers_back) and likeness.of_a_war(draft):
            self.totals.append(draft)
            return
        when = self._when(draft, same_day)
        sure = any(s.kind or s.preposition in _IN or self.known(s) for s in draft.spots)
        if draft.refers_back and draft.spots and not sure:
            draft = (
                draft.with_(spots=())
                if any(likeness.compatible(e, draft) for e in self.events[-likeness.LOOK_BACK :])
                else draft
            )
        if draft.refers_back and draft.spots and self._places(draft, when):
            self._remember(draft, when)
            return
        if draft.refers_back and draft.trigger_noun and self._again(draft) and self._continues(draft, when):
            self._add(self.events[-1], draft)
            self._remember(draft, when)
            return
        specific = tuple(s for s in draft.spots if s.kind != "country" or s.direction)
        if draft.subtype not in self.summaries and (draft.side_a or draft.side_b):
            self.summaries[draft.subtype] = draft
        if not draft.spots and self._attach(draft, when):
            self._remember(draft, when)
            return
        if draft.follows:
            return
        if not draft.spots and draft.subtype in (
            "advance",
            "wound",
            "troop_movement",
            "other",
            "looting_property_destruction",
        ):
            return
        loose = draft.trigger_noun and not specific and not (draft.when.words or draft.counts)
        if loose and draft.spots and draft.subtype in ("hit", "armed_clash", "attack"):
            return  # "jihadist attacks in Burkina Faso belong to …"
        ongoing = draft.trigger_noun or draft.trigger.lower().endswith("ing")
        bare_told = ongoing and not (draft.when.words or draft.counts)
        if bare_told and draft.subtype in ("hit", "armed_clash", "attack") and self._all_wide(draft):
            return  # "the army is fighting rebels in the north"
        if self.statistical and not (draft.when.words and (draft.when.precision or 9) <= 2):
            self.totals.append(draft)
            return
        if (draft.when.precision or 0) >= _LONG and any(c.harm == "killed" for c in draft.counts):
            self.totals.append(draft)  # "341 officers have been killed this year"
            return
        vague = not specific or draft.trigger.lower() in words("grammar", "operations")
        if draft.subtype == "armed_clash" and vague and draft.side_b is None and not draft.counts:
            return  # "an operation" somewhere, or against nobody
        if not draft.spots and draft.subtype not in ("statement", "agreement"):
            inherited = None if draft.when.shift else self._inherited()
            if inherited is None:
                if self._substantial(draft):
                    self._create(draft, when)
                    self._remember(draft, when)
                elif draft.sentence <= _LEAD and (draft.counts or draft.side_a or draft.side_b):
                    self.pending = draft
                return
            draft = draft.with_(spots=(inherited,), rule=f"{draft.rule}; place from an earlier sentence")
        if specific and len(specific) < len(draft.spots):
            draft = draft.with_(spots=specific)
        self._create(draft, when)
        self._remember(draft, when)

    def _only_names(self, draft: Draft) -> bool:
        """ "A, B and C were captured": names of people, unless a kind, a party or the gazetteer makes them places."""
        taken = draft.trigger.lower().startswith("captur") and draft.side_a is None and draft.taken_from is None
        if not (taken or draft.rule.startswith("lose verb")):
            return False
        return not any(s.kind or s.parent or s.preposition or self.known(s) for s in draft.spots)

    def _sides(self, draft: Draft) -> Draft:
        """A strike without an agent is the one that the summary spoke of; a list of villages keeps its loser."""
        memory = self.memory
        if draft.subtype == "territory":
            loser = draft.taken_from
            if loser is None and draft.side_a is not None and draft.side_a == memory.agent:
                loser = memory.loser
            if loser is None and draft.side_a is not None:
                rivals = [a for a in memory.opponents if a != draft.side_a]
                loser = rivals[0] if len(rivals) == 1 else None
            if (loser, draft.side_a) == (draft.taken_from, draft.side_a or memory.agent) and (
                draft.side_b or not loser
            ):
                return draft
            return draft.with_(taken_from=loser, side_b=draft.side_b or loser, side_a=draft.side_a or memory.agent)
        if draft.pronoun and draft.side_a is None:
            last = self.events[-1].side_a if self.events else None
            agent = memory.agent or last
            if agent is not None and agent != draft.side_b and agent.actor_type not in ("civilians", "protesters"):
                draft = draft.with_(side_a=agent)
        summary = self.summaries.get(draft.subtype)
        if draft.side_a is None and summary is not None and draft.rule.startswith(("means noun", "weapon noun")):
            clash = draft.side_b is not None and summary.side_b is not None and draft.side_b != summary.side_b
            if not clash:
                draft = draft.with_(side_a=summary.side_a, side_b=draft.side_b or summary.side_b)
        return draft

    def _when(self, draft: Draft, same_day: bool) -> When:
        """The sentence's own words, else the day that the paragraph spoke of last, the article's, or the default."""
        memory = self.memory
        before = memory.when or self.last_when
        if draft.when.shift is not None:
            return likeness.shifted(before, draft.when) or default_window(self.published)
        if draft.when.words:
            return draft.when
        if memory.when is not None:
            return memory.when
        if before is not None and (same_day or draft.refers_back or self._again(draft)):
            return before
        summary = self.summaries.get(draft.subtype)
        if (
            summary is not None
            and summary.when.words
            and draft.side_a == summary.side_a
            and not memory.when
            and self._only_wide(summary)
        ):
            return summary.when
        return self.article_when or self._narrowed() or default_window(self.published)

    def _narrowed(self) -> When | None:
        """An undated sentence after a dated one: between that day and publication, where that is a few days."""
        last, end = self.last_when, self.published
        if last is None or last.start is None or last.precision not in (1, 2) or end is None:
            return None
        if not 0 <= (end - last.start).days <= _FEW_DAYS:
            return None
        return When(last.start, end, precision(last.start, end), "default_window")

    def _again(self, draft: Draft) -> bool:
        """Whether the draft names the place of the event told last."""
        last = self.events[-1] if self.events else None
        return (
            last is not None
            and last.spot is not None
            and likeness.key(last.spot) in {likeness.key(s) for s in draft.spots}
        )

    @staticmethod
    def _substantial(draft: Draft) -> bool:
        """Whether a draft without a place is an event all the same: a known party, a day, and people killed."""
        known = any(a is not None and (a.state or not a.generic) for a in (draft.side_a, draft.side_b))
        killed = any(count.harm == "killed" for count in draft.counts)
        dated = bool(draft.when.words) and (draft.when.precision or 9) <= 2
        return known and killed and dated and not draft.total and draft.sentence <= _LEAD

    @staticmethod
    def _all_wide(draft: Draft) -> bool:
        return bool(draft.spots) and all(
            s.kind in ("country", "admin1", "wide") or (s.kind == "" and only_region(bare(s))) for s in draft.spots
        )

    def _continues(self, draft: Draft, when: When) -> bool:
        """ "The raids on X" after an air strike on X: the event told last, whatever the noun calls it."""
        last = self.events[-1]
        if last.aggregate or last.subtype in likeness.NO_DEATHS or draft.subtype in likeness.NO_DEATHS:
            return False
        if draft.sentence - last.accounts[-1].draft.sentence > 2 or not likeness.overlap(last.when, when):
            return False
        return draft.subtype in ("armed_clash", "hit") and (draft.side_a is None or draft.side_a == last.side_a)

    @staticmethod
    def _only_wide(draft: Draft) -> bool:
        return all(s.kind == "country" for s in draft.spots)

    def _remember(self, draft: Draft, when: When) -> None:
        memory = self.memory
        memory.agent = draft.side_a or memory.agent
        memory.loser = draft.taken_from or memory.loser
        if when.words:
            memory.when = self.last_when = when
            memory.dated = (draft.side_a, draft.subtype)
            memory.when_places |= {fold(bare(s)) for s in draft.spots} | {
                fold(s.parent) for s in draft.spots if s.parent
            }
        memory.spots.extend(draft.spots)

    def _there(self) -> Spot | None:
        """ "Out of the town": the last place of this paragraph, or of the event told before."""
        last = self.events[-1].spot if self.events else None
        return self._inherited() or last

    def _inherited(self) -> Spot | None:
        """The last place that the paragraph set, the most specific first."""
        for spot in reversed(self.memory.spots):
            if spot.kind != "country" or spot.direction:
                return spot
        return None

    def _places(self, draft: Draft, when: When) -> bool:
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
            self._add(event, draft)
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

    # -- earlier events ----------------------------------------------------------------------------------------------

    def _attach(self, draft: Draft, when: When) -> bool:
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
                self._add(event, draft)
            return True
        if len(near) == 1 or draft.refers_back or draft.subtype in likeness.VIOLENT_GENERIC:
            self._add(near[-1], draft)
            return True
        return False

    def _aggregate(self, draft: Draft, children: list[Told], when: When) -> None:
        """One toll over several incidents: an event of its own, which holds the deaths; its incidents point to it."""
        parents = {id(c.parent) for c in children}
        if len(parents) == 1 and children[0].parent is not None:
            self._add(children[0].parent, draft)
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

    def _add(self, event: Told, draft: Draft) -> None:
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

    # -- new events --------------------------------------------------------------------------------------------------

    def _create(self, draft: Draft, when: When) -> None:
        spots: tuple[Spot | None, ...] = draft.spots or (None,)
        made: list[Told] = []
        for spot in spots:
            earlier = self._earlier(draft, spot, when)
            if earlier is not None:
                self._add(earlier, draft if len(spots) == 1 else draft.with_(counts=()))
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

    def finish(self) -> list[Told]:
        """The events in the order told; a sum over a country gives way to the places that make it up."""
        if self.scenes >= (_SPORT if not self.armed else 2 * _SPORT):
            self.events = [event for event in self.events if event.killed()]  # a match
        if self.accidents:
            self.events = [event for event in self.events if event.side_a is not None]  # a boiler that burst
        return settling.finish(self.events, self.totals)
