"""Markdown, for a pull request's comment or the summary of a CI step. Bad data shows as text, never as markup."""

from __future__ import annotations

import re

from conflict_events import schema
from conflict_events.quality.formats import sample, words
from conflict_events.quality.result import Result

SPECIAL = re.compile(r"[&<>|`*_\[\]()#!~\\@:/$\"'{}=+^]|(?<=www)\.", re.IGNORECASE)
"""What Markdown or GitHub may take for markup, a mention, a formula or a link."""
CUT = "\n*The report is cut here: it is longer than may be shown. `--format json` has every failure.*\n"


def to_markdown(result: Result, examples: int = 3, limit: int | None = None) -> str:
    """The report: a table of the rules that failed, then examples of each, folded away.

    limit: most bytes of UTF-8; what does not fit is left out, from the end, and the text says so.
    """
    return _fit(_blocks(result, examples), limit)


def _blocks(result: Result, examples: int) -> list[str]:
    """The parts of the report, none of which is cut within."""
    word, rest = words.verdict(result).split(":", 1)
    blocks = [f"### Validation: {word}\n\n{_shown(rest.strip())}\n"]
    failed = result.worst_first
    if failed:
        blocks.append(
            "\n| severity | rule | name | failures | rows | excused | allowed |\n|---|---|---|--:|--:|--:|--:|\n"
        )
        blocks.extend(_row(result, rule_id) for rule_id in failed)
    shown = sample.of_rules(result, dict.fromkeys(failed, examples)) if examples else {}
    blocks.extend(_details(result, rule_id, shown[rule_id]) for rule_id in failed if rule_id in shown)
    if result.not_run:
        count = words.plural(len({s.rule_id for s in result.not_run}), "rule")
        lines = [f"- {', '.join(ids)}: {_shown(reason)}" for reason, ids in words.not_run(result)]
        blocks.append("\n".join([f"\n<details><summary>{count} did not run</summary>\n", *lines, "\n</details>\n"]))
    return blocks


def _row(result: Result, rule_id: str) -> str:
    cells = (
        result.severity(rule_id).value,
        rule_id,
        f"`{schema.rule(rule_id).name}`",
        f"{result.counts[rule_id]:,}",
        words.share(result, rule_id) or "",
        f"{result.excused_counts.get(rule_id, 0):,}",
        f"{result.allowed.get(rule_id, 0):,}",
    )
    return f"| {' | '.join(cells)} |\n"


def _details(result: Result, rule_id: str, shown: list[sample.Failure]) -> str:
    rule = schema.rule(rule_id)
    lines = [
        f"\n<details><summary>{rule_id} {_shown(rule.name)}: {_shown(words.tally(result, rule_id))}</summary>\n",
        f"{_shown(rule.explanation)}\n",
    ]
    for failure in shown:
        excuse = "" if failure.excused is None else f" (excused: {_shown(failure.excused)})"
        lines.append(f"- <code>{_shown(words.place(failure))}</code> {_shown(failure.message)}{excuse}")
    more = result.counts[rule_id] - len(shown)
    return "\n".join([*lines, *([f"- and {more:,} more"] if more else []), "\n</details>\n"])


def _shown(text: str) -> str:
    """The text as itself: one line, every character that may be markup as a reference."""
    return SPECIAL.sub(lambda found: f"&#{ord(found[0])};", words.printable(text))


def _fit(blocks: list[str], limit: int | None) -> str:
    """The blocks that fit into so many bytes."""
    if limit is None or sum(len(block.encode()) for block in blocks) <= limit:
        return "".join(blocks)
    room = limit - len(CUT.encode())
    kept = []
    for block in blocks:
        room -= len(block.encode())
        if room < 0:
            break
        kept.append(block)
    return "".join(kept) + (CUT if limit >= len(CUT.encode()) else "")
