"""One function per kind of field: how it is asked, and what its answer becomes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from espace_tui.errors import InvalidValue
from espace_tui.form import YES, Field, Kind
from espace_tui.i18n import Text
from espace_tui.linear.asked import Asked, label_prompt, question
from espace_tui.linear.asking import ask
from espace_tui.linear.field_words import choice_options
from espace_tui.linear.menu import decide, list_options, number_prompt, pick, yes_or_no
from espace_tui.linear.secret_menu import secret_menu
from espace_tui.linear.talk import Talk


async def ask_line(talk: Talk, asked: Asked) -> str:
    """Ask for a line; where it cannot be put on the line, an empty one keeps the answer."""
    line = await ask(talk, question(talk, asked, partial(label_prompt, talk, asked.field)))
    if not line.strip() and not talk.console.prefills:
        return asked.kept
    return _tidied(talk, asked.field, line)


def _tidied(talk: Talk, each: Field, line: str) -> str:
    """Return a line as a paste is tidied, with the lines that came after it if they are needed."""

    def wanted(rest: str) -> bool:
        return not _parses(each, line) and _parses(each, f"{line}\n{rest}")

    rest = talk.console.pasted(wanted)
    return each.tidy(f"{line}\n{rest}" if rest else line)


def _parses(each: Field, text: str) -> bool:
    try:
        each.parse(each.tidy(text))
    except InvalidValue:
        return False
    return True


async def ask_secret(talk: Talk, asked: Asked) -> str:
    """Ask for a hidden line; nothing in it is a command, an empty one opens a menu."""
    asking = question(talk, asked, partial(label_prompt, talk, asked.field))
    while not (line := await ask(talk, asking)):
        if await secret_menu(talk, asking, kept=bool(asked.kept)):
            return asked.kept
    talk.shown.discard((talk.wizard.place, asked.field.name))
    talk.go_on()
    talk.line(Text("linear.received", count=len(line)))
    return line


async def ask_choice(talk: Talk, asked: Asked) -> str:
    """Ask for one of several; an empty line keeps the answer that was given."""
    each = asked.field
    default = each.choices.index(asked.kept) if asked.kept in each.choices else None

    def choices() -> None:
        list_options(talk, choice_options(talk, each))

    asking = question(talk, asked, lambda: number_prompt(talk, len(each.choices), default), choices)
    return each.choices[await pick(talk, choice_options(talk, each), asking, default)]


async def ask_tick(talk: Talk, asked: Asked) -> str:
    """Ask for yes or no; an empty line keeps a box that is ticked, and never ticks one."""
    asking = question(talk, asked, lambda: talk.texts("linear.prompt.yes-no"))
    answer = await decide(talk, asking, lambda line: _ticked(line, asked.kept))
    talk.go_on()
    talk.line("linear.ticked" if answer else "linear.not-ticked")
    return YES if answer else ""


def _ticked(line: str, kept: str) -> bool | None:
    return True if kept and not line.strip() else yes_or_no(line)


ASK: Mapping[Kind, Callable[[Talk, Asked], Awaitable[str]]] = {
    Kind.TEXT: ask_line,
    Kind.SECRET: ask_secret,
    Kind.CHOICE: ask_choice,
    Kind.TICK: ask_tick,
}
"""How each kind is asked; a test fails when one is missing."""
