"""The road from an article to rows: text, metadata, sentences, drafts, story, rows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from conflict_events.converters.articles.cleaning import boilerplate, metadata
from conflict_events.converters.articles.cleaning import text as texts
from conflict_events.converters.articles.knowledge import lexicon
from conflict_events.converters.articles.model import (
    Actor,
    Claim,
    Draft,
    Extraction,
    Finding,
    Mention,
    Sentence,
    Spot,
    Tokens,
    Trigger,
    When,
)
from conflict_events.converters.articles.rows import event_rows
from conflict_events.converters.articles.rows.tables import TABLES, Reading, Span, fill, source
from conflict_events.converters.articles.syntax import Parse, Parses, Syntax
from conflict_events.converters.articles.telling.story import Story
from conflict_events.converters.articles.what import actions, casualties, drafting, filters, harm
from conflict_events.converters.articles.when import calendar, dates, entities
from conflict_events.converters.articles.where import geocode, places
from conflict_events.converters.articles.where.setting import Setting, heading_country
from conflict_events.converters.articles.who import (
    actors,
    attribution,
    coreference,
    positions,
    responsibility,
    sides,
    status,
)
from conflict_events.converters.articles.words import sentences
from conflict_events.converters.articles.words.tokens import tokenise
from conflict_events.evidence import normalise

_UNREADABLE = {
    "empty": ("empty", "the article has no text"),
    "binary": ("unreadable_text", "the text is not prose; was a binary file read as text?"),
    "language": ("unreadable_language", "the text is not English; the rules read English only"),
}


def run(
    document: texts.Document,
    meta: metadata.Metadata,
    given: str,
    article: str,
    span: Span | None = None,
    syntax: Syntax | None = None,
) -> Extraction:
    """Events, reports, casualties and the source of one cleaned document; `given` is the text as it was handed in.

    With `syntax`, sides and mood go by its parses, and the rows name its coder.
    """
    digest = hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()
    short = digest[:12]
    findings: list[Finding] = []
    tables: dict[str, list[event_rows.Row]] = {name: [] for name in TABLES}
    reason = boilerplate.unreadable(document.clean, document.original)
    if reason is not None:
        findings.append(Finding(article, *_UNREADABLE[reason]))
    source(tables, meta, short, digest)
    trace: dict[str, str] = {}
    explanations: dict[str, list[str]] = {}
    if reason is None:
        reading = read(document, meta, syntax)
        coder = syntax.coder if syntax else event_rows.CODER
        trace = fill(tables, reading, short, span or _span_of(document), coder)
        explanations = reading.explanations
    findings.extend(metadata.undated(article, meta))
    if not tables["events"] and reason is None:
        findings.append(Finding(article, "no_event", "no sentence tells of a conflict event that the rules know"))
    return Extraction(article, tables, findings, trace, explanations)


def read(document: texts.Document, meta: metadata.Metadata, syntax: Syntax | None = None) -> Reading:
    """Go through the sentences in order."""
    parses = syntax.parses(lambda: _telling(document, meta)) if syntax else None
    setting = Setting()

    def known(spot: Spot) -> bool:
        return geocode.known(spot, setting.ranked(len(reading.sentences) - 1, reading.sentences[-1].paragraph, spot))

    story = Story(meta.published, known)
    reading = Reading(story, setting)
    local: dict[str, Actor] = {}
    title = normalise(meta.title or "")
    anchor = None if meta.published else _anchor(document.clean)
    today: date | None = None
    titled, _ = dates.find(meta.title or "", tokenise(meta.title or "").lows, meta.published, None)
    days = [when for when in titled if when.basis == "stated" and when.precision == 1 and not when.background]
    if len(days) == 1:
        story.head(days[0])
    story.statistical = _statistical(document.clean)
    common = frozenset(re.findall(r"(?<![\w'’-])[a-z]{3,}(?![\w'’-])", document.clean))
    heading: str | None = None
    for number, paragraph in enumerate(document.paragraphs):
        if number in meta.lines or boilerplate.is_boilerplate(paragraph.text):
            continue
        listed = sentences.split(paragraph, number)
        today = today or _day_of_writing(paragraph.text, meta.published)
        lone = len(listed) == 1 and boilerplate.is_heading(paragraph.text)
        for sentence in listed:
            spots = _sentence(
                reading, sentence, local, meta.published, anchor, heading, lone, title, today, common, parses
            )
            if lone:
                heading = heading_country(spots, len(sentence.tokens.words)) or heading
    return reading


def _sentence(
    reading: Reading,
    sentence: Sentence,
    local: dict[str, Actor],
    published: date | None,
    anchor: date | None,
    heading: str | None,
    lone: bool,
    title: str,
    today: date | None,
    common: frozenset[str],
    parses: Parses | None = None,
) -> list[Spot]:
    tokens = sentence.tokens
    mentions = coreference.resolve(tokens, actors.find(tokens, local), reading.named, sentence.paragraph)
    whens, same_day = dates.find(sentence.text, tokens.lows, published, anchor, today)
    parse = parses(sentence) if parses and not lone and not _repeats_title(sentence, title) else None
    if parse is not None and not whens:
        whens = entities.find(sentence.text, parse.dates, published, anchor, today)
    spots = places.find(tokens, mentions, _date_tokens(sentence, whens), common)
    number = len(reading.sentences)
    story = reading.story
    story.scenes += actions.scene(tokens)
    story.accidents += number <= 2 and bool(actions.says(tokens, "accidents"))
    story.armed += any(filters.armed(mention) for mention in mentions)
    reading.sentences.append(sentence)
    reading.setting.add(number, sentence, mentions, spots, heading)
    reading.named.ground = reading.setting.leading()
    drafts: list[Draft] = []
    if not lone and not _repeats_title(sentence, title) and not places.shouting(tokens):
        triggers = actions.find(tokens, mentions, parse)
        control = status.find(tokens, mentions, spots)
        claim = attribution.find(tokens) if triggers or whens or control else Claim()
        if control is not None:
            reading.control.append((number, control, claim, whens[0] if whens else When()))
        if claim.by is not None:
            party = positions.claimant(mentions, claim)
            reading.named.home = party.actor if party else reading.named.home
        if triggers or whens:
            drafts = _drafts(sentence, mentions, spots, triggers, whens, claim, number, parse)
        drafts = drafts or _tolls(tokens, mentions, whens, number)
    if not lone:
        done_by = responsibility.find(tokens, mentions)
        if done_by is not None:
            reading.story.ledger.claimed(sentence.paragraph, done_by)
    reading.story.hear(
        sentence.paragraph, spots, [m.actor for m in mentions if not m.modifier], drafts, same_day, whens
    )
    if lone and len(whens) == 1 and whens[0].precision == 1:
        reading.story.head(whens[0])
    return spots


def _telling(document: texts.Document, meta: metadata.Metadata) -> Iterator[Sentence]:
    """The sentences of a document that hold a word that may tell of an event."""
    for number, paragraph in enumerate(document.paragraphs):
        if number not in meta.lines and not boilerplate.is_boilerplate(paragraph.text):
            yield from (s for s in sentences.split(paragraph, number) if actions.may_tell(s.tokens))


def _repeats_title(sentence: Sentence, title: str) -> bool:
    """Whether the sentence is the headline again: what it sums up is told below."""
    return len(title) > 20 and len(sentence.text) < 2 * len(title) + 60 and title in normalise(sentence.text)


def _drafts(
    sentence: Sentence,
    mentions: list[Mention],
    spots: list[Spot],
    triggers: list[Trigger],
    whens: list[When],
    claim: Claim,
    number: int,
    parse: Parse | None = None,
) -> list[Draft]:
    tokens = sentence.tokens
    speaker = positions.claimant(mentions, claim)
    claim = replace(claim, actor=speaker.actor) if speaker else claim
    aside = claim.aside or (0, 0)
    clear = [
        m
        for m in mentions
        if m.actor == drafting.BOMBER
        or (
            not any(t.noun and t.start <= m.start and m.end <= t.end for t in triggers)
            and not aside[0] <= m.start < aside[1]
        )
    ]
    counts = casualties.find(tokens, clear) if triggers else []
    drafts = drafting.draft(tokens, clear, spots, triggers, counts, whens, claim, number, speaker, parse)
    drafts = [d for d in drafts if d.subtype != "statement"] or _statements(sentence, clear, triggers, drafts)
    if not drafts:
        placed = positions.position(tokens, clear, spots, whens, claim, number)
        drafts = [placed] if placed else []
    others = tuple(("other", "backer", m.actor) for m in sides.backers(tokens, mentions))
    harmless = casualties.none_reported(tokens)
    if actions.says(tokens, "totals"):
        drafts = [d.with_(total=True) for d in drafts]
    if not (others or harmless):
        return drafts
    return [d.with_(others=others, no_casualties=harmless and d.subtype != "territory") for d in drafts]


def _statistical(clean: str) -> bool:
    """Whether the text is a report of figures over months: what it counts are sums."""
    low = clean.lower()
    found = sum(low.count(phrase) for phrase in lexicon("grammar")["statistics"])
    return found >= 5 and found >= len(low.split()) / 80


def _tolls(tokens: Tokens, mentions: list[Mention], whens: list[When], number: int) -> list[Draft]:
    """A later sentence that only counts the dead, or says that there are none, of the event told before."""
    claim = attribution.find(tokens)
    if claim.assertion == "denied":
        return []
    counts = tuple(c for c in casualties.find(tokens, mentions) if c.harm in ("killed", "wounded"))
    harmless = casualties.none_reported(tokens)
    old = any(when.background for when in whens) or actions.says(tokens, "background")
    if not (counts or harmless) or old or actions.says(tokens, "accidents"):
        return []
    draft = Draft(
        "kill", "", number, counts=counts, claim=claim, refers_back=True, no_casualties=harmless, follows=True
    )
    total = bool(actions.says(tokens, "totals"))
    return [harm.victims(draft.with_(rule="toll in a later sentence", total=total))]


_OF_DEATH = frozenset(
    ["death", "deaths", "killing", "martyrdom", "responsibility", "toll", "arrest", "mourning", "results"]
)


def _statements(
    sentence: Sentence, mentions: list[Mention], triggers: list[Trigger], drafts: list[Draft]
) -> list[Draft]:
    """Announcements by a side: the one kind of event that is words."""
    found: list[Draft] = []
    for trigger in triggers:
        told = set(sentence.tokens.lows[trigger.end : trigger.end + 4])
        if trigger.kind != "statement" or trigger.noun or trigger.passive or not drafts or told & _OF_DEATH:
            continue
        person, actor = positions.speaker(sentence.tokens, mentions, trigger)
        if actor is not None and actor.actor_type not in ("civilians", "protesters", "rioters"):
            claim = Claim(person or actor.name, "own_side", "stated")
            found.append(
                drafts[0].with_(
                    side_a=actor,
                    side_b=None,
                    text_b=None,
                    person=person,
                    spots=(),
                    counts=(),
                    claim=claim,
                    text_a=person or drafts[0].text_a,
                )
            )
            break
    return found


def _date_tokens(sentence: Sentence, whens: list[When]) -> list[tuple[int, int]]:
    """Token spans of the expressions of time, so that "May" is no place."""
    found: list[tuple[int, int]] = []
    tokens = sentence.tokens
    for when in whens:
        end = when.position + len(when.words or "")
        first = next((i for i, start in enumerate(tokens.starts) if start >= when.position), None)
        if first is None:
            continue
        last = first
        while last < len(tokens.starts) and tokens.starts[last] < end:
            last += 1
        found.append((first, last))
    return found


def _day_of_writing(text: str, published: date | None) -> date | None:
    """The day that a dateline gives, at most three days before publication."""
    match = sentences.dateline(text) if published else None
    if match is None or published is None:
        return None
    whens, _ = dates.find(match.group(), tokenise(match.group()).lows, published, None)
    days = [w.start for w in whens if w.start and w.start == w.end and 0 <= (published - w.start).days <= 3]
    return days[0] if days else None


def _anchor(clean: str) -> date | None:
    """The one full date of an undated text, if the text also names its weekday: it dates the other weekdays."""
    days = {day for _, _, day in calendar.full_dates(clean)}
    if len(days) != 1:
        return None
    day = days.pop()
    return day if day.strftime("%A") in clean else None


def _span_of(document: texts.Document) -> Span:
    def span(sentence: Sentence) -> tuple[int, int] | None:
        start, end = document.span(sentence.start, sentence.end)
        same = normalise(document.original[start:end]) == normalise(sentence.text)
        return (start, end) if same else None

    return span
