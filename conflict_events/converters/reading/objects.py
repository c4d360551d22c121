"""JSON: a list of objects is a table of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from conflict_events.converters.conversion import SetAside
from conflict_events.converters.reading.archive import shown
from conflict_events.converters.reading.containers import Source
from conflict_events.converters.reading.jsonwalk import ROWS, Around, Broken, Item, Start, as_text, plain, walk
from conflict_events.converters.reading.model import Block, Reject, Shape, Sheet
from conflict_events.converters.reading.streams import Text

if TYPE_CHECKING:
    import pyarrow as pa

MAX_BYTES = 512 * 2**20
"""The largest JSON text that is read: it is held in memory."""

_ROWS = 20_000


def sheet(source: Source) -> Sheet | SetAside:
    """The sheet of a JSON text; its header record is every key in the order of first appearance.

    The text is walked once to know the keys and once for the rows. SetAside where there is no list of objects in it,
    or nothing before the place where it breaks.
    """
    text = _text_of(source)
    if isinstance(text, SetAside):
        return text
    keys: dict[str, None] = {}
    items: list[dict[str, Any]] = []
    around: dict[str, Any] = {}
    found = False
    rows = 0
    for event in walk(text):
        if isinstance(event, Start):
            found = True
        elif isinstance(event, Around):
            around[event.key] = event.value
        elif isinstance(event, Broken):
            if not keys:
                return SetAside(source.name, None, event.reason)
        else:
            rows += 1
            if isinstance(event.value, dict):
                keys.update(dict.fromkeys(event.value))
                items += [event.value] if len(items) < 2 else []
    if not found or (rows and not keys):
        return SetAside(source.name, None, _no_rows(around))
    header = tuple(keys)
    first = (header, *(tuple(_cell(item.get(key)) for key in header) for item in items)) if header else ()

    def read(sheet: Sheet, shape: Shape, _: int) -> Iterator[Block]:
        return _blocks(source, sheet, shape)

    return Sheet(source.name, None, first, source.size, read, {key: plain(value) for key, value in around.items()})


def _blocks(source: Source, sheet: Sheet, shape: Shape) -> Iterator[Block]:
    text = _text_of(source, sheet)
    if isinstance(text, SetAside):
        yield Block(_table([], shape), (Reject(1, text.reason),), [].__getitem__, 0)
        return
    keys = sheet.first[0] if sheet.first else ()
    values: list[list[str | None]] = []
    lines: list[int] = []
    rejects: list[Reject] = []
    told = 0
    total = source.size or 0
    for event in walk(text):
        if isinstance(event, Broken):
            rejects.append(Reject(event.number, event.reason))
        elif isinstance(event, Item) and event.number > shape.skip - 1:
            row = _row(event.value, keys, shape)
            if isinstance(row, str):
                rejects.append(Reject(event.number, row))
            else:
                values.append(row)
                lines.append(event.number)
            if len(values) + len(rejects) >= _ROWS:
                done = min(total, total * event.end // max(1, len(text)))
                yield Block(_table(values, shape), tuple(rejects), lines.__getitem__, done - told)
                told, values, lines, rejects = done, [], [], []
    yield Block(_table(values, shape), tuple(rejects), lines.__getitem__, total - told)


def _row(value: Any, keys: Sequence[str], shape: Shape) -> list[str | None] | str:
    """The cells of an object, the header's n-th key in the n-th column; or why it is unsound."""
    if not isinstance(value, dict):
        return f"not an object: {_short(value)}"
    row: list[str | None] = []
    width = len(shape.columns)
    for key, column in zip(keys, shape.columns, strict=False):
        try:
            text = as_text(value.get(key))
            if text is not None:
                text.encode()
        except UnicodeEncodeError:
            return f"half a character (a lone surrogate) in column '{column}'"
        except RecursionError:
            return f"nested too deeply in column '{column}'"
        if text is not None and "\0" in text:
            return f"a NUL byte in column '{column}'"
        row.append(text)
    extra = next((key for key in keys[width:] if as_text(value.get(key)) is not None), None)
    if extra is not None:
        return f"a value under '{extra}', which has no column"
    return row + [None] * (width - len(row))


def _table(values: Sequence[Sequence[str | None]], shape: Shape) -> pa.Table:
    import pyarrow as pa

    columns = [pa.array([row[i] for row in values], pa.string()) for i in range(len(shape.columns))]
    return pa.table(columns, names=list(shape.columns))


def _text_of(source: Source, sheet: Sheet | None = None) -> str | SetAside:
    stream = source.open()
    try:
        text = Text(stream)
        data = text.read(MAX_BYTES + 1)
    finally:
        stream.close()
    if stream.trouble is not None:
        return SetAside(source.name, None, stream.trouble)
    if len(data) > MAX_BYTES:
        return SetAside(
            source.name, None, f"JSON of more than {MAX_BYTES // 2**20} MB: split it, or get the data as CSV"
        )
    if sheet is not None:
        text.seen(data, 1, sheet)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return SetAside(source.name, line, f"not UTF-8: byte 0x{data[error.start]:02x}")


def _no_rows(around: dict[str, Any]) -> str:
    if "features" in around:
        return "GeoJSON: get the data as CSV or as a JSON list of objects"
    said = next((around[key] for key in ("error", "message", "messages", "detail") if around.get(key)), None)
    answer = f"; it says: {_short(said)}" if said is not None else ""
    return f"JSON without a list of objects, plain or under {', '.join(ROWS[:4])}{answer}"


def _short(value: Any) -> str:
    try:
        text = as_text(value) or "null"
    except RecursionError:
        text = "nested too deeply"
    text = shown(text)
    return text if len(text) <= 80 else text[:79] + "…"


def _cell(value: Any) -> str:
    try:
        return as_text(value) or ""
    except RecursionError:
        return ""
