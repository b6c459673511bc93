r"""Leaving nothing on a terminal: the screen, what can be scrolled back to, and the modes.

The order matters: the alternate screen is left first, since what erases the lines above acts on the
main one; then the modes, then the screen and its history, then tmux's own (``clear-history`` clears
what has scrolled away, the screen being blank by then).

    >>> CLEAN.index(b"\x1b[?1049l") < CLEAN.index(b"\x1b[2J") < CLEAN.index(b"\x1b[3J")
    True
"""

from __future__ import annotations

import os
import subprocess
import termios
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

_MODES = (
    *("?1000l", "?1002l", "?1003l", "?1006l", "?1015l"),  # the mouse
    *("?2004l", "?1004l", "?2026l", "<u", ">4m"),  # pastes, focus, painting, keys
    *("?7h", "?25h", "0m", "r"),  # wrapping, cursor, colours, margins
)
CLEAN = b"".join(
    [
        b"\x1b[?1049l",
        *(f"\x1b[{mode}".encode() for mode in _MODES),
        *(b"\x1b]0;\x07", b"\x1b(B", b"\x1b[H\x1b[2J\x1b[3J"),
    ]
)
"""What is written after a visit, in this order."""
_TMUX_SECONDS = 2


class CounterTerminal:
    """The terminal of a counter: the modes it was found with, and how it is put back."""

    def __init__(self, descriptor: int, environment: Mapping[str, str]) -> None:
        self._descriptor = descriptor
        self._pane = environment.get("TMUX_PANE", "") if environment.get("TMUX") else ""
        self._found: list[Any] = termios.tcgetattr(descriptor)

    def prepare(self) -> None:
        """Let no key stop a visit or leave it behind: neither Ctrl+Z nor Ctrl+backslash."""
        modes = [*self._found[:6], list(self._found[6])]
        disabled = bytes([os.fpathconf(self._descriptor, "PC_VDISABLE") & 0xFF])
        for key in (termios.VSUSP, termios.VQUIT):
            modes[6][key] = disabled
        self._set(modes)

    def clean(self) -> None:
        """Leave nothing of a visit: modes, what was typed ahead, the screen and its history."""
        with suppress(termios.error):
            termios.tcflush(self._descriptor, termios.TCIFLUSH)
        with suppress(OSError):
            os.write(self._descriptor, CLEAN)
        if self._pane:
            with suppress(OSError, subprocess.SubprocessError):
                subprocess.run(
                    ["tmux", "clear-history", "-t", self._pane],  # noqa: S607 — the one in use
                    check=False,
                    timeout=_TMUX_SECONDS,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )

    def restore(self) -> None:
        """Put back the modes that were found."""
        self._set(self._found)

    def _set(self, modes: list[Any]) -> None:
        with suppress(termios.error):
            termios.tcsetattr(self._descriptor, termios.TCSANOW, modes)
