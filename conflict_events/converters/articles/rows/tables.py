"""From what was read to the rows of every table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from conflict_events.converters.articles.cleaning import metadata
from conflict_events.converters.articles.model import (
    Claim,
    Draft,
    Sentence,
    When,
)
from conflict_events.converters.articles.rows import event_rows, report_rows
from conflict_events.converters.articles.rows.code import opponent, side, subtype
from conflict_events.converters.articles.rows.explain import explain
from conflict_events.converters.articles.telling.story import Story
from conflict_events.converters.articles.telling.told import Account, Told
from conflict_events.converters.articles.where import geocode
from conflict_events.converters.articles.where.setting import Setting
from conflict_events.converters.articles.who import status
from conflict_events.converters.articles.who.coreference import Named

TABLES = ("events", "event_actors", "reports", "casualties", "sources", "publishers", "actors", "places")


Span = Callable[[Sentence], "tuple[int, int] | None"]


@dataclass(slots=True)
class Reading:
    """All that was understood before rows are made."""

    story: Story
    setting: Setting
    sentences: list[Sentence] = field(default_factory=list)
    named: Named = field(default_factory=Named)
    explanations: dict[str, list[str]] = field(default_factory=dict)
    control: list[tuple[int, status.Control, Claim, When]] = field(default_factory=list)


def source(
    tables: dict[str, list[event_rows.Row]], meta: metadata.Metadata, short: str, digest: str, language: str = "en"
) -> None:
    row: event_rows.Row = {"source_id": f"article:{short}", "language": language, "text_sha256": digest}
    for key, name in (("publisher_id", meta.publisher), ("republished_by", meta.republisher)):
        if name:
            publisher = metadata.publisher_row(name)
            row[key] = publisher["publisher_id"]
            if publisher not in tables["publishers"]:
                tables["publishers"].append(publisher)
    for key, value in (
        ("url", meta.url),
        ("title", meta.title),
        ("author", meta.author),
        ("published", meta.published),
        ("republished", meta.republished),
    ):
        if value is not None:
            row[key] = value
    tables["sources"].append(row)


def fill(
    tables: dict[str, list[event_rows.Row]], reading: Reading, short: str, span: Span, coder: str = event_rows.CODER
) -> dict[str, str]:
    """Rows of every event and report, by `coder`; returns the trace."""
    told = reading.story.finish()
    numbers = {id(event): f"{short}-{n}" for n, event in enumerate(told, start=1)}
    trace: dict[str, str] = {}
    actor_rows: dict[str, event_rows.Row] = {}
    place_rows: dict[str, event_rows.Row] = {}
    source_id, counter = f"article:{short}", 0

    def next_id() -> str:
        nonlocal counter
        counter += 1
        return f"article:{short}-r{counter}"

    for event in told:
        where = _where(event, reading)
        event_id = f"article:{numbers[id(event)]}"
        parent = event.parent if event.parent and id(event.parent) in numbers else None
        accounts = _distinct(event)
        row = event_rows.event(
            event,
            event_id,
            numbers[id(event)],
            f"article:{numbers[id(parent)]}" if parent else None,
            where,
            len(accounts),
            coder,
        )
        tables["events"].append(row)
        listed, named = event_rows.actors(event, where, event_id)
        tables["event_actors"].extend(listed)
        actor_rows.update({str(a.actor_id): event_rows.actor(a) for a in named})
        if "place_id" in row and where.location.place is not None:
            place_rows[str(row["place_id"])] = geocode.place_row(where.location.place)
        first_side = side(event.side_a, event, where.country)
        pair = (first_side, opponent(event.side_b, first_side, event, where.country))
        name = subtype(event, *pair)[1]
        for account in accounts:
            ids = (next_id(), event_id, source_id)
            sentence = reading.sentences[account.draft.sentence]
            report = report_rows.report(account, event, ids, name, pair, sentence, span)
            if "place_id" in row:
                report["place_id"] = row["place_id"]
            tables["reports"].append(report)
            tables["casualties"].extend(report_rows.casualties(account, ids[0], pair))
        first = accounts[0].draft
        reading.explanations[event_id] = explain(event, row, accounts, reading.sentences)
        trace[event_id] = f"sentence {first.sentence + 1}, {first.rule}"
    for total in reading.story.totals:
        draft = total.with_(when=total.when if total.when.start else When())
        sentence = reading.sentences[total.sentence]
        tables["reports"].append(
            report_rows.report(
                Account(draft), None, (next_id(), None, source_id), None, (None, None), sentence, span, "total"
            )
        )
    for number, control, claim, when in reading.control:
        draft = Draft(
            "control",
            "controls",
            number,
            (control.place,) if control.place else (),
            control.holder.actor,
            None,
            control.holder.text,
            when=when,
            claim=claim,
        )
        sentence = reading.sentences[number]
        tables["reports"].append(
            report_rows.report(
                Account(draft), None, (next_id(), None, source_id), None, (None, None), sentence, span, "control_status"
            )
        )
    tables["actors"].extend(actor_rows[key] for key in sorted(actor_rows))
    tables["places"].extend(place_rows[key] for key in sorted(place_rows))
    return trace


def _distinct(event: Told) -> list[Account]:
    """One account a sentence, in order: two drafts of one sentence on one event are one report."""
    found: dict[int, Account] = {}
    for account in event.accounts:
        number = account.draft.sentence
        if number in found:
            found[number] = Account(found[number].draft, found[number].counts + account.counts)
        else:
            found[number] = account
    return list(found.values())


def _where(event: Told, reading: Reading) -> event_rows.Where:
    number = event.accounts[0].draft.sentence
    paragraph = event.paragraph
    setting = reading.setting
    spot = event.spot
    if spot is None and event.side_a is not None and event.side_a.country and not event.aggregate:
        context: str | None = event.side_a.country
        if context not in setting.ranked(number, paragraph):
            context = setting.context(number, paragraph) or context
        return event_rows.Where(geocode.Location(country=context), context)
    ranked = setting.ranked(number, paragraph, spot)
    point = setting.point(paragraph)
    near = (point.latitude, point.longitude) if point else None
    location = geocode.locate(spot, ranked, near, setting.context(number, paragraph))
    return event_rows.Where(location, location.country)
