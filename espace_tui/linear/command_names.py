"""The commands of every prompt: their names in each language, and what was meant.

A command is a sign alone on its line (``<``, ``?``, ``!``) or a colon and a name, whole or begun,
with or without accents, in either language; what follows the name is its argument. The colon and
the signs cannot be heard: where a line is no answer, a whole name alone is a command too.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.i18n.spelling import nearest, without_accents

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
    "next",
    "hide",
    "keyboard",
    "short",
    "normal",
    "full",
    "easy",
    "commands",
)
SIGNS = {"<": "back", "?": "help", "!": "repeat"}


LIKENESS = 0.6
"""How much a word must look like a command to be taken for a slip of it."""


class Command(NamedTuple):
    """A command as understood; without a name, `suggestions` are what may have been meant."""

    name: str
    argument: str = ""
    suggestions: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Return a text without case or accents."""
    return without_accents(text.casefold()).strip()


def bare(text: str) -> str:
    """Return a word without what a dictation, or a habit, puts around it: « Aide. », ``"aide"``."""
    return text.strip(" \u00a0\u202f.,;:!)«»“”\"'")


@cache
def names_in(language: str) -> Mapping[str, str]:
    """Return the commands by their folded names in one language."""
    texts = Texts(language)
    return {fold(texts(f"linear.command.{command}")): command for command in COMMANDS}


def parse_command(line: str, texts: Texts) -> Command | None:
    """Return the command that a line is, or None if it is an answer."""
    line = line.strip()
    if line in SIGNS:
        return Command(SIGNS[line])
    if not line.startswith(":"):
        return None
    word, _, argument = line[1:].strip().partition(" ")
    return _find(fold(word), argument.strip(), texts)


def parse_bare_command(line: str, texts: Texts) -> Command | None:
    """Return the command whose whole name a line is, in either language."""
    word, _, argument = bare(line).partition(" ")
    word = fold(word)
    for each in (texts.language, *LANGUAGES):
        if name := names_in(each).get(word):
            return Command(name, argument.strip()) if name == "language" or not argument else None
    return None


def _find(word: str, argument: str, texts: Texts) -> Command:
    """Return the command that a word names or begins, in the person's language first."""
    current = names_in(texts.language)
    known = {name: c for language in LANGUAGES for name, c in names_in(language).items()}
    if word in known:
        return Command(known[word], argument)
    begun = _starting_with(word, current) or _starting_with(word, known)
    if len(begun) == 1:
        return Command(next(iter(begun.values())), argument)
    return Command("", suggestions=tuple(begun) or _like(word, current))


def _starting_with(word: str, names: Mapping[str, str]) -> dict[str, str]:
    """Return the commands, by name, whose name begins with a word."""
    return {name: command for name, command in names.items() if word and name.startswith(word)}


def _like(word: str, names: Mapping[str, str]) -> tuple[str, ...]:
    name = nearest(word, names, likeness=LIKENESS)
    return (name,) if name else ()
