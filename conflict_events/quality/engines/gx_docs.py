"""Great Expectations' Data Docs of a result: its own static pages, for teams that read those.

The pages fetch fonts and styles from the network when they are opened; our own page (`--report html=FILE`) does not.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from conflict_events import schema, swap
from conflict_events.errors import UsageError
from conflict_events.quality import failures, plan
from conflict_events.quality.engines.frame import needed_columns, read_columns
from conflict_events.quality.engines.gx import ask
from conflict_events.quality.engines.pandera_pandas import native
from conflict_events.quality.engines.quiet import quiet
from conflict_events.quality.inputs import FILE, ROW
from conflict_events.quality.result import Rows

SITE = "conflict_events"
MARK = "index.html"


def write(rows: Rows, suite: str, folder: str | os.PathLike[str]) -> Path:
    """Validate the rows once more in a project of GX's that keeps what it finds, and build its pages in `folder`.

    Replaces `folder` where it is a site of an earlier run; UsageError where it is anything else. Returns the first
    page.
    """
    out = Path(folder)
    swap.refuse_other(out, MARK)
    with quiet(), tempfile.TemporaryDirectory(prefix="conflict-events-") as project, swap.folder(out) as new:
        context = _context(Path(project), new)
        tables: dict[str, list[Any]] = {}
        for part in rows.parts:
            if part.held is not None:
                raise UsageError("Data Docs are of data in memory or files, not of Spark frames")
            tables.setdefault(part.table.name, []).append(part)
        for name, parts in tables.items():
            rules = [r for r in schema.rules(name, suite) if all(set(plan.columns(r)) <= p.good for p in parts)]
            flags = frozenset(r.id for r in plan.relational_rules(name, suite)) & {r.id for r in rules}
            _validate(context, name, *_frame(rows, parts, rules, flags))
        context.build_data_docs(site_names=[SITE])
    return out / MARK


def _frame(rows: Rows, parts: list[Any], rules: list[schema.Rule], flags: frozenset[str]) -> tuple[Any, Any]:
    """The frame and what is asked of it; a rule over several rows is asked of a column that says what was found."""
    found = (
        f"NOT EXISTS (SELECT 1 FROM {failures.TABLE} AS f WHERE f.rule_id = '{r}' AND f.\"file\" = {FILE} "
        f'AND f."row" = {ROW}) AS "{r}"'
        for r in sorted(flags)
    )
    table = read_columns(rows.con, parts, needed_columns(rules), ", ".join(found))
    return ask(native(table), rules, flags)


def _context(project: Path, site: Path) -> Any:
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context: Any = gx.get_context(mode="file", project_root_dir=project)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    for name in list(context.get_site_names()):
        context.delete_data_docs_site(name)
    store = {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(site.absolute())}
    index = {"class_name": "DefaultSiteIndexBuilder"}
    config = {"class_name": "SiteBuilder", "site_index_builder": index, "store_backend": store}
    context.add_data_docs_site(site_name=SITE, site_config=config)
    return context


def _validate(context: Any, table: str, frame: Any, asked: list[Any]) -> None:
    import great_expectations as gx

    asset = context.data_sources.add_or_update_pandas(table).add_dataframe_asset(table)
    rows = asset.add_batch_definition_whole_dataframe("rows")
    suite = context.suites.add(gx.ExpectationSuite(name=table, expectations=asked))
    check = gx.ValidationDefinition(name=table, data=rows, suite=suite)
    context.validation_definitions.add(check).run(batch_parameters={"dataframe": frame})
