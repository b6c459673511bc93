"""A field as it is asked: the question, the format, the example, what is kept; the prompt last."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from typing_extensions import override

from espace_tui.errors import FieldProblem, InvalidValue, Refused, Unreachable
from espace_tui.i18n import Text
from espace_tui.journey.form import YES, ActionKind, Field, FieldKind
from espace_tui.journey.view import FieldAdvice
from espace_tui.linear.command_names import Command
from espace_tui.linear.commands import numbered_steps, secrets_to_show, show_secrets
from espace_tui.linear.field_text import answer_text, choice_options, say_format, say_help
from espace_tui.linear.prompt import (
    Destination,
    Navigate,
    Option,
    Question,
    ask,
    ask_option,
    ask_yes_no,
    choose,
    confirm,
    list_options,
    number_prompt,
    parse_yes_no,
    run_command,
    say_nothing,
)
from espace_tui.linear.speaker import Conversation
from espace_tui.linear.waiting import wait_for
from espace_tui.validators import Advice


async def ask_line(talk: Conversation, asked: FieldPrompt) -> str:
    """Ask for a line; where it cannot be put on the line, an empty one keeps the answer."""
    line = await ask(talk, field_question(talk, asked, partial(label_prompt, talk, asked.field)))
    if not line.strip() and not talk.console.prefills:
        return asked.stored
    return _normalize(talk, asked.field, line)


def _normalize(talk: Conversation, field: Field, line: str) -> str:
    """Return a line as a paste is tidied, with the lines that came after it if they are needed."""

    def completes(rest: str) -> bool:
        return not _parses(field, line) and _parses(field, f"{line}\n{rest}")

    rest = talk.console.rest_of_paste(completes)
    return field.normalize(f"{line}\n{rest}" if rest else line)


def _parses(field: Field, text: str) -> bool:
    try:
        field.parse(field.normalize(text))
    except InvalidValue:
        return False
    return True


async def ask_secret(talk: Conversation, asked: FieldPrompt) -> str:
    """Ask for a hidden line; nothing in it is a command, an empty one opens a menu."""
    asking = field_question(talk, asked, partial(label_prompt, talk, asked.field))
    while not (line := await ask(talk, asking)):
        if await secret_menu(talk, asking, kept=bool(asked.stored)):
            return asked.stored
    talk.shown_secrets.discard((talk.wizard.step_name, asked.field.name))
    talk.continue_block()
    talk.say(Text("linear.received", count=len(line)))
    return line


async def ask_choice(talk: Conversation, asked: FieldPrompt) -> str:
    """Ask for one of several; an empty line keeps the answer that was given."""
    each = asked.field
    default = each.choices.index(asked.stored) if asked.stored in each.choices else None

    def choices() -> None:
        list_options(talk, choice_options(talk, each))

    asking = field_question(
        talk, asked, lambda: number_prompt(talk, len(each.choices), default), choices
    )
    return each.choices[await ask_option(talk, choice_options(talk, each), asking, default)]


async def ask_tick(talk: Conversation, asked: FieldPrompt) -> str:
    """Ask for yes or no; an empty line keeps a box that is ticked, and never ticks one."""
    asking = field_question(talk, asked, lambda: talk.texts("linear.prompt.yes-no"))
    answer = await ask_yes_no(talk, asking, lambda line: _parse_tick(line, asked.stored))
    talk.continue_block()
    talk.say("linear.ticked" if answer else "linear.not-ticked")
    return YES if answer else ""


def _parse_tick(line: str, kept: str) -> bool | None:
    return True if kept and not line.strip() else parse_yes_no(line)


ASK: Mapping[FieldKind, Callable[[Conversation, FieldPrompt], Awaitable[str]]] = {
    FieldKind.TEXT: ask_line,
    FieldKind.SECRET: ask_secret,
    FieldKind.CHOICE: ask_choice,
    FieldKind.CHECKBOX: ask_tick,
}
"""How each kind is asked; a test fails when one is missing."""


TYPE, KEEP = "type", "keep"
OFFERED = ("show", "back", "help", "all", "steps", "clear", "actions", "visual", "quit")


async def secret_menu(talk: Conversation, question: Question, *, kept: bool) -> bool:
    """Do what the person chooses; tell whether the kept answer stays."""
    fills = {a.name: a for a in talk.wizard.view().actions if a.kind is ActionKind.FILL}
    offered = [TYPE, *([KEEP] if kept else []), *fills, *_applicable(talk)]
    labels = [_label(talk, each, is_action=each in fills) for each in offered]
    name = offered[await choose(talk, [Option(label) for label in labels], default=0)]
    if name in fills:
        raise Navigate(Destination.ACT, name)
    if name in OFFERED and await run_command(talk, question, Command(name)):
        question.say()
    return name == KEEP


def _applicable(talk: Conversation) -> list[str]:
    """Return the commands that would do something here."""
    idle = {"show": not secrets_to_show(talk), "visual": not talk.console.full_screen}
    idle |= {"clear": not any(talk.wizard.typed.values()), "steps": not numbered_steps(talk)}
    return [name for name in OFFERED if not idle.get(name)]


def _label(talk: Conversation, name: str, *, is_action: bool) -> str:
    if is_action:
        return talk.texts(f"action.{name}")
    if name in OFFERED:
        return talk.texts(f"linear.command.{name}.about")
    return talk.texts(f"linear.secret.{name}")


def problem_text(talk: Conversation, problem: FieldProblem) -> str:
    """Return a problem in the person's words; the text names the field, the rule, an example."""
    return talk.texts(f"error.{problem.code}", **problem.values)


