"""The command line, which writes what it has imported when the first screen is painted.

``python first_paint.py FILE WORDS…`` runs ``espace-tui WORDS…`` until then, does what waits for
it, writes what that imported too, and how often garbage was looked for; then it leaves.
"""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path

from espace_tui import __main__ as program
from espace_tui import app
from espace_tui.screens import preload

MOMENT = "_on_first_paint"


def collections() -> int:
    """Return how often garbage was looked for."""
    return sum(each["collections"] for each in gc.get_stats())


def note(self: app.EspaceApp) -> None:
    """Write the names of the modules before and after preloading, and what is collected."""
    told: dict[str, object] = {"painted": sorted(sys.modules), "collections": collections() - begun}
    told["styles"] = sorted(name for _, name in self.stylesheet.source)
    preload.start(self.tasks_ahead()).join()
    told |= {"preloaded": sorted(sys.modules), "frozen": gc.get_freeze_count()}
    notes.write_text(json.dumps(told | {"threshold": gc.get_threshold()}), "utf-8")
    self.exit("quit")


if __name__ == "__main__":
    notes = Path(sys.argv.pop(1))
    setattr(app.EspaceApp, MOMENT, note)
    begun = collections()
    program.main()
