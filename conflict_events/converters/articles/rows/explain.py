"""Why an event was made: the sentences that tell it, the rules that read them, and where each column comes from."""

from __future__ import annotations

from collections.abc import Sequence

from conflict_events.converters.articles.model import Sentence
from conflict_events.converters.articles.rows.confidence import signs
from conflict_events.converters.articles.telling.told import Account, Told

Row = dict[str, object]
_BASES = {
    "stated": "the text gives the day",
    "relative": "counted from the day of publication, or from a day told before",
    "default_window": "no words of time with it: the days before publication",
}


def explain(event: Told, row: Row, accounts: Sequence[Account], sentences: Sequence[Sentence]) -> list[str]:
    """Lines for a person to read, the event first."""
    lines = [f"{row['event_id']}  {row.get('event_subtype')}  {_span(row)}  {_where(row)}"]
    for account in accounts:
        number = account.draft.sentence
        lines.append(f"  sentence {number + 1}: {sentences[number].text}")
        lines.append(f"    read by: {account.draft.rule}")
        if account.draft.claim.by:
            lines.append(f"    credited to: {account.draft.claim.by} ({account.draft.claim.kind})")
        lines.extend(f"    counted: {c.words} -> {c.harm} {_figures(c.low, c.best, c.high)}" for c in account.counts)
    words = f"'{event.when.words}', " if event.when.words else ""
    lines.append(f"  date: {words}{_BASES.get(event.when.basis or '', 'the text gives none')}")
    lines.append(f"  place: {_place(event, row)}")
    for letter in ("a", "b"):
        said = next((t for account in accounts if (t := getattr(account.draft, f"text_{letter}"))), None)
        name = row.get(f"side_{letter}")
        if name:
            lines.append(
                f"  side {letter}: {name}" + (f", in the text '{said}'" if said else ", from another sentence")
            )
    lines.append(f"  deaths: {_figures(*(row.get(f'deaths_{bound}') for bound in ('low', 'best', 'high')))}")
    holding = [sign for sign, holds in signs(event, row.get("latitude") is not None).items() if holds]
    lines.append(f"  confidence {row.get('confidence')}: {', '.join(holding) or 'nothing speaks for it'}")
    return lines


def _figures(low: object, best: object, high: object) -> str:
    """Three bounds in words; "-" for one that the text does not give."""
    if low is None and best is None and high is None:
        return "no figure"
    return " / ".join("-" if bound is None else str(bound) for bound in (low, best, high)) + " (low / best / high)"


def _span(row: Row) -> str:
    start, end = row.get("date_start"), row.get("date_end")
    return "undated" if start is None else str(start) if start == end else f"{start}..{end}"


def _where(row: Row) -> str:
    return ", ".join(str(row[key]) for key in ("place_name", "admin1", "country") if row.get(key)) or "nowhere named"


def _place(event: Told, row: Row) -> str:
    if event.spot is None:
        return "no place is named"
    found = f"'{event.spot.name}'" + (f" in '{event.spot.parent}'" if event.spot.parent else "")
    if row.get("latitude") is None:
        return f"{found}; no coordinates, precision {row.get('where_precision', 'unknown')}"
    return f"{found}; {row['latitude']}, {row['longitude']}, precision {row.get('where_precision')}"
