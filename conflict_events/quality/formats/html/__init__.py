"""One self-contained page: it works from a file, asks the network for nothing, and shows bad data only as text.

The page is page.html with page.css, the scripts and the data put in; the scripts write every text by `textContent`.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from importlib import resources
from typing import Any

from conflict_events.quality.formats import words
from conflict_events.quality.formats.html import data
from conflict_events.quality.result import Result

SCRIPTS = ("tables.js", "charts.js", "map.js", "page.js")


def to_html(result: Result) -> str:
    """The page, ending with a newline; at most `data.MOST` failing rows are in it, the worst first, and it says so."""
    style = _read("page.css")
    script = "".join(_read(name) for name in SCRIPTS)
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; base-uri 'none'; "
        "form-action 'none'"
    )
    parts = {
        "policy": html.escape(policy),
        "title": html.escape(words.printable(words.verdict(result).split("(")[0].strip())),
        "style": style,
        "data": _embedded(data.of(result)),
        "land": _embedded(json.loads(_read("land.json"))["rings"]),
        "script": script,
    }
    pieces = _read("page.html").split("%%")  # text, name, text, name, ..., text
    return "".join(parts[piece] if n % 2 else piece for n, piece in enumerate(pieces))


def _read(name: str) -> str:
    return (resources.files(__name__) / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _digest(text: str) -> str:
    """The text as a content security policy names it: only this very text may run."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _embedded(value: Any) -> str:
    """JSON that cannot end the script element that it stands in."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
