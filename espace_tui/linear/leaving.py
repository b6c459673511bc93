"""Leaving: what is asked before, and how it ends.

Ctrl+C always asks, and a second one leaves. Leaving the space without signing out asks. At the end
of the input there is nobody to ask: what is on the service stays as it is, whole.
"""

from __future__ import annotations

from espace_tui.i18n import Text
from espace_tui.linear.menu import confirm
from espace_tui.linear.question import Question, Turn, Way
from espace_tui.linear.talk import Talk
from espace_tui.steps import ENDS, FIRST


async def leave(talk: Talk, _question: Question, _argument: str) -> bool:
    """Leave because the person says so; only an open space makes it worth a question."""
    if not talk.wizard.signed_in or await confirm(talk, Text("linear.leave.signed-in")):
        raise Turn(Way.LEAVE, "done" if at_an_end(talk) else "quit")
    talk.gap()
    return True


async def interrupted(talk: Talk, _question: Question, _argument: str) -> bool:
    """Ask whether Ctrl+C meant to leave; at that question, it does."""
    if talk.leaving:
        raise Turn(Way.LEAVE, "quit")
    talk.leaving = True
    talk.gap()
    sure = await confirm(talk, Text("linear.leave.interrupted"))
    talk.leaving = False
    if sure:
        raise Turn(Way.LEAVE, "quit")
    talk.block("linear.leave.stayed")
    return True


def at_an_end(talk: Talk) -> bool:
    """Tell whether something was brought to its end and nothing was begun since."""
    return talk.wizard.place in ENDS and (talk.finished or talk.wizard.place != FIRST)


def ended(talk: Talk) -> str:
    """Return the outcome of the end of the input, and say what becomes of the present step."""
    if at_an_end(talk):
        return "done"
    talk.gap()
    talk.error("linear.leave.ended")
    return "ended"
