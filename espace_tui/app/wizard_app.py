"""Asking the wizard, one thing at a time, and showing where that led.

A call is awaited for a moment before the next key is taken, so that keys typed ahead reach the
screen that follows. A longer one goes on in the background, after half a second in words, and can
be cancelled. An answer is shown as soon as it is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from textual.app import App

from espace_tui.journey.wizard import Wizard
from espace_tui.screens import screen_class
from espace_tui.screens.step import StepScreen
from espace_tui.widgets.ui_text import UiText

SILENT_WAIT = 0.1
"""How long a call is awaited before the next key is taken, in seconds."""
WORDS_AFTER = 0.4
"""How much longer it may take before anything is said: an answer is shown when it comes."""
QUEUE_FOR = 0.6
"""How long keys are kept for what follows once words are shown; then they act on the wait."""


class WizardApp(App[str]):
    """An app that asks a wizard."""

    wizard: Wizard
    ui: UiText
    pending_call: asyncio.Future[object] | None = None
    """What is being asked."""
    busy_shown: bool = False
    """Whether a wait has just begun: keys typed now are meant for what follows."""
    stale: bool = False
    """Whether the wizard may be elsewhere than what is shown."""

    async def call_wizard(self, call: Callable[[], Awaitable[object]]) -> None:
        """Ask something, unless something else is being asked, then show where that led."""
        if self.pending_call is not None:
            return
        self.step_screen.store_typed()
        self.pending_call = asyncio.ensure_future(call())
        await asyncio.wait({self.pending_call}, timeout=SILENT_WAIT)
        if self.pending_call.done():
            await self._on_answer()
        else:
            self.busy_shown = True
            self.run_worker(self._show_busy(self.pending_call), group="wait")

    async def _show_busy(self, call: asyncio.Future[object]) -> None:
        await asyncio.wait({call}, timeout=WORDS_AFTER)
        if not call.done():
            self.step_screen.show_busy()
            await asyncio.wait({call}, timeout=QUEUE_FOR)
        if not call.done():
            self.busy_shown = False
            await asyncio.wait({call})
        await self._on_answer()

    async def _on_answer(self) -> None:
        asked, self.pending_call = self.pending_call, None
        cancelled = asked is not None and asked.cancelled()
        if asked and not cancelled:
            asked.result()
        self.stale = True
        await self.sync_screen(status="cancelled" if cancelled else "")
        self.busy_shown = False

    def cancel_call(self) -> bool:
        """Give up what is being asked; tell whether anything was."""
        return self.pending_call is not None and self.pending_call.cancel()

    async def cancel_and_wait(self) -> None:
        """Give up what is being asked, and wait until it has ended."""
        if self.pending_call is not None:
            self.pending_call.cancel()
            await asyncio.wait({self.pending_call})

    @property
    def step_screen(self) -> StepScreen:
        """The screen of the present step, even under another page."""
        return next(each for each in reversed(self.screen_stack) if isinstance(each, StepScreen))

    def new_step_screen(self) -> StepScreen:
        """Return a new screen for the present step."""
        screen = screen_class(self.wizard.place)(self.wizard, self.ui)
        screen.set_size_classes(self.size)
        return screen

    async def sync_screen(self, status: str = "") -> None:
        """Show where the wizard is, once nothing is over the step's screen."""
        screen = self.screen
        if not self.stale or not isinstance(screen, StepScreen):
            return
        self.stale = False
        if screen.step_name == self.wizard.place:
            screen.status = status
            await screen.redraw()
        else:
            await self.switch_screen(self.new_step_screen())
