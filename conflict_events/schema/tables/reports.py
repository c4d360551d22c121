"""reports, casualties and event_actors: who said what of an event, whom it killed, who took part. CE31x-CE35x."""

from __future__ import annotations

from conflict_events.schema.column import Column, Table, between, matches, one_of, required
from conflict_events.schema.kinds import NullWhen, RequiredWhen, SpanFits, Together, When
from conflict_events.schema.rule import DESIGN, UCDP, Rule
from conflict_events.schema.table_rules import exists, in_order, unique
from conflict_events.schema.types import Type

REPORTS = Table(
    name="reports",
    description="One source's account of an event, of a total, or of who controls a place.",
    key=("report_id",),
    sort=("source_id", "report_id"),
    columns=(
        Column("report_id", Type.STRING, "Identifier of the report.", rules=(required("CE301"),)),
        Column(
            "event_id",
            Type.STRING,
            "The event told of; null for a total or a control claim that is no event.",
        ),
        Column("source_id", Type.STRING, "The source that tells it.", rules=(required("CE302"),)),
        Column(
            "claim_kind",
            Type.STRING,
            "What the report states: an event, a total over many, or a status of control.",
            rules=(required("CE303"), one_of("CE304", "claim_kind")),
        ),
        Column("claimed_by", Type.STRING, "Whom the source credits; null where it speaks in its own voice."),
        Column(
            "claimant_type",
            Type.STRING,
            "What the claimant is to the event: a side of it, its opponent, a government, a monitor, a witness.",
            rules=(one_of("CE305", "claimant_type"),),
        ),
        Column(
            "assertion",
            Type.STRING,
            "How it is put: stated as fact, claimed, or denied.",
            rules=(required("CE306"), one_of("CE307", "assertion")),
        ),
        Column(
            "event_subtype",
            Type.STRING,
            "Kind of event by this report alone.",
            rules=(one_of("CE308", "event_subtype"),),
        ),
        Column("date_start", Type.DATE, "First day by this report alone.", unit="day, local calendar"),
        Column("date_end", Type.DATE, "Last day by this report alone.", unit="day, local calendar"),
        Column(
            "date_precision",
            Type.INT8,
            "Precision of this report's dates, by UCDP's scale.",
            source=UCDP,
            rules=(one_of("CE309", "date_precision"),),
        ),
        Column("date_text", Type.STRING, "The words that date it, as in the source: 'On Monday'."),
        Column("place_id", Type.STRING, "The place, in places."),
        Column("place_text", Type.STRING, "The words that place it, as in the source."),
        Column("side_a_text", Type.STRING, "The words that name side a, as in the source."),
        Column("side_b_text", Type.STRING, "The words that name side b, as in the source."),
        Column("supersedes_report_id", Type.STRING, "An earlier report that this one replaces: a revised toll."),
        Column(
            "evidence_start",
            Type.INT32,
            "Where the evidence sentence begins in the text as it was given, decoded.",
            unit="Unicode code points",
            rules=(between("CE310", 0),),
        ),
        Column(
            "evidence_end",
            Type.INT32,
            "Where the evidence sentence ends, exclusive.",
            unit="Unicode code points",
            rules=(between("CE311", 0),),
        ),
        Column(
            "evidence_sha256",
            Type.STRING,
            "SHA-256, in UTF-8, of the evidence sentence after NFKC, lower case, and removal of all that is not "
            "alphanumeric: whoever has the article can check it, and no article text is redistributed.",
            rules=(matches("CE312", "^[0-9a-f]{64}", "64 lower-case hexadecimal digits", 64),),
        ),
        Column(
            "evidence_length",
            Type.INT32,
            "Length of the evidence sentence, normalised in the same way.",
            unit="Unicode code points",
            rules=(between("CE313", 1),),
        ),
    ),
    table_rules=(
        Rule(
            "CE321",
            "event_report_has_event",
            "",
            RequiredWhen("event_id", When("claim_kind", ("event",))),
            "a report of an event without event_id",
            "A report of kind event tells of one event; totals and control claims need none.",
            DESIGN,
        ),
        Rule(
            "CE322",
            "control_claim_is_no_event",
            "",
            NullWhen("event_id", When("claim_kind", ("control_status",))),
            "a control_status report points at event {event_id}",
            "A statement of who holds a place is no event.",
            DESIGN,
        ),
        in_order("CE323", "date_start", "date_end", UCDP),
        Rule(
            "CE324",
            "report_date_precision_fits_span",
            "",
            SpanFits("date_start", "date_end", "date_precision"),
            "date_precision {date_precision} does not fit {date_start} to {date_end}",
            "The span of days agrees with the precision, as in events.",
            UCDP,
        ),
        Rule(
            "CE325",
            "report_dates_together",
            "",
            Together(("date_start", "date_end", "date_precision")),
            "date_start {date_start}, date_end {date_end} and date_precision {date_precision}: some are missing",
            "A date has a start, an end and a precision, or the report has no date.",
            DESIGN,
        ),
        in_order("CE326", "evidence_start", "evidence_end"),
        Rule(
            "CE327",
            "evidence_hash_with_length",
            "",
            Together(("evidence_sha256", "evidence_length")),
            "evidence_sha256 and evidence_length: one is missing",
            "The hash is checked by sliding a window of that length over a text; it needs both.",
            DESIGN,
        ),
        Rule(
            "CE328",
            "claimed_is_not_own_voice",
            "",
            RequiredWhen("claimant_type", When("claimed_by")),
            "claimed_by '{claimed_by}' without claimant_type",
            "A claimant has a kind, so that a belligerent's claim is never taken for a monitor's.",
            DESIGN,
        ),
        unique("CE331", "report_id"),
        exists("CE332", "event_id", "events", "event_id"),
        exists("CE333", "source_id", "sources", "source_id"),
        exists("CE334", "place_id", "places", "place_id"),
        exists("CE335", "supersedes_report_id", "reports", "report_id", suite="core"),
        Rule(
            "CE336",
            "released_report_has_evidence",
            "",
            RequiredWhen("evidence_sha256", When("source_id")),
            "report {report_id} has no evidence_sha256",
            "Every released report can be checked against the sentence it was coded from.",
            DESIGN,
            suite="release",
        ),
    ),
)

