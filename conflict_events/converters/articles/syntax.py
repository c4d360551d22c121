"""What a parser of sentences gives to the rules: heads and labels over their own tokens, and nothing of the parser."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from conflict_events.converters.articles.model import Sentence

SUBJECTS = frozenset({"nsubj", "csubj", "nsubj:outer"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "nsubj:pass", "csubjpass", "csubj:pass"})
OBJECTS = frozenset({"dobj", "obj"})
_PASSIVE = frozenset({"auxpass", "aux:pass"})
_PREPOSITIONS = frozenset({"prep", "agent", "dative"})  # a preposition that has its noun below it
_OBLIQUES = frozenset({"obl", "obl:agent", "nmod"})  # a noun that has its preposition below it
RELATIVE = frozenset({"relcl", "acl:relcl"})


@dataclass(frozen=True, slots=True)
class Parse:
    """A dependency tree over a sentence's tokens, in the labels of ClearNLP (spaCy's) or Universal Dependencies.

    heads: the token that each token hangs on, itself at a root. dates: spans of text that tell a day, by offset.
    """

    lows: tuple[str, ...]
    heads: tuple[int, ...]
    deps: tuple[str, ...]
    dates: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        size = len(self.lows)
        if len(self.heads) != size or len(self.deps) != size or not all(0 <= head < size for head in self.heads):
            raise ValueError("a parse needs a head inside the sentence and a label for each token")

    def children(self, node: int) -> Iterator[int]:
        """The tokens that hang on `node`, in order."""
        return (k for k, head in enumerate(self.heads) if head == node and k != node)

    def labelled(self, node: int, labels: frozenset[str]) -> int | None:
        """The first token below `node` that carries one of `labels`."""
        return next((k for k in self.children(node) if self.deps[k] in labels), None)

    def top(self, start: int, end: int) -> int:
        """The token between two that the others between them hang on; of several, the first."""
        return next((k for k in range(start, end) if self.heads[k] == k or not start <= self.heads[k] < end), start)

    def path(self, node: int) -> Iterator[tuple[int, int]]:
        """(token, its head) from `node` up to a root; ends in a circle too, should a parser make one."""
        seen: set[int] = set()
        while self.heads[node] != node and node not in seen:
            seen.add(node)
            yield node, self.heads[node]
            node = self.heads[node]

    def passive(self, node: int) -> bool:
        """Whether `node` is a verb in the passive."""
        labels = {self.deps[k] for k in self.children(node)}
        return not labels.isdisjoint(_PASSIVE | PASSIVE_SUBJECTS | {"agent", "obl:agent"})

    def obliques(self, node: int) -> Iterator[tuple[str, int]]:
        """(preposition, noun) for each phrase with a preposition that hangs on `node`."""
        for child in self.children(node):
            if self.deps[child] in _PREPOSITIONS:
                for noun in self.children(child):
                    if self.deps[noun] in ("pobj", "obj", "nmod"):
                        yield self.lows[child], noun
            elif self.deps[child] in _OBLIQUES:
                case = self.labelled(child, frozenset({"case"}))
                if case is not None:
                    yield self.lows[case], child


Parses = Callable[[Sentence], "Parse | None"]
"""The parse of one sentence of an article; None where there is none, and the rules go by the order of words."""


class Syntax(Protocol):
    """Parses the sentences of an article; `coder` is who coded the rows."""

    @property
    def coder(self) -> str:
        """For `events.coder`."""

    def parses(self, sentences: Callable[[], Iterable[Sentence]]) -> Parses:
        """What gives the parse of each of an article's `sentences`, which are not asked for before the first is."""
