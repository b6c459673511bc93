"""Waiting, in words: nothing at first, one line, one more every half minute, one at the end.

Ctrl+C gives the wait up: the wizard stays where it was, with everything that was typed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from functools import partial
from time import monotonic
from typing import TypeVar

from espace_tui.linear.speaker import Talk

T = TypeVar("T")
FIRST = 0.1
"""Seconds without a word: most calls are over by then."""
EVERY = 30.0
"""Seconds between two lines of a long wait."""


async def patiently(talk: Talk, deed: Coroutine[object, object, T]) -> T | None:
    """Wait for what the wizard does and return what it says; None if the person gave up."""
    task = asyncio.create_task(deed)
    try:
        with talk.console.cancellable(partial(_cancel_soon, task)):
            await _until_done(talk, task)
    finally:
        task.cancel()
    if not task.cancelled():
        return task.result()
    talk.gap()
    talk.error("linear.wait.cancelled")
    talk.gap()
    return None


def _cancel_soon(task: asyncio.Task[T]) -> None:
    """Cancel a task from a signal's handler: the loop may be asleep."""
    task.get_loop().call_soon_threadsafe(task.cancel)


async def _until_done(talk: Talk, task: asyncio.Task[T]) -> None:
    start = monotonic()
    await asyncio.wait({task}, timeout=FIRST)
    if task.done():
        return
    talk.gap()
    talk.line("linear.wait.start")
    while not (await asyncio.wait({task}, timeout=EVERY))[0]:
        talk.line("linear.wait.still", seconds=round(monotonic() - start))
    if not task.cancelled():
        talk.line("linear.wait.end")
    talk.gap()
