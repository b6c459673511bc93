"""The linear face: the whole wizard, one line after another, append-only.

It walks the same `Wizard` over the same steps as the full screen, enters and leaves at the same
points, and knows no rule and no order of its own. `run` returns how it ended:

- ``visual``: the person wants the full screen; `Wizard.focus` is the field they are in;
- ``done``: something was brought to its end and nothing was begun since; ``quit``: they left;
- ``ended``: the input ended in the middle, or nobody reads the output; nothing is half-done.

Ctrl+C, once confirmed, is ``quit``.
"""

from __future__ import annotations

from espace_tui.i18n import Texts
from espace_tui.journey.wizard import Wizard
from espace_tui.linear.commands import ended
from espace_tui.linear.console.port import Console
from espace_tui.linear.prompt import Turn, Way
from espace_tui.linear.speaker import Manner, Obey, Talk
from espace_tui.linear.step import Visit
from espace_tui.linear.waiting import patiently


async def run(  # noqa: PLR0913 — what the command line lets one choose
    wizard: Wizard,
    texts: Texts,
    console: Console,
    *,
    verbosity: str = "normal",
    bell: bool = True,
    then: str = "",
) -> str:
    """Hold the conversation and return how it ended.

    `then` is a step to begin with (``sign_in``); without it the person is where the wizard is, as
    when they come back from the full screen. The language chosen on the way stays in `texts`.
    """
    talk = Talk(wizard, texts, console, Manner(verbosity, bell=bell), _order)
    try:
        with console:
            return await _held(talk, then)
    except BrokenPipeError:
        return "ended"


def _order(name: str) -> Obey:
    """Find what a command does."""
    from espace_tui.linear.commands import ORDERS  # noqa: PLC0415 — the first prompt needs none

    return ORDERS[name]


async def _held(talk: Talk, then: str) -> str:
    _greet(talk)
    try:
        if then:
            await patiently(talk, talk.wizard.start(then))
        outcome = await _walked(talk)
    except EOFError:
        outcome = ended(talk)
    talk.block(f"linear.bye.{outcome}")
    if talk.finished:
        talk.ring()
    return outcome


async def _walked(talk: Talk) -> str:
    """Visit one step after the other until the person leaves."""
    while True:
        visit = Visit(talk)
        try:
            while True:
                await visit.go_on()
        except Turn as turn:
            if turn.way is Way.LEAVE:
                return turn.what


def _greet(talk: Talk) -> None:
    """Say first which mode this is and how to leave it."""
    talk.line("linear.mode.visual" if talk.console.full_screen else "linear.mode")
    talk.line("linear.mode.help")
    talk.gap()
