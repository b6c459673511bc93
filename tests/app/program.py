"""The face in a process of its own, for a real terminal: ``python -m tests.app.program PLACE``.

`PLACE` names where a walk is begun (`tests.app.scenes`); in the environment, `THEME` is its colours
and `MOUSE` asks for the mouse.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.geometry import Offset
from textual.pilot import Pilot
from typing_extensions import override

from espace_tui.app import EspaceApp
from espace_tui.i18n import Texts
from tests.app.scenes import SCENES
from tests.walks.full_screen import calm
from tests.walks.plain import play
from tests.walks.script import Walk
from tests.walks.worlds import embedded


def event_name(event: events.Event) -> str:
    """Return the name to report of an event that was handled: none for most."""
    match event:
        case events.Resize():
            return "{}x{}".format(*event.size)
        case events.Key():
            return (event.is_printable and event.character) or event.key
        case _:
            return ""


class ReportingApp(EspaceApp):
    """The app, which reports to its terminal, unseen, when all that a key asked is drawn."""

    _reports: ClassVar[set[asyncio.Task[None]]] = set()
    _painted_caret: Offset | None = None

    @property  # type: ignore[explicit-override] # mypy sees none on a property that can be set
    def cursor_position(self) -> Offset:
        """Read by Textual each time it paints: noted."""
        self._painted_caret = super().cursor_position
        return self._painted_caret

    @cursor_position.setter
    def cursor_position(self, position: Offset) -> None:
        self._cursor_position = position

    @override
    async def on_event(self, event: events.Event) -> None:
        forwarded = event.is_forwarded
        await super().on_event(event)
        if not forwarded and (done := event_name(event)):
            self._report(done)

    @override
    def _on_first_paint(self) -> None:
        super()._on_first_paint()
        self._report("start")

    def _report(self, what: str) -> None:
        self._reports.add(asyncio.create_task(self._report_when_calm(what)))

    async def _report_when_calm(self, what: str) -> None:
        await calm(Pilot(self))
        while getattr(self.screen, "caret", None) not in {None, self._painted_caret}:  # noqa: ASYNC110 — no event tells
            await asyncio.sleep(0)  # the focus has just moved: its paint is still to come
        if self._driver:
            self._driver.write(f"\x1b]9;done {what}\a")
            self._driver.flush()


async def run(name: str) -> None:
    """Show a scene, until the person leaves."""
    walk = Walk(name, SCENES[name][0])
    with tempfile.TemporaryDirectory() as folder:
        async with embedded(Path(folder), walk) as place:
            wizard = await play(walk, place)
            app = ReportingApp(wizard, Texts("fr"), theme=os.environ.get("THEME", "dark"))
            sys.stdout.write(f"ended: {await app.run_async(mouse='MOUSE' in os.environ)}\n")


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1]))
