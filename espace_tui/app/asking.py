"""Asking the wizard, one thing at a time, and showing where that led.

A call is awaited for a moment before the next key is taken, so that keys typed ahead reach the
screen that follows. A longer one goes on in the background, in words, and can be cancelled.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from textual.app import App

from espace_tui.screens import screen_of
from espace_tui.screens.step import StepScreen
from espace_tui.widgets.face import Face
from espace_tui.wizard import Wizard

PATIENCE = 0.1
"""How long a call may take before anything is said, in seconds."""
WORDED = 1.0
"""How long a worded wait stays at least, in seconds."""


class Asking(App[str]):
    """An app that asks a wizard."""

    wizard: Wizard
    face: Face
    asked: asyncio.Future[object] | None = None
    """What is being asked."""
    worded: bool = False
    """Whether a wait has just begun to be worded: keys typed now are meant for what follows."""
    behind: bool = False
    """Whether the wizard may be elsewhere than what is shown."""

    async def ask(self, call: Callable[[], Awaitable[object]]) -> None:
        """Ask something, unless something else is being asked, then show where that led."""
        if self.asked is not None:
            return
        self.step.note_all()
        self.asked = asyncio.ensure_future(call())
        await asyncio.wait({self.asked}, timeout=PATIENCE)
        if self.asked.done():
            await self._answered()
        else:
            self.worded = True
            self.run_worker(self._wait(self.asked), group="wait")

    async def _wait(self, asked: asyncio.Future[object]) -> None:
        self.step.wait()
        await asyncio.wait({asked}, timeout=WORDED)
        if not asked.done():
            self.worded = False
            await asyncio.wait({asked})
        elif not asked.cancelled():
            await asyncio.sleep(WORDED)
        await self._answered()

    async def _answered(self) -> None:
        asked, self.asked = self.asked, None
        cancelled = asked is not None and asked.cancelled()
        if asked and not cancelled:
            asked.result()
        self.behind = True
        await self.catch_up(told="cancelled" if cancelled else "")
        self.worded = False

    def cancel(self) -> bool:
        """Give up what is being asked; tell whether anything was."""
        return self.asked is not None and self.asked.cancel()

    async def give_up(self) -> None:
        """Give up what is being asked, and wait until it has ended."""
        if self.asked is not None:
            self.asked.cancel()
            await asyncio.wait({self.asked})

    @property
    def step(self) -> StepScreen:
        """The screen of the present step, even under another page."""
        return next(each for each in reversed(self.screen_stack) if isinstance(each, StepScreen))

    def present(self) -> StepScreen:
        """Return a new screen for the present step."""
        screen = screen_of(self.wizard.place)(self.wizard, self.face)
        screen.fit(self.size)
        return screen

    async def catch_up(self, told: str = "") -> None:
        """Show where the wizard is, once nothing is over the step's screen."""
        screen = self.screen
        if not self.behind or not isinstance(screen, StepScreen):
            return
        self.behind = False
        if screen.place == self.wizard.place:
            screen.told = told
            await screen.redraw()
        else:
            await self.switch_screen(self.present())
