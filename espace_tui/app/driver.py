"""The terminal, as Textual drives it on Unix, with some differences.

- Its own cursor stays visible: it is what a screen reader or a Braille line follows. It stays on
  the focused thing when the window is left, too: the terminal is not asked to tell.
- The shape of the pointer is not asked for.
- Only the cells that change are written (`painted_cells`), in the encoding of the terminal.
- Bytes that are not of that encoding become `�` in the field instead of ending everything.
- What is not a key, a paste or a mouse report never reaches the application: `input_tokens`.
- When the terminal goes away, the face ends instead of reading nothing for ever.
- What the mouse still reports when the face ends is read, so that no shell gets it.
- A signal is noticed at once (`wake_up`): a window that changes its size is drawn again.
- Ctrl+Z gives the terminal back and stops; `fg` takes it again, after a SIGSTOP too.
"""

from __future__ import annotations

import os
import select
import selectors
import signal
import sys
import threading
import time
from codecs import getincrementaldecoder, lookup
from functools import cached_property
from typing import TYPE_CHECKING, cast

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from typing_extensions import override

from espace_tui.app.input_tokens import ESC, Escape, InputTokens, Pasted, Token
from espace_tui.app.narrow import Narrow
from espace_tui.app.painted_cells import PaintedCells
from espace_tui.app.wake_up import SelectableEvent, WakeUp

if TYPE_CHECKING:
    from textual.app import App

    from espace_tui.app.wizard_app import WizardApp

SHOW_CURSOR = "\x1b[?25h"
NO_WINDOW_FOCUS = "\x1b[?1004l"
ASK_STATUS, STATUS = "\x1b[5n", b"\x1b[0n"
"""A question that every terminal answers after all that it had to say, and the answer."""
POINTER_SHAPE = "\x1b]22;"
"""Asks for a shape of the mouse's pointer, at every page."""
MODE_REPORT = "$y"
"""The end of an answer to a question that Textual asks at the start."""
CHUNK_SIZE = 1024 * 16
WRITING = 0.0002
"""How long a frame that is ready is waited for, in seconds: as it takes to be written."""
ESCAPE_DELAY = 0.05
"""How long what follows an escape may take to arrive, in seconds."""
REMOTE_ESCAPE_DELAY = 0.1
"""The same over a network, where the bytes of one key may come apart."""
DRAIN_SECONDS, DRAIN_BLINDLY = 1.0, 0.1
"""How long reports on their way are awaited, from a terminal that answers and from another."""


def escape_delay() -> float:
    """Return how long to wait for what follows an escape, by where the terminal is."""
    return REMOTE_ESCAPE_DELAY if os.environ.get("SSH_CONNECTION") else ESCAPE_DELAY


def encoding_of(stream: object) -> str:
    """Return the encoding of a standard stream, by its usual name."""
    return lookup(getattr(stream, "encoding", None) or "utf-8").name


def _seconds_until(deadline: float | None) -> float | None:
    """Return how long to wait for the terminal: for ever, when nothing waits for silence."""
    return None if deadline is None else max(0.0, deadline - time.monotonic())


