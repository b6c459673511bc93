"""``python -m espace_tui.kiosk``: the parent, started by the command line in its own place.

Its arguments are not for people: the port, the named origin (or ``-``), how many people at once,
then the command that starts the process of one.
"""

from __future__ import annotations

import asyncio
import os
import sys

from espace_tui.kiosk.server import KioskOptions, serve


def main() -> None:
    """Serve, and leave with the exit code."""
    os.umask(0o077)
    port, origin, people, *command = sys.argv[1:]
    named = "" if origin == "-" else origin
    asyncio.run(serve(KioskOptions(int(port), named, int(people)), command, os.environ))


if __name__ == "__main__":
    main()
