"""What stops a step: wrong answers, numbered when there are several, and advice to look at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from espace_tui.errors import FieldProblem
from espace_tui.i18n import Text
from espace_tui.journey.view import View
from espace_tui.linear.field import AskReason, ask_field, choose_after_advice, store_answer
from espace_tui.linear.field_text import problem_in_words
from espace_tui.linear.prompt import Conversation, Option, Question, parse_option
from espace_tui.validators import Advice


async def correct_problems(conversation: Conversation, problems: Sequence[FieldProblem]) -> None:
    """Ask the wrong fields again, in the order that the person chooses.

    A field that was asked again meanwhile, because it repeats another one, is not any more.
    """
    left = list(problems)
    while left:
        several = len(left) > 1
        problem = await _choose_problem(conversation, left) if several else left[0]
        left.remove(problem)
        view = conversation.wizard.view()
        await ask_field(conversation, view, problem.field, AskReason(problem, several))
        typed = conversation.wizard.typed
        left = [p for p in left if typed.get(p.field) == view.typed.get(p.field)]


async def _choose_problem(
    conversation: Conversation, problems: Sequence[FieldProblem]
) -> FieldProblem:
    """Say the problems with their numbers; return the one to correct now, by default the first."""
    speaker = conversation.speaker
    texts = speaker.texts
    options = [Option(problem_in_words(speaker, each)) for each in problems]

    def say() -> None:
        speaker.begin_block()
        speaker.say_error(Text("linear.problems", count=len(options)))
        for number, option in enumerate(options, 1):
            speaker.write_choice(f"{number}. {option.label}")

    question = Question(
        texts(Text("linear.prompt.correct", count=len(options))),
        say,
        partial(speaker.say, "linear.help.choice"),
    )
    return problems[await conversation.ask(question, partial(parse_option, options, 0))]


async def review_advice(conversation: Conversation, view: View) -> None:
    """Go through the fields that deserve a second look; the answer may stay as it is."""
    found: dict[str, list[Advice]] = {}
    for noticed in view.advice:
        found.setdefault(noticed.field, []).append(noticed.advice)
    fields = {field.name: field for field in view.fields}
    for name, advice in found.items():
        text = conversation.wizard.typed[name]
        answer = await choose_after_advice(conversation, fields[name], text, advice)
        await store_answer(conversation, name, answer)
