"""When garbage is looked for: once there is something to read, and not in what stays for ever.

Python looks for it each time that it has made some hundred objects. Before the first screen that
went 137 times through what had just been imported, and found nothing.
"""

from __future__ import annotations

import gc

_IN_USE = 50_000
"""Objects: at 700, as Python begins with, one key in three waited 5 ms for a search."""
_AT_START = 500_000
"""Objects: five times what the first screen needs; a command that shows none stays bounded."""


def put_off() -> None:
    """Look for none for a while: the process begins."""
    gc.set_threshold(_AT_START)


def look_for_it() -> None:
    """Look for it from now on, in what is made from now on."""
    if gc.get_threshold()[0] == _AT_START:
        gc.freeze()
        gc.set_threshold(_IN_USE)


def look_for_it_now() -> None:
    """Look for all of it, where that is ours to decide: nobody waits for anything just now."""
    if gc.get_threshold()[0] == _IN_USE:
        gc.collect()
