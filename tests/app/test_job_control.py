"""Leaving the terminal for a while, or for good: nothing of ours stays behind, all comes back."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest

from tests.app.terminal import ANSWERS, PROMPT, RealTerminal, open_terminal

pytestmark = pytest.mark.no_cover  # other tests meet these lines: unmeasured, it is twice as quick

ALTERNATE, NORMAL = b"\x1b[?1049h", b"\x1b[?1049l"
PUSH, POP = re.compile(rb"\x1b\[>\d+u"), re.compile(rb"\x1b\[<\d*u")


def child_of(shell: int) -> int:
    """Return the process that a shell runs."""
    return int(Path(f"/proc/{shell}/task/{shell}/children").read_text("utf-8"))


def back(shown: RealTerminal) -> None:
    """Wait for the shell, then bring the app back."""
    shown.until(lambda: shown.raw.endswith(PROMPT))
    assert shown.raw.count(ALTERNATE) - shown.raw.count(NORMAL) in {0, 1}
    before = len(shown.raw)
    shown.screen.reset()
    shown.send(b"fg\n")
    shown.until(lambda: b"Code provisoire" in shown.raw[before:])
    assert shown.is_silent(0.5)


def leave(shown: RealTerminal) -> None:
    """Quit, and look at what was asked of the terminal."""
    shown.press("ctrl+c", "tab", "enter")
    shown.until(lambda: b"ended: quit" in shown.raw)
    assert len(PUSH.findall(shown.raw)) == len(POP.findall(shown.raw))
    assert shown.raw.count(ALTERNATE) == shown.raw.count(NORMAL)


def test_ctrl_z_gives_the_terminal_back_and_fg_takes_it_again() -> None:
    with open_terminal("identification", shell=True) as shown:
        shown.press("7")
        shown.send(b"\x1a")
        back(shown)
        assert "┃ 7 " in shown.text
        shown.press("8")
        assert "┃ 78 " in shown.text
        leave(shown)


def test_what_was_stopped_without_notice_takes_the_terminal_again() -> None:
    with open_terminal("identification", shell=True) as shown:
        shown.press("7")
        os.kill(child_of(shown.pid), signal.SIGSTOP)
        back(shown)
        shown.press("8")
        assert "┃ 78 " in shown.text
        leave(shown)


def test_where_no_shell_would_bring_it_back_ctrl_z_says_so() -> None:
    with open_terminal("identification") as shown:
        shown.press("7", "ctrl+z")
        assert "pas suspendre l’assistant" in shown.text
        shown.press("8")
        assert "┃ 78 " in shown.text
        leave(shown)


def test_ctrl_l_paints_again_what_another_program_wrote_over() -> None:
    with open_terminal("identification") as shown:
        before = shown.text
        shown.screen.erase_in_display(2)
        shown.screen.draw("A message to all")
        shown.press("ctrl+l")
        assert shown.text == before


def test_what_the_mouse_still_reports_at_the_end_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal answers after what was on its way: no shell gets it."""
    monkeypatch.setitem(ANSWERS, b"\x1b[5n", b"\x1b[<35;20;10M" * 40 + b"\x1b[0n")
    with open_terminal("identification", MOUSE="yes") as shown:
        shown.press("ctrl+c", "tab", "enter")
        shown.until(lambda: b"ended: quit" in shown.raw)
        assert shown.raw.index(b"\x1b[?1003l") < shown.raw.index(b"\x1b[5n")
        assert shown.is_silent(0.3)
        assert b"[<35" not in shown.raw
