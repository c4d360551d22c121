"""sources and publishers: where an account stands, and who published it. CE381-CE419."""

from __future__ import annotations

from conflict_events.schema.column import Column, Table, matches, one_of, required
from conflict_events.schema.kinds import AnyRequiredWhen, Differs, When
from conflict_events.schema.rule import DESIGN, Rule
from conflict_events.schema.table_rules import exists, in_order, needs, unique
from conflict_events.schema.types import Type

SOURCES = Table(
    name="sources",
    description="One article, statement or post that a report was coded from.",
    key=("source_id",),
    sort=("source_id",),
    columns=(
        Column("source_id", Type.STRING, "Identifier of the source.", rules=(required("CE381"),)),
        Column(
            "url",
            Type.STRING,
            "Address of the page.",
            rules=(matches("CE382", "https?://[^ ]+", "a web address (http or https)"),),
        ),
        Column("title", Type.STRING, "Title as published, without labels of its form such as 'Video:'."),
        Column(
            "publisher_id",
            Type.STRING,
            "Who published it first, in publishers; `unknown` where that is not known.",
            rules=(required("CE386"),),
        ),
        Column("author", Type.STRING, "Author as named on the page."),
        Column("published", Type.DATE, "Day of first publication.", unit="day, publisher's calendar"),
        Column("republished_by", Type.STRING, "Publisher that republished it and whose page was read."),
        Column("republished", Type.DATE, "Day of republication.", unit="day, publisher's calendar"),
        Column(
            "derived_from_source_id",
            Type.STRING,
            "The source this one repeats: an agency's copy, a translation.",
        ),
        Column("retrieved", Type.DATE, "Day the page was read.", unit="day, UTC"),
        Column(
            "language",
            Type.STRING,
            "Language of the text, ISO 639-1.",
            source="ISO 639-1",
            rules=(required("CE383"), matches("CE384", "[a-z]{2}", "a two-letter ISO 639-1 code", 2)),
        ),
        Column(
            "text_sha256",
            Type.STRING,
            "SHA-256 of the text as it was given, decoded and encoded in UTF-8.",
            rules=(matches("CE385", "[0-9a-f]{64}", "64 lower-case hexadecimal digits", 64),),
        ),
    ),
    table_rules=(
        unique("CE391", "source_id"),
        in_order("CE392", "published", "republished"),
        needs("CE393", "republished_by", "republished", "A republication has a republisher."),
        Rule(
            "CE394",
            "source_does_not_repeat_itself",
            "",
            Differs("source_id", "derived_from_source_id"),
            "source {source_id} is derived from itself",
            "A source repeats another one, or none.",
            DESIGN,
        ),
        exists("CE395", "publisher_id", "publishers", "publisher_id"),
        exists("CE396", "republished_by", "publishers", "publisher_id"),
        exists("CE397", "derived_from_source_id", "sources", "source_id"),
        Rule(
            "CE398",
            "released_source_can_be_found",
            "",
            AnyRequiredWhen(("url", "title"), When("source_id")),
            "source {source_id} has neither url nor title",
            "A reader must be able to find the source: by its address, or by publisher and title.",
            DESIGN,
            suite="release",
        ),
    ),
)

PUBLISHERS = Table(
    name="publishers",
    description="Who publishes sources: agencies, newspapers, ministries, monitors.",
    key=("publisher_id",),
    sort=("publisher_id",),
    columns=(
        Column("publisher_id", Type.STRING, "Identifier of the publisher.", rules=(required("CE401"),)),
        Column("name", Type.STRING, "Name of the publisher.", rules=(required("CE402"),)),
        Column(
            "country",
            Type.STRING,
            "Country it is based in, ISO 3166-1 alpha-3.",
            source="ISO 3166-1",
            rules=(one_of("CE403", "country"),),
        ),
        Column(
            "kind",
            Type.STRING,
            "What it is: agency, newspaper, broadcaster, state medium, party to the conflict, NGO, blog.",
            rules=(required("CE404"), one_of("CE405", "publisher_kind")),
        ),
        Column("stance", Type.STRING, "Which side it leans to, in a few neutral words."),
        Column("stance_source", Type.STRING, "Where the stance is stated; a stance is never ours alone."),
    ),
    table_rules=(
        unique("CE411", "publisher_id"),
        needs("CE412", "stance_source", "stance", "A stance is stated by a source, never by us alone."),
    ),
)
