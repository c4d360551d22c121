"""The rules with sides and mood by a spaCy pipeline's parse: any that is installed here, by name or by folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from conflict_events.converters.articles import extract
from conflict_events.converters.articles.extractors import ExtractionError
from conflict_events.converters.articles.model import Extraction, Sentence, Tokens
from conflict_events.converters.articles.syntax import Parse, Parses
from conflict_events.errors import UsageError

DEFAULT = "en_core_web_sm"
LONGEST = 400
"""Tokens of a sentence that is parsed; what is longer is a list, and the rules read it."""
_DAYS = frozenset({"DATE", "TIME"})  # "the night of the 12th" is a TIME


@dataclass(frozen=True, slots=True)
class SpacySyntax:
    """Parses by a loaded pipeline."""

    name: str
    nlp: Any = field(repr=False)

    @property
    def coder(self) -> str:
        return f"spacy/{self.name}"

    def parses(self, sentences: Callable[[], Iterable[Sentence]]) -> Parses:
        """The sentences are parsed together, when the first parse is asked for."""
        done: dict[tuple[int, int], Parse | None] | None = None

        def parse(sentence: Sentence) -> Parse | None:
            nonlocal done
            if done is None:
                listed = [s for s in sentences() if len(s.tokens.words) <= LONGEST]
                done = {(s.start, s.end): tree for s, tree in zip(listed, self._bulk(listed), strict=True)}
            return done.get((sentence.start, sentence.end))

        return parse

    def _bulk(self, sentences: Sequence[Sentence]) -> list[Parse | None]:
        try:
            docs = self.nlp.pipe([sentence.text for sentence in sentences], batch_size=64)
            return [_aligned(doc, sentence.tokens) for doc, sentence in zip(docs, sentences, strict=True)]
        except Exception as error:  # a pipeline may hold anything, and one article must not end the others
            raise ExtractionError(f"the spaCy pipeline '{self.name}' failed: {_line(error)}") from error


@dataclass(frozen=True, slots=True)
class Spacy:
    """The rules, given a parse."""

    syntax: SpacySyntax

    @property
    def coder(self) -> str:
        return self.syntax.coder

    def __call__(
        self, text: str, *, article: str, published: date | None = None, url: str | None = None, html: bool = False
    ) -> Extraction:
        return extract(text, article=article, published=published, url=url, html=html, syntax=self.syntax)


def factory(model: str | None) -> Spacy:
    """The extractor for `spacy` and `spacy:PIPELINE`; raises UsageError where spaCy or the pipeline cannot serve."""
    try:
        import spacy
    except ImportError:
        raise UsageError(
            "the extractor 'spacy' needs spaCy, which is not installed: pip install 'conflict-events[spacy]'"
        ) from None
    wanted = model or DEFAULT
    if not wanted.isprintable() or len(wanted) > 1000:
        raise UsageError("the extractor 'spacy' was given what is no pipeline's name")
    nlp = _load(spacy, wanted)
    if nlp.lang not in ("en", "xx"):
        raise UsageError(f"the spaCy pipeline '{wanted}' reads the language '{nlp.lang}'; the rules read English only")
    if not _assigns(nlp, "token.dep"):
        held = ", ".join(nlp.pipe_names) or "none"
        raise UsageError(
            f"the spaCy pipeline '{wanted}' lacks the pipe 'parser', without which it has no roles (its pipes: {held})"
        )
    return Spacy(SpacySyntax(Path(wanted).name or wanted, nlp))


def _load(spacy: Any, wanted: str) -> Any:
    """The pipeline, without what nothing here asks for."""
    try:
        return spacy.load(wanted, exclude=["lemmatizer", "textcat", "textcat_multilabel"])
    except OSError as error:
        if Path(wanted).exists():
            raise UsageError(f"the spaCy pipeline '{wanted}' cannot be read: {_line(error)}") from error
        if "/" in wanted or "\\" in wanted:
            raise UsageError(f"there is no spaCy pipeline at '{wanted}'") from error
        raise UsageError(
            f"the spaCy pipeline '{wanted}' is not installed: python -m spacy download {wanted}, or give another's "
            "name or folder as spacy:PIPELINE"
        ) from error
    except Exception as error:  # the package may be of another kind altogether, or made for another spaCy
        raise UsageError(f"the spaCy pipeline '{wanted}' cannot be loaded: {_line(error)}") from error


def _assigns(nlp: Any, what: str) -> bool:
    """Whether a pipe sets `what`, by its own account: a parser may have any name."""
    return any(what in nlp.get_pipe_meta(name).assigns for name in nlp.pipe_names)


def _aligned(doc: Any, tokens: Tokens) -> Parse | None:
    """The tree over our tokens: each stands for the pipeline's tokens that overlap it, by the one that leads them."""
    if not doc.has_annotation("DEP"):
        return None
    owner: list[int] = []  # the pipeline's token -> ours
    at = 0
    for token in doc:
        while at + 1 < len(tokens.words) and tokens.ends[at] <= token.idx:
            at += 1
        owner.append(at)
    heads: list[int] = list(range(len(tokens.words)))
    deps = ["dep"] * len(tokens.words)
    seen: set[int] = set()
    for token in doc:
        mine, head = owner[token.i], owner[token.head.i]
        leads = head != mine or token.head.i == token.i
        if leads and mine not in seen and not token.is_space:
            seen.add(mine)
            heads[mine], deps[mine] = head, token.dep_
    days = tuple((ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ in _DAYS)
    return Parse(tuple(tokens.lows), tuple(heads), tuple(deps), days)


def _line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]
