"""The end of a step: everything that can be done there, numbered; the main thing is Enter."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from espace_tui.journey.form import ActionKind, AllAnswers, Field
from espace_tui.journey.view import Answer, View
from espace_tui.linear.field_text import answer_row
from espace_tui.linear.prompt import (
    Option,
    Question,
    ask,
    ask_option,
    choose_or_go_back,
    list_options,
    number_prompt,
)
from espace_tui.linear.speaker import Conversation


class NextAction(NamedTuple):
    """One way on: an action, a field to answer again, another step's answer, retrying, leaving."""

    kind: str
    name: str = ""


def next_actions(
    talk: Conversation, view: View, *, with_fields: bool
) -> list[tuple[NextAction, Option]]:
    """Return the ways on, with their words; the fields too when `everything` is asked for."""
    found = [(NextAction("retry"), Option(talk.texts("linear.retry")))] if view.retry else []
    found += [
        (NextAction("act", a.name), Option(talk.texts(f"action.{a.name}"))) for a in view.actions
    ]
    if with_fields:
        asked = [f for f in view.fields if not f.irrelevant]
        found += [(NextAction("answer", f.name), _field_option(talk, view, f)) for f in asked]
    if any(isinstance(block, AllAnswers) for block in view.blocks):
        found.append((NextAction("modify"), Option(talk.texts("linear.modify"))))
    if not view.can_go_back:
        found.append((NextAction("quit"), Option(talk.texts("linear.command.quit.about"))))
    return found


def _field_option(talk: Conversation, view: View, field: Field) -> Option:
    row = answer_row(talk, field, view.typed.get(field.name, ""))
    return Option(talk.texts("linear.answer-again", answer=row))


async def choose_answer(talk: Conversation) -> Answer | None:
    """Ask which of all the answers is to be modified, if any."""
    answers = talk.wizard.answers()
    rows = [answer_row(talk, each.field, each.clear) for each in answers]
    number = await choose_or_go_back(talk, [Option(row) for row in rows])
    return None if number is None else answers[number]


def default_action(
    view: View, found: list[tuple[NextAction, Option]], *, refused: bool
) -> int | None:
    """Return which way on Enter takes, if any.

    An act that is a choice in itself, or that a review comes before, is never taken so; nor are
    answers that were just refused sent again as they are: the one field is asked again.
    """
    again = [i for i, (way, _) in enumerate(found) if way.kind == "answer"]
    if refused and again:
        return again[0] if len(again) == 1 else None
    reviewed = any(isinstance(block, AllAnswers) for block in view.blocks)
    chosen = reviewed or view.actions[0].kind is ActionKind.ACT
    return None if chosen and not view.retry else 0


async def choose_action(
    talk: Conversation, found: list[tuple[NextAction, Option]], default: int | None = 0
) -> NextAction:
    """Ask what to do; a single way on only waits for Enter."""
    options = [option for _, option in found]
    if len(options) == 1:
        prompt = partial(talk.texts, "linear.prompt.enter", action=options[0].label)
        help_ = partial(talk.say, "linear.help.enter")
        await ask(talk, Question(prompt, talk.write_blank_line, help_, at_end=True))
        return found[0][0]

    def say() -> None:
        talk.begin_block()
        list_options(talk, options)

    prompt = partial(number_prompt, talk, len(options), default)
    question = Question(prompt, say, partial(talk.say, "linear.help.choice"), at_end=True)
    return found[await ask_option(talk, options, question, default)][0]
