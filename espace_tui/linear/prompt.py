"""Asking: a line is an answer or a command; whatever it is, nothing typed so far is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from enum import Enum, auto
from functools import partial
from typing import NamedTuple

from typing_extensions import override

from espace_tui.i18n import LANGUAGES, Text, Texts
from espace_tui.journey.form import Field
from espace_tui.linear.command_names import Command, fold, parse_command
from espace_tui.linear.console.port import KilledError, UnreadableLineError
from espace_tui.linear.speaker import Conversation


def say_nothing() -> None:
    """Say nothing more."""


class Question(NamedTuple):
    """What is asked: how to say it in full, its last line, and its help.

    `hidden`: the answer is a secret, and no command is read in it. `ends`: it stands at the end of
    the step, which is said again with it. They are functions because the language may change before
    the answer comes. The repr shows nothing: an answer may be in it.
    """

    prompt: Callable[[], str]
    say: Callable[[], None] = say_nothing
    help: Callable[[], None] = say_nothing
    field: Field | None = None
    prefill: str = ""
    hidden: bool = False
    at_end: bool = False

    @override
    def __repr__(self) -> str:
        return "Question(…)"


class Destination(Enum):
    """Where the person goes instead of answering."""

    BACK = auto()
    ACTIONS = auto()
    ACT = auto()
    REPEAT = auto()
    MOVED = auto()
    LEAVE = auto()


class Navigate(Exception):  # noqa: N818 — not an error: the person went another way
    """The person goes another way; `what` is the action of `Way.ACT`, the outcome of `LEAVE`."""

    def __init__(self, way: Destination, what: str = "") -> None:
        super().__init__(way.name)
        self.destination = way
        self.value = what


class Option(NamedTuple):
    """One numbered choice, in words already, and what it means if that helps."""

    label: str
    about: str = ""


def list_options(talk: Conversation, options: Sequence[Option]) -> None:
    """Say the choices, one per line, with their count first."""
    talk.say(Text("linear.choices", count=len(options)))
    for number, option in enumerate(options, 1):
        talk.write(f"{number}. {option.label}", "   ")
        if option.about and not talk.speech.short:
            talk.write(f"   {option.about}", "   ")


def number_prompt(talk: Conversation, count: int, default: int | None) -> str:
    """Return the last line of a numbered question."""
    if default is None:
        return talk.texts(Text("linear.prompt.number", count=count))
    return talk.texts(Text("linear.prompt.number-or-enter", {"default": default + 1}, count))


async def ask_option(
    talk: Conversation, options: Sequence[Option], question: Question, default: int | None = None
) -> int:
    """Ask until one of the choices is made, by its number or the beginning of its words."""
    found = parse_option(await ask(talk, question), options, default)
    while not isinstance(found, int):
        talk.say_error(Text(found, count=len(options)))
        talk.begin_block()
        found = parse_option(await ask(talk, question, repeated=True), options, default)
    return found


def parse_option(line: str, options: Sequence[Option], default: int | None) -> int | str:
    """Return the index of a choice, or the text id of what is wrong with the line."""
    word = fold(line).rstrip(".")
    if not word:
        return "linear.choice.number" if default is None else default
    if word.isascii() and word.isdigit():
        return int(word) - 1 if 0 < int(word[:6]) <= len(options) else "linear.choice.number"
    begun = [i for i, option in enumerate(options) if fold(option.label).startswith(word)]
    if len(begun) == 1:
        return begun[0]
    return "linear.choice.ambiguous" if begun else "linear.choice.number"


async def choose(talk: Conversation, options: Sequence[Option], default: int | None = None) -> int:
    """Ask for one of the choices, listed just before."""
    question = Question(
        partial(number_prompt, talk, len(options), default),
        partial(list_options, talk, options),
        partial(talk.say, "linear.help.choice"),
    )
    return await ask_option(talk, options, question, default)


async def choose_or_go_back(talk: Conversation, options: Sequence[Option]) -> int | None:
    """Ask for one of the choices, or None to go back to where the list was asked for."""
    try:
        return await choose(talk, options)
    except Navigate as turn:
        if turn.destination is not Destination.BACK:
            raise
        return None


async def confirm(talk: Conversation, text: Text) -> bool:
    """Ask for yes or no."""
    question = Question(
        lambda: talk.texts("linear.prompt.yes-no"),
        partial(talk.say, text),
        partial(talk.say, "linear.help.yes-no"),
    )
    return await ask_yes_no(talk, question, parse_yes_no)


async def ask_yes_no(
    talk: Conversation, question: Question, parse: Callable[[str], bool | None]
) -> bool:
    """Ask until the line can be read as yes or no."""
    answer = parse(await ask(talk, question))
    while answer is None:
        talk.say_error("linear.choice.yes-no")
        talk.begin_block()
        answer = parse(await ask(talk, question, repeated=True))
    return answer


def parse_yes_no(line: str) -> bool | None:
    """Return what a line says in either language, if it is yes or no."""
    word = fold(line)
    for answer, text in ((True, "linear.yes"), (False, "linear.no")):
        if word and any(fold(Texts(each)(text)).startswith(word) for each in LANGUAGES):
            return answer
    return None


async def ask(talk: Conversation, question: Question, *, repeated: bool = False) -> str:
    """Put a question until it is answered, and obey the commands that come instead.

    `again`: it was just said in full; only its last line is said.
    """
    if not repeated:
        question.say()
    while True:
        line = await _read(talk, question)
        if line is None:
            continue
        talk.begin_block()
        order = None if question.hidden else _command(talk, question, line)
        if order is None:
            return line
        if await run_command(talk, question, order):
            question.say()


async def run_command(talk: Conversation, question: Question, order: Command) -> bool:
    """Obey a command; tell whether the whole question must be said again."""
    if order.name:
        return await talk.handler(order.name)(talk, question, order.argument)
    if not order.suggestions:
        talk.say_error("linear.command.unlike")
    elif len(order.suggestions) == 1:
        talk.say_error("linear.command.unknown", nearest=order.suggestions[0])
    else:
        talk.say_error(
            "linear.command.ambiguous",
            names=talk.enumeration([f":{each}" for each in order.suggestions]),
        )
    talk.begin_block()
    return False


async def _read(talk: Conversation, question: Question) -> str | None:
    *before, prompt = talk.wrap(question.prompt())
    for each in before:
        talk.write(each)
    try:
        line = _line(talk, question, f"{prompt} ")
    except UnreadableLineError as error:
        talk.begin_block()
        talk.say_error(f"linear.line.{error.code}")
        talk.begin_block()
        return None
    except KeyboardInterrupt:
        await run_command(talk, question, Command("interrupted"))
        return None
    except KilledError:
        await asyncio.sleep(1)  # the loop cancels us meanwhile
        return None
    return line


def _line(talk: Conversation, question: Question, prompt: str) -> str:
    if question.hidden:
        line = talk.console.ask_secret(prompt)
    else:
        line = talk.console.ask(prompt, question.prefill)
    if any(ord(c) < ord(" ") or "\x7f" <= c <= "\x9f" for c in line if c != "\t"):
        raise UnreadableLineError("control")
    return line


def _command(talk: Conversation, question: Question, line: str) -> Command | None:
    """Return the command of a line; it may follow the answer that was put on the line."""
    added = line.removeprefix(question.prefill)
    if order := parse_command(added, talk.texts):
        known = order.name or added == line
        return order if known else None
    return None
