"""Keys typed ahead of the screen: each has all its effects before the next one is looked at.

Textual hands a key to the focused widget and takes the next one at once; with fast typing, a slow
terminal or a script, « 1, Tab, 1 2 3, Enter » would then act before the field holds the digits.
While a wait has just been worded, keys are kept for what follows; those that cancel, hide or leave
act at once, and Enter pressed again out of impatience does not answer what was not seen yet.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from textual import events
from textual.widget import Widget
from typing_extensions import override

from espace_tui.app.asking import PATIENCE, Asking
from espace_tui.widgets.page import Page

AT_ONCE = ("back", "hide", "leave")


class Ahead(Asking):
    """An app that takes one key at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: list[events.Key | events.Paste] = []

    @override
    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if self._waits(event):
                if self._kept or not self._insists(event):
                    self._kept.append(event)
                return
            if self.focused:
                await _handled(self.focused)
            if isinstance(self.screen, Page) and not self.screen.heed(event):
                return
            if isinstance(event, events.Key) and await self._bound(event):
                return
        await super().on_event(event)

    async def _bound(self, event: events.Key) -> bool:
        """Do what a key is bound to, now: Textual would do most of it after the next keys."""
        if self.focused and self.focused.check_consume_key(event.key, event.character):
            return False
        done = await self._check_bindings(event.key, priority=True)
        return done or await self._check_bindings(event.key)

    def _waits(self, event: events.Key | events.Paste) -> bool:
        at_once = {self.face.keys[name] for name in AT_ONCE}
        return self.worded and getattr(event, "key", "") not in at_once

    def _insists(self, event: events.Key | events.Paste) -> bool:
        return getattr(event, "key", "") in {"enter", self.face.keys["continue"]}

    @override
    async def _answered(self) -> None:
        await super()._answered()
        kept, self._kept = self._kept, []
        for event in kept:
            self.post_message(event)


async def _handled(focused: Widget) -> None:
    """Wait until a key has had all its effects, on the widget and around it; not for ever."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            for node in focused.ancestors_with_self:
                if isinstance(node, Widget):
                    await _idle(node)
                    await _idle(node)  # what it sent to itself


async def _idle(node: Widget) -> None:
    done = asyncio.Event()
    if node.call_later(done.set):
        await done.wait()
