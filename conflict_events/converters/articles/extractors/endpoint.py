"""An OpenAI-compatible chat completions endpoint, over the standard library alone."""

from __future__ import annotations

import http.client
import json
import os
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any, NoReturn
from urllib.parse import urlsplit

from conflict_events.converters.articles.extractors import ExtractionError
from conflict_events.errors import UsageError

_LARGEST = 20_000_000  # bytes of an answer; more is no answer
_LONGEST_PAUSE = 30.0


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the key to another host."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model answers. timeout: seconds for one whole answer; attempts: requests before giving up."""

    url: str
    key: str = field(repr=False)
    timeout: float = 120.0
    attempts: int = 4
    pause: float = 1.0

    @property
    def host(self) -> str:
        """Host and port, for messages: an address may hold a password."""
        return urlsplit(self.url).netloc.rpartition("@")[2]

    def complete(self, model: str, messages: list[dict[str, str]], name: str, schema: dict[str, Any]) -> Any:
        """The parsed JSON of the model's answer. Raises ExtractionError, one line, whatever goes wrong."""
        body = {
            "model": model,
            "temperature": 0,
            "seed": 1,
            "messages": messages,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": name, "strict": True, "schema": schema},
            },
        }
        return _content(self._post(json.dumps(body).encode("ascii")))

    def _post(self, body: bytes) -> bytes:
        for attempt in range(1, self.attempts + 1):
            try:
                return self._once(body)
            except urllib.error.HTTPError as error:
                with error:
                    if not (error.code == 429 or error.code >= 500):
                        self._refused(error)
                    if attempt == self.attempts:
                        times = f"{attempt} times" if attempt > 1 else "once"
                        raise ExtractionError(f"{self.host} answered HTTP {error.code} {times}: try later") from error
                    wait = _seconds(error.headers.get("Retry-After"), self.pause * 2 ** (attempt - 1))
                time.sleep(min(wait, _LONGEST_PAUSE))
            except (OSError, http.client.HTTPException) as error:
                reason = getattr(error, "reason", error)
                if isinstance(reason, TimeoutError):
                    message = f"{self.host} gave no whole answer within {self.timeout:g} s"
                else:
                    message = f"no connection to {self.host}: {_line(reason)}"
                raise ExtractionError(message) from error
        raise AssertionError("an endpoint is asked at least once")

    def _once(self, body: bytes) -> bytes:
        request = urllib.request.Request(
            f"{self.url.rstrip('/')}/chat/completions",
            body,
            {"Content-Type": "application/json", "Authorization": f"Bearer {self.key}"},
        )
        end = time.monotonic() + self.timeout
        pieces: list[bytes] = []
        size = 0
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=self.timeout) as response:
            while piece := response.read1(65536):  # the socket's own timeout starts anew with each byte
                pieces.append(piece)
                size += len(piece)
                if time.monotonic() > end:
                    raise TimeoutError
                if size > _LARGEST:
                    raise ExtractionError(f"{self.host} answered with more than {_LARGEST:,} bytes")
        return b"".join(pieces)

    def _refused(self, error: urllib.error.HTTPError) -> NoReturn:
        if error.code in (401, 403):  # what the endpoint says of it may hold the key
            raise ExtractionError(f"{self.host} refused the key (HTTP {error.code}): see OPENAI_API_KEY") from error
        if 300 <= error.code < 400:
            raise ExtractionError(
                f"{self.host} redirects (HTTP {error.code}) and is not followed: set OPENAI_BASE_URL to the new address"
            ) from error
        said = _said(error)
        raise ExtractionError(
            f"{self.host} refused the request (HTTP {error.code}){': ' if said else ''}{said}"
        ) from error


def from_environment() -> Endpoint:
    """The endpoint that OPENAI_BASE_URL and OPENAI_API_KEY name; raises UsageError where they do not."""
    url, key = (os.environ.get(name, "").strip() for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY"))
    if not url:
        raise UsageError("the extractor 'llm' needs OPENAI_BASE_URL, for example http://localhost:11434/v1")
    if not key:
        raise UsageError("the extractor 'llm' needs OPENAI_API_KEY; a server of your own takes any word")
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and url.isascii() and url.isprintable()
        good = good and parts.port != 0 and " " not in url
    except ValueError:
        good = False
    if not good:
        raise UsageError("OPENAI_BASE_URL is no http or https address")
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise UsageError("OPENAI_API_KEY holds characters that no key has")
    return Endpoint(url, key, _timeout(os.environ.get("OPENAI_TIMEOUT", "")))


def _timeout(text: str) -> float:
    try:
        seconds = float(text or 120)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 86_400:
        raise UsageError(f"OPENAI_TIMEOUT is no number of seconds: '{text}'")
    return seconds


def _content(answer: bytes) -> Any:
    """What the model wrote, parsed."""
    try:
        choice = json.loads(answer)["choices"][0]
        message, finish = choice["message"], choice.get("finish_reason")
        content, refusal = message.get("content"), message.get("refusal")
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        raise ExtractionError("the endpoint's answer is no chat completion") from None
    if finish == "length":
        raise ExtractionError("the model's answer was truncated: it has a limit of tokens that is too low")
    if refusal or finish == "content_filter":
        raise ExtractionError(f"the model refused: {_line(refusal or 'its filter of contents stopped it')}")
    if not isinstance(content, str):
        raise ExtractionError("the model's answer has no text")
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise ExtractionError("the model's answer is not JSON") from None


def _said(error: urllib.error.HTTPError) -> str:
    """The endpoint's own message, if it gives one in the usual form."""
    try:
        return _line(json.loads(error.read(65536))["error"]["message"])
    except (ValueError, RecursionError, LookupError, TypeError, OSError, http.client.HTTPException):
        return ""


def _seconds(value: str | None, default: float) -> float:
    return float(value) if value and value.isascii() and value.isdigit() else default


def _line(what: object) -> str:
    text = " ".join(str(what).split())[:200]
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
