"""The fingerprint of an evidence sentence, and the way back from it to a text.

No article text is redistributed. A report carries the SHA-256 and the length of its evidence sentence after
NFKC, lower case and the removal of all that is not alphanumeric, so whoever has the article can check it,
however it is laid out.
"""

from __future__ import annotations

import hashlib
import unicodedata


def normalise(sentence: str) -> str:
    """`sentence` after NFKC and lower case, its alphanumeric code points only."""
    lowered = unicodedata.normalize("NFKC", sentence).lower()
    return "".join(filter(str.isalnum, lowered))


def evidence(sentence: str) -> tuple[str, int]:
    """The SHA-256 (hex, of the UTF-8) and the length in code points of the normalised sentence."""
    text = normalise(sentence)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), len(text)


def find(text: str, sha256: str, length: int) -> tuple[int, int] | None:
    """Where in `text` (code points, end exclusive) the span with that fingerprint lies, or None.

    `text` may be laid out in any way: a window of `length` normalised code points is tried at every word start.
    The cost is one hash a word, so linear in the words times the length of the sentence.
    """
    if length <= 0:
        return None
    normal, owner, starts = normalise_with_owners(text)
    for start in starts:
        if start + length > len(normal):
            break
        window = normal[start : start + length]
        if hashlib.sha256(window.encode("utf-8", "surrogatepass")).hexdigest() != sha256:
            continue
        span = owner[start], owner[start + length - 1] + 1
        if evidence(text[slice(*span)]) == (sha256, length):  # no window may end inside a sign such as "¾"
            return span
    return None


def normalise_with_owners(text: str) -> tuple[str, list[int], list[int]]:
    """Normalised text, for each of its code points the offset in `text` that it came from, and the word starts."""
    pieces: list[str] = []
    owner: list[int] = []
    starts: list[int] = []
    position, in_word = 0, False
    for begin, end in _clusters(text):
        piece = normalise(text[begin:end])
        if not piece:
            in_word = False
            continue
        if not in_word:
            starts.append(position)
            in_word = True
        pieces.append(piece)
        # A combining mark composes with the letter before it, so the cluster's last offset owns its last point.
        owner.extend([begin] * (len(piece) - 1) + [begin if len(piece) == 1 and end - begin == 1 else end - 1])
        position += len(piece)
    return "".join(pieces), owner, starts


def _clusters(text: str) -> list[tuple[int, int]]:
    """Spans of a base code point with the combining marks that follow it, since NFKC composes across them."""
    spans: list[tuple[int, int]] = []
    begin = 0
    for index in range(1, len(text)):
        if not unicodedata.combining(text[index]):
            spans.append((begin, index))
            begin = index
    if text:
        spans.append((begin, len(text)))
    return spans