async def choose_problem(talk: Conversation, problems: Sequence[FieldProblem]) -> FieldProblem:
    """Say the problems with their numbers and return the one to correct now."""
    options = [Option(problem_text(talk, each)) for each in problems]

    def say() -> None:
        talk.begin_block()
        talk.say_error(Text("linear.problems", count=len(options)))
        for number, option in enumerate(options, 1):
            talk.write(f"{number}. {option.label}", "   ")

    def prompt() -> str:
        numbers = [str(i) for i in range(1, len(options) + 1)]
        last = numbers.pop()
        return talk.texts("linear.prompt.correct", first=", ".join(numbers), last=last)

    help_ = partial(talk.say, "linear.help.choice")
    return problems[await ask_option(talk, options, Question(prompt, say, help_), 0)]


def say_problem(talk: Conversation, problem: FieldProblem) -> None:
    """Say one problem, just before its question."""
    talk.begin_block()
    talk.say_error(f"error.{problem.code}", **problem.values)
    talk.begin_block()


async def review_advice(
    talk: Conversation, field: Field, advice_list: Sequence[Advice]
) -> str | None:
    """Say what deserves a second look; return the answer to keep, or None to type it again."""
    typed = talk.wizard.typed[field.name]
    suggestions = [advice.suggestion for advice in advice_list if advice.suggestion]
    talk.begin_block()
    talk.say("linear.look", label=talk.texts(field.text_for("label")))
    for text in dict.fromkeys(talk.texts(advice.text) for advice in advice_list):
        talk.write(text)
    talk.begin_block()
    options = [
        Option(talk.texts("linear.look.keep")),
        *(Option(talk.texts("linear.look.replace", answer=other)) for other in suggestions),
        Option(talk.texts("linear.look.again")),
    ]
    return [typed, *suggestions, None][await choose(talk, options, default=0)]


def advice_by_field(noticed: Sequence[FieldAdvice]) -> dict[str, list[Advice]]:
    """Return what was noticed, field by field in reading order."""
    found: dict[str, list[Advice]] = {}
    for each in noticed:
        found.setdefault(each.field, []).append(each.advice)
    return found


async def ask_service(talk: Conversation, field: Field, text: str) -> str | None:
    """Say what the service tells of an answer; return the one to keep, or None to type it again."""
    if not (field.probe and text):
        return text
    found = await wait_for(talk, _advice(talk, field, text)) or ()
    if any(advice.suggestion for advice in found):
        return await review_advice(talk, field, found)
    for advice in found:
        talk.say(advice.text)
    return text


