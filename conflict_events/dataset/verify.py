"""Whether a release is what its manifest says, and whether its evidence stands in a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from conflict_events import resources, schema
from conflict_events.dataset.digest import digest, sha256
from conflict_events.dataset.manifest import NAME, Document, Manifest, TableFile, overall_digest, read
from conflict_events.dataset.release import load
from conflict_events.errors import BadDataError, UsageError
from conflict_events.evidence import find


@dataclass(frozen=True, slots=True)
class Problem:
    """One way in which a release departs from its manifest."""

    file: str
    what: str

    @property
    def message(self) -> str:
        """One line for people."""
        return f"{self.file}: {self.what}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Whether the evidence sentence of one report stands in a text, and where (code points, end exclusive).

    found is None where the report has no evidence to look for.
    """

    report_id: str
    source_id: str
    found: bool | None
    span: tuple[int, int] | None = None

    @property
    def message(self) -> str:
        """One line for people."""
        if self.span is not None:
            answer = f"its evidence stands at characters {self.span[0]} to {self.span[1]}"
        else:
            answer = "has no evidence to look for" if self.found is None else "its evidence is not in this text"
        return f"{self.report_id} ({self.source_id}): {answer}"


def verify(release: Path | None = None) -> list[Problem]:
    """Every departure of the files in `release` (None: the installed one) from the manifest; empty where it is whole.

    Raises UsageError where there is no manifest, BadDataError where it cannot be read.
    """
    folder = release or resources.release()
    manifest = read(folder)
    return [*_files(folder, manifest), *_manifest(manifest), *_extra(folder, manifest)]


def verify_event(event_id: str, text: str, release: Path | None = None) -> list[Evidence]:
    """For each report of the event, whether its evidence sentence stands in `text`, however that is laid out.

    Raises UsageError for an event that the release has not.
    """
    import pyarrow.compute as pc

    if not pc.any(pc.equal(load("events", release)["event_id"], event_id)).as_py():
        raise UsageError(f"no event '{event_id}' in the release: `conflict-events query` finds the ids")
    reports = load("reports", release)
    told = reports.filter(pc.equal(reports["event_id"], event_id)).to_pylist()
    return [_look(r["report_id"], r["source_id"], r["evidence_sha256"], r["evidence_length"], text) for r in told]


def _look(report_id: str, source_id: str, sha: str | None, length: int | None, text: str) -> Evidence:
    if sha is None or length is None:
        return Evidence(report_id, source_id, None)
    span = find(text, sha, length)
    return Evidence(report_id, source_id, span is not None, span)


def _files(folder: Path, manifest: Manifest) -> Iterator[Problem]:
    every: list[TableFile | Document] = [*manifest.files, *manifest.documents]
    for file in every:
        path = folder / file.path
        if not path.is_file():
            yield Problem(file.path, "is missing")
            continue
        same_bytes = path.stat().st_size == file.bytes and sha256(path) == file.sha256
        if isinstance(file, TableFile):
            yield from _table(path, file, same_bytes)
        elif not same_bytes:
            yield Problem(file.path, "is not the file of the manifest: its bytes differ")


def _table(path: Path, file: TableFile, same_bytes: bool) -> Iterator[Problem]:
    try:
        same_rows = digest(file.table, path) == file.digest
    except BadDataError:
        yield Problem(file.path, "cannot be read as the table it was")
        return
    match same_bytes, same_rows:
        case False, True:
            yield Problem(file.path, "was written anew: its bytes differ, its rows are the same")
        case False, False:
            yield Problem(file.path, "its rows are not those of the manifest")
        case True, False:
            yield Problem(NAME, f"the content digest of {file.path} is not that of its rows")


def _manifest(manifest: Manifest) -> Iterator[Problem]:
    if overall_digest(manifest.files) != manifest.digest:
        yield Problem(NAME, "the release's digest does not follow from those of its tables")
    if manifest.schema_version == schema.VERSION:
        for table in schema.TABLES:
            if table.name not in {file.table for file in manifest.files}:
                yield Problem(NAME, f"lists no file of table {table.name}")


def _extra(folder: Path, manifest: Manifest) -> Iterator[Problem]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in manifest.names:
            yield Problem(name, "is not in the manifest")
