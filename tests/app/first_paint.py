"""The command line, which writes what it has imported when the first screen is painted.

``python first_paint.py FILE WORDS…`` runs ``espace-tui WORDS…`` until then, does what waits for
it, writes what that imported too, and leaves.
"""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path

from espace_tui import app, cli
from espace_tui.screens import preload

MOMENT = "_on_first_paint"


def note(self: app.EspaceApp) -> None:
    """Write the names of the modules before and after preloading, and how much is frozen."""
    painted = sorted(sys.modules)
    preload.start(self.tasks_ahead()).join()
    notes.write_text(json.dumps([painted, sorted(sys.modules), gc.get_freeze_count()]), "utf-8")
    self.exit("quit")


if __name__ == "__main__":
    notes = Path(sys.argv.pop(1))
    setattr(app.EspaceApp, MOMENT, note)
    cli.main()
