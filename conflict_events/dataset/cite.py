"""How to cite a release."""

from __future__ import annotations

from pathlib import Path

from conflict_events.dataset.manifest import Manifest
from conflict_events.errors import UsageError

FORMATS = ("text", "bibtex")
_BIBTEX_SPECIAL = {c: f"\\{c}" for c in "&%$#_{}"} | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}"}


def cite(format: str = "text", release: Path | None = None) -> str:
    """The citation of the release in `release` (a folder; None: the one installed), as text or BibTeX.

    Raises UsageError for another format, and where there is no release.
    """
    from conflict_events.dataset.release import manifest

    if format not in FORMATS:
        raise UsageError(f"no citation format '{format}': use {' or '.join(FORMATS)}")
    return (text if format == "text" else bibtex)(manifest(release))


def text(manifest: Manifest) -> str:
    """One line: who, when, what, which version, where, under which licence, with which content."""
    of = manifest.release
    where = f"https://doi.org/{of.doi}. " if of.doi else f"{of.url}. " if of.url else ""
    return (
        f"{', '.join(of.authors)} ({of.released.year}). {of.title}, version {of.version} [Data set]. {where}"
        f"Licence {of.licence}. Content digest sha256:{manifest.digest[:16]}."
    )


def bibtex(manifest: Manifest) -> str:
    """One `@misc` entry, which every BibTeX style knows; ends in a newline."""
    of = manifest.release
    values = {
        # Inner braces keep the name of a group from being read as first and last names.
        "author": " and ".join(f"{{{_escape(author)}}}" for author in of.authors),
        "title": f"{{{_escape(of.title)}}}",
        "year": str(of.released.year),
        "version": of.version,
        "doi": of.doi,
        "url": of.url,
        "note": f"Data set. Licence {of.licence}. Content digest sha256:{manifest.digest[:16]}",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in values.items() if value]
    return "\n".join([f"@misc{{conflict-events-{of.version},", *lines, "}"]) + "\n"


def _escape(text: str) -> str:
    return "".join(_BIBTEX_SPECIAL.get(c, c) for c in text)
