"""What stops a step: wrong answers, one by one or numbered, and what deserves a second look."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from espace_tui.errors import Problem
from espace_tui.form import Field
from espace_tui.i18n import Text
from espace_tui.linear.menu import Option, choose, pick
from espace_tui.linear.question import Question
from espace_tui.linear.talk import Talk
from espace_tui.validators import Advice
from espace_tui.view import Noticed


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
