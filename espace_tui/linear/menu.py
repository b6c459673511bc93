"""Numbered choices, one per line with their count; yes or no."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from espace_tui.i18n import LANGUAGES, Text, Texts
from espace_tui.linear.asking import ask
from espace_tui.linear.commands import folded
from espace_tui.linear.question import Question, Turn, Way
from espace_tui.linear.talk import Talk


class Option(NamedTuple):
    """One numbered choice, in words already, and what it means if that helps."""

    label: str
    about: str = ""


def list_options(talk: Talk, options: Sequence[Option]) -> None:
    """Say the choices, one per line, with their count first."""
    talk.line(Text("linear.choices", count=len(options)))
    for number, option in enumerate(options, 1):
        talk.words(f"{number}. {option.label}", "   ")
        if option.about and not talk.manner.short:
            talk.words(f"   {option.about}", "   ")


def number_prompt(talk: Talk, count: int, default: int | None) -> str:
    """Return the last line of a numbered question."""
    if default is None:
        return talk.texts(Text("linear.prompt.number", count=count))
    return talk.texts(Text("linear.prompt.number-or-enter", {"default": default + 1}, count))


async def pick(
    talk: Talk, options: Sequence[Option], question: Question, default: int | None = None
) -> int:
    """Ask until one of the choices is made, by its number or the beginning of its words."""
    found = chosen(await ask(talk, question), options, default)
    while not isinstance(found, int):
        talk.error(Text(found, count=len(options)))
        talk.gap()
        found = chosen(await ask(talk, question, again=True), options, default)
    return found


def chosen(line: str, options: Sequence[Option], default: int | None) -> int | str:
    """Return the index of a choice, or the text id of what is wrong with the line."""
    word = folded(line).rstrip(".")
    if not word:
        return "linear.choice.number" if default is None else default
    if word.isascii() and word.isdigit():
        return int(word) - 1 if 0 < int(word[:6]) <= len(options) else "linear.choice.number"
    begun = [i for i, option in enumerate(options) if folded(option.label).startswith(word)]
    if len(begun) == 1:
        return begun[0]
    return "linear.choice.ambiguous" if begun else "linear.choice.number"


async def choose(talk: Talk, options: Sequence[Option], default: int | None = None) -> int:
    """Ask for one of the choices, listed just before."""
    question = Question(
        partial(number_prompt, talk, len(options), default),
        partial(list_options, talk, options),
        partial(talk.line, "linear.help.choice"),
    )
    return await pick(talk, options, question, default)


async def choose_or_leave(talk: Talk, options: Sequence[Option]) -> int | None:
    """Ask for one of the choices, or None to go back to where the list was asked for."""
    try:
        return await choose(talk, options)
    except Turn as turn:
        if turn.way is not Way.BACK:
            raise
        return None


async def confirm(talk: Talk, text: Text) -> bool:
    """Ask for yes or no."""
    question = Question(
        lambda: talk.texts("linear.prompt.yes-no"),
        partial(talk.line, text),
        partial(talk.line, "linear.help.yes-no"),
    )
    return await decide(talk, question, yes_or_no)


async def decide(talk: Talk, question: Question, read: Callable[[str], bool | None]) -> bool:
    """Ask until the line can be read as yes or no."""
    answer = read(await ask(talk, question))
    while answer is None:
        talk.error("linear.choice.yes-no")
        talk.gap()
        answer = read(await ask(talk, question, again=True))
    return answer


def yes_or_no(line: str) -> bool | None:
    """Return what a line says in either language, if it is yes or no."""
    word = folded(line)
    for answer, text in ((True, "linear.yes"), (False, "linear.no")):
        if word and any(folded(Texts(each)(text)).startswith(word) for each in LANGUAGES):
            return answer
    return None
