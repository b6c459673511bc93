"""The two faces over one wizard, in one loop: each may hand over to the other, in mid-step."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Protocol

from espace_tui import __version__
from espace_tui.cli import exit_codes, lazy
from espace_tui.cli.context import CommandContext, write_codes, write_line
from espace_tui.cli.lazy_backend import preload
from espace_tui.cli.process.signals import TerminationSignal
from espace_tui.i18n import Text
from espace_tui.local import crash
from espace_tui.local.settings.environment import LINEAR_VARIABLES

if TYPE_CHECKING:
    from espace_tui.idle import IdleWatch
    from espace_tui.journey.wizard import Wizard
    from espace_tui.local.settings import StoredPreferences

_log = logging.getLogger(__name__)
EXIT_CODES = {"done": exit_codes.DONE, "quit": exit_codes.INTERRUPTED}
"""What an outcome of a face exits with; any other is a failure."""
FRAMES_PER_SECOND = "240"
"""How often Textual may look for what changed: at 60, a new step waits for it three times."""
ENTER_ALTERNATE, LEAVE_ALTERNATE = "\x1b[?1049h", "\x1b[?1049l\x1b[H\x1b[2J\x1b[3J"
"""What leads to a screen of which nothing stays above, and leaves it."""
NONE = "none"
VISUAL = "visual"
LINEAR = "linear"


def first_face(context: CommandContext) -> str:
    """Return the face to begin with; `NONE` without a terminal, if nobody asked to do without."""
    if context.settings.linear or context.environment.get("TERM") == "dumb":
        return LINEAR
    terminals = _terminals()
    if all(terminals):
        return VISUAL
    return LINEAR if any(terminals[:2]) else NONE


def _terminals() -> list[bool]:
    """Return which of the standard streams are a terminal."""
    return [s is not None and s.isatty() for s in (sys.stdin, sys.stdout, sys.stderr)]


def linear_reason(context: CommandContext) -> Text:
    """Return what chose the line-by-line face at the start, for its first line."""
    if not context.settings.linear:
        simple = context.environment.get("TERM") == "dumb"
        return Text("linear.why.terminal" if simple else "linear.why.one-side")
    if "linear" in context.options.settings:
        return Text("linear.why.option")
    for variable in LINEAR_VARIABLES:
        if context.environment.get(variable):
            return Text("linear.why.variable", {"name": variable})
    return Text("linear.why.setting")


class WatchedVisit(Protocol):
    """A visit at a counter: how long nobody touched the keyboard, and how it ends."""

    watch: IdleWatch

    @property
    def needs_alternate_screen(self) -> bool:
        """Whether lines that are erased stay above on this terminal."""
        ...

    def note(self, key: str, word: str) -> None:
        """Note a word of a closed list, such as the face one is in."""
        ...

    def end(self, wizard: Wizard, outcome: str, language: str, face: str) -> None:
        """Tell how the walk ended."""
        ...

    def end_broken(self, error: BaseException) -> None:
        """Tell that a bug ended it."""
        ...


class FaceRunner:
    """The faces of one walk."""

    def __init__(
        self,
        context: CommandContext,
        wizard: Wizard,
        preferences: StoredPreferences,
        visit: WatchedVisit | None = None,
    ) -> None:
        """`visit` is that of a counter: it is told how the walk ended."""
        self._context = context
        self._wizard = wizard
        self._preferences = preferences
        self._visit = visit
        self._watch = visit.watch if visit else None
        self._theme = context.settings.theme
        self._face = first_face(context)
        self._tells_line_by_line = True
        self._reason = linear_reason(context)
        context.texts.easy = context.settings.easy

    async def run(self, start: str) -> int:
        """Show one face, then the other, until the person leaves; return the exit code."""
        crash.watch_loop(asyncio.get_running_loop())
        _log.info("started %s, %s", __version__, self._face)
        ending = TerminationSignal(lambda: self._face == VISUAL)
        try:
            with ending.handled():
                outcome = await self._alternate(start)
        except asyncio.CancelledError:
            if not ending.number:
                raise
            return ending.exit_code
        return ending.exit_code if ending.number else self._exit_code(outcome)

    async def _alternate(self, start: str) -> str:
        outcome = self._face
        while outcome in {VISUAL, LINEAR}:
            self._face = outcome
            visual = outcome == VISUAL
            if self._visit:
                self._visit.note("face", outcome)
            self._reason = Text("linear.why.asked") if visual else self._reason
            outcome = await (self._run_full_screen(start) if visual else self._run_linear(start))
            start = ""
        if self._visit:
            self._visit.end(self._wizard, outcome, self._context.texts.language, self._face)
        return outcome

    def _exit_code(self, outcome: str) -> int:
        if outcome == "ended" and self._wizard.view().retry:
            return exit_codes.UNREACHABLE
        return EXIT_CODES.get(outcome, exit_codes.FAILED)

    async def _run_full_screen(self, start: str) -> str:
        _unset_exported_size()
        os.environ.setdefault("TEXTUAL_FPS", FRAMES_PER_SECOND)
        settings, texts = self._context.settings, self._context.texts
        if start:
            await self._wizard.start(start)
        self._tell_line_by_line()
        app = lazy.app.EspaceApp(
            self._wizard,
            texts,
            theme=self._theme or "dark",
            keys=settings.keys,
            on_language=self._set_language,
            on_easy=self._set_easy,
            on_first_paint=partial(preload, self._wizard.context.backend),
            watch=self._watch,
        )
        try:
            outcome = await app.run_async(mouse=settings.mouse)
        finally:
            _restore_job_control()
        if app.theme != self._theme:
            self._theme = app.theme
            self._preferences.remember(theme=app.theme)
        if self._visit and app.crashed:
            self._visit.end_broken(app.crashed)
        return "crashed" if app.return_code else outcome or "quit"

    def _tell_line_by_line(self) -> None:
        """Say once, in a plain line that any screen reader reads, how to go on line by line."""
        if self._tells_line_by_line and not self._visit:
            key = self._context.settings.keys.get("linear", "f8").upper()
            write_line(self._context.texts("face.line_by_line", key=key))
            sys.stdout.flush()
        self._tells_line_by_line = False

    async def _run_linear(self, start: str) -> str:
        settings, texts = self._context.settings, self._context.texts
        language, easy = texts.language, texts.easy
        self._wizard.ask_one_by_one(one_by_one=False)  # this face asks so by itself
        manner = lazy.linear.Manner(
            settings.verbosity,
            settings.bell,
            settings.width,
            settings.paging,
            self._wizard.context.masks,
        )
        speaker = lazy.linear.Speaker(lazy.linear.Terminal(self._watch, texts), texts, manner)
        with self._alternate_screen():
            outcome = await lazy.linear.run(self._wizard, speaker, start=start, reason=self._reason)
        if texts.language != language:
            self._set_language(texts.language)
        if texts.easy != easy:
            self._set_easy(texts.easy)
        return outcome

    @contextmanager
    def _alternate_screen(self) -> Iterator[None]:
        """Speak where nothing stays above, if this terminal keeps what is erased."""
        if self._visit is None or not self._visit.needs_alternate_screen:
            yield
            return
        write_codes(ENTER_ALTERNATE)
        try:
            yield
        finally:
            write_codes(LEAVE_ALTERNATE)

    def _set_easy(self, easy: bool) -> None:  # noqa: FBT001 — a setting's value
        self._context.texts.easy = easy
        self._preferences.remember(easy=easy)

    def _set_language(self, language: str) -> None:
        self._context.texts.language = language
        self._preferences.remember(language=language)


def _unset_exported_size() -> None:
    """Let the size be that of the terminal: Textual would keep one that a shell exported.

    A terminal that does not know its size (0×0, over a serial line) leaves what was exported.
    """
    with suppress(OSError, ValueError):
        if all(os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)):
            for name in ("COLUMNS", "LINES"):
                os.environ.pop(name, None)


def _restore_job_control() -> None:
    """Give Ctrl+Z back to the terminal: Textual leaves its own handlers behind."""
    for name in ("SIGTSTP", "SIGCONT"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
