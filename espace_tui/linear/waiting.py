"""Waiting, in words: nothing at first, one line, one more every half minute, one at the end.

Ctrl+C gives the wait up: the wizard stays where it was, with everything that was typed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from functools import partial
from time import monotonic
from typing import TypeVar

from espace_tui.linear.speaker import Conversation

T = TypeVar("T")
QUIET_SECONDS = 0.1
"""Seconds without a word: most calls are over by then."""
REPEAT_SECONDS = 30.0
"""Seconds between two lines of a long wait."""


async def wait_for(talk: Conversation, deed: Coroutine[object, object, T]) -> T | None:
    """Wait for what the wizard does and return what it says; None if the person gave up."""
    task = asyncio.create_task(deed)
    try:
        with talk.console.cancellable(partial(_cancel_soon, task)):
            await _until_done(talk, task)
    finally:
        task.cancel()
    if not task.cancelled():
        return task.result()
    talk.begin_block()
    talk.say_error("linear.wait.cancelled")
    talk.begin_block()
    return None


def _cancel_soon(task: asyncio.Task[T]) -> None:
    """Cancel a task from a signal's handler: the loop may be asleep."""
    task.get_loop().call_soon_threadsafe(task.cancel)


async def _until_done(talk: Conversation, task: asyncio.Task[T]) -> None:
    start = monotonic()
    await asyncio.wait({task}, timeout=QUIET_SECONDS)
    if task.done():
        return
    talk.begin_block()
    talk.say("linear.wait.start")
    while not (await asyncio.wait({task}, timeout=REPEAT_SECONDS))[0]:
        talk.say("linear.wait.still", seconds=round(monotonic() - start))
    if not task.cancelled():
        talk.say("linear.wait.end")
    talk.begin_block()
