"""Walking through JSON text object by object, numbers kept as they are written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ROWS = ("data", "Result", "results", "value", "Results", "result", "items", "rows", "events")
"""Where APIs put their rows: ACLED `data`, UCDP `Result`; the others are common."""

_SPACE = re.compile(r"[ \t\r\n]*")


class Number(str):
    """A number, as the source writes it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An element of the list of rows; `number` counts from 1, `end` is where it ends in the text."""

    number: int
    value: Any
    end: int


@dataclass(frozen=True, slots=True)
class Around:
    """A key of the object that the list of rows stands in, and its value."""

    key: str
    value: Any


@dataclass(frozen=True, slots=True)
class Start:
    """The list of rows begins here."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The text cannot be read on. number: of the item that is broken."""

    number: int
    reason: str


Event = Start | Item | Around | Broken
_DECODER = json.JSONDecoder(parse_int=Number, parse_float=Number, parse_constant=Number)


def walk(text: str) -> Iterator[Event]:
    """The rows of a JSON text, in order: a list of objects, an object that holds one under a name of `ROWS`, or
    objects one after the other (JSON lines). What is broken ends the walk."""
    yield from _Walk(text).events()


class _Walk:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.number = 0

    def events(self) -> Iterator[Event]:
        try:
            self._space()
            if self._peek() == "[":
                yield from self._list()
                yield from self._nothing_more()
            elif self._is_lines():
                yield from self._lines()
            else:
                yield from self._object()
                yield from self._nothing_more()
        except json.JSONDecodeError as error:
            yield Broken(self.number + 1, self._where(error))
        except RecursionError:
            yield Broken(self.number + 1, "JSON nested too deeply")

    def _list(self) -> Iterator[Event]:
        yield Start()
        self.at += 1
        self._space()
        if self._peek() == "]":
            self.at += 1
            return
        while True:
            yield self._item()
            self._space()
            if self._peek() == "]":
                self.at += 1
                return
            self._expect(",")

    def _object(self) -> Iterator[Event]:
        self._expect("{")
        self._space()
        found = False
        if self._peek() == "}":
            self.at += 1
            return
        while True:
            self._space()
            key = self._value()
            if not isinstance(key, str) or isinstance(key, Number):
                raise json.JSONDecodeError("Expecting a name in double quotes", self.text, self.at)
            self._space()
            self._expect(":")
            self._space()
            if not found and key in ROWS and self._holds_rows():
                found = True
                yield from self._list()
            else:
                yield Around(key, self._value())
            self._space()
            if self._peek() == "}":
                self.at += 1
                return
            self._expect(",")

    def _lines(self) -> Iterator[Event]:
        yield Start()
        while self.at < len(self.text):
            yield self._item()
            self._space()

    def _item(self) -> Item:
        value = self._value()
        self.number += 1
        return Item(self.number, value, self.at)

    def _value(self) -> Any:
        self._space()
        value, self.at = _DECODER.raw_decode(self.text, self.at)
        return value

    def _is_lines(self) -> bool:
        """Whether a second object follows the first, without a comma."""
        try:
            _, end = _DECODER.raw_decode(self.text, self.at)
        except (json.JSONDecodeError, RecursionError):
            return False
        after = _SPACE.match(self.text, end)
        return after is not None and self.text.startswith("{", after.end())

    def _holds_rows(self) -> bool:
        """Whether a list of objects, or an empty one, follows."""
        return re.compile(r"\[[ \t\r\n]*[{\]]").match(self.text, self.at) is not None

    def _nothing_more(self) -> Iterator[Event]:
        self._space()
        if self.at < len(self.text):
            yield Broken(self.number + 1, self._where(json.JSONDecodeError("Extra data", self.text, self.at)))

    def _space(self) -> None:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _expect(self, mark: str) -> None:
        if self._peek() != mark:
            raise json.JSONDecodeError(f"Expecting '{mark}'", self.text, self.at)
        self.at += 1

    def _where(self, error: json.JSONDecodeError) -> str:
        if error.pos >= len(self.text.rstrip()) or error.msg.startswith("Unterminated"):
            return f"the JSON is cut off (line {error.lineno}, column {error.colno})"
        return f"no sound JSON: {error.msg} (line {error.lineno}, column {error.colno})"


def as_text(value: Any) -> str | None:
    """A value as a cell: null for null, compact JSON for what is nested, numbers as they were written."""
    if value is None or isinstance(value, str):
        return str(value) if value else None
    return _compact(value)


def _compact(value: Any) -> str:
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{_compact(key)}:{_compact(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_compact(each) for each in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def plain(value: Any) -> Any:
    """A value of the envelope, its numbers as numbers where Python can hold them."""
    try:
        return json.loads(_compact(value))
    except (ValueError, RecursionError):
        return str(value)