async def _advice(talk: Conversation, each: Field, text: str) -> tuple[Advice, ...]:
    """Ask the service; what it cannot tell now is told when the step is submitted."""
    wizard = talk.wizard
    try:
        each.parse(text)
        return await wizard.step.probe(wizard.context, wizard.session, each.name, text)
    except (InvalidValue, Refused, Unreachable):
        return ()


async def say_filled(talk: Conversation, before: Mapping[str, str]) -> str:
    """Say which fields were filled; return the one to ask now, if any.

    Beside a secret that was filled, another one is where it is to be typed again: the first is then
    shown if the person wants it.
    """
    view = talk.wizard.view()
    filled = [f for f in view.fields if view.typed.get(f.name) != before.get(f.name)]
    talk.begin_block()
    for each in filled:
        _say_filled_field(talk, each, view.typed.get(each.name, ""))
    talk.begin_block()
    names = {each.name for each in filled if each.kind is FieldKind.SECRET}
    others = [f for f in view.fields if f.kind is FieldKind.SECRET and f.name not in names]
    if not (names and others):
        return ""
    if await confirm(talk, Text("linear.show.sure")):
        await show_secrets(talk, Question(str), "")
    return others[0].name


def _say_filled_field(talk: Conversation, field: Field, text: str) -> None:
    label = talk.texts(field.text_for("label"))
    if field.kind is FieldKind.SECRET:
        talk.shown_secrets.discard((talk.wizard.step_name, field.name))
        talk.say(Text("linear.filled.secret", {"label": label}, len(text)))
    else:
        talk.say("linear.filled", label=label, value=answer_text(talk, field, text))


class FieldPrompt(NamedTuple):
    """A field to ask: its place among the others, and what already stands in it.

    `wrong`: what was wrong with it, which says its format. `brief`: its format was just said.
    """

    field: Field
    number: int
    total: int
    stored: str
    format_said: bool = False
    problem: FieldProblem | None = None

    @override
    def __repr__(self) -> str:
        return f"Asked({self.field.name!r})"

    @property
    def typed(self) -> bool:
        """Whether the answer is typed on the line of the prompt, which then names the field."""
        return self.field.kind in {FieldKind.TEXT, FieldKind.SECRET}


def field_question(
    talk: Conversation,
    asked: FieldPrompt,
    prompt: Callable[[], str],
    choices: Callable[[], None] = say_nothing,
) -> Question:
    """Return the question of a field; `choices` says those that are numbered."""

    def in_full() -> None:
        talk.begin_block()
        if asked.problem:
            say_problem(talk, asked.problem)
        if not (talk.speech.short and asked.typed):
            _say_position(talk, asked)
        if not (asked.format_said or asked.problem):
            say_format(talk, asked.field)
        choices()
        _say_stored(talk, asked)

    edited = asked.field.kind is FieldKind.TEXT and talk.console.prefills
    return Question(
        prompt,
        in_full,
        partial(say_help, talk, asked.field),
        asked.field,
        asked.stored if edited else "",
        asked.field.kind is FieldKind.SECRET,
    )


def label_prompt(talk: Conversation, field: Field) -> str:
    """Return the last line of a question that is answered by a line."""
    label = talk.texts(field.text_for("label"))
    if field.kind is FieldKind.SECRET:
        return talk.texts("linear.prompt.secret", label=label)
    return label if label.endswith("?") else talk.texts("linear.prompt.text", label=label)


def _say_position(talk: Conversation, asked: FieldPrompt) -> None:
    label = talk.texts(asked.field.text_for("label"))
    if asked.total > 1 and not talk.speech.short:
        talk.say("linear.question", number=asked.number, count=asked.total, label=label)
    else:
        talk.write(label)


def _say_stored(talk: Conversation, asked: FieldPrompt) -> None:
    if not asked.stored:
        return
    if asked.field.kind is FieldKind.SECRET:
        talk.say(Text("linear.kept.secret", count=len(asked.stored)))
    elif asked.field.kind is FieldKind.TEXT and talk.console.prefills:
        talk.say("linear.kept.editable")
    else:
        talk.say("linear.kept.enter", answer=answer_text(talk, asked.field, asked.stored))
