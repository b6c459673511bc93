"""Saying what was filled in for the person: a proposed password, what the keyring held."""

from __future__ import annotations

from collections.abc import Mapping

from espace_tui.form import Field, Kind
from espace_tui.i18n import Text
from espace_tui.linear.field_words import said_answer
from espace_tui.linear.menu import confirm
from espace_tui.linear.orders import show
from espace_tui.linear.question import Question
from espace_tui.linear.talk import Talk


async def say_filled(talk: Talk, before: Mapping[str, str]) -> list[str]:
    """Say which fields were filled and return their names.

    A secret that is to be typed again is shown if the person wants it.
    """
    view = talk.wizard.view()
    filled = [f for f in view.fields if view.typed.get(f.name) != before.get(f.name)]
    talk.gap()
    for each in filled:
        _say_one(talk, each, view.typed.get(each.name, ""))
    talk.gap()
    secrets = [f for f in view.fields if f.kind is Kind.SECRET]
    retyped = any(not view.typed.get(f.name) for f in secrets)
    if retyped and any(f in filled for f in secrets):
        await _offer_to_show(talk)
    return [each.name for each in filled]


def _say_one(talk: Talk, each: Field, text: str) -> None:
    label = talk.texts(each.say("label"))
    if each.kind is Kind.SECRET:
        talk.shown.discard((talk.wizard.place, each.name))
        talk.line(Text("linear.filled.secret", {"label": label}, len(text)))
    else:
        talk.line("linear.filled", label=label, value=said_answer(talk, each, text))


async def _offer_to_show(talk: Talk) -> None:
    if await confirm(talk, Text("linear.show.sure")):
        await show(talk, Question(str), "")
