"""Arriving at a step: where one is, what happened, what there is to read, what else can be done."""

from __future__ import annotations

from espace_tui.form import Deed
from espace_tui.i18n import Text
from espace_tui.linear.blocks import read_out
from espace_tui.linear.talk import Talk
from espace_tui.steps import ENDS, FIRST
from espace_tui.view import View


async def announce(talk: Talk, view: View, *, asks: bool = True) -> None:
    """Say a step before its questions; `asks`: the list of what can be done does not come next."""
    talk.gap()
    _say_title(talk, view)
    _say_news(talk, view)
    if not talk.manner.short and talk.texts.has(view.lead.id):
        talk.block(view.lead)
    await read_out(talk, view.blocks)
    if asks:
        _say_ways(talk, view)
    if view.place in ENDS and view.place != FIRST:
        talk.finished = True
        talk.ring()


def _say_title(talk: Talk, view: View) -> None:
    if view.number:
        talk.line("linear.step", number=view.number, count=view.count, title=view.title)
    else:
        talk.line(view.title)
    if view.following and not talk.manner.short:
        talk.line("linear.following", title=view.following)
    talk.gap()


def _say_news(talk: Talk, view: View) -> None:
    if view.notice:
        talk.block(view.notice)
    say_alert(talk, view)


def say_alert(talk: Talk, view: View) -> None:
    """Say what concerns the whole step: a refusal, a service that does not answer."""
    if view.alert:
        talk.gap()
        talk.error(view.alert)
        talk.gap()


def _say_ways(talk: Talk, view: View) -> None:
    """Say what can be done without answering, when there is something to answer first."""
    others = [a for a in view.actions[1:] if a.deed is not Deed.BACK]
    if not (view.fields and others):
        return
    if talk.manner.short:
        talk.block(Text("linear.ways.short", count=len(others)))
    else:
        names = talk.several([talk.texts(f"action.{each.name}") for each in others])
        talk.block("linear.ways", names=names)
