"""What the model is asked for: one declaration, sent as the JSON schema of the answer and used to check the answer."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, TypedDict

from conflict_events.schema import vocabulary

Schema = dict[str, Any]

_OWN = {
    "territory_change": "A place passes to another side by fighting, and is held for more than about a day.",
}
_KINDS = (
    "armed_clash",
    "territory_change",
    "chemical_weapon",
    "air_drone_strike",
    "suicide_bomb",
    "shelling_artillery_missile",
    "remote_explosive_landmine_ied",
    "grenade",
    "sexual_violence",
    "attack",
    "abduction_forced_disappearance",
    "peaceful_protest",
    "violent_demonstration",
    "agreement",
    "arrests",
    "looting_property_destruction",
    "troop_movement",
    "statement",
    "other",
)


class Harmed(TypedDict):
    """People of one group harmed in an event."""

    harm: str
    who: str
    words: str
    low: int | None
    best: int | None
    high: int | None


class Event(TypedDict):
    """One event as the model tells it."""

    kind: str
    quote: str
    place: str | None
    place_parent: str | None
    side_a: str | None
    side_a_type: str | None
    side_b: str | None
    side_b_type: str | None
    mutual: bool
    date_text: str | None
    date_start: str | None
    date_end: str | None
    harmed: list[Harmed]
    claimed_by: str | None
    assertion: str


_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_COUNT: Schema = {"type": ["integer", "null"]}


def _object(**properties: Schema) -> Schema:
    """An object that has these members, all of them and no other: what `strict` asks for."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _one_of(*codes: str | None) -> Schema:
    return {"type": ["string", "null"] if None in codes else "string", "enum": list(codes)}


_ACTOR_TYPE = _one_of(*vocabulary.codes("actor_type"), None)
EVENT = _object(
    kind=_one_of(*_KINDS),
    quote=_TEXT,
    place=_MAYBE,
    place_parent=_MAYBE,
    side_a=_MAYBE,
    side_a_type=_ACTOR_TYPE,
    side_b=_MAYBE,
    side_b_type=_ACTOR_TYPE,
    mutual={"type": "boolean"},
    date_text=_MAYBE,
    date_start=_MAYBE,
    date_end=_MAYBE,
    harmed={
        "type": "array",
        "items": _object(
            harm=_one_of(*vocabulary.codes("harm")),
            who=_one_of("side_a", "side_b", "civilians", "unknown"),
            words=_TEXT,
            low=_COUNT,
            best=_COUNT,
            high=_COUNT,
        ),
    },
    claimed_by=_MAYBE,
    assertion=_one_of(*vocabulary.codes("assertion")),
)
ANSWER = _object(language=_TEXT, events={"type": "array", "items": EVENT})

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}


def conforms(value: object, schema: Schema) -> bool:
    """Whether a value is as a schema of this module says: an endpoint may know nothing of `strict`."""
    wanted = schema["type"]
    kinds = [wanted] if isinstance(wanted, str) else wanted
    if not any(isinstance(value, _TYPES[kind]) for kind in kinds):
        return False
    if isinstance(value, bool) and "boolean" not in kinds:  # Python takes True for an integer
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if isinstance(value, dict):
        properties = schema["properties"]
        return value.keys() == properties.keys() and all(conforms(value[key], properties[key]) for key in properties)
    return not isinstance(value, list) or all(conforms(one, schema["items"]) for one in value)


@cache
def prompt() -> str:
    """The coding rules, with the kinds as the vocabulary defines them."""
    said = {term.code: term.definition for term in vocabulary.terms("event_subtype")} | _OWN
    kinds = "\n".join(f"- `{kind}`: {said[kind]}" for kind in _KINDS)
    text = (files(__package__ or "") / "llm_prompt.md").read_text(encoding="utf-8")
    return text.replace("{{kinds}}", kinds)
