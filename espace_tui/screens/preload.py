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

MODULES = (
    "espace_tui.journey.session",
    "espace_tui.model.policy",
    "espace_tui.journey.steps.activation.message",
    "espace_tui.journey.steps.reading.privacy",
    "espace_tui.journey.steps.space.sign_in",
    "espace_tui.widgets.fields.text_row",
    "espace_tui.widgets.fields.radio_row",
    "espace_tui.widgets.fields.checkbox_row",
    "espace_tui.screens.dialogs.help",
    "espace_tui.screens.dialogs.menu",
    "espace_tui.widgets.answers",
    "espace_tui.journey.steps.activation.prerequisites",
    "espace_tui.journey.steps.activation.identification",
    "espace_tui.journey.steps.activation.card",
)
"""What is needed soon, in the order in which it may be."""
PAUSE = 0.002
SWITCH_INTERVAL = 0.0005


def pause_gc() -> None:
    """Search for no garbage until the first screen is painted."""
    gc.disable()


def resume_gc() -> None:
    """If that was held, search for garbage again, but not in what was there before."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def start(names: Iterable[str] = MODULES, load: Callable[[str], object] = import_module) -> Thread:
    """Begin to import what will be needed soon; return the thread that does it."""

    def run() -> None:
        usual = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_INTERVAL)
        try:
            for name in names:
                load(name)
                time.sleep(PAUSE)
        finally:
            sys.setswitchinterval(usual)

    thread = Thread(target=run, name="warming", daemon=True)
    thread.start()
    return thread