CASUALTIES = Table(
    name="casualties",
    description="The people harmed, as one report counts them, by side and harm.",
    key=("report_id", "side", "harm"),
    sort=("report_id", "side", "harm"),
    columns=(
        Column("report_id", Type.STRING, "The report that counts them.", rules=(required("CE341"),)),
        Column(
            "side",
            Type.STRING,
            "Whose they are: side a, side b, civilians, unknown.",
            rules=(required("CE342"), one_of("CE343", "casualty_side")),
        ),
        Column(
            "harm",
            Type.STRING,
            "What was done to them: killed, wounded, captured, missing.",
            rules=(required("CE344"), one_of("CE345", "harm")),
        ),
        Column("low", Type.INT32, "Lowest count this report gives.", unit="persons", rules=(between("CE346", 0),)),
        Column("best", Type.INT32, "The count this report gives.", unit="persons", rules=(between("CE347", 0),)),
        Column(
            "high",
            Type.INT32,
            "Highest count this report gives.",
            unit="persons",
            rules=(between("CE348", 0),),
        ),
        Column("count_text", Type.STRING, "The words of the count, as in the source: 'at least 20', 'dozens'."),
    ),
    table_rules=(
        in_order("CE351", "low", "best"),
        in_order("CE352", "best", "high"),
        in_order("CE353", "low", "high"),
        unique("CE354", "report_id", "side", "harm"),
        exists("CE355", "report_id", "reports", "report_id"),
    ),
)

EVENT_ACTORS = Table(
    name="event_actors",
    description="Everyone who took part in an event: coalitions, allies, backers, targets.",
    key=("event_id", "name", "side", "role"),
    sort=("event_id", "side", "role", "name"),
    columns=(
        Column("event_id", Type.STRING, "The event.", rules=(required("CE361"),)),
        Column("actor_id", Type.STRING, "The actor, in actors, where it is known there."),
        Column("name", Type.STRING, "Neutral name of the actor.", rules=(required("CE362"),)),
        Column(
            "side",
            Type.STRING,
            "The side it is on: a, b, or other.",
            rules=(required("CE363"), one_of("CE364", "event_actor_side")),
        ),
        Column(
            "role",
            Type.STRING,
            "What it did: primary, ally, backer, target.",
            rules=(required("CE365"), one_of("CE366", "event_actor_role")),
        ),
    ),
    table_rules=(
        unique("CE371", "event_id", "name", "side", "role"),
        exists("CE372", "event_id", "events", "event_id"),
        exists("CE373", "actor_id", "actors", "actor_id"),
    ),
)
