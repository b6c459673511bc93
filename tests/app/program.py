"""The face in a process of its own, for a real terminal: ``python -m tests.app.program PLACE``.

`PLACE` names where a walk is begun (`tests.app.places`); `THEME` in the environment, its colours.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from espace_tui.app import EspaceApp
from espace_tui.i18n import Texts
from tests.app.places import PLACES
from tests.walks.plain import play
from tests.walks.script import Walk
from tests.walks.worlds import embedded


async def show(name: str) -> None:
    """Show a place, until the person leaves."""
    walk = Walk(name, PLACES[name][0])
    with tempfile.TemporaryDirectory() as folder:
        async with embedded(Path(folder), walk) as place:
            wizard = await play(walk, place)
            app = EspaceApp(wizard, Texts("fr"), theme=os.environ.get("THEME", "dark"))
            sys.stdout.write(f"ended: {await app.run_async(mouse=False)}\n")


if __name__ == "__main__":
    asyncio.run(show(sys.argv[1]))
