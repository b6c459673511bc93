"""How the screens look where the layout matters: small, usual and large, in both languages.

`pytest --snapshot-update` draws them again; look at what changed before keeping it.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from pathlib import Path

import pytest

from espace_tui.app import EspaceApp
from espace_tui.i18n import Texts
from espace_tui.journey.wizard import Wizard
from tests.app.scenes import SCENES
from tests.walks.plain import play
from tests.walks.script import Walk
from tests.walks.worlds import embedded

LOOKS = [
    ("welcome", "fr", (40, 12)),
    ("welcome", "fr", (80, 24)),
    ("welcome", "en", (120, 40)),
    ("errors", "fr", (40, 12)),
    ("errors", "en", (80, 24)),
    ("card", "en", (40, 12)),
    ("card", "fr", (120, 40)),
    ("decision", "fr", (80, 24)),
    ("menu", "en", (80, 24)),
]


async def standing(name: str, folder: Path) -> Wizard:
    walk = Walk(name, SCENES[name][0])
    async with embedded(folder, walk) as place:
        return await play(walk, place)


@pytest.mark.parametrize(("name", "language", "size"), LOOKS)
def test_a_screen_looks_as_it_did(
    name: str,
    language: str,
    size: tuple[int, int],
    tmp_path: Path,
    snap_compare: Callable[..., bool],
) -> None:
    wizard = asyncio.run(standing(name, tmp_path))
    app = EspaceApp(wizard, Texts(language), theme="dark")
    own = contextvars.copy_context()  # the app would else stay the active one of later tests
    assert own.run(snap_compare, app, press=SCENES[name][1], terminal_size=size)
