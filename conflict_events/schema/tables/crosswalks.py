"""vocabulary and crosswalk_*: our codes with their definitions, and other coding schemes beside them. CE491-CE529."""

from __future__ import annotations

from conflict_events.schema.column import Column, Table, one_of, required
from conflict_events.schema.rule import ACLED, UCDP
from conflict_events.schema.table_rules import exists, unique
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
