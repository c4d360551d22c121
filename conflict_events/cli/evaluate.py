"""conflict-events evaluate"""

from __future__ import annotations

from pathlib import Path

import click


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD.jsonl")
@click.argument("predictions", type=click.Path(path_type=Path), metavar="PREDICTIONS.jsonl")
@click.option("--details", is_flag=True, help="Also print each event that was missed and each that was false.")
@click.option("--format", "format_", type=click.Choice(("table", "json")), default="table", show_default=True)
@click.option("--by", type=click.Choice(("style", "kind", "phenomenon")), help="Also what was found of each group.")
def command(gold: Path, predictions: Path, details: bool, format_: str, by: str | None) -> None:
    """Compare extracted events with articles coded by hand.

    GOLD.jsonl holds an article a line (its keys: docs/reference/evaluation.md); PREDICTIONS.jsonl an event a line, as
    `convert ARTICLES... --format jsonl` prints them. The figures: lenient and strict F1, the share right in each slot,
    what was invented, and events from articles that hold none. Exit 0 whatever the figures.

    \b
    Examples:
      conflict-events convert tests/articles/coded/development/*.txt --format jsonl > events.jsonl
      conflict-events evaluate tests/articles/coded/development/gold.jsonl events.jsonl
      conflict-events evaluate gold.jsonl events.jsonl --details
      conflict-events evaluate gold.jsonl events.jsonl --by phenomenon
    """
    import json
    from dataclasses import asdict

    from conflict_events.evaluation import breakdown, evaluate, read_gold, read_predictions

    coded, events = read_gold(gold), read_predictions(predictions)
    unknown = sorted(set(events) - {article.name for article in coded})
    if unknown:
        click.echo(
            f"{predictions}: not counted: {len(unknown)} articles that {gold} does not code, as {unknown[0]}", err=True
        )
    score = evaluate(coded, events)
    if details:
        for miss in score.misses:
            click.echo(miss.to_text())
    groups = breakdown(coded, score, by) if by else {}
    if format_ == "json":
        told = score.to_dict() | ({by: {name: asdict(found) for name, found in groups.items()}} if by else {})
        click.echo(json.dumps(told, indent=2))
        return
    click.echo(score.to_text())
    if by:
        click.echo(f"\n{by:32}  coded  found  strictly")
        for name, found in groups.items():
            click.echo(f"{name:32} {found.coded:6} {found.lenient:6} {found.strict:9}")
