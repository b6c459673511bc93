"""Keys typed ahead of the screen: each has all its effects before the next one is looked at.

Textual hands a key to the focused widget and takes the next one at once; with fast typing, a slow
terminal or a script, « 1, Tab, 1 2 3, Enter » would then act before the field holds the digits.
While a wait has just begun, keys are kept for what follows; those that cancel, hide or leave act
at once, and Enter pressed again out of impatience does not answer what was not seen yet.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from textual import events
from textual.widget import Widget
from typing_extensions import override

from espace_tui.app.wizard_app import SILENT_WAIT, WizardApp
from espace_tui.widgets.page import Page

IMMEDIATE = ("back", "hide", "leave")


class TypeAheadQueue(WizardApp):
    """An app that takes one key at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._queued: list[events.Key | events.Paste] = []

    @override
    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if self._must_queue(event):
                if self._queued or not self._is_impatient(event):
                    self._queued.append(event)
                return
            if self.focused:
                await _wait_until_handled(self.focused)
            if isinstance(self.screen, Page) and not self.screen.intercept_key(event):
                return
            if isinstance(event, events.Key) and await self._run_binding(event):
                return
        await super().on_event(event)

    async def _run_binding(self, event: events.Key) -> bool:
        """Do what a key is bound to, now: Textual would do most of it after the next keys."""
        if self.focused and self.focused.check_consume_key(event.key, event.character):
            return False
        done = await self._check_bindings(event.key, priority=True)
        return done or await self._check_bindings(event.key)

    def _must_queue(self, event: events.Key | events.Paste) -> bool:
        at_once = {self.ui.keys[name] for name in IMMEDIATE}
        return self.busy_shown and getattr(event, "key", "") not in at_once

    def _is_impatient(self, event: events.Key | events.Paste) -> bool:
        return getattr(event, "key", "") in {"enter", self.ui.keys["continue"]}

    @override
    async def _on_answer(self) -> None:
        await super()._on_answer()
        kept, self._queued = self._queued, []
        for event in kept:
            self.post_message(event)


async def _wait_until_handled(focused: Widget) -> None:
    """Wait until a key has had all its effects, on the widget and around it; not for ever."""
    with suppress(TimeoutError):
        async with asyncio.timeout(SILENT_WAIT):
            for node in focused.ancestors_with_self:
                if isinstance(node, Widget):
                    await _wait_until_idle(node)
                    await _wait_until_idle(node)  # what it sent to itself


async def _wait_until_idle(node: Widget) -> None:
    done = asyncio.Event()
    if node.call_later(done.set):
        await done.wait()
