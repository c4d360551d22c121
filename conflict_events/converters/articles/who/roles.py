"""Who acts and who is acted on by a parse; where the parse names nobody, what the order of words has found stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from conflict_events.converters.articles.knowledge import lexicon, words
from conflict_events.converters.articles.model import Mention, Tokens, Trigger
from conflict_events.converters.articles.syntax import OBJECTS, PASSIVE_SUBJECTS, RELATIVE, SUBJECTS, Parse
from conflict_events.converters.articles.what.actions import support_verb
from conflict_events.converters.articles.what.mood import auxiliary
from conflict_events.converters.articles.who.picking import is_country
from conflict_events.converters.articles.who.sides import Sides, repels

_APPOSED = frozenset({"appos"})
_JOINED = frozenset({"conj"})
_DESCRIBING = frozenset({"amod", "compound", "poss", "nmod", "nmod:poss", "nn"})
_RELATIVE_WORDS = frozenset({"who", "which", "that", "whom"})
_PERSONAL = frozenset({"it", "they", "he", "she", "we", "them", "him", "her", "i", "you"})
_AGAINST = ("against", "on", "upon", "at", "with", "into", "targeting")
_AGAINST_WITHOUT_WITH = tuple(one for one in _AGAINST if one != "with")  # "fired with artillery"
_SUFFERED = frozenset({"kill", "wound", "abduct", "arrest", "execute"})
_WEAPONS = frozenset({"fire", "shelling", "shells", "missiles", "rockets", "strikes", "airstrikes", "raids", "units"})
_OF_COUNTRY = ("by", "against", "with", "between")
_NO_OBJECT = frozenset({"territory", "lose", "move", "statement", "agreement", "protest"})
_DEEPEST = 12  # steps through joined, apposed and governing phrases; more is no sentence that is read well


def refine(
    parse: Parse, tokens: Tokens, mentions: Sequence[Mention], trigger: Trigger, found: Sides, speaker: Mention | None
) -> Sides:
    """`found`, with the sides that the parse gives to the trigger."""
    if trigger.reversed or trigger.participle or repels(tokens, trigger):
        return found
    usable = [m for m in mentions if not _only_place(tokens, m, trigger)]
    reader = _Reader(parse, tokens, usable)
    node = parse.top(trigger.start, trigger.end)
    told = reader.noun(node) if trigger.noun else reader.verb(node, trigger, found)
    agent, target = told.agent or found.agent, told.target or found.target
    if speaker is not None and found.agent is speaker:
        agent = speaker  # "its forces", "they"
    both = told.agent is not None and told.target is not None and told.agent.actor.generic
    if agent and target and agent.actor == target.actor and not both:
        # what acts is not acted on, however the words stand; "men" and "customers" are one kind and two parties
        agent, target = (None, target) if told.target and not told.agent else (agent, None)
    return replace(found, agent=agent, target=target, mutual=found.mutual or told.mutual)


class _Reader:
    """The parties of a sentence, by the tree."""

    def __init__(self, parse: Parse, tokens: Tokens, mentions: Sequence[Mention]) -> None:
        self._parse = parse
        self._tokens = tokens
        self._mentions = mentions

    def verb(self, node: int, trigger: Trigger, found: Sides) -> Sides:
        """The sides of a verb; `found` are those that the order of words gives."""
        parse = self._parse
        passive = parse.passive(node) or self._reduced(node)
        subject, thing = self._subject(node), self._object(node)
        if passive or self._suffers(node, thing, trigger):
            return Sides(self._bearer(self._done_by(node, passive)), self._bearer(subject, wide=True))
        agent = self._bearer(subject)
        own = subject is not None and parse.heads[subject] == node
        if not own and found.agent and subject is not None and found.agent.start > max(subject, parse.heads[node]):
            agent = None  # a subject of another clause is worth less than one that stands between
        if trigger.kind == "battle" and subject is not None and thing is None:
            pair = self._pair(subject)
            if pair and not any(preposition in _AGAINST for preposition, _ in parse.obliques(node)):
                return Sides(*pair, mutual=True)
        if trigger.kind in _NO_OBJECT:
            return Sides(agent)
        wanted = _AGAINST if trigger.kind == "battle" else _AGAINST_WITHOUT_WITH
        return Sides(agent, self._bearer(thing, wide=True) or self._against(node, wanted))

    def _suffers(self, node: int, thing: int | None, trigger: Trigger) -> bool:
        """Whether the subject suffers what an active verb tells: "came under attack", "five civilians wounded"."""
        if trigger.passive:
            return not auxiliary(self._tokens, trigger.start)[0]
        helped = self._parse.labelled(node, frozenset({"aux"})) is not None
        return trigger.kind in _SUFFERED and thing is None and not helped and not self._ing(node)

    def noun(self, node: int) -> Sides:
        """The sides of a noun: "X's attack on Y", "a raid by X", "clashes between X and Y", "X launched a raid"."""
        parse = self._parse
        for preposition, noun in parse.obliques(node):
            if preposition == "between" and (pair := self._pair(noun)):
                return Sides(*pair, mutual=True)
        agent = self._described(node) or self._by(node)
        target = self._against(node)
        head = parse.heads[node]
        if parse.deps[node] in OBJECTS and support_verb(self._tokens, head):
            agent = agent or self._bearer(self._subject(head))
            target = target or self._against(head)
        elif parse.deps[node] in PASSIVE_SUBJECTS and support_verb(self._tokens, head):
            agent = agent or self._by(head)
            target = target or self._against(head)
        return Sides(agent, target)

    def _subject(self, node: int, depth: int = 0) -> int | None:
        """The subject of a verb, of its own or of the clause that it hangs on: who acts, or in the passive suffers."""
        parse = self._parse
        own = parse.labelled(node, SUBJECTS | PASSIVE_SUBJECTS)
        label, head = parse.deps[node], parse.heads[node]
        if own is not None:
            return head if label in RELATIVE and self._tokens.lows[own] in _RELATIVE_WORDS else own
        if depth > _DEEPEST or head == node:
            return None
        if label in RELATIVE or label == "acl":
            return head
        if label == "conj" or (label == "advcl" and self._ing(node)):
            passive = parse.passive(head) or self._reduced(head)
            if label == "conj" or not passive:
                return self._subject(head, depth + 1)
            return self._done_by(head, passive)
        if label == "xcomp":
            governed = parse.labelled(head, OBJECTS)
            return governed if governed is not None else self._subject(head, depth + 1)
        if label == "pcomp" and self._ing(node):
            return self._subject(parse.heads[head], depth + 1)
        return None

    def _done_by(self, node: int, passive: bool) -> int | None:
        """Whom "by" names after a passive."""
        listed = self._parse.obliques(node) if passive else ()
        return next((noun for preposition, noun in listed if preposition == "by"), None)

    def _object(self, node: int) -> int | None:
        parse = self._parse
        own = parse.labelled(node, OBJECTS)
        relative = parse.deps[node] in RELATIVE
        if own is not None:
            return parse.heads[node] if relative and self._tokens.lows[own] in _RELATIVE_WORDS else own
        subject = parse.labelled(node, SUBJECTS)
        if relative and subject is not None and self._tokens.lows[subject] not in _RELATIVE_WORDS:
            return parse.heads[node]  # "the convoy that rebels ambushed"
        joined = parse.labelled(node, _JOINED)
        if joined is not None and joined - node == 2 and parse.labelled(joined, SUBJECTS | PASSIVE_SUBJECTS) is None:
            return parse.labelled(joined, OBJECTS)  # "attacked and killed soldiers"
        return None

    def _against(self, node: int, wanted: Sequence[str] = _AGAINST) -> Mention | None:
        for one in wanted:
            for preposition, noun in self._parse.obliques(node):
                if preposition == one and noun > node and (found := self._bearer(noun, wide=True)):
                    return found
        return None

    def _by(self, node: int) -> Mention | None:
        named = (self._bearer(noun) for preposition, noun in self._parse.obliques(node) if preposition == "by")
        return next((mention for mention in named if mention is not None), None)

    def _pair(self, noun: int) -> tuple[Mention, Mention] | None:
        """The first two parties of "X and Y"."""
        parties = [party for each in self._list(noun) if (party := self._bearer(each, alone=True))]
        other = next((party for party in parties if party.actor != parties[0].actor), None)
        return (parties[0], other) if other else None

    def _list(self, noun: int) -> list[int]:
        listed = [noun]
        for one in listed:  # grows while it is gone through
            listed += [k for k in self._parse.children(one) if self._parse.deps[k] == "conj" and k not in listed]
        return listed

    def _bearer(self, noun: int | None, *, wide: bool = False, alone: bool = False, depth: int = 0) -> Mention | None:
        """The party that a noun names: itself, in apposition, as what its people are of, or as the first of a list.

        wide: also the owner of the thing, "a convoy of X", "X's base"; alone: not by the rest of a list.
        """
        if noun is None or depth > _DEEPEST or self._tokens.lows[noun] in _PERSONAL:
            return None
        named = next((m for m in self._mentions if m.start <= noun < m.end and not m.modifier), None)
        if named is not None:
            return named
        parse = self._parse
        apposed = parse.labelled(noun, _APPOSED)
        found = self._bearer(apposed, wide=wide, alone=True, depth=depth + 1)
        if found is None and (wide or self._tokens.lows[noun] in _holders()):
            nouns = (below for preposition, below in parse.obliques(noun) if preposition == "of")
            found = self._bearer(next(nouns, None), wide=wide, alone=True, depth=depth + 1)
        if found is None and (wide or self._tokens.lows[noun] in _means()):
            found = self._described(noun, country=not wide)
        if found is None and not alone:
            found = self._bearer(parse.labelled(noun, _JOINED), wide=wide, depth=depth + 1)
        return found

    def _described(self, noun: int, country: bool = True) -> Mention | None:
        """The party that only describes a noun: "army helicopters", "Turkish jets", "the rebels' base"."""
        below = [k for k in self._parse.children(noun) if self._parse.deps[k] in _DESCRIBING]
        return next(
            (
                m
                for k in below
                for m in self._mentions
                if m.start <= k < m.end <= noun and (country or not is_country(m))
            ),
            None,
        )

    def _ing(self, node: int) -> bool:
        return self._tokens.lows[node].endswith("ing")

    def _reduced(self, node: int) -> bool:
        """ "Soldiers killed in the raid": a participle that hangs on its sufferer."""
        parse, lows = self._parse, self._tokens.lows
        following = lows[node + 1] if node + 1 < len(lows) else "."
        ends = not following.isalpha() or any(
            following in words("grammar", k) for k in ("prepositions", "subordinators")
        )
        return ends and parse.deps[node] == "acl" and not self._ing(node) and parse.labelled(node, OBJECTS) is None


def _only_place(tokens: Tokens, mention: Mention, trigger: Trigger) -> bool:
    """Whether a country says where, not who, as `sides` takes it."""
    if not is_country(mention):
        return False
    after_name = mention.start > 1 and tokens.lows[mention.start - 1] == ","
    return after_name or (mention.start >= trigger.end and mention.preposition not in _OF_COUNTRY)


@cache
def _holders() -> frozenset[str]:
    return frozenset(lexicon("groups")["holders"]["words"]) | {"dozens", "hundreds", "scores", "group", "groups"}


@cache
def _means() -> frozenset[str]:
    """What acts for its owner: "Turkish jets", "army artillery"."""
    grammar = lexicon("grammar")
    return frozenset(grammar["flying"]) | frozenset(grammar["guns"]) | _WEAPONS
