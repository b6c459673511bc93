"""Asking a field: its question, one way to ask per kind, and what becomes of the answer.

The question says, in this order: what was wrong with the answer, which question of how many, its
format and an example, its choices, the answer already given; the prompt comes last. The name of the
field is said once: by the prompt where it has room for it, else with the question.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from typing_extensions import override

from espace_tui.errors import FieldProblem, InvalidValue, Refused, Unreachable
from espace_tui.i18n import Text
from espace_tui.journey.form import YES, ActionKind, Field, FieldKind
from espace_tui.journey.view import View
from espace_tui.linear.command_names import Command, parse_bare_command
from espace_tui.linear.commands import numbered_steps, secrets_to_show
from espace_tui.linear.console.reader import WHOLE_TEXT
from espace_tui.linear.counter_commands import ask_reminders, position_of
from espace_tui.linear.field_text import (
    answer_text,
    echo_answer,
    format_sentences,
    passing,
    problem_in_words,
    say_feedback,
    say_help,
    say_together,
)
from espace_tui.linear.prompt import (
    Conversation,
    Destination,
    Navigate,
    Option,
    Question,
    WrongAnswerError,
    list_options,
    number_prompt,
    on_one_line,
    parse_option,
    parse_yes_no,
    yes_or_no,
)
from espace_tui.linear.speaker import Speaker
from espace_tui.linear.waiting import wait_for
from espace_tui.validators import Advice

_PASTED = 40
"""Characters of a line from which a number in it was not typed alone: the number is said again."""

TYPE, KEEP = "type", "keep"
"""What a secret's menu offers besides commands and actions."""
MENU_COMMANDS = ("show", "back", "help", "all", "steps", "clear", "actions", "visual", "quit")


class AskReason(NamedTuple):
    """Why a field is asked this time.

    `problem` is what was wrong with its answer, which says the format too, and `problem_said` that
    it was just said, in a list. `format_said`: the format was said just before. `afresh`: the
    answer that was given is worth nothing, and is not offered again.
    """

    problem: FieldProblem | None = None
    problem_said: bool = False
    format_said: bool = False
    afresh: bool = False


FIRST_ASK = AskReason()


class FieldPrompt(NamedTuple):
    """A field to ask: its number among all the fields of the step, and the answer already given.

    `hint_said`: how a secret is typed was said at this step, with another one.
    """

    field: Field
    number: int
    total: int
    stored: str
    reason: AskReason = FIRST_ASK
    hint_said: bool = False

    @override
    def __repr__(self) -> str:
        return f"FieldPrompt({self.field.name!r})"


async def ask_field(
    conversation: Conversation, view: View, name: str, reason: AskReason = FIRST_ASK
) -> None:
    """Ask a field of the view, if it is still there, and say what its answer is worth so far."""
    names = [each.name for each in view.fields]
    if name not in names:  # another answer changed what is asked
        return
    wizard, speaker = conversation.wizard, conversation.speaker
    wizard.focus = name
    conversation.uncovered = ""
    field, before = view.fields[names.index(name)], view.typed.get(name, "")
    stored = "" if reason.afresh else _offered(reason.problem) or before
    secrets = {each.name for each in view.fields if each.kind is FieldKind.SECRET} - {name}
    known = not secrets.isdisjoint(conversation.asked_fields)
    number, total = position_of(field, view.fields)
    prompt = FieldPrompt(field, number, total, stored, reason, known)
    text = await ASK[field.kind](conversation, prompt)
    wizard.set_text(name, text)
    if name not in conversation.asked_fields:
        conversation.asked_fields.append(name)
    speaker.continue_block()
    say_feedback(speaker, field, text)
    answer = await ask_service(conversation, field, text) if field.probe and text else text
    speaker.begin_block()
    if answer != text:
        await store_answer(conversation, name, answer)
    elif text != before:
        await _ask_repetition(conversation, field)


async def _ask_repetition(conversation: Conversation, field: Field) -> None:
    """Ask again the field that repeats another one, whose answer has just changed."""
    wizard = conversation.wizard
    view = wizard.view()
    for other in view.fields if field.kind is FieldKind.SECRET and field.review else ():
        if other.kind is FieldKind.SECRET and not other.review and view.typed.get(other.name):
            wizard.set_text(other.name, "")
            await ask_field(conversation, wizard.view(), other.name)


def _offered(problem: FieldProblem | None) -> str:
    """Return the answer that a problem suggests: it stands in the place of the wrong one."""
    return str(problem.values.get("suggestion", "")) if problem else ""


async def store_answer(conversation: Conversation, name: str, answer: str | None) -> None:
    """Give an answer to the wizard, or ask for another one when it is None."""
    wizard = conversation.wizard
    if answer is None:
        await ask_field(conversation, wizard.view(), name, AskReason(format_said=True))
    else:
        wizard.set_text(name, answer)


