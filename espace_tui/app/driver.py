"""The terminal, as Textual drives it on Unix, with some differences.

- Its own cursor stays visible: it is what a screen reader or a Braille line follows. It stays on
  the focused thing when the window is left, too: the terminal is not asked to tell.
- Bytes that are not UTF-8 become `�` in the field instead of ending everything.
- Escape is believed sooner, so that going back paints within a tenth of a second.
- When the terminal goes away, the face ends instead of reading nothing for ever.
"""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Callable

from textual import constants
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from typing_extensions import override

SHOW_CURSOR = "\x1b[?25h"
NO_WINDOW_FOCUS = "\x1b[?1004l"
CHUNK_SIZE = 1024 * 16
ESCAPE_DELAY = 0.05
"""How long what follows an escape may take to arrive, in seconds."""


class EspaceDriver(LinuxDriver):
    """The driver of the full-screen face."""

    @override
    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call] # Textual leaves it untyped
        self.write(SHOW_CURSOR + NO_WINDOW_FOCUS)
        self.flush()

    @override
    def run_input_thread(self) -> None:
        constants.ESCAPE_DELAY = ESCAPE_DELAY  # type: ignore[misc] # read each time by the parser
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(ESCAPE_DELAY) and not self._read(parser, decode):
                    self._on_hangup()
                    break
                for event in parser.tick():
                    self.process_message(event)

    def _read(self, parser: XTermParser, decode: Callable[[bytes], str]) -> bool:
        try:
            data = os.read(self.fileno, CHUNK_SIZE)
        except OSError:
            return False
        if text := decode(data):
            for event in parser.feed(text):
                self.process_message(event)
        return bool(data)

    def _on_hangup(self) -> None:
        self._loop.call_soon_threadsafe(self._app.exit)
