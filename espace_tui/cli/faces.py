"""The two faces over one wizard, in one loop: each may hand over to the other, in mid-step."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from typing import TYPE_CHECKING

from espace_tui import __version__, crash
from espace_tui.cli import exits
from espace_tui.cli.call import Call
from espace_tui.cli.ending import Ending
from espace_tui.cli.late import Late

if TYPE_CHECKING:
    from espace_tui.settings import Kept
    from espace_tui.wizard import Wizard

_log = logging.getLogger(__name__)
CODES = {"done": exits.DONE, "quit": exits.INTERRUPTED}
"""What an outcome of a face exits with; any other is a failure."""
PAINTED = 0.3
"""Seconds after which the first screen is surely painted."""
NONE = "none"
VISUAL = "visual"
LINEAR = "linear"


def first_face(call: Call) -> str:
    """Return the face to begin with; `NONE` without a terminal, if nobody asked to do without."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    terminals = [stream is not None and stream.isatty() for stream in streams]
    if call.settings.linear or call.environment.get("TERM") == "dumb":
        return LINEAR
    if all(terminals):
        return VISUAL
    return LINEAR if any(terminals[:2]) else NONE


class Faces:
    """The faces of one walk."""

    def __init__(self, call: Call, wizard: Wizard, preferences: Kept) -> None:
        self._call = call
        self._wizard = wizard
        self._preferences = preferences
        self._theme = call.settings.theme
        self._face = first_face(call)

    async def walk(self, start: str) -> int:
        """Show one face, then the other, until the person leaves; return the exit code."""
        crash.watch(asyncio.get_running_loop())
        _log.info("started %s, %s", __version__, self._face)
        ending = Ending(lambda: self._face == VISUAL)
        try:
            with ending.watched():
                outcome = await self._alternate(start)
        except asyncio.CancelledError:
            if not ending.number:
                raise
            return ending.code
        return ending.code if ending.number else self._code(outcome)

    async def _alternate(self, start: str) -> str:
        outcome = self._face
        while outcome in {VISUAL, LINEAR}:
            self._face = outcome
            visual = outcome == VISUAL
            outcome = await (self._visual(start) if visual else self._linear(start))
            start = ""
        return outcome

    def _code(self, outcome: str) -> int:
        if outcome == "ended" and self._wizard.view().retry:
            return exits.UNREACHABLE
        return CODES.get(outcome, exits.FAILED)

    async def _visual(self, start: str) -> str:
        from espace_tui.screens.warming import hold  # noqa: PLC0415 — the full screen's own

        hold()
        from espace_tui.app import EspaceApp  # noqa: PLC0415 — the linear face needs none of it

        _forget_other_sizes()
        settings, texts = self._call.settings, self._call.texts
        if start:
            await self._wizard.start(start)
        app = EspaceApp(
            self._wizard,
            texts,
            theme=self._theme or "dark",
            mouse=settings.mouse,
            keys=settings.keys,
            on_language=self._speak,
        )
        self._prepare_aside()
        try:
            outcome = await app.run_async(mouse=settings.mouse)
        finally:
            _forget_job_control()
        if app.theme != self._theme:
            self._theme = app.theme
            self._preferences.remember(theme=app.theme)
        return "crashed" if app.return_code else outcome or "quit"

    def _prepare_aside(self) -> None:
        """Import the backend, once the first screen is painted."""
        from espace_tui.screens.warming import warm  # noqa: PLC0415 — the full screen's own

        backend = self._wizard.desk.backend
        if isinstance(backend, Late):
            fetch = {"fetch": backend.fetch}
            asyncio.get_running_loop().call_later(PAINTED, warm, fetch, lambda name: fetch[name]())

    async def _linear(self, start: str) -> str:
        from espace_tui.linear import Terminal, run  # noqa: PLC0415 — nor the other way round

        settings, texts = self._call.settings, self._call.texts
        language = texts.language
        outcome = await run(
            self._wizard,
            texts,
            Terminal(),
            verbosity=settings.verbosity,
            bell=settings.bell,
            then=start,
        )
        if texts.language != language:
            self._speak(texts.language)
        return outcome

    def _speak(self, language: str) -> None:
        self._call.texts.language = language
        self._preferences.remember(language=language)


def _forget_other_sizes() -> None:
    """Let the size be that of the terminal: Textual would keep one that a shell exported."""
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)


def _forget_job_control() -> None:
    """Give Ctrl+Z back to the terminal: Textual leaves its own handlers behind."""
    for name in ("SIGTSTP", "SIGCONT"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
