"""What changed between two schema documents (see `freeze`), and which version that demands.

- **breaking** (major): data that was good may now be bad, or a reader's query fails. A table or column removed (a
  rename is a removal and an addition), another type, key or unit, a column that may no longer be null, a code removed
  or moved, a rule of severity error that is new or asks more.
- **additive** (minor): old data stay good and old queries run. A nullable column, a table or a code added, a rule of
  severity warning or info, any rule removed or asking less. A new rule about a new column is additive too where a null
  does not break it: old data have null there.
- **patch**: words only: descriptions, messages, sources, order.

Of a rule whose parameters changed we say that it asks less only where that can be seen (a wider range, fewer origins,
a milder severity, a narrower suite); else it is taken to be breaking.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]

BREAKING, ADDITIVE, PATCH = "breaking", "additive", "patch"
BUMPS = {BREAKING: "major", ADDITIVE: "minor", PATCH: "patch"}
_RANK = {"none": 0, "patch": 1, "minor": 2, "major": 3}

_NULL_BREAKS = ("Required", "RequiredWhen", "AnyRequiredWhen", "Together", "ReferencedBy")
_COLUMN_FIELDS = ("column", "first", "second", "start", "end", "precision", "total", "cell", "latitude", "longitude",
                  "parent", "prefix", "key")  # fmt: skip
_WORDS = ("name", "message", "explanation", "source")


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its level, what happened, where (`table.column`, a rule id, `vocabulary.code`), and how."""

    level: str
    what: str
    where: str
    detail: str = ""


def changes(old: Document, new: Document) -> tuple[Change, ...]:
    """Every change, the breaking ones first."""
    found = [*_tables(old, new), *_rules(old, new), *_suites(old, new), *_vocabularies(old, new)]
    levels = list(BUMPS)
    return tuple(sorted(found, key=lambda c: (levels.index(c.level), c.what, c.where)))


def demanded(found: tuple[Change, ...]) -> str:
    """The bump that the changes demand: major, minor, patch or none."""
    return max((BUMPS[c.level] for c in found), key=lambda b: _RANK[b], default="none")


def bump(old: str, new: str) -> str:
    """How far the second version is from the first: major, minor, patch or none; ValueError where it is lower."""
    was, now = (tuple(int(part) for part in version.split(".")) for version in (old, new))
    if now < was:
        raise ValueError(f"version {new} is before {old}")
    return next((name for name, a, b in zip(("major", "minor", "patch"), was, now, strict=True) if a != b), "none")


def enough(found: tuple[Change, ...], old: str, new: str) -> bool:
    """Whether the second version number is high enough for the changes; ValueError where it is the lower one."""
    return _RANK[bump(old, new)] >= _RANK[demanded(found)]


def _tables(old: Document, new: Document) -> Iterator[Change]:
    was, now = _by("name", old["tables"]), _by("name", new["tables"])
    yield from (Change(BREAKING, "table removed", name) for name in was if name not in now)
    yield from (Change(ADDITIVE, "table added", name) for name in now if name not in was)
    for name in (n for n in was if n in now):
        one, other = was[name], now[name]
        if list(one["key"]) != list(other["key"]):
            yield Change(BREAKING, "key changed", name, f"{_list(one['key'])} -> {_list(other['key'])}")
        for field in ("description", "sort"):
            if _plain(one[field]) != _plain(other[field]):
                yield Change(PATCH, f"{field} changed", name)
        yield from _columns(name, _by("name", one["columns"]), _by("name", other["columns"]))


def _columns(table: str, was: Document, now: Document) -> Iterator[Change]:
    yield from (Change(BREAKING, "column removed", f"{table}.{name}") for name in was if name not in now)
    for name in (n for n in now if n not in was):
        level = ADDITIVE if now[name]["nullable"] else BREAKING
        yield Change(level, "column added", f"{table}.{name}", "" if now[name]["nullable"] else "it may not be null")
    shared = [name for name in was if name in now]
    if shared != [name for name in now if name in was]:
        yield Change(PATCH, "order of columns changed", table)
    for name in shared:
        one, other, where = was[name], now[name], f"{table}.{name}"
        if one["type"] != other["type"]:
            yield Change(BREAKING, "type changed", where, f"{one['type']} -> {other['type']}")
        if one["nullable"] != other["nullable"]:
            level, what = (BREAKING, "column may no longer be null") if one["nullable"] else (ADDITIVE, "null allowed")
            yield Change(level, what, where)
        if one["unit"] != other["unit"]:
            level = BREAKING if one["unit"] and other["unit"] else PATCH
            yield Change(level, "unit changed", where, f"{one['unit']} -> {other['unit']}")
        if one["vocabulary"] != other["vocabulary"]:
            level = BREAKING if other["vocabulary"] else ADDITIVE
            yield Change(level, "vocabulary changed", where, f"{one['vocabulary']} -> {other['vocabulary']}")
        if (one["description"], one["source"]) != (other["description"], other["source"]):
            yield Change(PATCH, "description changed", where)


def _rules(old: Document, new: Document) -> Iterator[Change]:
    was, now = _by("id", old["rules"]), _by("id", new["rules"])
    yield from (Change(ADDITIVE, "rule removed", id, was[id]["name"]) for id in was if id not in now)
    for id in (i for i in now if i not in was):
        asks = now[id]["severity"] == "error" and not _spares_old_rows(now[id], old, new)
        yield Change(BREAKING if asks else ADDITIVE, "rule added", id, f"{now[id]['name']} ({now[id]['severity']})")
    for id in (i for i in was if i in now):
        yield from _rule(id, was[id], now[id])


