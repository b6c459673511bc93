"""A field as it is asked: the question, the format, the example, what is kept; the prompt last."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from typing_extensions import override

from espace_tui.errors import InvalidValue, Problem, Refused, Unreachable
from espace_tui.i18n import Text
from espace_tui.journey.form import YES, Deed, Field, Kind
from espace_tui.journey.view import Noticed
from espace_tui.linear.command_names import Order
from espace_tui.linear.commands import numbered, show, unshown
from espace_tui.linear.field_text import choice_options, said_answer, say_format, say_help
from espace_tui.linear.prompt import (
    Option,
    Question,
    Turn,
    Way,
    ask,
    choose,
    confirm,
    decide,
    list_options,
    nothing,
    number_prompt,
    obey,
    pick,
    yes_or_no,
)
from espace_tui.linear.speaker import Talk
from espace_tui.linear.waiting import patiently
from espace_tui.validators import Advice


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


TYPE, KEEP = "type", "keep"
OFFERED = ("show", "back", "help", "all", "steps", "clear", "actions", "visual", "quit")


async def secret_menu(talk: Talk, question: Question, *, kept: bool) -> bool:
    """Do what the person chooses; tell whether the kept answer stays."""
    fills = {a.name: a for a in talk.wizard.view().actions if a.deed is Deed.FILL}
    offered = [TYPE, *([KEEP] if kept else []), *fills, *_possible(talk)]
    labels = [_label(talk, each, is_action=each in fills) for each in offered]
    name = offered[await choose(talk, [Option(label) for label in labels], default=0)]
    if name in fills:
        raise Turn(Way.ACT, name)
    if name in OFFERED and await obey(talk, question, Order(name)):
        question.say()
    return name == KEEP


def _possible(talk: Talk) -> list[str]:
    """Return the commands that would do something here."""
    idle = {"show": not unshown(talk), "visual": not talk.console.full_screen}
    idle |= {"clear": not any(talk.wizard.typed.values()), "steps": not numbered(talk)}
    return [name for name in OFFERED if not idle.get(name)]


def _label(talk: Talk, name: str, *, is_action: bool) -> str:
    if is_action:
        return talk.texts(f"action.{name}")
    if name in OFFERED:
        return talk.texts(f"linear.command.{name}.about")
    return talk.texts(f"linear.secret.{name}")


def problem_words(talk: Talk, problem: Problem) -> str:
    """Return a problem in the person's words; the text names the field, the rule, an example."""
    return talk.texts(f"error.{problem.code}", **problem.values)


async def choose_problem(talk: Talk, problems: Sequence[Problem]) -> Problem:
    """Say the problems with their numbers and return the one to correct now."""
    options = [Option(problem_words(talk, each)) for each in problems]

    def say() -> None:
        talk.gap()
        talk.error(Text("linear.problems", count=len(options)))
        for number, option in enumerate(options, 1):
            talk.words(f"{number}. {option.label}", "   ")

    def prompt() -> str:
        numbers = [str(i) for i in range(1, len(options) + 1)]
        last = numbers.pop()
        return talk.texts("linear.prompt.correct", first=", ".join(numbers), last=last)

    help_ = partial(talk.line, "linear.help.choice")
    return problems[await pick(talk, options, Question(prompt, say, help_), 0)]


def say_problem(talk: Talk, problem: Problem) -> None:
    """Say one problem, just before its question."""
    talk.gap()
    talk.error(f"error.{problem.code}", **problem.values)
    talk.gap()


async def second_look(talk: Talk, each: Field, found: Sequence[Advice]) -> str | None:
    """Say what deserves a second look; return the answer to keep, or None to type it again."""
    typed = talk.wizard.typed[each.name]
    suggestions = [advice.suggestion for advice in found if advice.suggestion]
    talk.gap()
    talk.line("linear.look", label=talk.texts(each.say("label")))
    for text in dict.fromkeys(talk.texts(advice.text) for advice in found):
        talk.words(text)
    talk.gap()
    options = [
        Option(talk.texts("linear.look.keep")),
        *(Option(talk.texts("linear.look.replace", answer=other)) for other in suggestions),
        Option(talk.texts("linear.look.again")),
    ]
    return [typed, *suggestions, None][await choose(talk, options, default=0)]


def noticed_by_field(noticed: Sequence[Noticed]) -> dict[str, list[Advice]]:
    """Return what was noticed, field by field in reading order."""
    found: dict[str, list[Advice]] = {}
    for each in noticed:
        found.setdefault(each.field, []).append(each.advice)
    return found


