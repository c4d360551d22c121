"""Which countries each sentence, paragraph and the whole article speak of, and the place that a paragraph is about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from conflict_events.converters.articles import gazetteer
from conflict_events.converters.articles.model import Mention, Sentence, Spot
from conflict_events.converters.articles.where import geocode
from conflict_events.converters.articles.where.regions import countries_of


@dataclass(slots=True)
class Setting:
    """Filled while the article is read, asked once all of it is known."""

    article: Counter[str] = field(default_factory=Counter)
    sentences: dict[int, Counter[str]] = field(default_factory=dict)
    paragraphs: dict[int, Counter[str]] = field(default_factory=dict)
    spots: dict[int, list[Spot]] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    regions: Counter[str] = field(default_factory=Counter)  # of use only where the article names no country
    _guess: str | None = None
    _placed: Counter[str] | None = None
    _points: dict[int, gazetteer.GazetteerPlace | None] = field(default_factory=dict)

    def add(
        self, number: int, sentence: Sentence, mentions: list[Mention], spots: list[Spot], heading: str | None
    ) -> None:
        """Take in one sentence; `heading` is the country that a heading above it names."""
        found = geocode.supported(sentence.tokens, mentions)
        for spot in spots:
            regions = countries_of(spot.name) if spot.kind != "country" and (spot.preposition or spot.parent) else {}
            if len(regions) == 1 and 1 in regions.values():
                self.regions[next(iter(regions))] += 1
        self.sentences[number] = found
        self.paragraphs.setdefault(sentence.paragraph, Counter()).update(found)
        self.article.update(found)
        self.spots.setdefault(sentence.paragraph, []).extend(spots)
        if heading is not None:
            self.headings[sentence.paragraph] = heading

    def leading(self) -> str | None:
        """The country (ISO3) that the text has spoken of most so far."""
        counted = self.article or self.regions
        return counted.most_common(1)[0][0] if counted else None

    def ranked(self, number: int, paragraph: int, spot: Spot | None = None) -> list[str]:
        """Countries to look for a place in, the likeliest first: a heading's or the place's own before all."""
        first: Counter[str] = Counter()
        if spot is not None and spot.country:
            first[spot.country] = 9
        heading = self.headings.get(paragraph)
        if heading:
            first[heading] += 5
        listed = rank_countries(
            first,
            self.sentences.get(number, Counter()),
            self.paragraphs.get(paragraph, Counter()),
            self.article or self.regions,
        )
        covered = set(gazetteer.countries())
        found = [country for country in listed if country in covered]
        if not found and self._guess is None:
            self._guess = self._by_places()
        return found or ([self._guess] if self._guess else [])

    def _by_places(self) -> str:
        """The one country that has at least two of the article's places as sizeable towns; "" where none stands out.

        Asked only of an article that names no country at all.
        """
        names = {geocode.bare(spot) for spots in self.spots.values() for spot in spots if spot.preposition or spot.kind}
        if len(names) < 2 or any(spot.kind == "country" for spots in self.spots.values() for spot in spots):
            return ""
        votes: Counter[str] = Counter()
        for country in gazetteer.countries():
            votes[country] = sum(
                any(place.population >= 50_000 for place in gazetteer.candidates(name, country)[:1]) for name in names
            )
        (first, most), (_, second) = votes.most_common(2)
        return first if most >= 2 and most > second else ""

    def point(self, paragraph: int) -> gazetteer.GazetteerPlace | None:
        """The first place of a paragraph that the gazetteer knows in a supported country."""
        if paragraph not in self._points:
            self._points[paragraph] = self._first(paragraph)
        return self._points[paragraph]

    def _first(self, paragraph: int) -> gazetteer.GazetteerPlace | None:
        ranked = self.ranked(-1, paragraph)
        best: gazetteer.GazetteerPlace | None = None
        for spot in self.spots.get(paragraph, ()):
            if spot.kind in ("country", "wide", "district", "village", "site"):
                continue
            place = geocode.lookup(geocode.bare(spot), ranked, None, 0.0)
            if place is not None and (best is None or place.population > 3 * max(1, best.population)):
                best = place
        return best

    def context(self, number: int, paragraph: int) -> str | None:
        """The country that the text around a sentence is about."""
        heading = self.headings.get(paragraph)
        if heading:
            return heading
        for at in range(paragraph, max(-1, paragraph - 4), -1):
            place = self.point(at)
            if place is not None:
                return place.country
        ranked = self.ranked(number, paragraph)
        votes = self._votes()
        return max(ranked, key=lambda country: (votes[country], -ranked.index(country))) if ranked else None

    def _votes(self) -> Counter[str]:
        """How many of the article's places each country has: an army abroad names its country, not its places."""
        if self._placed is None:
            self._placed = Counter()
            ranked = self.ranked(-1, -1)
            for name in {geocode.bare(s) for spots in self.spots.values() for s in spots if s.kind != "country"}:
                place = geocode.lookup(name, ranked, None, 0.0)
                if place is not None:
                    self._placed[place.country] += 1
                for country, level in countries_of(name).items():
                    self._placed[country] += level == 1
        return self._placed


def heading_country(spots: list[Spot], words: int) -> str | None:
    """The country that a heading consists of ("Syria"), or None."""
    if words <= 3 and len(spots) == 1 and spots[0].kind == "country":
        return spots[0].country
    return None


def rank_countries(*counters: Counter[str]) -> list[str]:
    """Countries from the closest context to the widest, each once, the most named first."""
    ranked: list[str] = []
    for counter in counters:
        for country, _ in sorted(counter.items(), key=lambda pair: (-pair[1], pair[0])):
            if country not in ranked:
                ranked.append(country)
    return ranked
