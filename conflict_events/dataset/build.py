"""Records into a release: read, complete, check, write aside, put in place.

No clock, no random name and no path gets into a file, so the same records and libraries give the same bytes.
One build at a time: two in one folder would remove each other's work, though never a release that stands.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from conflict_events import schema, swap
from conflict_events.dataset import cite, coverage, history, manifest
from conflict_events.dataset.digest import digest, sha256
from conflict_events.dataset.manifest import Document, Manifest, TableFile, overall_digest
from conflict_events.dataset.records import Records, ReleaseInfo, read
from conflict_events.errors import BadDataError, ConflictEventsError, UsageError
from conflict_events.schema import vocabulary

if TYPE_CHECKING:
    import pyarrow as pa


DOCUMENTS = (
    "CITATION.bib",
    "COVERAGE.md",
    "DICTIONARY.md",
    "croissant.json",
    "datapackage.json",
    "macros.sql",
    "views.sql",
)
"""The files of a release besides the tables and the manifest."""


class Checked(Protocol):
    """What a check answers: `quality.Result`, or a stand-in."""

    @property
    def ok(self) -> bool:
        """Whether the tables may be released."""

    def to_text(self) -> str:
        """What is wrong, for people."""


class Check(Protocol):
    """How the tables are checked: `quality.validate`, or a stand-in."""

    def __call__(self, data: dict[str, pa.Table], *, suite: str) -> Checked:
        """Check all tables together."""


def build(records: Path, out: Path, check: Check | None = None, previous: Path | None = None) -> Manifest:
    """Build the release in the folder `out` from the records; the old release stands until the new one is whole.

    `previous` is the folder of the release before: then release_added and release_revised are set by what changed, and
    the superseded rows go into events_history (see `history`). Without it, the records say all of that themselves.

    `check` is `conflict_events.quality.validate` unless another is given. Raises BadDataError where the records
    cannot be read or break a rule of the release suite, UsageError where `out` holds anything but a release; then
    nothing in `out` has changed.
    """
    if check is None:
        from conflict_events.quality import validate

        check = validate
    out = out.resolve()
    _refuse_other_folder(out)
    swap.recover(out)
    found = read(records)
    data = tables(found)
    if previous is not None:
        data = history.advance(history.previous(previous, found.release.version), data, found.release.version)
    result = check(data, suite="release")
    if not result.ok:
        raise BadDataError(f"{records} breaks rules of the release, nothing was built: {_broken(result.to_text())}")
    with swap.folder(out) as aside:
        return _write(data, found.release, aside)


def tables(records: Records) -> dict[str, pa.Table]:
    """Every table of the schema from the records, with what a rule computes: counts, cells, geometry."""
    from conflict_events.targets.arrow import to_table
    from conflict_events.targets.geo import with_geometry

    _count_reports(records.tables)
    found = {}
    for table in schema.TABLES:
        if table in schema.CROSSWALKS:
            rows = [_dated(table, row) for row in vocabulary.rows(table.name)]
        else:
            rows = records.tables[table.name]
            if "aliases" in table.names:
                rows = [{"aliases": []} | row for row in rows]
        made = to_table(table.name, rows)
        found[table.name] = with_geometry(made) if "geometry" in table.names else made
    return found


def _dated(table: schema.Table, row: Mapping[str, str | None]) -> dict[str, Any]:
    """A row of a crosswalk's CSV with its dates as dates; all else stays text."""
    days = {column.name for column in table.columns if column.type is schema.Type.DATE}
    return {name: date.fromisoformat(cell) if cell and name in days else cell for name, cell in row.items()}


def _broken(report: str) -> str:
    """Each broken rule of a report with its first example, on one line."""
    lines = report.splitlines()
    found = [f"{line}, first {after.strip()}" for line, after in pairwise(lines) if line.startswith("error ")]
    return "; ".join(found) or " ".join(lines)


def _refuse_other_folder(out: Path) -> None:
    """`out` is replaced as a whole, so it may hold nothing but the files of a release."""
    if not out.exists():
        return
    if not out.is_dir():
        raise UsageError(f"{out} is a file: name the folder of the release")
    ours = {manifest.NAME, *DOCUMENTS, *(f"{table.name}.parquet" for table in schema.TABLES)}
    with suppress(ConflictEventsError):  # a release of another schema version may have other tables
        ours |= manifest.read(out).names
    other = sorted({path.name for path in out.iterdir()} - ours)
    if other:
        raise UsageError(f"{out} holds other files ({other[0]}), which a build would delete: name another folder")


def _count_reports(rows: Mapping[str, list[dict[str, Any]]]) -> None:
    counts = Counter(report.get("event_id") for report in rows["reports"])
    for event in rows["events"]:
        if event.get("origin") == "article":
            event["n_reports"] = counts[event["event_id"]]


def _write(data: dict[str, pa.Table], release: ReleaseInfo, folder: Path) -> Manifest:
    from conflict_events.targets import parquet

    provenance = {"release": release.version, "title": release.title, "licence": release.licence}
    files = []
    for name, rows in data.items():
        path = folder / f"{name}.parquet"
        parquet.write(name, rows, path, provenance)
        files.append(TableFile(path.name, name, rows.num_rows, path.stat().st_size, sha256(path), digest(name, path)))
    made = Manifest(release, schema.VERSION, overall_digest(files), tuple(files))
    made = replace(made, documents=tuple(_document(folder, *one) for one in _documents(made, data).items()))
    _write_text(folder / manifest.NAME, made.text())
    return made


def _documents(made: Manifest, data: Mapping[str, pa.Table]) -> dict[str, str]:
    from conflict_events.query import standalone
    from conflict_events.targets import croissant, datapackage, dictionary

    content = made.document()
    texts = (
        cite.bibtex(made),
        coverage.markdown(data),
        dictionary.markdown(),
        _json(croissant.document(content, cite.text(made))),
        _json(datapackage.document(content)),
        standalone.macros_sql(),
        standalone.views_sql(),
    )
    return dict(zip(DOCUMENTS, texts, strict=True))


def _document(folder: Path, name: str, text: str) -> Document:
    path = folder / name
    _write_text(path, text)
    return Document(name, path.stat().st_size, sha256(path))


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