async def probe(talk: Talk, each: Field, text: str) -> str | None:
    """Say what the service tells of an answer; return the one to keep, or None to type it again."""
    if not (each.probe and text):
        return text
    found = await patiently(talk, _advice(talk, each, text)) or ()
    if any(advice.suggestion for advice in found):
        return await second_look(talk, each, found)
    for advice in found:
        talk.line(advice.text)
    return text


async def _advice(talk: Talk, each: Field, text: str) -> tuple[Advice, ...]:
    """Ask the service; what it cannot tell now is told when the step is submitted."""
    wizard = talk.wizard
    try:
        each.parse(text)
        return await wizard.step.probe(wizard.desk, wizard.session, each.name, text)
    except (InvalidValue, Refused, Unreachable):
        return ()


async def say_filled(talk: Talk, before: Mapping[str, str]) -> str:
    """Say which fields were filled; return the one to ask now, if any.

    Beside a secret that was filled, another one is where it is to be typed again: the first is then
    shown if the person wants it.
    """
    view = talk.wizard.view()
    filled = [f for f in view.fields if view.typed.get(f.name) != before.get(f.name)]
    talk.gap()
    for each in filled:
        _say_one(talk, each, view.typed.get(each.name, ""))
    talk.gap()
    names = {each.name for each in filled if each.kind is Kind.SECRET}
    others = [f for f in view.fields if f.kind is Kind.SECRET and f.name not in names]
    if not (names and others):
        return ""
    if await confirm(talk, Text("linear.show.sure")):
        await show(talk, Question(str), "")
    return others[0].name


def _say_one(talk: Talk, each: Field, text: str) -> None:
    label = talk.texts(each.say("label"))
    if each.kind is Kind.SECRET:
        talk.shown.discard((talk.wizard.place, each.name))
        talk.line(Text("linear.filled.secret", {"label": label}, len(text)))
    else:
        talk.line("linear.filled", label=label, value=said_answer(talk, each, text))


class Asked(NamedTuple):
    """A field to ask: its place among the others, and what already stands in it.

    `wrong`: what was wrong with it, which says its format. `brief`: its format was just said.
    """

    field: Field
    number: int
    among: int
    kept: str
    brief: bool = False
    wrong: Problem | None = None

    @override
    def __repr__(self) -> str:
        return f"Asked({self.field.name!r})"

    @property
    def typed(self) -> bool:
        """Whether the answer is typed on the line of the prompt, which then names the field."""
        return self.field.kind in {Kind.TEXT, Kind.SECRET}


def question(
    talk: Talk, asked: Asked, prompt: Callable[[], str], choices: Callable[[], None] = nothing
) -> Question:
    """Return the question of a field; `choices` says those that are numbered."""

    def in_full() -> None:
        talk.gap()
        if asked.wrong:
            say_problem(talk, asked.wrong)
        if not (talk.manner.short and asked.typed):
            _say_place(talk, asked)
        if not (asked.brief or asked.wrong):
            say_format(talk, asked.field)
        choices()
        _say_kept(talk, asked)

    edited = asked.field.kind is Kind.TEXT and talk.console.prefills
    return Question(
        prompt,
        in_full,
        partial(say_help, talk, asked.field),
        asked.field,
        asked.kept if edited else "",
        asked.field.kind is Kind.SECRET,
    )


def label_prompt(talk: Talk, each: Field) -> str:
    """Return the last line of a question that is answered by a line."""
    label = talk.texts(each.say("label"))
    if each.kind is Kind.SECRET:
        return talk.texts("linear.prompt.secret", label=label)
    return label if label.endswith("?") else talk.texts("linear.prompt.text", label=label)


def _say_place(talk: Talk, asked: Asked) -> None:
    label = talk.texts(asked.field.say("label"))
    if asked.among > 1 and not talk.manner.short:
        talk.line("linear.question", number=asked.number, count=asked.among, label=label)
    else:
        talk.words(label)


def _say_kept(talk: Talk, asked: Asked) -> None:
    if not asked.kept:
        return
    if asked.field.kind is Kind.SECRET:
        talk.line(Text("linear.kept.secret", count=len(asked.kept)))
    elif asked.field.kind is Kind.TEXT and talk.console.prefills:
        talk.line("linear.kept.editable")
    else:
        talk.line("linear.kept.enter", answer=said_answer(talk, asked.field, asked.kept))
