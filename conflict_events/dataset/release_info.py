"""What release.toml says of the release: version, title, licence, and what a citation needs."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from conflict_events.errors import BadDataError

_VERSION = re.compile(r"[0-9]{4}\.[0-9]{2}\.[0-9]+")


@dataclass(frozen=True, slots=True)
class ReleaseInfo:
    """A data release. version is CalVer (2026.11.0); licence an SPDX identifier; url where the release is found."""

    version: str
    title: str
    description: str
    licence: str
    licence_url: str
    authors: tuple[str, ...]
    released: date
    url: str | None = None
    doi: str | None = None
    keywords: tuple[str, ...] = ()
    attributions: tuple[str, ...] = ()


_LISTS = ("authors", "keywords", "attributions")
_OPTIONAL = ("url", "doi", "keywords", "attributions")


def release_info(content: dict[str, Any], file: str) -> ReleaseInfo:
    """Check and take over what release.toml holds. Raises BadDataError naming the key."""
    names = [field.name for field in fields(ReleaseInfo)]
    unknown = sorted(content.keys() - set(names))
    if unknown:
        raise BadDataError(f"{file}: unknown key {unknown[0]}: the keys are {', '.join(names)}")
    missing = [name for name in names if name not in content and name not in _OPTIONAL]
    if missing:
        raise BadDataError(f"{file}: {', '.join(missing)} is missing")
    for name, value in content.items():
        if not _fits(name, value):
            wanted = {"released": "a date, without quotes"}.get(name, "a list of texts" if name in _LISTS else "text")
            raise BadDataError(f"{file}: {name} = {value!r} must be {wanted}")
    if not _VERSION.fullmatch(content["version"]):
        raise BadDataError(f"{file}: version {content['version']!r} must be YEAR.MONTH.NUMBER, such as 2026.11.0")
    values: dict[str, Any] = {name: tuple(v) if name in _LISTS else v for name, v in content.items()}
    return ReleaseInfo(**values)


def is_version(text: str) -> bool:
    """Whether the text is a data release: year, two-digit month, number."""
    return _VERSION.fullmatch(text) is not None


def _fits(name: str, value: Any) -> bool:
    if name in _LISTS:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return type(value) is date if name == "released" else isinstance(value, str)
