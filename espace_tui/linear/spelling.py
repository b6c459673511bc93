"""The magnifier by ear: an answer read group by group, character by character.

>>> list(characters("aB-0", lambda text, **values: " ".join((text, *values.values()))))
['a', 'linear.spell.capital B', 'linear.spell.hyphen', '0']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

SIGNS = {
    ".": "linear.spell.dot",
    "-": "linear.spell.hyphen",
    "_": "linear.spell.underscore",
    "@": "linear.spell.at",
    "+": "linear.spell.plus",
    " ": "linear.spell.space",
    "'": "linear.spell.apostrophe",
    ",": "linear.spell.comma",
    "/": "linear.spell.slash",
}


def characters(group: str, say: Callable[..., str]) -> Iterator[str]:
    """Yield each character as it is read: capitals and signs are named."""
    for each in group:
        if each in SIGNS:
            yield say(SIGNS[each])
        elif each.isupper():
            yield say("linear.spell.capital", letter=each)
        else:
            yield each


def spelled(groups: Iterable[str], say: Callable[..., str]) -> Iterator[str]:
    """Yield one line per group."""
    parts = [group for group in groups if group]
    for number, group in enumerate(parts, 1):
        read = ", ".join(characters(group, say))
        yield say("linear.spell.group", number=number, count=len(parts), characters=read)
