"""The list of the numbered steps, and how to jump to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from espace_tui.linear.asking import ask
from espace_tui.linear.question import Question, Turn, Way
from espace_tui.linear.talk import Talk
from espace_tui.linear.waiting import patiently
from espace_tui.view import Stop


async def steps(talk: Talk, _question: Question, _argument: str) -> bool:
    """List the steps and jump to the one that is chosen; an empty line stays."""
    stops = numbered(talk)
    if not stops:
        talk.block("linear.steps.none")
        return False
    try:
        await _choose(talk, stops)
    except Turn as turn:
        if turn.way is not Way.BACK:
            raise
    return True


def numbered(talk: Talk) -> tuple[Stop, ...]:
    """Return the numbered steps, once they are known."""
    return () if talk.wizard.step.early else talk.wizard.stops()


async def _choose(talk: Talk, stops: Sequence[Stop]) -> None:
    question = Question(
        lambda: talk.texts("linear.steps.prompt"),
        partial(_list, talk, stops),
        partial(talk.line, "linear.help.choice"),
    )
    while word := (await ask(talk, question)).strip():
        stop = next((each for each in stops if str(each.number) == word), None)
        if stop is None:
            talk.error("linear.steps.wrong", count=len(stops))
        elif stop.here:
            return
        elif await patiently(talk, talk.wizard.jump(stop.step)) or talk.wizard.view().alert:
            raise Turn(Way.MOVED)
        else:
            talk.error("linear.steps.closed")
        talk.gap()
        question = Question(question.prompt)


def _list(talk: Talk, stops: Sequence[Stop]) -> None:
    talk.gap()
    for stop in stops:
        state = "here" if stop.here else "open" if stop.open else "later"
        title = talk.texts(f"step.{stop.step}.title")
        talk.words(talk.texts(f"linear.steps.{state}", number=stop.number, title=title), "   ")
