"""Shows a wizard on the full screen, at any point of a walk; `Hands` type on its keyboard."""

from __future__ import annotations

import asyncio
import inspect
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.strip import Strip

from espace_tui.app import EspaceApp
from espace_tui.errors import ExpectedError
from espace_tui.i18n import Texts
from tests.walks.full_screen import Hands
from tests.walks.plain import play
from tests.walks.script import Move, Walk
from tests.walks.worlds import embedded

SIZE = (80, 24)
Part = Any
"""A backend or a part of one, a call of it, what that takes or returns."""


class SlowConnection:
    """A connection to a backend: every call waits until it is freed, and may fail first."""

    def __init__(self, *failures: ExpectedError, free: bool = True) -> None:
        self.failures = [*failures]
        self.freed = asyncio.Event()
        if free:
            self.freed.set()

    def over(self, backend: Part) -> Part:
        """Return the same, over this connection."""
        return _Remote(self, backend)


class _Remote:
    def __init__(self, connection: SlowConnection, backend: Part) -> None:
        self._connection = connection
        self._backend = backend

    def __getattr__(self, name: str) -> Part:
        found = getattr(self._backend, name)
        if not inspect.iscoroutinefunction(found):
            return found if isinstance(found, str) else _Remote(self._connection, found)

        async def call(*given: Part, **named: Part) -> Part:
            await self._connection.freed.wait()
            if self._connection.failures:
                raise self._connection.failures.pop(0)
            return await found(*given, **named)

        return call


def strips(app: EspaceApp) -> list[Strip]:
    """Return the lines as they are painted."""
    return app.screen._compositor.render_strips()  # noqa: SLF001 — no public call returns them


def cells(app: EspaceApp) -> str:
    """Return what is painted, line by line."""
    return "\n".join(strip.text for strip in strips(app))


@asynccontextmanager
async def open_app(
    moves: tuple[Move, ...] = (),
    *,
    size: tuple[int, int] = SIZE,
    language: str = "fr",
    theme: str = "dark",
    connection: SlowConnection | None = None,
    **options: Part,
) -> AsyncIterator[Hands]:
    """Show the step that the moves reach."""
    walk = Walk("to be shown", moves)
    with tempfile.TemporaryDirectory() as folder:
        async with embedded(Path(folder), walk) as place:
            texts = Texts(language)
            wizard = await play(walk, place)
            if connection:
                wizard.context = wizard.context._replace(backend=connection.over(place.backend))
            wizard.context = wizard.context._replace(masks=options.pop("masks", None))
            app = EspaceApp(wizard, texts, theme=theme, **options)
            async with app.run_test(size=size) as pilot:
                hands = Hands(app, pilot, texts)
                await hands.calm()
                yield hands
