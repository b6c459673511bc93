"""``python -m espace_tui.cli.commands.visits.prepared``: a visit that waits until it may begin.

Only the parent of the counter starts it: its last argument is a descriptor, on which one line comes
with the rest of the command. Until then it imports what a visit needs, and does nothing else: no
setting is read, nothing is written, no key is heeded. Without that line, nobody needs it any more.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

from espace_tui import cli, garbage
from espace_tui.cli import exit_codes, faces
from espace_tui.cli.process import hardening
from espace_tui.counter.prepared import FOLDER
from espace_tui.local.own_folder import remove_own_folder

IMPORTED = (
    "espace_tui.cli.commands.visits.visit",
    "espace_tui.app",
    "espace_tui.app.driver",
    "espace_tui.linear",
    "espace_tui.journey.steps.counter.waiting",
    "espace_tui.journey.steps.counter.greeting",
    "espace_tui.journey.itineraries.guide",
    "espace_tui.journey.itineraries.checking",
    "espace_tui.guide.official.bundled",
    "espace_tui.screens.space",
    "tomllib",
)
"""Both faces, and what leads from the waiting screen to the first answers."""


def main() -> NoReturn:
    """Import, wait, and become the command line."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hardening.harden_process(os.environ)
    *words, waiting = sys.argv[1:]
    with suppress(Exception):  # it will be said when it is needed, and there is a screen for it
        prepare()
    with os.fdopen(int(waiting)) as begin:
        line = begin.readline()
    if not line:
        remove_own_folder(FOLDER)
        os._exit(exit_codes.DONE)
    sys.argv[1:] = [*words, *line.split()]
    cli.main()


def prepare() -> None:
    """Import what a visit needs."""
    garbage.put_off()
    os.environ.setdefault("TEXTUAL_FPS", faces.FRAMES_PER_SECOND)  # Textual reads it when imported
    for name in IMPORTED:
        import_module(name)
    for task in import_module("espace_tui.screens.preload").tasks():
        task()


if __name__ == "__main__":
    main()
