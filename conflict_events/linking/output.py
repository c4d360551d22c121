"""Links on disk: one Parquet file of links, or a folder of links and, where clusters were asked for, events.

Everything is written aside and renamed at the end. What a person confirmed is never overwritten.
"""

from __future__ import annotations

from pathlib import Path

from conflict_events import swap
from conflict_events.errors import UsageError
from conflict_events.linking.linked import Linked

FILES = ("links.parquet", "events.parquet")


def check(out: Path, clusters: bool, read: list[Path]) -> None:
    """UsageError where `out` cannot take the result: before the work is done, and not after."""
    out = out.resolve()
    single = out.suffix.lower() == ".parquet"
    if out.suffix.lower() in (".csv", ".json", ".jsonl", ".tsv", ".txt"):
        raise UsageError(f"{out}: name a file in .parquet, or a folder; --format without -o prints csv or json")
    if single and clusters:
        raise UsageError(f"{out} is one file, and clusters give links and events: name a folder")
    if single and out.is_dir():
        raise UsageError(f"{out} is a folder: name a file, or a folder without .parquet in its name")
    if not single and out.exists():
        if not out.is_dir():
            raise UsageError(f"{out} is a file: end the name in .parquet for links alone, or name a folder")
        other = next((path.name for path in sorted(out.iterdir()) if path.name not in FILES), None)
        if other is not None:
            raise UsageError(f"{out} holds other files ({other}): name a new folder, nothing in it was touched")
    written = {out} if single else {out / name for name in FILES}
    taken = next((path for path in read if path.resolve() in written), None)
    if taken is not None:
        raise UsageError(f"{taken} is an input of this very call and would be overwritten: name another file or folder")
    _refuse_reviewed(out if single else out / FILES[0])


def _refuse_reviewed(path: Path) -> None:
    """What a person confirmed cannot be made again."""
    if not path.is_file():
        return
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    try:
        reviewed = pq.read_table(path, columns=["reviewed"])["reviewed"]
    except (pa.ArrowException, OSError, KeyError) as error:
        raise UsageError(f"{path} is there and is no table of links: name another file") from error
    if pc.any(reviewed).as_py():
        raise UsageError(f"{path} has links that a person reviewed, which would be lost: name another file")


def write(linked: Linked, out: Path) -> list[Path]:
    """Write to `out`: a name ending in .parquet gets the links, a folder links.parquet and, where there are
    clusters, events.parquet. Returns the files. Raises UsageError where it cannot be written."""
    from conflict_events.targets import parquet

    out = out.resolve()
    provenance = {"source": "link"}
    tables = {"links": linked.links} | ({} if linked.events is None else {"events": linked.events})
    try:
        if out.suffix.lower() == ".parquet":
            out.parent.mkdir(parents=True, exist_ok=True)
            parquet.write("links", linked.links, out, provenance)
            return [out]
        with swap.folder(out) as aside:
            for name, table in tables.items():
                parquet.write(name, table, aside / f"{name}.parquet", provenance)
    except OSError as error:
        raise UsageError(f"cannot write {out}: {error.strerror or error}") from error
    return [out / f"{name}.parquet" for name in tables]
