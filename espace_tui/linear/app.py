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
from espace_tui.linear.commands import end_of_input
from espace_tui.linear.console.port import Console
from espace_tui.linear.prompt import Destination, Navigate
from espace_tui.linear.speaker import CommandHandler, Conversation, Speech
from espace_tui.linear.step import StepRunner
from espace_tui.linear.waiting import wait_for


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
    talk = Conversation(wizard, texts, console, Speech(verbosity, bell=bell), _order)
    try:
        with console:
            return await _converse(talk, then)
    except BrokenPipeError:
        return "ended"


def _order(name: str) -> CommandHandler:
    """Find what a command does."""
    from espace_tui.linear.commands import HANDLERS  # noqa: PLC0415 — the first prompt needs none

    return HANDLERS[name]


async def _converse(talk: Conversation, then: str) -> str:
    _greet(talk)
    try:
        if then:
            await wait_for(talk, talk.wizard.start(then))
        outcome = await _run_steps(talk)
    except EOFError:
        outcome = end_of_input(talk)
    talk.say_block(f"linear.bye.{outcome}")
    if talk.completed:
        talk.ring_bell()
    return outcome


async def _run_steps(talk: Conversation) -> str:
    """Visit one step after the other until the person leaves."""
    while True:
        visit = StepRunner(talk)
        try:
            while True:
                await visit.run_next()
        except Navigate as turn:
            if turn.destination is Destination.LEAVE:
                return turn.value


def _greet(talk: Conversation) -> None:
    """Say first which mode this is and how to leave it."""
    talk.say("linear.mode.visual" if talk.console.full_screen else "linear.mode")
    talk.say("linear.mode.help")
    talk.begin_block()
