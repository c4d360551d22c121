"""coverage: where and when a source looked for events. CE551-CE563."""

from __future__ import annotations

from conflict_events.schema.column import Column, Table, one_of, required
from conflict_events.schema.table_rules import in_order, needs, unique
from conflict_events.schema.types import Type

COVERAGE = Table(
    name="coverage",
    description="Places and months in which a source looked for events: what tells 0 from not known.",
    key=("coverage_id",),
    sort=("coverage_id",),
    columns=(
        Column("coverage_id", Type.STRING, "Identifier of the row.", rules=(required("CE551"),)),
        Column(
            "origin",
            Type.STRING,
            "Origin of the events that were looked for, as in events.",
            rules=(required("CE552"), one_of("CE553", "origin")),
        ),
        Column(
            "country",
            Type.STRING,
            "Country that was looked at, ISO 3166-1 alpha-3; null means the world.",
            source="ISO 3166-1",
            rules=(one_of("CE554", "country"),),
        ),
        Column(
            "admin1",
            Type.STRING,
            "First division that was looked at, named as in events of that origin; null means the whole country.",
        ),
        Column(
            "first_month",
            Type.DATE,
            "First month that was looked at from its first day on, as that day. A month looked at in part is not one.",
            unit="month",
            rules=(required("CE555"),),
        ),
        Column(
            "last_month",
            Type.DATE,
            "Last month that was looked at to its end, as its first day.",
            unit="month",
            rules=(required("CE556"),),
        ),
        Column(
            "scope",
            Type.STRING,
            "What was looked for, in plain words: a month without an event is one in which nothing of this was found.",
            rules=(required("CE558"),),
        ),
        Column("source", Type.STRING, "Where the source says so: a codebook, a page.", rules=(required("CE559"),)),
    ),
    table_rules=(
        unique("CE561", "coverage_id"),
        in_order("CE562", "first_month", "last_month"),
        needs("CE563", "country", "admin1", "A first division is one of a country."),
    ),
)
