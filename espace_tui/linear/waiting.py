"""Waiting for the wizard: silent at first, then one line, and one every half minute.

What was waited for says by itself that the wait is over.

Ctrl+C gives up waiting: the wizard stays where it was, with everything that was typed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from functools import partial
from time import monotonic
from typing import TypeVar

from espace_tui.linear.speaker import Speaker

T = TypeVar("T")
QUIET_SECONDS = 2.0
"""How long nothing is said: most calls are over by then."""
REPEAT_SECONDS = 30.0
"""Seconds between two lines of a long wait."""


async def wait_for(speaker: Speaker, call: Coroutine[object, object, T]) -> T | None:
    """Wait for a call of the wizard and return its result; None if the person gave up."""
    task = asyncio.create_task(call)
    speaker.console.when_resumed(partial(speaker.say, "linear.wait.start"))
    try:
        with speaker.console.cancellable(partial(_cancel_soon, task)):
            await _say_until_done(speaker, task)
    finally:
        task.cancel()
    if not task.cancelled():
        return task.result()
    speaker.begin_block()
    speaker.say_error("linear.wait.cancelled")
    speaker.begin_block()
    return None


def _cancel_soon(task: asyncio.Task[T]) -> None:
    """Cancel a task from a signal's handler: the loop may be asleep."""
    task.get_loop().call_soon_threadsafe(task.cancel)


async def _say_until_done(speaker: Speaker, task: asyncio.Task[T]) -> None:
    start = monotonic()
    await asyncio.wait({task}, timeout=QUIET_SECONDS)
    if task.done():
        return
    speaker.begin_block()
    speaker.say("linear.wait.start")
    while not (await asyncio.wait({task}, timeout=REPEAT_SECONDS))[0]:
        speaker.say("linear.wait.still", seconds=round(monotonic() - start))
    speaker.begin_block()