class EspaceDriver(LinuxDriver):
    """The driver of the full-screen face."""

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._reports_mouse = mouse
        self._answers = False
        self._drained = False
        self._active = False
        """Whether the terminal is ours, in its special modes."""
        self._continued = False
        self._wake_up = WakeUp(self._loop)
        self.exit_event = self._end_of_input = SelectableEvent()
        signal.signal(signal.SIGTSTP, self._stop)
        signal.signal(signal.SIGCONT, self._continue)
        cast("WizardApp", app).suspend_terminal = self.suspend_group

    # --- what is written

    @override
    def write(self, data: str) -> None:
        if not data.startswith(POINTER_SHAPE):  # a screen reader that does not know it says it
            self._cells.paint(data)

    @override
    def flush(self) -> None:
        """Let the thread that writes have the interpreter: it would get it when all is done."""
        time.sleep(WRITING)

    @cached_property
    def _cells(self) -> PaintedCells:
        """What the terminal shows: the app holds its frames back while it changes screens."""
        cells: PaintedCells = cast("WizardApp", self._app).painted_cells
        write, encoding = super().write, encoding_of(sys.__stderr__)
        narrow = Narrow(encoding)
        cells.write = write if encoding == "utf-8" else lambda text: write(text.translate(narrow))
        return cells

    # --- the modes of the terminal

    @override
    def start_application_mode(self) -> None:
        self._cells.forget()
        self._wake_up.start()
        super().start_application_mode()  # type: ignore[no-untyped-call] # Textual leaves it untyped
        self.write(SHOW_CURSOR + NO_WINDOW_FOCUS)
        self.flush()
        self._active, self._drained = True, False

    @override
    def stop_application_mode(self) -> None:
        super().stop_application_mode()
        self._wake_up.stop()
        self._active = False

    @override
    def disable_input(self) -> None:
        super().disable_input()  # the mouse is told to be silent, and nothing else reads any more
        if self._reports_mouse and not self._drained:
            self._drain()

    def _drain(self) -> None:
        """Read what was on its way: until the terminal answers, if it is one that does."""
        self._drained = True
        if self._answers:
            self.write(ASK_STATUS)
        end, seen = time.monotonic() + (DRAIN_SECONDS if self._answers else DRAIN_BLINDLY), b""
        while STATUS not in seen and (left := end - time.monotonic()) > 0:
            if select.select([self.fileno], [], [], left)[0]:
                if not (data := self._read()):
                    break
                seen += data

    # --- stopping and coming back

    def suspend_group(self) -> bool:
        """Stop, with all that the shell started together; return whether that could be.

        It cannot where no shell is there to bring it back: the system then stops nobody.
        """
        self._continued = False
        self._stop(group=True)
        if not self._continued:
            self._take_again()
        return self._continued

    def _stop(self, *_signal: object, group: bool = False) -> None:
        if self._active:
            self.suspend_application_mode()
        if group:
            signal.signal(signal.SIGTSTP, signal.SIG_IGN)
            os.killpg(0, signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        signal.pthread_kill(threading.get_ident(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, self._stop)

    def _continue(self, *_signal: object) -> None:
        self._continued = True
        if not self._in_foreground():
            return  # `fg` continues it once more; a terminal that is gone never does
        if self._active:  # it was stopped without notice: a shell had the terminal meanwhile
            self.suspend_application_mode()
        self._take_again()

    def _in_foreground(self) -> bool:
        try:
            return os.tcgetpgrp(self.fileno) == os.getpgrp()
        except OSError:
            return False

    def _take_again(self) -> None:
        self.resume_application_mode()
        self._loop.call_soon_threadsafe(cast("WizardApp", self._app).action_repaint)

    # --- what is read

    @override
    def run_input_thread(self) -> None:
        self._parser = XTermParser(self._debug)
        tokens = InputTokens(escape_delay())
        decode = getincrementaldecoder(encoding_of(sys.__stdin__))(errors="replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._end_of_input, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                ready = selector.select(_seconds_until(tokens.deadline))
                if self.fileno in {key.fd for key, _ in ready}:
                    if not (data := self._read()):
                        self._on_hangup()
                        break
                    self._dispatch(tokens.feed(decode(data), time.monotonic()))
                else:
                    self._dispatch(tokens.tick(time.monotonic()))

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, CHUNK_SIZE)
        except OSError:
            return b""

    def _dispatch(self, tokens: list[Token]) -> None:
        for token in tokens:
            match token:
                case Escape():
                    self.process_message(events.Key("escape", ESC))
                case Pasted(text):
                    self.process_message(events.Paste(text))
                case _:
                    self._parse(token.text)

    def _parse(self, text: str) -> None:
        self._answers = self._answers or text.endswith(MODE_REPORT)
        found = list(self._parser.feed(text))
        for event in found:
            self.process_message(event)
        if text.startswith(ESC) and not found:  # it would take what follows for the rest of it
            self._parser = XTermParser(self._debug)

    def _on_hangup(self) -> None:
        self._loop.call_soon_threadsafe(self._app.exit)
