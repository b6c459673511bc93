"""``python -m espace_tui.counter``: the parent, started by the command line in its own place.

Its arguments are not for people: the file of the counts (or ``-``), ``locked`` or ``open``, then
the command that starts a visit.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from espace_tui.counter.cleaning import CounterTerminal
from espace_tui.counter.loop import CounterLoop
from espace_tui.counter.tally import Tally


def main() -> None:
    """Serve, and leave with the exit code."""
    os.umask(0o077)
    counts, lock, *command = sys.argv[1:]
    loop = CounterLoop(
        command,
        os.environ,
        CounterTerminal(0, os.environ),
        None if counts == "-" else Tally(Path(counts)),
        locked=lock == "locked",
    )
    sys.exit(loop.run())


if __name__ == "__main__":
    main()
