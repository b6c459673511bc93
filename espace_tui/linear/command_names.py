"""The commands of every prompt: their names in each language, and what was meant.

A command is a sign alone on its line (``<``, ``?``, ``!``) or a colon and a name, whole or begun,
with or without accents, in either language; what follows the name is its argument.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from espace_tui.i18n import LANGUAGES, Texts

COMMANDS = (
    "back",
    "help",
    "repeat",
    "actions",
    "steps",
    "all",
    "clear",
    "spell",
    "show",
    "visual",
    "quit",
    "language",
    "short",
    "normal",
    "full",
    "commands",
)
SIGNS = {"<": "back", "?": "help", "!": "repeat"}


class Command(NamedTuple):
    """A command as understood; without a name, `near` is what may have been meant, if anything."""

    name: str
    argument: str = ""
    suggestions: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Return a text without case or accents."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in bare if not unicodedata.combining(c)).strip()


def names_in(texts: Texts) -> dict[str, str]:
    """Return the commands by their names in one language."""
    return {fold(texts(f"linear.command.{each}")): each for each in COMMANDS}


def parse_command(line: str, texts: Texts) -> Command | None:
    """Return the command that a line is, or None if it is an answer."""
    line = line.strip()
    if line in SIGNS:
        return Command(SIGNS[line])
    if not line.startswith(":"):
        return None
    word, _, argument = line[1:].strip().partition(" ")
    here = names_in(texts)
    others = {
        name: each for each_in in LANGUAGES for name, each in names_in(Texts(each_in)).items()
    }
    return _resolve(fold(word), here, others | here, argument.strip())


def _resolve(word: str, here: dict[str, str], known: dict[str, str], argument: str) -> Command:
    if word in known:
        return Command(known[word], argument)
    begun = _starting_with(word, here) or _starting_with(word, known)
    if len(set(begun.values())) == 1:
        return Command(next(iter(begun.values())), argument)
    return Command("", suggestions=tuple(begun) or _nearest(word, here))


def _starting_with(word: str, known: dict[str, str]) -> dict[str, str]:
    return {name: each for name, each in known.items() if word and name.startswith(word)}


def _nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    from difflib import get_close_matches  # noqa: PLC0415 — only for a slip

    return tuple(get_close_matches(word, known, n=1))
