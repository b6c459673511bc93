"""Asking a question at a prompt: a line is an answer or a command, and nothing typed is lost.

`Conversation.ask` says the question, prints the prompt and reads a line. A command is obeyed and
the prompt comes back; a line that is no answer gets one clear error and the prompt comes back too.
Going somewhere else instead of answering is the exception `Navigate`. A pipe that gives the same
line for ever, or nothing but wrong answers, is not a person: the conversation ends and says why.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from enum import Enum, auto
from functools import partial
from typing import NamedTuple, TypeVar

from typing_extensions import override

from espace_tui.i18n import LANGUAGES, Text, Texts
from espace_tui.journey.form import Field, FieldKind
from espace_tui.journey.wizard import Wizard
from espace_tui.linear.command_names import (
    Command,
    bare,
    fold,
    names_in,
    parse_bare_command,
    parse_command,
)
from espace_tui.linear.console.port import KilledError, LineMask, UnreadableLineError
from espace_tui.linear.speaker import Speaker
from espace_tui.validators import unshifted

T = TypeVar("T")
LONG_LABEL = 60
"""Characters of a choice that is too long to be said twice."""
PATIENCE = 50
"""How many times in a row the same line, or a wrong one, is read from what is no keyboard."""


def say_nothing() -> None:
    """Say nothing more."""


class Question(NamedTuple):
    """What is asked: the prompt, how to say the question in full before it, and its help.

    `field` is the field that is asked, if it is one, and `prefill` what is put on the line to be
    edited. `hidden`: the answer is a secret, and no command is read in it. `at_end`: the question
    comes after all that there is to read at a step, which is repeated with it. `quick` are lines
    that answer at once, each with its words. The repr shows nothing: an answer may be in it.
    """

    prompt: str
    say: Callable[[], None] = say_nothing
    help: Callable[[], None] = say_nothing
    field: Field | None = None
    prefill: str = ""
    hidden: bool = False
    at_end: bool = False
    quick: tuple[tuple[str, str], ...] = ()

    @override
    def __repr__(self) -> str:
        return "Question(…)"


class Option(NamedTuple):
    """One numbered choice in words, and what it means if that helps."""

    label: str
    about: str = ""


class Destination(Enum):
    """Where the person goes instead of answering."""

    BACK = auto()
    """The question before."""
    ACTIONS = auto()
    """The list of what can be done at this step."""
    FILL = auto()
    """An action of this step that fills fields in, at once."""
    REPEAT = auto()
    """The beginning of this step."""
    MOVED = auto()
    """Wherever the wizard is now."""
    LEAVE = auto()
    """Out of the line-by-line face."""


class Navigate(Exception):  # noqa: N818 — not an error: the person goes somewhere else
    """The person goes somewhere else; `value` is the action of `FILL`, the outcome of `LEAVE`."""

    def __init__(self, destination: Destination, value: str = "") -> None:
        super().__init__(destination.name)
        self.destination = destination
        self.value = value


class WrongAnswerError(ValueError):
    """A line that does not answer the question; `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.id)
        self.text = text


class Conversation:
    """A conversation with a person who goes through the wizard.

    `handlers` are what obeys the commands, by name. `asked_fields` are the fields asked since the
    person arrived at the step, in order; `left_unread` whether only the beginning of what there is
    to read there was read, `reads_all` whether all of it is wanted; `shown_secrets` the secrets, by
    step and field, that were shown since they were typed. `confirming_quit`: the person is being
    asked whether to quit. `completed`: something was brought to its end.
    """

    def __init__(
        self, wizard: Wizard, speaker: Speaker, handlers: Mapping[str, CommandHandler]
    ) -> None:
        self.wizard = wizard
        self.speaker = speaker
        self._handlers = handlers
        self.asked_fields: list[str] = []
        self.left_unread = self.reads_all = False
        self.shown_secrets: set[tuple[str, str]] = set()
        self.uncovered = ""
        """The field that is shown while it is typed, because the person asked, at a counter."""
        self.confirming_quit = False
        self.completed = False
        self._last_line = ""
        self._wrong = False
        self._in_vain = 0

    async def ask(self, question: Question, parse: Callable[[str], T]) -> T:
        """Say a question and ask until a line can be parsed; obey the commands meanwhile."""
        question.say()
        while True:
            line = await self._read_answer(question)
            try:
                return parse(line)
            except WrongAnswerError as error:
                if command := parse_bare_command(line, self.speaker.texts):
                    if await self.run_command(question, command):
                        question.say()
                    continue
                self._wrong = True
                self.speaker.say_error(error.text)
                self.speaker.begin_block()

    async def choose(self, options: Sequence[Option], default: int | None = None) -> int:
        """List options and ask for one of them; return its index. An empty line is `default`."""
        texts, say = self.speaker.texts, self.speaker.say
        question = Question(
            number_prompt(texts, len(options), default),
            partial(list_options, self.speaker, options),
            partial(say, "linear.help.choice"),
        )
        index = await self.ask(question, partial(parse_option, options, default))
        self.say_chosen(options[index])
        return index

    def say_chosen(self, option: Option) -> None:
        """Say back what a number chose; Enter chose what the prompt said."""
        if self._last_line.strip() and len(option.label) < LONG_LABEL:
            self.speaker.continue_block()
            self.speaker.say("linear.chosen", choice=option.label)
            self.speaker.begin_block()

    async def confirm(self, text: Text) -> bool:
        """Ask for yes or no."""
        texts, say = self.speaker.texts, self.speaker.say
        question = Question(
            texts("linear.prompt.yes-no"),
            partial(say, text),
            partial(say, "linear.help.yes-no"),
            quick=yes_or_no(texts),
        )
        return await self.ask(question, parse_yes_no)

    async def run_command(self, question: Question, command: Command) -> bool:
        """Obey a command; return whether the whole question must be said again."""
        if command.name:
            return await self._handlers[command.name](self, question, command.argument)
        speaker, suggestions = self.speaker, command.suggestions
        if not suggestions:
            speaker.say_error("linear.command.unlike")
        elif len(suggestions) == 1:
            speaker.say_error("linear.command.unknown", nearest=self._name(suggestions[0]))
        else:
            names = speaker.join_items([self._name(each) for each in suggestions])
            speaker.say_error("linear.command.ambiguous", names=names)
        speaker.begin_block()
        return False

    def _name(self, folded: str) -> str:
        """Return the name of a command as it is written, with its accents."""
        texts = self.speaker.texts
        command = names_in(texts.language).get(folded)
        return texts(f"linear.command.{command}") if command else folded

    async def _read_answer(self, question: Question) -> str:
        while True:
            line = await self._read_line(question)
            if line is None:
                continue
            self.speaker.begin_block()
            self._give_up_on_a_machine(line)
            command = None if question.hidden else self._command(question, line)
            if command is None:
                return line
            if await self.run_command(question, command):
                question.say()

    def _give_up_on_a_machine(self, line: str) -> None:
        """Leave when what is read could go on for ever; a person is never sent away."""
        self._in_vain = self._in_vain + 1 if line == self._last_line or self._wrong else 0
        self._last_line, self._wrong = line, False
        if self._in_vain >= PATIENCE and not self.speaker.console.interactive:
            self.speaker.say_error("linear.leave.repeated")
            raise Navigate(Destination.LEAVE, "ended")

    async def _read_line(self, question: Question) -> str | None:
        """Print the prompt and read a line; None if it was no line that can be read."""
        speaker = self.speaker
        *before, prompt = speaker.wrap(question.prompt)
        for words in before:
            speaker.write(words)
        speaker.console.when_resumed(question.say)
        whole_text = question.field is not None and question.field.many_lines
        speaker.expect(question.quick, many_lines=whole_text)
        try:
            if question.hidden:
                return _checked(speaker.console.read_secret(f"{prompt} "))
            mask = self._mask(question.field)
            return _checked(speaker.console.read_line(f"{prompt} ", question.prefill, mask))
        except UnreadableLineError as error:
            speaker.begin_block()
            speaker.say_error(f"linear.line.{error.code}")
            speaker.begin_block()
        except KeyboardInterrupt:
            await self.run_command(question, Command("interrupted"))
        except KilledError:
            await asyncio.sleep(1)  # the loop cancels us meanwhile
        return None

    def _mask(self, field: Field | None) -> LineMask | None:
        """Return how an answer is masked: once it is given, or at a counter while it is typed."""
        covers, masks = self.speaker.covers, self.speaker.masks
        if not covers or field is None or field.kind is not FieldKind.TEXT:
            return None
        return LineMask(field.masked, bool(masks and masks.always) and self.uncovered != field.name)

    def _command(self, question: Question, line: str) -> Command | None:
        """Return the command of a line; it may follow the answer that was put on the line."""
        added = line.removeprefix(question.prefill)
        if command := parse_command(added, self.speaker.texts):
            known = command.name or added == line
            return command if known else None
        return None


CommandHandler = Callable[[Conversation, Question, str], Awaitable[bool]]
"""Obeys a command, given its argument; returns whether the question must be said again."""


def _checked(line: str) -> str:
    """Return a line, unless it holds a control character other than a tab."""
    if any(ord(c) < ord(" ") or "\x7f" <= c <= "\x9f" for c in line if c != "\t"):
        raise UnreadableLineError("control")
    return line


def list_options(speaker: Speaker, options: Sequence[Option], question: str = "") -> None:
    """Say options, one per line; their count comes with the question, or else in the prompt."""
    if question:
        count = speaker.texts(Text("linear.choices", count=len(options)))
        speaker.write(on_one_line(question, count))
    for number, option in enumerate(options, 1):
        speaker.write_choice(f"{number}. {option.label}", option.about)


def on_one_line(*sentences: str) -> str:
    """Return sentences as one line, each ended."""
    said = list(filter(None, sentences))
    ended = [s if s[-1] in ".?!:" else f"{s}." for s in said[:-1]]
    return " ".join(ended + said[-1:])


def number_prompt(texts: Texts, count: int, default: int | None) -> str:
    """Return the prompt of a numbered question."""
    if default is None:
        return texts(Text("linear.prompt.number", count=count))
    return texts(Text("linear.prompt.number-or-enter", {"default": default + 1}, count))


def parse_option(options: Sequence[Option], default: int | None, line: str) -> int:
    """Return the index of the option that a line names, by its number or how its words begin.

    A number may be typed on a French keyboard without Shift: « é » for 2.
    """
    word = fold(bare(line).removeprefix("n°"))
    wrong = WrongAnswerError(Text("linear.choice.number", count=len(options)))
    if not line.strip():
        if default is None:
            raise wrong
        return default
    begun = [i for i, option in enumerate(options) if fold(option.label).startswith(word)]
    found = begun if word else []
    digits = unshifted(line.strip(), least=1) or (word if word.isascii() else "")
    if digits.isdigit() and not found:
        if 0 < int(digits[:6]) <= len(options):
            return int(digits) - 1
        raise wrong
    if len(found) > 1:
        raise WrongAnswerError(Text("linear.choice.ambiguous", count=len(options)))
    if not found:
        raise wrong
    return found[0]


def parse_enter(line: str) -> None:
    """Accept nothing but Enter."""
    if line.strip():
        raise WrongAnswerError(Text("linear.choice.enter"))


def yes_or_no(texts: Texts) -> tuple[tuple[str, str], ...]:
    """Return the two answers of a question of yes or no, as lines and as words."""
    return tuple((texts(each), texts(each).capitalize()) for each in ("linear.yes", "linear.no"))


def parse_yes_no(line: str) -> bool:
    """Return what a line says, whole or begun, in either language."""
    word = fold(bare(line))
    for answer, text in ((True, "linear.yes"), (False, "linear.no")):
        if word and any(fold(Texts(name)(text)).startswith(word) for name in LANGUAGES):
            return answer
    raise WrongAnswerError(Text("linear.choice.yes-no"))
