"""A full screen that nobody touches, at a counter: warned about, then hidden, then erased.

What was hidden comes back masked, whatever one had asked to see.

Nothing is written while nothing changes: one timer looks at the state now and then. The key that
wakes a hidden screen does nothing else, and a screen that has no step under it is hidden as well.
"""

from __future__ import annotations

import signal
from functools import partial
from typing import TYPE_CHECKING

from textual.timer import Timer

from espace_tui.i18n import TimeOfDay
from espace_tui.idle import IdleState, IdleWatch
from espace_tui.screens import dialogs
from espace_tui.screens.step import StepScreen
from espace_tui.widgets.page import Page

if TYPE_CHECKING:
    from espace_tui.app.wizard_app import WizardApp

_LATE = 0.05
"""Seconds after the change at which it is looked at: a timer may ring a little early."""


class UnattendedScreen:
    """Does what follows when nobody touches the keyboard of an app."""

    def __init__(self, app: WizardApp, watch: IdleWatch) -> None:
        self._owner = app
        self._watch = watch
        self._timer: Timer | None = None
        self._is_warned = False
        self._is_ending = False

    def start(self) -> None:
        """Begin to watch; nothing stops the process meanwhile: nobody would be there to resume."""
        if hasattr(signal, "SIGTSTP"):
            signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        self._watch.on_limits = self._wait
        self._wait()

    def touch(self) -> None:
        """Take note of a key, a click or a paste."""
        self._watch.touch()
        self._is_warned = False
        self._conceal(concealed=self._watch.is_hidden)

    def hide(self) -> None:
        """Hide at once."""
        self._watch.hide()
        self._follow()

    def _wait(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        look = self._watch.next_look
        self._timer = None if look is None else self._owner.set_timer(look + _LATE, self._follow)

    def _follow(self) -> None:
        state, app = self._watch.state, self._owner
        if state is IdleState.OVER:
            app.exit("erased")
            return
        if self._watch.is_hidden and not isinstance(app.screen, dialogs.VeilScreen):
            self._conceal(concealed=True)
            app.push_screen(dialogs.VeilScreen(app.ui, self._watch), self._on_answer)
            self._conceal_shown()
        elif state is IdleState.ENDING and not self._is_ending:
            self._is_ending = True
            app.bell()
        elif state is IdleState.WARNED and not self._is_warned:
            self._is_warned = True
            self._warn()
        self._wait()

    def _warn(self) -> None:
        said = self._owner.ui.texts("idle.warning", time=TimeOfDay(self._watch.hides_at))
        if isinstance(self._owner.screen, Page):
            self._owner.screen.show_hint(said)
        self._owner.bell()

    def _conceal_shown(self) -> None:
        """Have the step hide again what it shows on request only."""
        wizard = self._owner.wizard
        for action in wizard.view().actions:
            if action.conceals:
                self._owner.call_later(self._owner.call_wizard, partial(wizard.submit, action.name))

    def _on_answer(self, chosen: str | None) -> None:
        if chosen == "erase":
            self._owner.exit("cleared")
            return
        self._watch.resume()
        self._is_warned = self._is_ending = False
        if self._owner.stale:
            self._owner.step_screen.settling = True  # until it is drawn again, covered
        self._close_dialogs()
        self._owner.step_screen.conceal()
        self._wait()

    def _close_dialogs(self) -> None:
        """Close what was open over the step: all the answers, large digits."""
        while not isinstance(self._owner.screen, StepScreen):
            self._owner.pop_screen()

    def _conceal(self, *, concealed: bool) -> None:
        if masks := self._owner.wizard.context.masks:
            masks.concealed = concealed
