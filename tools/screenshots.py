"""Draw the main screens for the documentation: ``python -m tools.screenshots [FOLDER]``.

Each scene plays the beginning of a walk on a wizard of its own, over a store that is thrown away
and a clock that stands still, then shows where that led and presses a few keys. The people are
fictitious. Pictures are SVG without fonts of their own, so that they stay small.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from espace_tui.app import EspaceApp
from espace_tui.i18n import Texts
from tests.walks.plain import play
from tests.walks.script import (
    CARD,
    CONTACTS,
    DECIDE,
    IDENTIFIER,
    IDENTIFY,
    TO_IDENTIFICATION,
    TO_MESSAGE,
    TO_REVIEW,
    TO_SPACE,
    Do,
    Fill,
    Move,
    Walk,
)
from tests.walks.worlds import embedded

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
FONTS = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
TO_CARD = (*TO_IDENTIFICATION, *IDENTIFY)
TO_CREDENTIALS = (*TO_CARD, *CARD, *DECIDE, *CONTACTS)
WRONG = (Fill("code", "aB3dE5"), Fill("nir", "2 84 05 88 321 025 30"), Do())
PHOTO = Fill("kind", "photo")


@dataclass(frozen=True)
class Scene:
    """What is shown, and how."""

    name: str
    moves: tuple[Move, ...] = ()
    keys: tuple[str, ...] = ()
    theme: str = "dark"
    language: str = "fr"
    size: tuple[int, int] = (80, 24)


SCENES = (
    Scene("welcome"),
    Scene("message", TO_MESSAGE, theme="light"),
    Scene("errors", (*TO_IDENTIFICATION, *WRONG), theme="light"),
    Scene("card", (*TO_CARD, PHOTO), theme="contrast", size=(80, 34)),
    Scene("magnifier", (*TO_CARD, PHOTO, Fill("serial", "31415926535")), ("f4",), "yellow"),
    Scene("credentials", (*TO_CREDENTIALS, Fill("identifier", IDENTIFIER)), ("tab",)),
    Scene("review", TO_REVIEW, theme="terminal"),
    Scene("space", TO_SPACE, language="en", theme="light"),
    Scene("small", TO_IDENTIFICATION, size=(40, 12)),
)


async def draw(scene: Scene) -> str:
    """Return the picture of a scene."""
    walk = Walk(scene.name, scene.moves)
    with tempfile.TemporaryDirectory() as folder:
        async with embedded(Path(folder), walk) as place:
            app = EspaceApp(await play(walk, place), Texts(scene.language), theme=scene.theme)
            async with app.run_test(size=scene.size) as pilot:
                await pilot.press(*scene.keys)
                await pilot.pause()
                return FONTS.sub("", app.export_screenshot(title="espace-tui"))


def main(folder: Path) -> None:
    """Write the picture of each scene."""
    folder.mkdir(parents=True, exist_ok=True)
    for scene in SCENES:
        (folder / f"{scene.name}.svg").write_text(asyncio.run(draw(scene)), "utf-8")
        print(scene.name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
