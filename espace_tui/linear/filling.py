"""Saying what was filled in for the person: a proposed password, what the keyring held."""

from __future__ import annotations

from collections.abc import Mapping

from espace_tui.form import Field, Kind
from espace_tui.i18n import Text
from espace_tui.linear.field_words import said_answer
from espace_tui.linear.menu import confirm
from espace_tui.linear.question import Question
from espace_tui.linear.recall import show
from espace_tui.linear.talk import Talk


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
