"""A terminal that nobody touches, at a counter: warned about, then hidden, then erased.

What was said stands in the terminal's own memory: hiding erases it before one line is written.
Once hidden, only « 1 » (the same person) or « 2 » (another one) is taken; a paste is dropped.
So it is while a call is waited for, however long a service takes to answer.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import Self

from espace_tui.i18n import Texts, TimeOfDay
from espace_tui.idle import IdleState, IdleWatch
from espace_tui.linear.console.port import ErasedError
from espace_tui.linear.console.reader import CHUNK

CLEAR = "\x1b[H\x1b[2J\x1b[3J"
"""Erases the screen and what can be scrolled back to."""
Wait = Callable[[int, float | None], bool]
"""Waits for input for some seconds; tells whether there is any."""


class UnattendedTerminal:
    """Says and does what follows when nobody touches the keyboard."""

    def __init__(self, watch: IdleWatch, texts: Texts, write: Callable[[str], object]) -> None:
        self.watch = watch
        self._texts = texts
        self._write = write
        self._is_warned = False
        self.say_again: Callable[[], object] = lambda: None
        """Says what is asked, once what was hidden is resumed."""

    def clear(self) -> None:
        """Erase what was said."""
        self._write(CLEAR)

    def wait(self, source: int, wait: Wait, redraw: Callable[[], None]) -> None:
        """Wait for input; `redraw` shows the prompt again after a line was said."""
        while self.watch.is_hidden or not wait(source, self.watch.next_look):
            self.follow(source, wait, redraw)
        self.watch.touch()
        self._is_warned = False

    def follow(self, source: int, wait: Wait, redraw: Callable[[], None]) -> None:
        """Do what follows the time that passed."""
        if self.watch.is_hidden:
            self._hide(source, wait)
            self._is_warned = False
            self.say_again()
            redraw()
        elif self.watch.state is IdleState.WARNED and not self._is_warned:
            self._is_warned = True
            said = self._texts("idle.warning", time=TimeOfDay(self.watch.hides_at))
            self._write(f"\a\n{said}\n")
            redraw()

    def _hide(self, source: int, wait: Wait) -> None:
        """Wait until the same person resumes; what is typed is dropped, but for two answers."""
        self._write(CLEAR)
        said: IdleState | None = None
        while (state := self.watch.state) is not IdleState.OVER:
            if said is not state:
                said = self._say_hidden(state)
            if wait(source, self.watch.next_look):
                typed = os.read(source, CHUNK)
                if typed.strip() == b"1":
                    self.watch.resume()
                    self.clear()
                    return
                if typed.strip() == b"2" or not typed:  # another person, or nobody any more
                    self.clear()
                    raise ErasedError(asked=bool(typed))
        self.clear()
        raise ErasedError

    def _say_hidden(self, state: IdleState) -> IdleState:
        """Say that all is hidden, and once more, with the bell, a little before it is erased."""
        said = self._texts("idle.hidden", time=TimeOfDay(self.watch.erases_at))
        bell = "\a" if state is IdleState.ENDING else ""
        self._write(f"{bell}{said}\n{self._texts('idle.choices')}\n")
        return state


class AttendedCall:
    """The keyboard and the time, heeded while a call is waited for: the loop runs meanwhile.

    `look` takes what is typed, which may hide; `follow` does what follows, and may end it all: the
    call is then given up.
    """

    def __init__(
        self,
        watch: IdleWatch,
        source: int,
        look: Callable[[], bool],
        follow: Callable[[], None],
        give_up: Callable[[], object],
    ) -> None:
        self._watch = watch
        self._source = source
        self._look = look
        self._follow = follow
        self._give_up = give_up
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._ended: ErasedError | None = None

    def __enter__(self) -> Self:
        self._loop.add_reader(self._source, self._read)
        self._wait()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop()
        if self._ended:
            raise self._ended

    def _read(self) -> None:
        self._attend(self._look)

    def _attend(self, look: Callable[[], bool]) -> None:
        try:
            if not look():
                self._loop.remove_reader(self._source)  # the terminal is gone
            self._follow()
        except ErasedError as erased:
            self._ended = erased
            self._stop()
            self._give_up()
        else:
            self._wait()

    def _wait(self) -> None:
        self._cancel_timer()
        look = self._watch.next_look
        if look is not None:
            self._timer = self._loop.call_later(look, self._attend, lambda: True)

    def _stop(self) -> None:
        self._loop.remove_reader(self._source)
        self._cancel_timer()

    def _cancel_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
