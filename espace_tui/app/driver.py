"""The terminal, as Textual drives it on Unix, with some differences.

- Its own cursor stays visible: it is what a screen reader or a Braille line follows. It stays on
  the focused thing when the window is left, too: the terminal is not asked to tell.
- Bytes that are not UTF-8 become `�` in the field instead of ending everything.
- What is not a key, a paste or a mouse report never reaches the application: `input_tokens`.
- When the terminal goes away, the face ends instead of reading nothing for ever.
"""

from __future__ import annotations

import os
import selectors
import time
from codecs import getincrementaldecoder
from functools import cached_property
from typing import TYPE_CHECKING, cast

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from typing_extensions import override

from espace_tui.app.input_tokens import ESC, Escape, InputTokens, Pasted, Token
from espace_tui.app.painted_cells import PaintedCells

if TYPE_CHECKING:
    from espace_tui.app.wizard_app import WizardApp

SHOW_CURSOR = "\x1b[?25h"
NO_WINDOW_FOCUS = "\x1b[?1004l"
CHUNK_SIZE = 1024 * 16
ESCAPE_DELAY = 0.05
"""How long what follows an escape may take to arrive, in seconds."""
REMOTE_ESCAPE_DELAY = 0.1
"""The same over a network, where the bytes of one key may come apart."""
POLL = 0.05
"""Seconds after which a silent terminal is left to see whether the face has ended."""


def escape_delay() -> float:
    """Return how long to wait for what follows an escape, by where the terminal is."""
    return REMOTE_ESCAPE_DELAY if os.environ.get("SSH_CONNECTION") else ESCAPE_DELAY


class EspaceDriver(LinuxDriver):
    """The driver of the full-screen face."""

    @override
    def write(self, data: str) -> None:
        self._cells.paint(data)

    @cached_property
    def _cells(self) -> PaintedCells:
        """What the terminal shows: the app holds its frames back while it changes screens."""
        cells: PaintedCells = cast("WizardApp", self._app).painted_cells
        cells.write = super().write
        return cells

    @override
    def start_application_mode(self) -> None:
        self._cells.forget()
        super().start_application_mode()  # type: ignore[no-untyped-call] # Textual leaves it untyped
        self.write(SHOW_CURSOR + NO_WINDOW_FOCUS)
        self.flush()

    @override
    def run_input_thread(self) -> None:
        self._parser = XTermParser(self._debug)
        tokens = InputTokens(escape_delay())
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(POLL):
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
        found = list(self._parser.feed(text))
        for event in found:
            self.process_message(event)
        if text.startswith(ESC) and not found:  # it would take what follows for the rest of it
            self._parser = XTermParser(self._debug)

    def _on_hangup(self) -> None:
        self._loop.call_soon_threadsafe(self._app.exit)
