"""The article as a whole: what one sentence leaves open, the sentences around it say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from conflict_events.converters.articles.gazetteer.fold import fold
from conflict_events.converters.articles.knowledge import words
from conflict_events.converters.articles.model import Actor, Draft, Spot, When
from conflict_events.converters.articles.telling import likeness, settling
from conflict_events.converters.articles.telling.ledger import Ledger
from conflict_events.converters.articles.telling.told import Memory, Told
from conflict_events.converters.articles.when.calendar import precision
from conflict_events.converters.articles.when.date_rules import default_window
from conflict_events.converters.articles.where.geocode import bare
from conflict_events.converters.articles.where.regions import only_region

_FEW_DAYS = 3
_LONG = 5  # the time precision of a year and more
_IN = ("in", "at", "near")
_SPORT = 2
_PLACED = ("advance", "wound", "troop_movement", "other", "looting_property_destruction")  # no event without a place
_LEAD = 2  # the sentences that open a report, the dateline and a byline among them


class Story:
    """Collects events sentence by sentence, in order."""

    def __init__(self, published: date | None, known: Callable[[Spot], bool]) -> None:
        self.published = published
        self.known = known
        self.ledger = Ledger()
        self.summaries: dict[str, Draft] = {}
        self.totals: list[Draft] = []
        self.last_when: When | None = None
        self.article_when: When | None = None
        self.statistical = False
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
        if paragraph != self.ledger.memory.paragraph:
            self.ledger.memory = Memory(paragraph)
        said = self.last_when
        for draft in drafts:
            self._tell(draft, same_day)
        if self.last_when is said:
            live = [when for when in whens or () if when.start and not when.background and when.precision in (1, 2)]
            self.last_when = live[0] if live else self.last_when
        memory = self.ledger.memory
        memory.spots.extend(s for s in spots if s.kind not in ("wide",) and s.preposition)
        memory.opponents.extend(
            a for a in mentions if a.actor_type in ("rebel_group", "unknown") and a not in memory.opponents
        )

    # -- one draft ---------------------------------------------------------------------------------------------------

    def _tell(self, draft: Draft, same_day: bool) -> None:
        memory = self.ledger.memory
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
                if any(likeness.compatible(e, draft) for e in self.ledger.events[-likeness.LOOK_BACK :])
                else draft
            )
        if draft.refers_back and draft.spots and self.ledger.places(draft, when):
            self._remember(draft, when)
            return
        if draft.refers_back and draft.trigger_noun and self.ledger.again(draft) and self.ledger.continues(draft, when):
            self.ledger.add(self.ledger.events[-1], draft)
            self._remember(draft, when)
            return
        specific = tuple(s for s in draft.spots if s.kind != "country" or s.direction)
        if draft.subtype not in self.summaries and (draft.side_a or draft.side_b):
            self.summaries[draft.subtype] = draft
        if not draft.spots and self.ledger.attach(draft, when):
            self._remember(draft, when)
            return
        if draft.follows or self._says_little(draft, specific):
            return
        if self._sums_up(draft):
            self.totals.append(draft)
            return
        if not draft.spots and draft.subtype not in ("statement", "agreement"):
            inherited = None if draft.when.shift else self._inherited()
            if inherited is None:
                if self._substantial(draft):
                    self.ledger.create(draft, when)
                    self._remember(draft, when)
                elif draft.sentence <= _LEAD and (draft.counts or draft.side_a or draft.side_b):
                    self.ledger.pending = draft
                return
            draft = draft.with_(spots=(inherited,), rule=f"{draft.rule}; place from an earlier sentence")
        if specific and len(specific) < len(draft.spots):
            draft = draft.with_(spots=specific)
        self.ledger.create(draft, when)
        self._remember(draft, when)

    def _says_little(self, draft: Draft, specific: tuple[Spot, ...]) -> bool:
        """Whether too little is told to make an event of it: without a place, or in general."""
        if not draft.spots and draft.subtype in _PLACED:
            return True
        bare_told = not (draft.when.words or draft.counts)
        fight = bare_told and draft.subtype in ("hit", "armed_clash", "attack")
        if fight and draft.trigger_noun and not specific and draft.spots:
            return True  # "jihadist attacks in Burkina Faso belong to …"
        if fight and (draft.trigger_noun or draft.trigger.lower().endswith("ing")) and self._all_wide(draft):
            return True  # "the army is fighting rebels in the north"
        vague = not specific or draft.trigger.lower() in words("grammar", "operations")
        idle = draft.side_b is None and not draft.counts and not self._sums_up(draft)
        return draft.subtype == "armed_clash" and vague and idle  # "an operation" somewhere, or against nobody

    def _sums_up(self, draft: Draft) -> bool:
        """A figure of a report of figures, or of a year: "341 officers have been killed this year"."""
        if self.statistical and not (draft.when.words and (draft.when.precision or 9) <= 2):
            return True
        return (draft.when.precision or 0) >= _LONG and any(c.harm == "killed" for c in draft.counts)

    def _only_names(self, draft: Draft) -> bool:
        """ "A, B and C were captured": names of people, unless a kind, a party or the gazetteer makes them places."""
        taken = draft.trigger.lower().startswith("captur") and draft.side_a is None and draft.taken_from is None
        if not (taken or draft.rule.startswith("lose verb")):
            return False
        return not any(s.kind or s.parent or s.preposition or self.known(s) for s in draft.spots)

    def _sides(self, draft: Draft) -> Draft:
        """A strike without an agent is the one that the summary spoke of; a list of villages keeps its loser."""
        memory = self.ledger.memory
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
            last = self.ledger.events[-1].side_a if self.ledger.events else None
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
        memory = self.ledger.memory
        before = memory.when or self.last_when
        if draft.when.shift is not None:
            return likeness.shifted(before, draft.when) or default_window(self.published)
        if draft.when.words:
            return draft.when
        if memory.when is not None:
            return memory.when
        if before is not None and (same_day or draft.refers_back or self.ledger.again(draft)):
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

    @staticmethod
    def _only_wide(draft: Draft) -> bool:
        return all(s.kind == "country" for s in draft.spots)

    def _remember(self, draft: Draft, when: When) -> None:
        memory = self.ledger.memory
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
        last = self.ledger.events[-1].spot if self.ledger.events else None
        return self._inherited() or last

    def _inherited(self) -> Spot | None:
        """The last place that the paragraph set, the most specific first."""
        for spot in reversed(self.ledger.memory.spots):
            if spot.kind != "country" or spot.direction:
                return spot
        return None

    def finish(self) -> list[Told]:
        """The events in the order told; a sum over a country gives way to the places that make it up."""
        events = self.ledger.events
        if self.scenes >= (_SPORT if not self.armed else 2 * _SPORT):
            events = [event for event in events if event.killed()]  # a match
        if self.accidents:
            events = [event for event in events if event.side_a is not None]  # a boiler that burst
        return settling.finish(events, self.totals)
