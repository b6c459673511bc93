"""Editing on the line, by the readline library, for a dumb terminal whatever the real one is.

It then writes no escape sequence: what is typed, backspaces, spaces. Moving forward inside a line
makes it write that line again, after a carriage return: the only one this face ever causes.
Nothing that was typed is kept in a history.
"""

from __future__ import annotations

import ctypes
import os
from types import ModuleType

SETTINGS = (
    "enable-bracketed-paste off",
    "bell-style none",
    "show-mode-in-prompt off",
    "disable-completion on",
    "echo-control-characters off",
)
WIDE = 32_000
"""Columns the library believes in, so that it leaves a long line to the terminal."""


def load() -> ModuleType | None:
    """Return the readline module, settled; None where Python comes without it."""
    terminal = os.environ.get("TERM")
    os.environ["TERM"] = "dumb"
    try:
        import readline  # noqa: PLC0415 — it looks at TERM when it is imported
    except ImportError:
        return None
    finally:
        if terminal is None:
            del os.environ["TERM"]
        else:
            os.environ["TERM"] = terminal
    for setting in SETTINGS:
        readline.parse_and_bind(f"set {setting}")
    readline.set_auto_history(False)
    return readline


def read(readline: ModuleType, prompt: str, prefill: str) -> str:
    """Ask for a line with an answer already on it."""
    _widen(readline)
    readline.set_startup_hook(lambda: readline.insert_text(prefill))
    try:
        return input(prompt)
    finally:
        readline.set_startup_hook()


def _widen(readline: ModuleType) -> None:
    """Let long lines be wrapped by the terminal instead of scrolled sideways."""
    try:
        ctypes.CDLL(str(readline.__file__)).rl_set_screen_size(24, WIDE)
    except (AttributeError, OSError):  # another library under the same name
        return
