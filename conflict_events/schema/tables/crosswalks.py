"""vocabulary and crosswalk_*: our codes with their definitions, and other coding schemes beside them. CE491-CE549."""

from __future__ import annotations

from conflict_events.schema.column import Column, Table, one_of, required
from conflict_events.schema.rule import ACLED, UCDP
from conflict_events.schema.table_rules import exists, in_order, unique
from conflict_events.schema.types import Type

CAMEO = "CAMEO Codebook 1.1b3 (Schrodt 2012)"
PLOVER = "PLOVER Codebook (Open Event Data Alliance)"


def _text(name: str, description: str, source: str = "conflict-events design") -> Column:
    return Column(name, Type.STRING, description, source)


def _ours(first_rule: int) -> tuple[Column, ...]:
    return (
        Column(
            "event_type",
            Type.STRING,
            "Our nearest event_type; null where there is none.",
            rules=(one_of(f"CE{first_rule}", "event_type"),),
        ),
        Column(
            "event_subtype",
            Type.STRING,
            "Our nearest event_subtype; null where there is none.",
            rules=(one_of(f"CE{first_rule + 1}", "event_subtype"),),
        ),
        Column(
            "match",
            Type.STRING,
            "How near: exact, broad (ours is wider), narrow (ours is narrower), none.",
            rules=(one_of(f"CE{first_rule + 60}", "match"),),
        ),
        _text("note", "What to know before using the match."),
    )


VOCABULARY = Table(
    name="vocabulary",
    description="Every code of every closed vocabulary, with its label, definition and source.",
    key=("vocabulary", "code"),
    sort=("vocabulary", "code"),
    columns=(
        Column("vocabulary", Type.STRING, "Name of the vocabulary.", rules=(required("CE491"),)),
        Column("code", Type.STRING, "The code, as it stands in the tables.", rules=(required("CE492"),)),
        _text("parent", "The code one level up: a subtype's event_type."),
        Column("label", Type.STRING, "Name for people.", rules=(required("CE493"),)),
        _text("definition", "What the code means."),
        _text("source", "The publication that the term is from."),
    ),
    table_rules=(unique("CE494", "vocabulary", "code"),),
)

CROSSWALK_ACLED = Table(
    name="crosswalk_acled",
    description="ACLED's event and sub-event types, in each of its layouts, beside ours.",
    key=("acled_event_type", "acled_sub_event_type", "layout"),
    sort=("layout", "acled_event_type", "acled_sub_event_type"),
    columns=(
        Column("acled_event_type", Type.STRING, "ACLED event type.", ACLED, rules=(required("CE496"),)),
        _text("acled_sub_event_type", "ACLED sub-event type; null in the 2017 layout.", ACLED),
        _text("layout", "Which of ACLED's layouts uses the names.", ACLED),
        *_ours(497),
    ),
    table_rules=(unique("CE499", "acled_event_type", "acled_sub_event_type", "layout"),),
)

CROSSWALK_ACLED_ACTOR = Table(
    name="crosswalk_acled_actor",
    description="ACLED's actor codes (`inter`) beside our actor types.",
    key=("inter",),
    sort=("inter",),
    columns=(
        Column("inter", Type.STRING, "ACLED's number for the kind of actor.", ACLED, rules=(required("CE501"),)),
        _text("label", "ACLED's name for it, as newer files give it.", ACLED),
        Column("actor_type", Type.STRING, "Our actor type.", rules=(one_of("CE502", "actor_type"),)),
        _text("note", "What to know before using the match."),
    ),
    table_rules=(unique("CE503", "inter"),),
)

CROSSWALK_UCDP = Table(
    name="crosswalk_ucdp",
    description="UCDP GED's numeric codes and the column and code that we keep them in.",
    key=("ucdp_column", "ucdp_code"),
    sort=("ucdp_column", "ucdp_code"),
    columns=(
        Column("ucdp_column", Type.STRING, "Column of UCDP GED.", UCDP, rules=(required("CE506"),)),
        Column("ucdp_code", Type.STRING, "Its code.", UCDP, rules=(required("CE507"),)),
        _text("label", "What the code means.", UCDP),
        _text("column", "Our column."),
        _text("code", "Our code."),
    ),
    table_rules=(unique("CE508", "ucdp_column", "ucdp_code"),),
)

