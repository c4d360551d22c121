"""Who "the group", "the rebels" and "its troops" are: the party that the text named before."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from conflict_events.converters.articles.knowledge import lexicon
from conflict_events.converters.articles.model import Actor, Mention, Tokens

_STATE = ("state_forces", "external_forces")
_UNARMED = ("civilians", "protesters", "rioters")
_REACH = 1  # paragraphs back that a name is still meant


@dataclass(slots=True)
class Named:
    """The parties named last, and where. Filled while the article is read."""

    group: Actor | None = None
    group_at: int = -9
    force: Actor | None = None
    force_at: int = -9
    home: Actor | None = None  # whose account the text is, for whom the others are "the enemy"
    ground: str | None = None  # the country (ISO3) that the text is about
    parties: list[Actor] = field(default_factory=list)
    groups: list[Actor] = field(default_factory=list)


def resolve(tokens: Tokens, mentions: list[Mention], named: Named, paragraph: int) -> list[Mention]:
    """The mentions with words that stand for a party named before replaced by it; remembers the names of this sentence.

    Only "the", "its", "their" and "these" point back, and only to a name in this paragraph or the one before it.
    """
    done: list[Mention] = []
    covered = {position for mention in mentions for position in range(mention.start, mention.end)}
    extra = [m for m in (*_organisations(tokens), *_shortened(tokens, named)) if m.start not in covered]
    for mention in sorted([*mentions, *extra], key=lambda m: m.start):
        actor = mention.actor
        if actor.generic:
            meant = _meant(tokens, mention, named, paragraph)
            if meant is not None:
                done.append(replace(mention, actor=meant))
            elif mention not in extra:
                done.append(mention)
            continue
        done.append(mention)
        if actor.actor_type not in _UNARMED and actor not in named.parties:
            named.parties.append(actor)
        if actor.actor_type in _UNARMED or (actor.actor_id or "").startswith("government-of-"):
            continue
        if actor.actor_type not in _STATE and actor not in named.groups:
            named.groups.append(actor)
        if actor.actor_type in _STATE:
            named.force, named.force_at = actor, paragraph
        elif not mention.modifier:
            named.group, named.group_at = actor, paragraph
    return done


def _organisations(tokens: Tokens) -> list[Mention]:
    """ "The group", "the movement": a party only if one was named before."""
    found: list[Mention] = []
    listed = lexicon("groups")["anaphors"]["organisations"]
    for index, low in enumerate(tokens.lows):
        if index and low in listed and tokens.lows[index - 1] in ("the", "this"):
            if tokens.lows[index + 1 : index + 2] in (["of"], ["that"], ["has"]) and tokens.lows[index + 1] == "of":
                continue
            found.append(Mention(index, index + 1, _GROUP, tokens.words[index]))
    return found


def _shortened(tokens: Tokens, named: Named) -> list[Mention]:
    """ "The Tigers" for the Liberation Tigers of Tamil Eelam, once the text has named them."""
    found: list[Mention] = []
    for index, word in enumerate(tokens.words[1:], start=1):
        if len(word) < _SHORT or not word[0].isupper() or tokens.lows[index - 1] != "the":
            continue
        after = tokens.words[index + 1 : index + 2]
        if word.lower() in _BARE or (after and after[0][:1].isupper()):
            continue
        meant = [actor for actor in named.groups if word in actor.name.split(" (")[0].split()[1:]]
        if len(meant) == 1:
            found.append(Mention(index, index + 1, meant[0], word))
    return found


_SHORT = 5  # letters that such a word has at least
_BARE = frozenset(["army", "front", "forces", "movement", "state", "group", "party", "council"])


_GROUP = Actor(None, "Group", "rebel_group", None, True)


# Words for those who may be anybody, even in a text that names one group.
_STRANGERS = frozenset(
    ["gunmen", "gunman", "men", "attackers", "assailants", "bandits", "bomber", "attacker", "militia"]
)
_LABELS = frozenset(["terrorists", "terrorist", "extremists", "extremist"])  # words that judge, and tell no group


def _enemy(named: Named) -> Actor | None:
    """The one party that the text names beside the one whose account it is."""
    home = named.home
    country = home.country if home is not None else named.ground
    if named.ground is not None and country is not None and country != named.ground:
        return None
    others = [a for a in named.parties if a != home and (a.country is None or a.country != country)]
    if home is None and len(others) == len(named.parties):
        return None  # nobody of the country itself is named
    countries = {a.country for a in others if a.country}
    if len(others) == 1 or (len(countries) == 1 and all(a.country for a in others)):
        return next((a for a in others if a.actor_type in _STATE), others[0])
    return None


def _nearest(named: Named, paragraph: int) -> Actor | None:
    """The party named last of all, in this paragraph or the one before."""
    at, actor = max(((named.group_at, named.group), (named.force_at, named.force)), key=lambda pair: pair[0])
    return actor if paragraph - at <= _REACH else None


def _meant(tokens: Tokens, mention: Mention, named: Named, paragraph: int) -> Actor | None:
    ahead = tokens.lows[mention.start - 1] if mention.start else ""
    kind = mention.actor.actor_type
    if kind in _UNARMED:
        men = ahead in ("its", "their") and tokens.lows[mention.start] in ("men", "boys")
        return _nearest(named, paragraph) if men else None
    if kind in _STATE:
        near = named.force is not None and paragraph == named.force_at
        if ahead in ("its", "their") and near:
            return named.force
        if ahead in ("its", "their") and named.group is not None and paragraph - named.group_at <= _REACH:
            return named.group
        return None
    if tokens.lows[mention.start] == "enemy" and mention.end - mention.start == 1:
        return _enemy(named)
    only = named.groups[0] if len(named.groups) == 1 else None
    if tokens.lows[mention.start] in _LABELS and only is not None and only.actor_type == "rebel_group":
        return only if paragraph - named.group_at <= 2 * _REACH else None  # a text that names one group means it
    if only is not None and only.actor_type == "rebel_group" and ahead in ("the", "these"):
        return only if not _STRANGERS & set(tokens.lows[mention.start : mention.end]) else None
    if named.group is None or paragraph - named.group_at > _REACH:
        return None
    close = paragraph == named.group_at
    if ahead in ("its", "their") or (ahead in ("the", "these", "this") and (close or mention.actor is _GROUP)):
        return named.group
    return None
