"""The end of a step: everything that can be done there, numbered; Enter does the main thing."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from espace_tui.i18n import Text
from espace_tui.journey.form import ActionKind, AllAnswers
from espace_tui.journey.view import Answer, View
from espace_tui.linear.field_text import answer_row
from espace_tui.linear.prompt import (
    Conversation,
    Destination,
    Navigate,
    Option,
    Question,
    WrongAnswerError,
    list_options,
    number_prompt,
    parse_option,
)
from espace_tui.linear.speaker import Speaker


class NextAction(NamedTuple):
    """Something to do next, and how it is offered.

    `kind` is ``submit`` (an action of the step, `name`), ``fill`` (one that fills fields in),
    ``answer`` (a field again, `name`), ``modify`` (an answer of any step), ``read`` (all that there
    is to read), ``retry``, ``quit``, ``language`` (the other one) or ``train``.
    """

    kind: str
    option: Option
    name: str = ""


FACE = {"leave": "quit", "language": "language", "train": "train"}
"""What this face does of what an action asks of a face."""


def next_actions(
    speaker: Speaker,
    view: View,
    *,
    with_fields: bool,
    may_quit: bool = True,
    unread: bool = False,
) -> list[NextAction]:
    """Return all that can be done at the end of a step; `may_quit` unless the step says how.

    `unread`: only the beginning of what there is to read was read.
    """
    texts = speaker.texts
    found = [NextAction("retry", Option(texts("linear.retry")))] if view.retry else []
    for action in view.actions:
        if action.kind is ActionKind.FACE and action.face not in FACE:
            continue
        kind = "fill" if action.kind is ActionKind.FILL else FACE.get(action.face, "submit")
        found += [NextAction(kind, Option(texts(f"action.{action.name}")), action.name)]
    if with_fields:
        fields = [field for field in view.fields if not field.irrelevant]
        rows = [answer_row(speaker, field, view.typed.get(field.name, "")) for field in fields]
        options = [Option(texts("linear.answer-again", answer=row)) for row in rows]
        found += [NextAction("answer", o, f.name) for o, f in zip(options, fields, strict=True)]
    if unread:
        found.append(NextAction("read", Option(texts("linear.read-all"))))
    if _is_review(view):
        found.append(NextAction("modify", Option(texts("linear.modify"))))
    if may_quit and not (view.can_go_back or view.may_part):
        found.append(NextAction("quit", Option(texts("linear.command.quit.about"))))
    return found


def default_action(view: View, found: list[NextAction], *, refused: bool) -> int | None:
    """Return the index of what Enter does, if it does anything.

    Enter never does an act that must be chosen, nor validates what is to be reviewed. It
    does not send again answers that were just refused: if one field was asked, it is asked again.
    """
    fields = [index for index, action in enumerate(found) if action.kind == "answer"]
    if refused and fields:
        return fields[0] if len(fields) == 1 else None
    return None if is_explicit(view) and not view.retry else 0


def is_explicit(view: View) -> bool:
    """Tell whether the main action is an act that the person must choose by itself."""
    main = view.actions[0]
    return _is_review(view) or main.kind is ActionKind.ACT or main.explicit


def _is_review(view: View) -> bool:
    return any(isinstance(block, AllAnswers) for block in view.blocks)


def after_questions(view: View, found: list[NextAction]) -> bool:
    """Tell whether Enter goes on: all that is offered besides was said before the questions."""
    others = [action.name for action in found[1:]]
    said = [a.name for a in view.actions[1:] if a.kind is not ActionKind.BACK]
    return not (view.retry or view.alert or is_explicit(view)) and others == said


async def go_on(conversation: Conversation, found: list[NextAction]) -> NextAction:
    """Wait for Enter; another action that was said may be named instead."""
    speaker = conversation.speaker
    options = [action.option for action in found]

    def parse(line: str) -> int:
        try:
            return parse_option(options, 0, line)
        except WrongAnswerError:
            raise WrongAnswerError(Text("linear.choice.enter")) from None

    prompt = speaker.name_in_prompt("linear.prompt.enter", options[0].label)
    help_ = partial(speaker.say, "linear.help.enter")
    question = Question(prompt, help=help_, at_end=True, quick=(("", options[0].label),))
    return found[await conversation.ask(question, parse)]


async def choose_action(
    conversation: Conversation, found: list[NextAction], default: int | None
) -> NextAction:
    """Ask what to do; where there is only one thing to do, wait for Enter."""
    speaker = conversation.speaker
    options = [action.option for action in found]
    if len(options) == 1:
        return await go_on(conversation, found)

    def say() -> None:
        speaker.begin_block()
        list_options(speaker, options)

    prompt = number_prompt(speaker.texts, len(options), default)
    question = Question(prompt, say, partial(speaker.say, "linear.help.choice"), at_end=True)
    chosen = found[await conversation.ask(question, partial(parse_option, options, default))]
    conversation.say_chosen(chosen.option)
    return chosen


async def choose_answer(conversation: Conversation) -> Answer | None:
    """Ask which of all the answers is to be modified; None to go back to the list of actions."""
    answers = conversation.wizard.answers()
    rows = [answer_row(conversation.speaker, each.field, each.clear) for each in answers]
    try:
        return answers[await conversation.choose([Option(row) for row in rows])]
    except Navigate as navigation:
        if navigation.destination is not Destination.BACK:
            raise
        return None