CROSSWALK_CAMEO = Table(
    name="crosswalk_cameo",
    description="Every CAMEO event code with its quad class, its PLOVER type, and our nearest kind of event.",
    key=("cameo_code",),
    sort=("cameo_code",),
    columns=(
        Column("cameo_code", Type.STRING, "CAMEO code, leading zeros kept.", CAMEO, rules=(required("CE511"),)),
        _text("parent_code", "The code one level up.", CAMEO),
        _text("label", "Short name.", CAMEO),
        _text(
            "quad_class",
            "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
            "GDELT Event Codebook 2.0",
        ),
        _text("plover", "PLOVER event type.", PLOVER),
        *_ours(512),
    ),
    table_rules=(
        unique("CE514", "cameo_code"),
        exists("CE515", "parent_code", "crosswalk_cameo", "cameo_code"),
    ),
)

CROSSWALK_PLOVER = Table(
    name="crosswalk_plover",
    description="PLOVER event types and modes beside ours.",
    key=("plover_type", "plover_mode"),
    sort=("plover_type", "plover_mode"),
    columns=(
        Column("plover_type", Type.STRING, "PLOVER event type.", PLOVER, rules=(required("CE521"),)),
        _text("plover_mode", "PLOVER mode; null for the type as a whole.", PLOVER),
        _text("label", "Short name.", PLOVER),
        *_ours(522),
    ),
    table_rules=(unique("CE524", "plover_type", "plover_mode"),),
)

CROSSWALK_COUNTRY = Table(
    name="crosswalk_country",
    description="Country codes of other schemes beside ours, with the days between which a code has that meaning.",
    key=("scheme", "code", "valid_from"),
    sort=("scheme", "code", "valid_from"),
    columns=(
        Column(
            "scheme",
            Type.STRING,
            "Which scheme the code is of: Gleditsch-Ward, FIPS 10-4, CAMEO, ISO 3166-1 numeric or alpha-2.",
            rules=(required("CE531"), one_of("CE532", "country_scheme")),
        ),
        Column(
            "code",
            Type.STRING,
            "The code as files write it: Gleditsch-Ward without leading zeros, ISO numeric with three digits.",
            rules=(required("CE533"),),
        ),
        Column("name", Type.STRING, "The country's name in that scheme.", rules=(required("CE534"),)),
        Column(
            "country",
            Type.STRING,
            "Our code of the state, or of the one that continues it; null for regions, seas and states that none "
            "continues.",
            rules=(one_of("CE535", "country"),),
        ),
        Column("valid_from", Type.DATE, "First day of that meaning; null where it is open.", unit="day"),
        Column("valid_to", Type.DATE, "Last day of that meaning; null where it is open.", unit="day"),
        _text("note", "What to know before using the code."),
    ),
    table_rules=(
        in_order("CE536", "valid_from", "valid_to"),
        unique("CE537", "scheme", "code", "valid_from"),
    ),
)

CROSSWALK_CAMEO_ACTOR = Table(
    name="crosswalk_cameo_actor",
    description="CAMEO's actor roles beside our actor types.",
    key=("cameo_role",),
    sort=("cameo_role",),
    columns=(
        Column("cameo_role", Type.STRING, "CAMEO role, three letters.", CAMEO, rules=(required("CE541"),)),
        _text("label", "Short name.", CAMEO),
        Column(
            "actor_type",
            Type.STRING,
            "Our nearest actor type; null where none is fair.",
            rules=(one_of("CE542", "actor_type"),),
        ),
        Column(
            "match",
            Type.STRING,
            "How near: exact, broad (ours is wider), narrow (ours is narrower), none.",
            rules=(one_of("CE543", "match"),),
        ),
        _text("note", "What to know before using the match."),
    ),
    table_rules=(unique("CE544", "cameo_role"),),
)
