"""links and events_history: which rows tell of one event, and how a row stood in earlier releases. CE461-CE489."""

from __future__ import annotations

from dataclasses import replace

from conflict_events.schema.column import Column, Table, between, matches, required
from conflict_events.schema.kinds import Differs
from conflict_events.schema.rule import DESIGN, Rule
from conflict_events.schema.table_rules import exists, unique
from conflict_events.schema.tables.events import EVENTS
from conflict_events.schema.types import Type

RELEASE_FORM = (r"[0-9]{4}\.[0-9]{2}\.[0-9]+", "a data release such as 2026.11.0")

LINKS = Table(
    name="links",
    description="Pairs of events judged to be the same, with the reasons.",
    key=("event_id_1", "event_id_2", "method"),
    sort=("event_id_1", "event_id_2"),
    columns=(
        Column("event_id_1", Type.STRING, "One event.", rules=(required("CE461"),)),
        Column("event_id_2", Type.STRING, "The other event.", rules=(required("CE462"),)),
        Column(
            "score",
            Type.DOUBLE,
            "How alike they are by the method.",
            unit="probability",
            rules=(required("CE463"), between("CE464", 0, 1)),
        ),
        Column("method", Type.STRING, "What linked them, with version.", rules=(required("CE465"),)),
        Column("reasons", Type.STRING, "Which features agree and which do not.", rules=(required("CE466"),)),
        Column("reviewed", Type.BOOL, "Whether a person confirmed the link.", rules=(required("CE467"),)),
    ),
    table_rules=(
        unique("CE471", "event_id_1", "event_id_2", "method"),
        Rule(
            "CE472",
            "link_joins_two_events",
            "",
            Differs("event_id_1", "event_id_2"),
            "event {event_id_1} is linked to itself",
            "A link joins two events.",
            DESIGN,
        ),
        exists("CE473", "event_id_1", "events", "event_id"),
        exists("CE474", "event_id_2", "events", "event_id"),
    ),
)

EVENTS_HISTORY = Table(
    name="events_history",
    description="Rows of events as they stood in earlier releases: what makes `as_of` true.",
    key=("event_id", "valid_from"),
    sort=("event_id", "valid_from"),
    # The superseded row stays as it was, broken rules and all: only what makes it findable is checked.
    columns=(
        *(
            replace(c, rules=(required("CE481"),)) if c.name == "event_id" else replace(c, rules=())
            for c in EVENTS.columns
        ),
        Column(
            "valid_from",
            Type.STRING,
            "Data release that first had this row.",
            rules=(required("CE482"), matches("CE483", *RELEASE_FORM)),
        ),
        Column(
            "valid_to",
            Type.STRING,
            "Data release that no longer had it.",
            rules=(required("CE484"), matches("CE485", *RELEASE_FORM)),
        ),
        Column("merged_into", Type.STRING, "The event that took its place, where two were found to be one."),
    ),
    table_rules=(unique("CE486", "event_id", "valid_from"),),
)
