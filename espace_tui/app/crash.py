"""How the full-screen app crashes: with our page only, on the normal screen.

Textual prints a traceback with the local variables, and what was typed is among them. The three
private methods overridden here are guarded by a canary test.
"""

from __future__ import annotations

import sys

from rich.console import RenderableType
from textual.app import App
from typing_extensions import override

from espace_tui.i18n import Texts
from espace_tui.local.crash import FAILED, Crash, log_crash


class CrashSafeApp(App[str]):
    """An app whose crashes show and log nothing that was typed."""

    _crash_page = ""
    crashed: BaseException | None = None
    """What it crashed of."""

    @property
    def crash_texts(self) -> Texts:
        """The language of the page."""
        return Texts()

    @override
    def _handle_exception(self, error: Exception) -> None:
        self._crash(error)
        super()._handle_exception(error)  # a pilot raises it again in the test

    @override
    def _fatal_error(self) -> None:
        self._crash(sys.exc_info()[1])

    @override
    def panic(self, *renderables: RenderableType) -> None:
        """End the app; what was to be shown may hold something typed."""
        self._crash(sys.exc_info()[1])

    def _crash(self, error: BaseException | None) -> None:
        if not self._crash_page:
            self.crashed = error or RuntimeError()
            crash = Crash.of(self.crashed)
            log_crash(crash)
            self._crash_page = crash.page(self.crash_texts)
        self.exit(return_code=FAILED)

    @override
    def _print_error_renderables(self) -> None:
        if self._crash_page and sys.__stderr__:
            sys.__stderr__.write(f"\n{self._crash_page}\n")
            sys.__stderr__.flush()
        self._exit_renderables.clear()