# --- the question


def field_question(
    speaker: Speaker,
    prompt: FieldPrompt,
    last_line: str,
    options: Sequence[Option] = (),
) -> Question:
    """Return the question of a field; `options` are its choices, numbered."""
    field = prompt.field
    label = speaker.texts(field.text_for("label"))
    named = field.kind in {FieldKind.TEXT, FieldKind.SECRET} and label in last_line

    def say() -> None:
        speaker.begin_block()
        if prompt.reason.problem and not prompt.reason.problem_said:
            words = problem_in_words(speaker, prompt.reason.problem)
            speaker.say_error("linear.words", words=words)
            speaker.begin_block()
        sentences = [_which(speaker, prompt, "" if named else label)]
        if not (prompt.reason.format_said or prompt.reason.problem):
            sentences += format_sentences(speaker, field)
        if field.kind is FieldKind.SECRET and not (speaker.short or prompt.hint_said):
            sentences.append(speaker.texts("linear.secret.hint"))
        if options:
            list_options(speaker, options, on_one_line(*sentences))
        else:
            say_together(speaker, sentences)
        if prompt.stored:
            _say_stored(speaker, prompt)

    edited = field.kind is FieldKind.TEXT and speaker.console.prefills
    return Question(
        last_line,
        say,
        partial(say_help, speaker, field),
        field,
        prefill=prompt.stored if edited else "",
        hidden=field.kind is FieldKind.SECRET,
    )


def _which(speaker: Speaker, prompt: FieldPrompt, label: str) -> str:
    """Return which question comes, with the label that the prompt does not give."""
    if prompt.total == 1 or speaker.short:
        return label
    text_id = "linear.question" if label else "linear.question.number"
    return speaker.texts(text_id, number=prompt.number, count=prompt.total, label=label)


def _say_stored(speaker: Speaker, prompt: FieldPrompt) -> None:
    field, stored = prompt.field, prompt.stored
    if field.kind is FieldKind.SECRET:
        speaker.say(Text("linear.kept.secret", count=len(stored)))
    elif field.kind is FieldKind.TEXT and speaker.console.prefills:
        speaker.say("linear.kept.editable")
    else:
        speaker.say("linear.kept.enter", answer=answer_text(speaker, field, stored))


# --- one way to ask per kind


async def ask_line(conversation: Conversation, prompt: FieldPrompt) -> str:
    """Ask for a line; where it cannot be put on the line, an empty one keeps the answer."""
    speaker, field = conversation.speaker, prompt.field
    label = speaker.texts(field.text_for("label"))
    last_line = speaker.name_in_prompt("linear.prompt.text", label)

    def parse(line: str) -> str:
        """Return a line, unless it is the name of a command and no answer."""
        if parse_bare_command(line, speaker.texts) and not _is_valid(field, line):
            raise WrongAnswerError(Text("linear.command.unlike"))
        return line

    question = field_question(speaker, prompt, last_line)
    line = await conversation.ask(question, parse)
    if not line.strip() and not speaker.console.prefills:
        return prompt.stored
    line, retyped = _retyped(field, question.prefill, line)

    def completes(rest: str) -> bool:
        """Tell whether the lines that were pasted after this one belong to the answer."""
        begun = field.many_lines or not _is_valid(field, line)
        return begun and _is_valid(field, f"{line}\n{rest}")

    limit = WHOLE_TEXT if field.many_lines else 0
    rest = speaker.console.rest_of_paste(completes, limit)
    whole = f"{line}\n{rest}" if rest else line
    value = field.normalize(whole)
    if (retyped or (field.length and len(whole) > _PASTED)) and _is_valid(field, value):
        speaker.continue_block()
        speaker.say("linear.found", value=echo_answer(speaker, field, value))
    return value


def _retyped(field: Field, prefill: str, line: str) -> tuple[str, bool]:
    """Return the answer of a line, and whether it was typed whole beside the one kept there."""
    if prefill and line != prefill and not _is_valid(field, line):
        for added in (line.removeprefix(prefill), line.removesuffix(prefill)):
            if added != line and _is_valid(field, added):
                return added, True
    return line, False


def _is_valid(field: Field, text: str) -> bool:
    try:
        field.parse(field.normalize(text))
    except InvalidValue:
        return False
    return True


async def ask_secret(conversation: Conversation, prompt: FieldPrompt) -> str:
    """Ask for a hidden line; nothing in it is a command, an empty one opens a menu.

    The prompt is the one that Emacs and other programs know a password by.
    """
    speaker, field = conversation.speaker, prompt.field
    last_line = speaker.texts("linear.prompt.secret")
    question = field_question(speaker, prompt, last_line)
    while not (line := await conversation.ask(question, str)):
        if await open_menu(conversation, question, stored=bool(prompt.stored)):
            return prompt.stored
    conversation.shown_secrets.discard((conversation.wizard.step_name, field.name))
    return line


