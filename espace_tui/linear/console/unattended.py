"""A terminal that nobody touches, at a counter: warned about, then hidden, then erased.

What was said stands in the terminal's own memory: hiding erases it before one line is written.
Once hidden, only « 1 » (the same person) or « 2 » (another one) is taken; a paste is dropped.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from espace_tui.i18n import Texts, TimeOfDay
from espace_tui.idle import IdleState, IdleWatch
from espace_tui.linear.console.port import ErasedError

CLEAR = "\x1b[H\x1b[2J\x1b[3J"
"""Erases the screen and what can be scrolled back to."""
Wait = Callable[[int, float | None], bool]
"""Waits for input for some seconds; tells whether there is any."""


class UnattendedTerminal:
    """Says and does what follows when nobody touches the keyboard."""

    def __init__(self, watch: IdleWatch, texts: Texts, write: Callable[[str], object]) -> None:
        self._watch = watch
        self._texts = texts
        self._write = write
        self._is_warned = False

    def wait(self, source: int, wait: Wait, redraw: Callable[[], None]) -> None:
        """Wait for input; `redraw` shows the prompt again after a line was said."""
        while self._watch.state is IdleState.HIDDEN or not wait(source, self._watch.next_change):
            self._follow(source, wait, redraw)
        self._watch.touch()
        self._is_warned = False

    def _follow(self, source: int, wait: Wait, redraw: Callable[[], None]) -> None:
        state = self._watch.state
        if state is IdleState.WARNED and not self._is_warned:
            self._is_warned = True
            said = self._texts("idle.warning", time=TimeOfDay(self._watch.hides_at))
            self._write(f"\a\n{said}\n")
            redraw()
        elif state is IdleState.HIDDEN:
            self._hide(source, wait)
            redraw()
        elif state is IdleState.OVER:
            self._erase()

    def _hide(self, source: int, wait: Wait) -> None:
        said = self._texts("idle.hidden", time=TimeOfDay(self._watch.erases_at))
        self._write(f"{CLEAR}{said}\n{self._texts('idle.choices')}\n")
        while self._watch.state is IdleState.HIDDEN:
            if wait(source, self._watch.next_change):
                typed = os.read(source, 64)
                if typed.strip() == b"1":
                    self._watch.resume()
                    self._write(CLEAR)
                    return
                if typed.strip() == b"2" or not typed:  # another person, or nobody any more
                    self._erase()
        self._erase()

    def _erase(self) -> None:
        self._write(CLEAR)
        raise ErasedError
