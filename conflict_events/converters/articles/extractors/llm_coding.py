"""From a model's answers to what the rules would have read: only what the article bears out is taken over.

Every word that reaches a row is the article's own writing. From the model come codes, figures that stand in the text,
and days that are checked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from conflict_events.converters.articles import pipeline
from conflict_events.converters.articles.extractors import llm_facts as facts
from conflict_events.converters.articles.extractors.document import Opened
from conflict_events.converters.articles.extractors.llm_answer import EVENT, Event, conforms
from conflict_events.converters.articles.extractors.located import Located
from conflict_events.converters.articles.model import Actor, Claim, Count, Draft, Sentence, Spot
from conflict_events.converters.articles.rows.tables import Reading
from conflict_events.converters.articles.telling.story import Story
from conflict_events.converters.articles.telling.told import Account, Told
from conflict_events.converters.articles.who import actors, attribution, positions
from conflict_events.converters.articles.words.tokens import tokenise
from conflict_events.evidence import normalise

_SHORTEST, _FEWEST_WORDS = 20, 4
_MOST_SENTENCES = 3  # that a quote may run over; an article's layout may cut a sentence in two
_NAME, _PHRASE = 80, 160  # code points; what is longer is no name, or no phrase
_INTERNAL = {"territory_change": "territory"}
_ELLIPSIS = re.compile(r"\.\.\.|…")
_ARTICLE = re.compile(r"^\s*(?:the|an?)\s+", re.IGNORECASE)


class _Coded(Story):
    """The events as they were told: the model has seen the whole article and nothing is left to infer."""

    def finish(self) -> list[Told]:
        return self.ledger.events


@dataclass(frozen=True, slots=True)
class _Quote:
    """The sentence that bears an event out, by its number; around: it, with the one before and the one after."""

    number: int
    around: Sequence[Sentence]


@dataclass(slots=True)
class Coding:
    """An article on its way to rows. count: of its sentences; dropped: what was not taken over, counted by reason."""

    opened: Opened
    coder: str
    reading: Reading
    located: Located
    local: dict[str, Actor]
    known: set[int]
    count: int
    dropped: Counter[str] = field(default_factory=Counter)
    _keys: dict[tuple[object, ...], Told] = field(default_factory=dict)
    _joined: dict[tuple[int, int], int] = field(default_factory=dict)

    def take(self, events: Sequence[object], sentences: Sequence[Sentence]) -> None:
        """Take over the events that were told of some of the sentences, as far as they hold."""
        for event in events:
            reason = self._take(event, sentences)
            if reason:
                self.dropped[reason] += 1

    # -- one event ---------------------------------------------------------------------------------------------------

    def _take(self, given: object, sentences: Sequence[Sentence]) -> str | None:
        """Why the event is not taken over, or None."""
        if not conforms(given, EVENT):
            return "events not in the form asked for"
        event: Event = given  # type: ignore[assignment]
        quote = self._evidence(event["quote"], sentences)
        if quote is None:
            return "events without a quote from the article"
        place = self.located.words(event["place"], _NAME)
        if event["place"] and place is None:
            return "events at a place that the article does not name"
        if any(set(facts.figures(one)) - self.known for one in event["harmed"]):
            return "events with a figure that the article does not give"
        said = _ELLIPSIS.split(event["date_text"] or "")[0]
        words = self.located.words(said, _PHRASE)
        published = self.opened.meta.published
        when = facts.when(words, event["date_start"], event["date_end"], published, self.opened.document.clean)
        if event["date_start"] and (when.start is None or (said and words is None)):
            self.dropped["dates that the article does not bear out"] += 1
        if published and when.end and (published - when.end).days > facts.LONGEST_BACK:
            return "events of more than a month before the article"
        side_a, text_a = self._side(event["side_a"], event["side_a_type"])
        side_b, text_b = self._side(event["side_b"], event["side_b_type"])
        if side_b == side_a:
            side_b, text_b = None, None
        if place is None and side_a is None and side_b is None:
            return "events without a place or a side"
        paragraph = self.reading.sentences[quote.number].paragraph
        counts, nobody = self._harmed(event, quote, (side_a, side_b))
        kind = _INTERNAL.get(event["kind"], event["kind"])
        draft = Draft(
            kind,
            event["kind"],
            quote.number,
            (self._spot(place, event["place_parent"], paragraph),) if place else (),
            side_a,
            side_b,
            text_a,
            text_b,
            counts=counts,
            when=when if when.words else replace(when, start=None, end=None),
            claim=self._claim(event),
            rule=self.coder,
            mutual=event["mutual"] or kind == "agreement",
            no_casualties=nobody,
            taken_from=side_b if kind == "territory" else None,
        )
        told = Told(
            kind,
            draft.spots[0] if draft.spots else None,
            side_a,
            side_b,
            when,
            [Account(draft, counts)],
            paragraph,
            len(self.reading.story.ledger.events),
            loser=draft.taken_from,
            mutual=draft.mutual,
        )
        self._add(told)
        return None

    def _add(self, told: Told) -> None:
        """A new event, or one more report on an event of the same kind, place, days and sides."""
        names = tuple(side.name if side else None for side in (told.side_a, told.side_b))
        spot = normalise(told.spot.name) if told.spot else None
        key = (told.subtype, spot, told.when.start, told.when.end, names)
        earlier = self._keys.setdefault(key, told)
        if earlier is told:
            self.reading.story.ledger.events.append(told)
            return
        sentence = told.accounts[0].draft.sentence
        if all(account.draft.sentence != sentence for account in earlier.accounts):
            earlier.accounts += told.accounts

    # -- its parts ---------------------------------------------------------------------------------------------------

    def _evidence(self, quote: str, sentences: Sequence[Sentence]) -> _Quote | None:
        """Where the quote stands, as whole sentences."""
        if len(normalise(quote)) < _SHORTEST or (self.opened.english and len(quote.split()) < _FEWEST_WORDS):
            return None
        span = self.located.find(quote, sentences[0].start, sentences[-1].end)
        if span is None:
            return None
        held = [s for s in sentences if s.start < span[1] and span[0] < s.end]
        if not 0 < len(held) <= _MOST_SENTENCES:
            return None
        listed = self.reading.sentences
        first, last = listed.index(held[0]), listed.index(held[-1])
        around = listed[max(0, first - 1) : min(last + 2, self.count)]
        return _Quote(first if first == last else self._join(first, last), around)

    def _join(self, first: int, last: int) -> int:
        """The number of a sentence made of several; it comes after the article's own, whose numbers stay."""
        if (first, last) not in self._joined:
            listed = self.reading.sentences
            start, end = listed[first].start, listed[last].end
            text = self.opened.document.clean[start:end].replace("\n", " ")
            self._joined[first, last] = len(listed)
            listed.append(Sentence(text, start, end, listed[first].paragraph, tokenise(text)))
        return self._joined[first, last]

    def _side(self, name: str | None, kind: str | None) -> tuple[Actor | None, str | None]:
        words = self.located.words(name, _PHRASE)
        if words is None:
            self.dropped["sides that the article does not name"] += bool(name)
            return None, None
        return facts.actor(words, kind, self.local), words

    def _spot(self, place: str, parent: str | None, here: int) -> Spot:
        spots = self.reading.setting.spots
        near = [*spots.get(here, ()), *(s for at, listed in spots.items() if at != here for s in listed)]
        return facts.spot(place, self.located.words(parent, _NAME), near)

    def _harmed(
        self, event: Event, quote: _Quote, sides: tuple[Actor | None, Actor | None]
    ) -> tuple[tuple[Count, ...], bool]:
        """The counts that the sentence or one beside it gives; whether these say that nobody was harmed."""
        around = quote.around
        start, end = around[0].start, around[-1].end
        stand = facts.numbers(" ".join(s.text for s in around), self.opened.english)
        counts: list[Count] = []
        nobody = False
        for one in event["harmed"]:
            if not facts.figures(one):
                nobody = nobody or (one["best"] == 0 and facts.harmless(around))
                continue
            words = self.located.words(one["words"], _NAME, start, end)
            if words is not None and not set(facts.figures(one)) & facts.numbers(words, self.opened.english):
                words = None
            count = facts.count(one, words, stand, sides)
            if count is None:
                self.dropped["figures that the sentence does not give"] += 1
            elif count not in counts:
                counts.append(count)
        return tuple(counts), nobody

    def _claim(self, event: Event) -> Claim:
        by = self.located.words(_ARTICLE.sub("", event["claimed_by"] or ""), _PHRASE)
        assertion = event["assertion"]
        if by is None:
            return Claim(assertion="denied" if assertion == "denied" else "stated")
        claim = Claim(by, attribution.kind_of(by), assertion if assertion == "denied" else "claimed")
        speaker = positions.claimant(actors.find(tokenise(by), dict(self.local)), claim)
        return replace(claim, actor=speaker.actor) if speaker else claim


def begin(opened: Opened, coder: str) -> Coding:
    """The article's sentences and its setting as the rules read them, and no event yet."""
    reading = pipeline.read(opened.document, opened.meta)
    reading.story = _Coded(opened.meta.published, lambda _: False)
    reading.control = []
    local: dict[str, Actor] = {}
    for sentence in reading.sentences:
        actors.find(sentence.tokens, local)
    known = facts.numbers("\n".join(sentence.text for sentence in reading.sentences), opened.english)
    return Coding(
        opened, coder, reading, Located(opened.document.clean, opened.english), local, known, len(reading.sentences)
    )