async def ask_choice(conversation: Conversation, prompt: FieldPrompt) -> str:
    """Ask for one of several; an empty line keeps the answer given, or passes where one may."""
    speaker, choices, field = conversation.speaker, prompt.field.choices, prompt.field
    default = choices.index(prompt.stored) if prompt.stored in choices else passing(field)
    options = [
        Option(
            speaker.texts(field.choice_text(value)), speaker.text_if_any(field.choice_about(value))
        )
        for value in choices
    ]
    question = field_question(
        speaker,
        prompt,
        number_prompt(speaker.texts, len(choices), default),
        options,
    )
    index = await conversation.ask(question, partial(parse_option, options, default))
    conversation.say_chosen(options[index])
    return choices[index]


async def ask_tick(conversation: Conversation, prompt: FieldPrompt) -> str:
    """Ask for yes or no; an empty line keeps a box that is ticked, and never ticks one."""
    speaker = conversation.speaker
    if prompt.field.reminder:
        return await ask_reminders(conversation, prompt.field)

    def parse(line: str) -> bool:
        return True if prompt.stored and not line.strip() else parse_yes_no(line)

    question = field_question(speaker, prompt, speaker.texts("linear.prompt.yes-no"))
    question = question._replace(quick=yes_or_no(speaker.texts))
    ticked = await conversation.ask(question, parse)
    speaker.continue_block()
    speaker.say("linear.ticked" if ticked else "linear.not-ticked")
    return YES if ticked else ""


ASK: Mapping[FieldKind, Callable[[Conversation, FieldPrompt], Awaitable[str]]] = {
    FieldKind.TEXT: ask_line,
    FieldKind.SECRET: ask_secret,
    FieldKind.CHOICE: ask_choice,
    FieldKind.CHECKBOX: ask_tick,
}
"""How each kind is asked; a test fails when one is missing."""


# --- the menu that an empty line opens at a secret, where no command is read


async def open_menu(conversation: Conversation, question: Question, *, stored: bool) -> bool:
    """Do what the person chooses; return whether the stored answer is kept."""
    texts = conversation.speaker.texts
    fills = [a.name for a in conversation.wizard.view().actions if a.kind is ActionKind.FILL]
    commands = _applicable_commands(conversation)
    labels = {TYPE: texts(f"linear.secret.{TYPE}")}
    if stored:
        labels[KEEP] = texts(f"linear.secret.{KEEP}")
    labels |= {name: texts(f"action.{name}") for name in fills}
    labels |= {name: texts(f"linear.command.{name}.about") for name in commands}
    chosen = await conversation.choose([Option(label) for label in labels.values()], default=0)
    name = list(labels)[chosen]
    if name in fills:
        raise Navigate(Destination.FILL, name)
    if name in commands and await conversation.run_command(question, Command(name)):
        question.say()
    return name == KEEP


def _applicable_commands(conversation: Conversation) -> list[str]:
    """Return the commands of the menu that would do something here."""
    wizard = conversation.wizard
    idle = {
        "show": not secrets_to_show(conversation),
        "visual": not conversation.speaker.console.full_screen,
        "clear": not any(wizard.typed.values()),
        "steps": not numbered_steps(wizard),
    }
    return [name for name in MENU_COMMANDS if not idle.get(name)]


# --- what the service and the rules have to say of an answer


async def ask_service(conversation: Conversation, field: Field, text: str) -> str | None:
    """Say what the service thinks of an answer before it is sent, such as whether it is free.

    Return the answer to store, or None to ask for another one. What the service cannot say now,
    it says when the step is submitted.
    """
    wizard, speaker = conversation.wizard, conversation.speaker
    try:
        field.parse(text)
        call = wizard.probe(field.name, text)
        found = await wait_for(speaker, call) or ()
    except (InvalidValue, Refused, Unreachable):
        found = ()
    if any(advice.suggestion for advice in found):
        return await choose_after_advice(conversation, field, text, found)
    for advice in found:
        speaker.say(advice.text)
    return text


async def choose_after_advice(
    conversation: Conversation, field: Field, text: str, found: Sequence[Advice]
) -> str | None:
    """Say the advice on an answer; return the answer to store, or None to ask for another one."""
    speaker = conversation.speaker
    suggestions = [advice.suggestion for advice in found if advice.suggestion]
    speaker.begin_block()
    speaker.say("linear.look", label=field.text_for("label"))
    for words in dict.fromkeys(speaker.texts(advice.text) for advice in found):
        speaker.write(words)
    speaker.begin_block()
    options = [
        Option(speaker.texts("linear.look.keep")),
        *(Option(speaker.texts("linear.look.replace", answer=other)) for other in suggestions),
        Option(speaker.texts("linear.look.again")),
    ]
    return [text, *suggestions, None][await conversation.choose(options, default=0)]
