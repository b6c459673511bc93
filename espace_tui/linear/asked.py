"""A field as it is asked: the question, the format, the example, what is kept; the prompt last."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from typing_extensions import override

from espace_tui.errors import Problem
from espace_tui.form import Field, Kind
from espace_tui.i18n import Text
from espace_tui.linear.field_words import said_answer, say_format, say_help
from espace_tui.linear.problems import say_problem
from espace_tui.linear.question import Question, nothing
from espace_tui.linear.talk import Talk


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
