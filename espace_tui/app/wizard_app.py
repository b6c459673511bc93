"""An app over a wizard: one key at a time, one call at a time, and the screen follows the wizard.

A call is awaited for a moment before the next key is taken, so that keys typed ahead reach the
screen that follows. A longer one goes on in the background, after half a second in words, and can
be cancelled. An answer is shown as soon as it is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from textual import events
from textual.timer import Timer
from textual.widget import Widget
from typing_extensions import override

from espace_tui import garbage
from espace_tui.app.crash import CrashSafeApp
from espace_tui.app.painted_cells import PaintedCells
from espace_tui.app.type_ahead import TypeAheadQueue, TypedEvent, wait_until_handled
from espace_tui.journey.wizard import Wizard
from espace_tui.screens import screen_class
from espace_tui.screens.step import StepScreen
from espace_tui.widgets.page import Page
from espace_tui.widgets.ui_text import UiText

SILENT_WAIT = 0.1
"""How long a call is awaited before the next key is taken, in seconds."""
WORDS_AFTER = 0.4
"""How much longer it may take before anything is said: an answer is shown when it comes."""
QUEUE_FOR = 0.6
"""How long keys are queued for what follows once words are shown; then they act on the wait."""
REFRESHES = 2
"""After how many a new screen has settled."""
RESTING = 0.4
"""Seconds without a key after which somebody reads, and waits for nothing."""
NEVER_QUEUED = ("back", "hide", "leave")
"""What cancels, hides or leaves acts at once, whatever is under way."""


class WizardApp(CrashSafeApp):
    """An app that calls a wizard and shows its current step."""

    def __init__(self, wizard: Wizard, ui: UiText) -> None:
        super().__init__()
        self.wizard = wizard
        self.ui = ui
        self.on_touch: Callable[[], None] | None = None
        """Told of every key and click, at a counter."""
        self.pending_call: asyncio.Future[object] | None = None
        """What the wizard is doing."""
        self.busy_shown = False
        """Whether a wait has just begun: keys typed now are meant for what follows."""
        self.stale = False
        """Whether the wizard may be elsewhere than what is shown."""
        self._rest: Timer | None = None
        """When garbage is looked for next; once in a step."""
        self._type_ahead = TypeAheadQueue()
        self._typed = 0
        """How many keys and pastes were taken."""
        self._handled: tuple[int, Widget | None] = (0, None)
        """How many had all their effects, and where the focus was then."""
        self.painted_cells = PaintedCells(str)
        """What the terminal shows; nothing is written where there is none."""
        self.suspend_terminal: Callable[[], bool] = bool
        """Stops the process until `fg`; returns whether it could."""

    # --- keys, one after another

    @override
    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Resize):
            self.painted_cells.forget()
        if self.on_touch and isinstance(event, TypedEvent | events.MouseDown):
            self.on_touch()
        if isinstance(event, TypedEvent) and not event.is_forwarded:
            if self._must_queue(event):
                self._type_ahead.add(event, impatient=self._continues(event))
                return
            await self._wait_for_effects()
            self._typed += 1
            if self._rest:
                self._rest.reset()
            self.call_after_refresh(self.call_later, self._wait_for_effects)
            if isinstance(self.screen, Page) and not self.screen.intercept_key(event):
                return
            if isinstance(event, events.Key) and await self._run_binding(event):
                return
        await super().on_event(event)

    async def _wait_for_effects(self) -> None:
        """Wait for what the last key does; once it has been drawn, so that the next need not."""
        now = (self._typed, self.focused)
        if self.focused and self._handled != now:
            await wait_until_handled(self.focused, SILENT_WAIT)
        self._handled = now

    def _must_queue(self, event: TypedEvent) -> bool:
        immediate = {self.ui.keys[name] for name in NEVER_QUEUED}
        awaits = self.busy_shown and isinstance(self.screen, StepScreen)  # not what is over it
        return awaits and getattr(event, "key", "") not in immediate

    def _continues(self, event: TypedEvent) -> bool:
        return getattr(event, "key", "") in {"enter", self.ui.keys["continue"]}

    async def _run_binding(self, event: events.Key) -> bool:
        """Do what a key is bound to, now: Textual would do most of it after the next keys."""
        if self.focused and self.focused.check_consume_key(event.key, event.character):
            return False
        done = await self._check_bindings(event.key, priority=True)
        return done or await self._check_bindings(event.key)

    # --- calls, one at a time

    async def call_wizard(self, call: Callable[[], Awaitable[object]]) -> None:
        """Call the wizard and show where that led; nothing while another call is under way.

        A call that returns words leaves the app with them, as its outcome.
        """
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
        call, self.pending_call = self.pending_call, None
        cancelled = call is not None and call.cancelled()
        outcome = call.result() if call and not cancelled else None
        if outcome and isinstance(outcome, str):
            self.exit(outcome)
            return
        if self.wizard.itinerary.exits_at(self.wizard.step_name):
            self.exit("done")
            return
        self.stale = True
        await self.sync_screen(status="cancelled" if cancelled else "")
        self.busy_shown = False
        for event in self._type_ahead.take_all():
            self.post_message(event)

    def cancel_call(self) -> bool:
        """Cancel what the wizard is doing; return whether it was doing anything."""
        return self.pending_call is not None and self.pending_call.cancel()

    async def cancel_and_wait(self) -> None:
        """Cancel what the wizard is doing, and wait until it has ended."""
        if self.pending_call is not None:
            self.pending_call.cancel()
            await asyncio.wait({self.pending_call})

    # --- the screen of the current step

    @property
    def step_screen(self) -> StepScreen:
        """The screen of the current step, even under a dialog."""
        return next(one for one in reversed(self.screen_stack) if isinstance(one, StepScreen))

    def new_step_screen(self) -> StepScreen:
        """Return a new screen for the current step."""
        screen = screen_class(self.wizard.step_name)(self.wizard, self.ui)
        screen.set_size_classes(self.size)
        return screen

    async def sync_screen(self, status: str = "") -> None:
        """Show where the wizard is, once no dialog is over the step's screen."""
        shown = self.screen
        if not self.stale or not isinstance(shown, StepScreen):
            return
        self.stale = False
        same = shown.step_name == self.wizard.step_name
        page = shown if same else await self._show_blank()
        page.status, page.settling = status if same else "", True
        await page.redraw()
        self._settle(page, REFRESHES)

    async def _show_blank(self) -> StepScreen:
        """Show a new screen without anything on it: Textual lays it out twice at once."""
        new = self.new_step_screen()
        new.settling = new.blank = True
        await self.switch_screen(new)
        new.blank = False
        return new

    def action_repaint(self) -> None:
        """Paint everything again: another program wrote over it."""
        self.painted_cells.forget()
        self.screen.refresh()

    @override
    def action_suspend_process(self) -> None:
        """Stop until `fg`; where no shell could bring us back, say so."""
        if not self.suspend_terminal() and isinstance(self.screen, Page):
            self.screen.show_hint(self.ui.translate("no.suspend"))

    def _rest_soon(self) -> None:
        if self._rest:
            self._rest.stop()
        self._rest = self.set_timer(RESTING, garbage.look_for_it_now)

    def _settle(self, page: Page[None], after: int) -> None:
        """Draw a page at once when it has settled: laid out, then scrolled."""
        if after:
            self.call_after_refresh(self._settle, page, after - 1)
        else:
            page.settled()
            self._rest_soon()
