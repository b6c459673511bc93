"""When garbage is looked for: once there is something to read, and not in what stays for ever.

Python looks for it each time that it has made some hundred objects. Before the first screen that
went 137 times through what had just been imported, and found nothing.
"""

from __future__ import annotations

import gc

_USUAL = gc.get_threshold()
_AT_START = 500_000
"""Objects: five times what the first screen needs; a command that shows none stays bounded."""


def put_off() -> None:
    """Look for none for a while: the process begins."""
    gc.set_threshold(_AT_START)


def look_for_it() -> None:
    """Look for it as Python usually does, from now on, in what is made from now on."""
    if gc.get_threshold() != _USUAL:
        gc.freeze()
        gc.set_threshold(*_USUAL)
