"""The parent of a counter: a process for each person, which ends with them. It knows nothing.

It starts a visit on its own terminal, with an environment from an allow-list, a temporary folder
that goes away, and a pipe on which one line comes back. Whatever the end of the visit, what follows
is the same: the process is gone (within a second, or killed), the terminal is put back and cleaned,
the folder removed, the visit counted, and the next one begins, in a process that was prepared
meanwhile. The person's process shows the waiting screen itself: the parent has no screen, and loads
nothing that could hold an answer.
"""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from types import FrameType

from espace_tui.counter.cleaning import CounterTerminal
from espace_tui.counter.prepared import PreparedVisit
from espace_tui.counter.tally import Tally, month_of
from espace_tui.counter.visit import LINE_BYTES, UNKNOWN, Visit, parse_line

END_SECONDS = 1.0
"""How long the process of a visit may take to end once it said so, or was asked to."""
_WATCH_SECONDS = 0.5
"""How often a process that was stopped from outside is noticed."""
PREPARE_SECONDS = 0.5
"""How long after a visit began the process of the next one is prepared: its own screen is first."""
_TOO_SOON = 1.0
_SAID = frozenset({"erased", "cleared", "broken"})
"""The ends of which the next waiting screen says a word."""
_FAILURES = 3
"""So many visits that break within a second, one after the other, and the counter gives up."""
ALLOWED = frozenset(
    {
        *("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TZ", "LANG", "LANGUAGE"),
        *("TERM", "COLORTERM", "NO_COLOR", "TERM_PROGRAM", "VTE_VERSION", "WT_SESSION"),
        *("TMUX", "TMUX_PANE", "SSH_CONNECTION", "SSH_TTY", "COLUMNS", "LINES", "VIRTUAL_ENV"),
        *("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "PYTHONPATH"),
        "TMPDIR",
    }
)
"""What of the environment a visit is given, besides ``LC_…`` and ``ESPACE_…``."""


def allowed(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what of the environment a visit is given."""
    return {
        name: value
        for name, value in environment.items()
        if name in ALLOWED or name.startswith(("LC_", "ESPACE_"))
    }


class CounterLoop:
    """One counter: visits, one after the other, until somebody leaves it."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        terminal: CounterTerminal,
        tally: Tally | None,
        *,
        locked: bool = False,
    ) -> None:
        """`command` starts a visit; `locked`: leaving a visit never leaves the counter."""
        self._command = list(command)
        self._environment = allowed(environment)
        self._terminal = terminal
        self._tally = tally
        self._locked = locked
        self._signals: list[int] = []
        self._next: PreparedVisit | None = None
        self._prepares_at = float("inf")

    def run(self) -> int:
        """Serve until somebody leaves; return the exit code."""
        woken, wake = os.pipe()
        os.set_blocking(wake, False)
        before = signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        handlers = {number: signal.signal(number, act) for number, act in self._acts().items()}
        try:
            return self._serve_all(woken)
        finally:
            if self._next is not None:
                self._next.discard()
            self._terminal.clean()
            self._terminal.restore()
            for number, handler in handlers.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(before)
            os.close(woken)
            os.close(wake)

    def _acts(self) -> dict[int, Callable[[int, FrameType | None], None] | signal.Handlers]:
        """Return what each signal does: ignored ones stay so in a visit, the others do not."""
        ignored = (signal.SIGTSTP, signal.SIGQUIT, signal.SIGTTOU, signal.SIGTTIN)
        return {
            **dict.fromkeys(ignored, signal.SIG_IGN),
            **dict.fromkeys((signal.SIGHUP, signal.SIGTERM), self._end),
            signal.SIGINT: signal.SIG_IGN,  # for the visit, which heeds it once it has begun
            signal.SIGCHLD: lambda *_: None,  # only wakes up
        }

    def _end(self, number: int, _frame: object) -> None:
        self._signals.append(number)

    def _serve_all(self, woken: int) -> int:
        before, failures = Visit({"end": "left"}), 0
        while not self._signals:
            began = time.monotonic()
            visit = self._serve(woken, before)
            end = visit.words["end"]
            if self._signals:
                break
            if end == "left" and not self._locked:
                return 0
            quick = time.monotonic() - began < _TOO_SOON
            failures = failures + 1 if quick and end in {"unknown", "broken"} else 0
            if failures == _FAILURES:
                return 1
            if self._tally is not None and visit.is_counted:
                self._tally.add(visit, month_of(datetime.now().astimezone()))
            before = visit
        return 128 + self._signals[0]

    def _serve(self, woken: int, before: Visit) -> Visit:
        """Serve one person, after another one; return how that ended."""
        visit = self._take_next()
        self._terminal.prepare()
        try:
            visit.begin(_said_of(before))
            return self._wait(visit, woken)
        finally:
            visit.discard()
            self._terminal.restore()
            self._terminal.clean()

    def _take_next(self) -> PreparedVisit:
        """Return the process that was prepared, or another one where it did not live."""
        visit, self._next = self._next, None
        if visit is not None and visit.has_ended():
            visit.discard()
            visit = None
        return visit or self._prepare()

    def _prepare(self) -> PreparedVisit:
        return PreparedVisit(self._command, self._environment)

    def _prepare_in_time(self, now: float) -> None:
        """Prepare the next process, once, when the visit has had the time to show its screen."""
        if now >= self._prepares_at:
            self._prepares_at = float("inf")
            with suppress(OSError):  # no room, no memory: it is started when it is needed
                self._next = self._prepare()

    def _wait(self, visit: PreparedVisit, woken: int) -> Visit:
        """Read the line of a visit until its process has ended, one way or another."""
        said, watched, deadline = b"", [visit.said, woken], float("inf")
        self._prepares_at = time.monotonic() + PREPARE_SECONDS
        while not visit.has_ended():
            now = time.monotonic()
            if now >= deadline:
                visit.process.kill()
            self._prepare_in_time(now)
            ready = select.select(watched, [], [], min(_WATCH_SECONDS, max(0, deadline - now)))[0]
            if woken in ready:
                os.read(woken, 64)
            if visit.said in ready:
                found = os.read(visit.said, 4 * LINE_BYTES)
                said = (said + found)[: 4 * LINE_BYTES]
                watched = watched if found else [woken]
                if not (found and parse_line(said).words["end"] == "practised"):
                    deadline = min(deadline, now + END_SECONDS)
            if self._signals and deadline == float("inf"):
                visit.process.terminate()
                deadline = now + END_SECONDS
        if visit.said in watched:
            said += _rest_of(visit.said)
        return parse_line(said) if said else UNKNOWN


def _rest_of(descriptor: int) -> bytes:
    """Return what a process wrote just before it ended."""
    os.set_blocking(descriptor, False)
    with suppress(BlockingIOError):
        return os.read(descriptor, 4 * LINE_BYTES)
    return b""


def _said_of(before: Visit) -> list[str]:
    """Return what the next visit is given to say of the one before, where it is worth a word."""
    if not before.is_counted:
        return []
    end = before.words["end"]
    word = "broken" if end == "unknown" else end if end in _SAID else ""
    named = ["--reference", before.reference] if before.reference else []
    return ["--after", word, *named] if word else []
