"""What linking gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Summary:
    """Numbers of a run. `left_out`: reason -> events that were compared with none. `pairs`: pairs that reached the
    threshold, before each event was given its best; `links`: what became of them; `linked`: origin -> events of it
    that have a link. `too_large`: blocks of space and time, or of names and time, that were not compared because
    they make more pairs than they may, and `too_large_pairs` in them: links may be missing there."""

    method: str
    threshold: float
    events: Mapping[str, int]
    left_out: Mapping[str, int]
    pairs: int
    links: int
    linked: Mapping[str, int]
    clusters: int
    kept_clusters: int
    too_large: int
    too_large_pairs: int

    def to_dict(self) -> dict[str, Any]:
        """The numbers by name."""
        return asdict(self)

    def to_text(self) -> str:
        """One line or a few for people."""
        said = ", ".join(f"{n:,} {origin} ({self.linked.get(origin, 0):,} linked)" for origin, n in self.events.items())
        lines = [f"{self.links:,} links of {self.pairs:,} pairs at {self.threshold:g} or more: {said or 'no events'}"]
        if self.clusters or self.kept_clusters:
            kept = f", {self.kept_clusters:,} kept as they were given or grown" if self.kept_clusters else ""
            lines.append(f"{self.clusters:,} new clusters{kept}")
        if self.left_out:
            lines.append("not compared: " + ", ".join(f"{n:,} {reason}" for reason, n in self.left_out.items()))
        if self.too_large:
            lines.append(
                f"{self.too_large:,} blocks are too large to compare ({self.too_large_pairs:,} pairs): links may be "
                "missing there"
            )
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Linked:
    """`links`: Arrow, the table of that name, sorted by both ids. `events`: Arrow, every event that was given, with
    event_cluster_id; only where clusters were asked for, else None. `summary`: the numbers."""

    links: pa.Table
    events: pa.Table | None
    summary: Summary
