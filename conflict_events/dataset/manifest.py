"""What a release holds: `manifest.json`, the list of its files with sizes, hashes and content digests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from conflict_events.dataset.release_info import ReleaseInfo
from conflict_events.errors import BadDataError, UsageError

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class TableFile:
    """One table's Parquet file. sha256 is of the bytes, digest of the rows (see `digest`), bytes the size."""

    path: str
    table: str
    rows: int
    bytes: int
    sha256: str
    digest: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the release that is no table: its metadata for people and other tools."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A release and its files. digest is over the digests of all tables: equal means equal content."""

    release: ReleaseInfo
    schema_version: str
    digest: str
    files: tuple[TableFile, ...]
    documents: tuple[Document, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Every file of the release, the manifest too."""
        return frozenset({NAME, *(file.path for file in self.files), *(one.path for one in self.documents)})

    @property
    def version(self) -> str:
        """The data release: 2026.11.0."""
        return self.release.version

    def document(self) -> dict[str, Any]:
        """The manifest as plain data, as it stands in manifest.json."""
        release = {k: v for k, v in asdict(self.release).items() if v not in (None, ())}
        return {
            "name": "conflict-events",
            "release": {**release, "released": self.release.released.isoformat()},
            "schema_version": self.schema_version,
            "digest": self.digest,
            "files": [asdict(file) for file in self.files],
            "documents": [asdict(document) for document in self.documents],
        }

    def text(self) -> str:
        """The text of manifest.json."""
        return json.dumps(self.document(), indent=2, ensure_ascii=False) + "\n"


def overall_digest(files: Iterable[TableFile]) -> str:
    """SHA-256 over the lines `table digest`, sorted by table."""
    lines = sorted(f"{file.table} {file.digest}\n" for file in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def read(folder: Path) -> Manifest:
    """The manifest of the release in `folder`. Raises UsageError where there is none, BadDataError for a broken one."""
    path = folder / NAME
    if not path.is_file():
        raise UsageError(
            f"{path}: no such file: name the folder of a release, or make one with `conflict-events build`"
        )
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        release: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in content["release"].items()}
        release["released"] = date.fromisoformat(release["released"])
        return Manifest(
            ReleaseInfo(**release),
            content["schema_version"],
            content["digest"],
            tuple(TableFile(**file) for file in content["files"]),
            tuple(Document(**document) for document in content["documents"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BadDataError(f"{path} is no manifest of a release ({error}): build the release again") from error
