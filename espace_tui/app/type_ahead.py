"""Keys typed ahead of the screen: each has all its effects before the next one is looked at.

Textual hands a key to the focused widget and takes the next one at once; with fast typing, a slow
terminal or a script, « 1, Tab, 1 2 3, Enter » would then act before the field holds the digits.
So the app waits until the focused widget has handled a key before it takes the next one. Keys typed
at the beginning of a longer wait are queued for the screen that follows.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from textual import events
from textual.widget import Widget

TypedEvent = events.Key | events.Paste


class TypeAheadQueue:
    """Keys and pastes for the screen that follows."""

    def __init__(self) -> None:
        self._events: list[TypedEvent] = []

    def add(self, event: TypedEvent, *, impatient: bool) -> None:
        """Queue an event; an impatient one must not answer a screen that was not seen yet.

        Enter pressed again during a wait is impatient, unless something was typed before it.
        """
        if self._events or not impatient:
            self._events.append(event)

    def take_all(self) -> list[TypedEvent]:
        """Empty the queue and return what was in it, oldest first."""
        taken, self._events = self._events, []
        return taken


async def wait_until_handled(focused: Widget, seconds: float) -> None:
    """Wait, `seconds` at most, until the focused widget and those around it have nothing to do."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            for node in focused.ancestors_with_self:
                if isinstance(node, Widget):
                    await _wait_until_idle(node)


async def _wait_until_idle(node: Widget) -> None:
    """Wait until a widget has handled what it has, and then what it sent to itself."""
    done = asyncio.Event()

    def wait_again() -> None:
        if not node.call_later(done.set):
            done.set()

    if node.call_later(wait_again):
        await done.wait()
