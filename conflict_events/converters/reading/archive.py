"""The members of a zip: which are data, which are not, and which cannot be read."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from conflict_events.converters.conversion import SetAside
from conflict_events.converters.reading.containers import BOMB, BOMB_BYTES, BOMB_RATIO, Member, Source

_NO_DATA = re.compile(
    r"\.(pdf|docx?|odt|rtf|html?|md|png|jpe?g|gif|svg|xml|xsl|py|r|do|sql|bib|url|prj|shx|cpg|sbn|sbx)$"
    r"|^(read[ _-]?me|licen[cs]e|code[ _-]?book|terms|changelog|citation|manifest)\b",
    re.IGNORECASE,
)
_MOST_MEMBERS = 10_000


@dataclass(frozen=True, slots=True)
class Contents:
    """The data members, what cannot be read, and the names of members that are no data (codebooks, folders apart)."""

    sources: tuple[Source, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    left_out: tuple[str, ...] = ()
    workbook: bool = False


def contents(path: Path, name: str) -> Contents:
    """What a zip holds, by its directory; a workbook is a zip too, and is told so."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, UnicodeError) as error:
        return _refused(name, f"a zip that is damaged or cut off ({error}): get it again")
    names = {info.filename for info in infos}
    if "[Content_Types].xml" in names and any(n.startswith("xl/") for n in names):
        return Contents(workbook=True)
    if "[Content_Types].xml" in names:
        return _refused(name, "an Office document that is no workbook")
    if "META-INF/manifest.xml" in names and "content.xml" in names:
        return _refused(name, "an OpenDocument file: save it as CSV or XLSX")
    if len(infos) > _MOST_MEMBERS:
        return _refused(name, f"a zip of more than {_MOST_MEMBERS} members: unpack it first")
    if unpacked(infos) > max(BOMB_BYTES, BOMB_RATIO * path.stat().st_size):
        return _refused(name, BOMB)
    sources: list[Source] = []
    aside: list[SetAside] = []
    left_out: list[str] = []
    for info in infos:
        parts = PurePosixPath(info.filename.replace("\\", "/")).parts or ("(no name)",)
        if info.filename.endswith("/") or "__MACOSX" in parts or parts[-1].startswith("."):
            continue
        member = f"{name}!{shown(info.filename or parts[-1])}"
        if _NO_DATA.search(parts[-1]):
            left_out.append(shown(info.filename))
        elif info.flag_bits & 0x1:
            aside.append(SetAside(member, None, "encrypted: unpack it with its password first"))
        else:
            sources.append(Source(member, info.compress_size, partial(Member, path, info)))
    if not sources and not aside:
        held = f": only {', '.join(left_out[:5])}" if left_out else ""
        return _refused(name, f"a zip that holds no data{held}")
    return Contents(tuple(sources), tuple(aside), tuple(left_out))


def unpacked(infos: list[zipfile.ZipInfo]) -> int:
    """The bytes that the members say they unpack to."""
    return sum(info.file_size for info in infos)


def shown(name: str) -> str:
    """A name from inside a file as it may be printed: no control characters, no reversal of the text around it."""
    return "".join(c if c.isprintable() else "\ufffd" for c in name)[:200]


def _refused(name: str, reason: str) -> Contents:
    return Contents(set_aside=(SetAside(name, None, reason),))