def _rule(id: str, one: Document, other: Document) -> Iterator[Change]:
    asks_more = [what for what, more, _ in _turns(one, other) if more]
    asks_less = [what for what, _, less in _turns(one, other) if less]
    if asks_more:
        level = BREAKING if other["severity"] == "error" else ADDITIVE
        yield Change(level, "rule asks more", id, ", ".join(asks_more))
    if asks_less:
        yield Change(ADDITIVE, "rule asks less", id, ", ".join(asks_less))
    if any(one[field] != other[field] for field in _WORDS):
        yield Change(PATCH, "rule reworded", id)


def _turns(one: Document, other: Document) -> Iterator[tuple[str, bool, bool]]:
    """What changed in a rule, and whether it now asks more, or less."""
    severities = ("info", "warning", "error")
    step = severities.index(other["severity"]) - severities.index(one["severity"])
    yield f"severity {one['severity']} -> {other['severity']}", step > 0, step < 0
    was, now = set(one["origins"]), set(other["origins"])
    if was != now:
        less = bool(now) and (not was or now < was)
        yield "origins", not less, less
    if one["suite"] != other["suite"]:
        yield f"suite {one['suite']} -> {other['suite']}", one["suite"] == "release", one["suite"] == "core"
    if one["table"] != other["table"]:
        yield "table", True, False
    if _plain(one["kind"]) != _plain(other["kind"]):
        less = _is_wider(one["kind"], other["kind"])
        yield "parameters", not less, less


def _is_wider(one: Document, other: Document) -> bool:
    if one["is"] != "Between" or other["is"] != "Between" or one["column"] != other["column"]:
        return False
    low = other["low"] is None or (one["low"] is not None and other["low"] <= one["low"])
    return low and (other["high"] is None or (one["high"] is not None and other["high"] >= one["high"]))


def _spares_old_rows(rule: Document, old: Document, new: Document) -> bool:
    """Whether rows of the older version, with null in every new column, cannot break the rule."""
    was, now = _by("name", old["tables"]), _by("name", new["tables"])
    if rule["table"] not in now:
        return False
    if rule["table"] not in was:
        return True
    kind = rule["kind"]
    named = {kind[field] for field in _COLUMN_FIELDS if field in kind} | set(
        kind.get("columns") or kind.get("parts") or ()
    )
    old_columns = _by("name", was[rule["table"]]["columns"])
    fresh = {name for name in named if name not in old_columns}
    if kind["is"] == "Together":
        return bool(fresh) and fresh == named
    if kind["is"] in _NULL_BREAKS:
        return False
    return bool(fresh)


def _suites(old: Document, new: Document) -> Iterator[Change]:
    was, now = _by("name", old["suites"]), _by("name", new["suites"])
    yield from (Change(BREAKING, "suite removed", name) for name in was if name not in now)
    yield from (Change(ADDITIVE, "suite added", name) for name in now if name not in was)
    known = _by("id", old["rules"])
    for name in (n for n in was if n in now):
        one, other = was[name], now[name]
        asked = {*other["includes"], *other["also"]} - {*one["includes"], *one["also"]}
        if any(part in known or part in ("core", "release") for part in asked):  # a rule that is new is judged as such
            yield Change(BREAKING, "suite asks more", name, _list(sorted(asked)))
        if {*one["includes"], *one["also"]} - {*other["includes"], *other["also"]}:
            yield Change(ADDITIVE, "suite asks less", name)
        hardened = set(one["known_defects"]) - set(other["known_defects"])
        if hardened:
            yield Change(BREAKING, "known defect is an error again", name, _list(sorted(hardened)))
        if set(other["known_defects"]) - set(one["known_defects"]):
            yield Change(ADDITIVE, "known defect added", name)
        if one["description"] != other["description"]:
            yield Change(PATCH, "description changed", f"suite {name}")
        if any(other["known_defects"].get(id, why) != why for id, why in one["known_defects"].items()):
            yield Change(PATCH, "known defect reworded", f"suite {name}")


def _vocabularies(old: Document, new: Document) -> Iterator[Change]:
    was, now = old["vocabularies"], new["vocabularies"]
    yield from (Change(BREAKING, "vocabulary removed", name) for name in was if name not in now)
    yield from (Change(ADDITIVE, "vocabulary added", name) for name in now if name not in was)
    for name in (n for n in was if n in now):
        one, other = _by("code", was[name]), _by("code", now[name])
        yield from (Change(BREAKING, "code removed", f"{name}.{code}") for code in one if code not in other)
        yield from (Change(ADDITIVE, "code added", f"{name}.{code}") for code in other if code not in one)
        for code in (c for c in one if c in other):
            if one[code]["parent"] != other[code]["parent"]:
                yield Change(
                    BREAKING, "code moved", f"{name}.{code}", f"{one[code]['parent']} -> {other[code]['parent']}"
                )
            elif one[code] != other[code]:
                yield Change(PATCH, "code reworded", f"{name}.{code}")


def _by(key: str, items: list[Document]) -> dict[str, Document]:
    return {item[key]: item for item in items}


def _plain(value: Any) -> Any:
    """Tuples as lists, as JSON has them, so that a live document and a frozen one compare."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, (list, tuple)) else value


def _list(names: Any) -> str:
    return ", ".join(map(str, names))
