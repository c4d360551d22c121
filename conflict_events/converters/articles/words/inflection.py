"""Forms of the verbs of the lexicon."""

from __future__ import annotations

_DOUBLED = frozenset(["repel", "plan", "stop", "rob", "ban", "lob", "grab", "stab", "ram", "drop", "mop", "rid", "pin"])


def inflect(verb: str) -> dict[str, str]:
    """Forms of a verb phrase by name (base, third, past, part, ing); the first word carries them."""
    head, _, rest = verb.partition(" ")
    if "|" in head:
        forms = head.split("|")
    elif head in _DOUBLED:
        forms = [head, f"{head}s", f"{head}{head[-1]}ed", f"{head}{head[-1]}ed", f"{head}{head[-1]}ing"]
    elif head.endswith("e"):
        forms = [head, f"{head}s", f"{head}d", f"{head}d", f"{head[:-1]}ing"]
    elif head.endswith("y") and head[-2:-1] not in "aeiou":
        forms = [head, f"{head[:-1]}ies", f"{head[:-1]}ied", f"{head[:-1]}ied", f"{head}ing"]
    else:
        third = f"{head}es" if head.endswith(("s", "sh", "ch", "x", "z")) else f"{head}s"
        forms = [head, third, f"{head}ed", f"{head}ed", f"{head}ing"]
    names = ("base", "third", "past", "part", "ing")
    return {name: f"{form} {rest}".strip() for name, form in zip(names, forms, strict=True)}
