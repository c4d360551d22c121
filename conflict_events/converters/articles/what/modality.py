"""Whether the clause that a trigger stands in says that it happened, by a parse; `mood` goes by the order of words."""

from __future__ import annotations

from conflict_events.converters.articles.knowledge import words
from conflict_events.converters.articles.model import Tokens, Trigger
from conflict_events.converters.articles.syntax import OBJECTS, PASSIVE_SUBJECTS, SUBJECTS, Parse

_IF = frozenset({"if", "unless", "whether", "lest"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "'s", "both"})
_SUBJECTS = SUBJECTS | PASSIVE_SUBJECTS
_ARGUMENTS = _SUBJECTS | OBJECTS | {"attr", "oprd"}
_CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "acl", "relcl", "acl:relcl", "pcomp", "parataxis"})
_OF_VERBS = _SUBJECTS | OBJECTS | {"aux", "auxpass", "aux:pass", "neg"}
_NOUNS = (_ARGUMENTS | {"pobj", "obl", "nmod"}) - {"oprd", "csubj", "csubjpass"}
_TIMES = frozenset({"after", "before", "since", "during", "following", "despite", "amid", "until", "as"})
_HOPED = frozenset({"fear", "fears", "feared", "hope", "hopes", "hoped", "expected", "likely", "want", "wanted"})
_NOT_PLANNED = frozenset({"called", "calls", "calling", "continue", "set", "help"})
_NEGATED = frozenset({"neg", "advmod", "aux", "cc:preconj", "preconj", "cc"})


def told(parse: Parse, tokens: Tokens, trigger: Trigger) -> bool:
    """False where the tree makes the trigger a plan, a wish, a possibility, a condition or a denial."""
    node = parse.top(trigger.start, trigger.end)
    nominal = trigger.noun or parse.deps[node] in _NOUNS  # "without a shot being fired", "care for the injured"
    return _noun(parse, tokens, node, trigger.noun) if nominal else _Clause(parse, tokens).happened(node)


def _noun(parse: Parse, tokens: Tokens, node: int, event: bool) -> bool:
    """A noun is as real as the verb that it completes, unless "the" or "its" takes it for known."""
    below = [tokens.lows[k] for k in parse.children(node)]
    if "no" in below or any(low in words("grammar", "intent") for low in below):
        return False  # "a planned attack"
    known = event and not _DEFINITE.isdisjoint(below)
    clause = _Clause(parse, tokens)
    for child, head in parse.path(node):
        low, label = tokens.lows[head], parse.deps[child]
        if low in _TIMES:
            return True
        if low in words("grammar", "intent") and low not in _NOT_PLANNED:
            return False  # "planned an attack", "a threat of attacks"
        if low == "without" or low in words("grammar", "negations") - {"no", "nor", "neither"}:
            return False
        if label in _CLAUSES or label in _ARGUMENTS or clause.verb(head):
            return known or clause.happened(head)
        if any(tokens.lows[k] == "no" for k in parse.children(head)):
            return False  # "no signs of an offensive"
    return True


class _Clause:
    """What a verb's clause, and those that it hangs on, say of it."""

    def __init__(self, parse: Parse, tokens: Tokens) -> None:
        self._parse = parse
        self._lows = tokens.lows

    def verb(self, node: int) -> bool:
        """Whether a token is a verb, by what hangs on it; a parse need not tag words."""
        return self._parse.deps[node] in _CLAUSES or self._parse.labelled(node, _OF_VERBS) is not None

    def happened(self, node: int) -> bool:
        """Go up from a verb as long as its clause leaves open whether it happened."""
        parse, lows = self._parse, self._lows
        moods = True  # whether "not" and "would" further up still bear on the trigger
        embedded = False  # whether only "not" does: "did not say how many had died"
        for _ in lows:
            if (not embedded and self._conditional(node)) or (moods and self._unreal(node, only_not=embedded)):
                return False
            head, label = parse.heads[node], parse.deps[node]
            if head == node:
                return True
            low, below = lows[head], {lows[k] for k in parse.children(node)}
            if label in _CLAUSES and "to" in below and self._infinitive(node):
                if "have" in below:
                    return not self._unreal(head)  # "are said to have killed"
                if not embedded and low not in words("grammar", "achieved"):
                    return False
            elif label == "xcomp":
                if low in words("grammar", "negations") or (low in words("grammar", "intent") - _NOT_PLANNED):
                    return False
            elif label == "ccomp":
                if moods and (low in _HOPED or low in words("grammar", "negations")):
                    return False
                if node < head:
                    return True  # "…, police could not say": what is said stands by itself
                embedded = True
            elif label == "conj":
                own = parse.labelled(node, _SUBJECTS | {"aux", "auxpass", "aux:pass"}) is not None
                but = any(lows[k] in ("but", "yet", "instead") for k in parse.children(head) if head < k < node)
                moods = moods and not (own or but)
            elif label == "pcomp":
                if low not in ("by", "without"):
                    return True
                if low == "without":
                    return False
                head = parse.heads[head]
            elif label == "advcl":
                if not lows[node].endswith("ing") or parse.labelled(node, _SUBJECTS | frozenset({"mark"})) is not None:
                    return True
            elif label not in ("acomp", *OBJECTS):
                return True
            node = head
        return True

    def _infinitive(self, node: int) -> bool:
        parse = self._parse
        return any(self._lows[k] == "to" and parse.deps[k] in ("aux", "mark") for k in parse.children(node))

    def _conditional(self, node: int) -> bool:
        """Whether "if" opens the clause, or an if-clause stands ahead of it."""
        parse = self._parse
        for child in parse.children(node):
            if parse.deps[child] in ("mark", "advmod") and self._lows[child] in _IF:
                return True
            if parse.deps[child] == "advcl" and child < node and self._opened(child):
                return True
        return False

    def _opened(self, node: int) -> bool:
        parse = self._parse
        return any(parse.deps[k] == "mark" and self._lows[k] in ("if", "unless") for k in parse.children(node))

    def _unreal(self, node: int, only_not: bool = False) -> bool:
        """Whether "not" or, unless `only_not`, a modal verb stands with the verb."""
        parse, lows = self._parse, self._lows
        for child in parse.children(node):
            low, label = lows[child], parse.deps[child]
            if not only_not and label == "aux" and low in words("grammar", "modals"):
                return True
            if label in _NEGATED and (label == "neg" or low in words("grammar", "negations")):
                only = child + 1 < len(lows) and lows[child + 1] == "only"
                if not only and low != "no":
                    return True
        return False
