"""``python -m espace_tui``: the same as ``espace-tui``.

Until the command line is loaded nothing has begun: Ctrl+C then leaves at once, and says nothing.
Windows has no terminal of the kind this needs: it is told so in one sentence, before anything else.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from typing import NoReturn

from espace_tui import garbage

INTERRUPTED = 130
FAILED = 1
ON_WINDOWS = (
    "espace-tui ne marche pas sous Windows seul : installez WSL (wsl --install), "
    "puis lancez espace-tui dans sa fenêtre.\n"
    "espace-tui does not run on Windows alone: install WSL (wsl --install), "
    "then run espace-tui in its window.\n"
)


def main() -> NoReturn:
    """Load the command line and run it."""
    if sys.platform == "win32":
        sys.stderr.write(ON_WINDOWS)
        sys.exit(FAILED)
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    garbage.put_off()
    import_module("espace_tui.cli").main()
    raise AssertionError  # it leaves by itself


if __name__ == "__main__":
    main()
