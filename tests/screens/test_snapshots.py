"""How the screens look where the layout matters: small, usual and large, in both languages.

`pytest --snapshot-update` draws them again; look at what changed before keeping it.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest
from textual.pilot import Pilot

from espace_tui.app import EspaceApp
from espace_tui.i18n import Texts
from espace_tui.journey.wizard import Wizard
from espace_tui.widgets.themes import THEME_NAMES
from tests.app.scenes import SCENES
from tests.walks.plain import play
from tests.walks.script import Walk
from tests.walks.worlds import embedded

pytestmark = pytest.mark.no_cover  # other tests meet these lines: unmeasured, it is twice as quick

SPECIAL = (
    "welcome",
    "message",
    "identification",
    "card",
    "decision",
    "credentials",
    "review",
    "done",
    "space",
)
"""The screens that lay out what is theirs."""
SIZES = ((40, 12), (80, 24), (120, 40))
LOOKS = [
    *((name, "fr", size, "dark") for name in SPECIAL for size in SIZES),
    *((name, "en", (80, 24), "dark") for name in (*SPECIAL, "errors", "menu", "magnifier")),
    *(("card", "fr", (120, 40), theme) for theme in THEME_NAMES if theme != "dark"),
]


async def standing(name: str, folder: Path) -> Wizard:
    walk = Walk(name, SCENES[name][0])
    async with embedded(folder, walk) as place:
        return await play(walk, place)


@pytest.fixture(autouse=True)
def same_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every message bring the same code, so that its pictures are alike."""
    dealt = cycle("Kd7mP3xRw9Tf")
    monkeypatch.setattr("secrets.choice", lambda signs: next(one for one in dealt if one in signs))


async def until_still(pilot: Pilot[object]) -> None:
    """Wait until two looks are alike: a text tells whether it goes on once it is laid out."""
    seen = ""
    while seen != (now := pilot.app.export_screenshot()):
        seen = now
        await pilot.pause(0.02)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_a_screen_looks_as_it_did(
    look: tuple[str, str, tuple[int, int], str],
    tmp_path: Path,
    snap_compare: Callable[..., bool],
) -> None:
    name, language, size, theme = look
    wizard = asyncio.run(standing(name, tmp_path))
    app = EspaceApp(wizard, Texts(language), theme=theme)
    own = contextvars.copy_context()  # the app would else stay the active one of later tests
    assert own.run(
        snap_compare, app, press=SCENES[name][1], terminal_size=size, run_before=until_still
    )
