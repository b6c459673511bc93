"""The line-by-line face: the whole wizard as one conversation, append-only.

It goes through the same `Wizard` and the same steps as the full screen, enters and leaves at the
same points, and knows no rule and no order of its own. `run` returns how the conversation ended:

- ``visual``: the person wants the full screen; `Wizard.focus` is the field they are in;
- ``done``: something was brought to its end, and nothing was begun since; ``quit``: they left;
- ``ended``: the input ended in the middle, or nobody reads the output; nothing is half-done;
- ``erased``: nobody touched the keyboard of a counter for too long; ``cleared``: another person
  asked that all be erased.

Ctrl+C, once confirmed, is ``quit``.
"""

from __future__ import annotations

from espace_tui.i18n import Text
from espace_tui.journey.wizard import Wizard
from espace_tui.linear.commands import HANDLERS, end_of_input
from espace_tui.linear.console.port import ErasedError
from espace_tui.linear.prompt import Conversation, Destination, Navigate
from espace_tui.linear.speaker import Speaker
from espace_tui.linear.step import StepRunner
from espace_tui.linear.waiting import wait_for


async def run(
    wizard: Wizard, speaker: Speaker, *, start: str = "", reason: Text | None = None
) -> str:
    """Hold the conversation and return how it ended.

    `reason` is what chose this face, for the first line. `start` is a step to begin with
    (``sign_in``); without it the person is where the wizard is, as when they come back from the
    full screen. The language chosen meanwhile is in `speaker.texts`.
    """
    try:
        with speaker.console:
            _say_mode(speaker, reason or Text("linear.why.option"))
            return await _converse(Conversation(wizard, speaker, HANDLERS), start)
    except BrokenPipeError:
        return "ended"
    except ErasedError as erased:
        return "cleared" if erased.asked else "erased"


def _say_mode(speaker: Speaker, reason: Text) -> None:
    """Say which face this is, what chose it, how to leave it and how to be helped."""
    speaker.say("linear.mode", reason=reason)
    ways = "linear.mode.visual" if speaker.console.full_screen else "linear.mode.only"
    speaker.write(" ".join(map(speaker.texts, (ways, "linear.mode.help"))))
    speaker.begin_block()


async def _converse(conversation: Conversation, start: str) -> str:
    speaker = conversation.speaker
    try:
        if start:
            await wait_for(speaker, conversation.wizard.start(start))
        outcome = await _run_steps(conversation)
    except EOFError:
        outcome = end_of_input(conversation)
    speaker.say_block(f"linear.bye.{outcome}")
    if conversation.completed:
        speaker.ring_bell()
    return outcome


async def _run_steps(conversation: Conversation) -> str:
    """Run one step after the other until the person leaves; return the outcome."""
    while True:
        try:
            await StepRunner(conversation).run()
        except Navigate as navigation:
            if navigation.destination is Destination.LEAVE:
                return navigation.value
