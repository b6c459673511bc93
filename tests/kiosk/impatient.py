"""A kiosk whose visitors are hidden and erased within seconds: ``serve PORT``, or one of them."""

from __future__ import annotations

import asyncio
import os
import sys

from espace_tui.cli import main
from espace_tui.cli.commands import kiosk
from espace_tui.cli.context import CommandContext
from espace_tui.idle import IdleLimits
from espace_tui.kiosk.server import KioskOptions, serve

LIMITS = IdleLimits(hide=2.5, erase=1.0, warning=2.0)


def limits(context: CommandContext) -> IdleLimits:
    """Return limits of a few seconds, for the process of a visitor."""
    assert context.options.visit
    return LIMITS


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        person = [sys.executable, __file__, "kiosk", "--exercise"]
        asyncio.run(serve(KioskOptions(int(sys.argv[2]), "", 1), person, os.environ))
    else:
        kiosk.limits = limits
        main()
