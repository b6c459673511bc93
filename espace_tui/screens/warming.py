"""What the first screen does not need waits until it is painted.

The rest is imported then, in a thread, bit by bit: between two modules, and every half millisecond
within one, the keys come first. Python's search for garbage waits too (`hold`): what is imported is
none, and afterwards it is never searched again.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from threading import Thread

SOONEST = ("session", "policy", "steps.message", "steps.privacy", "steps.sign_in")
WIDGETS = ("line_row", "choice_row", "tick_row", "letter", "summary", "answers", "help", "menu")
LATER = (
    *(f"espace_tui.{name}" for name in SOONEST),
    *(f"espace_tui.widgets.{name}" for name in WIDGETS),
    *(f"espace_tui.steps.{name}" for name in ("prerequisites", "identification", "card")),
)
PAUSE = 0.002
KEYS_FIRST = 0.0005


def hold() -> None:
    """Search for no garbage until the first screen is painted."""
    gc.disable()


def release() -> None:
    """If that was held, search for garbage again, but not in what was there before."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def warm(modules: Iterable[str] = LATER, load: Callable[[str], object] = import_module) -> Thread:
    """Begin to import what will be needed soon; return the thread that does it."""

    def run() -> None:
        usual = sys.getswitchinterval()
        sys.setswitchinterval(KEYS_FIRST)
        try:
            for name in modules:
                load(name)
                time.sleep(PAUSE)
        finally:
            sys.setswitchinterval(usual)

    thread = Thread(target=run, name="warming", daemon=True)
    thread.start()
    return thread
