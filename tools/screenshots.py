"""Draw the main screens for the documentation: ``python -m tools.screenshots [FOLDER]``.

Each scene plays the beginning of a walk on a wizard of its own, over a temporary store and a clock
that stands still, shows the step that it reached and presses a few keys. The people are fictitious.
Pictures are SVG without fonts of their own, so that they stay small.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from espace_tui.app import EspaceApp
from espace_tui.i18n import Texts
from tests.app.scenes import TO_CARD, TO_CREDENTIALS, WRONG
from tests.walks.plain import play
from tests.walks.script import (
    ACTIVATE,
    IDENTIFIER,
    TO_IDENTIFICATION,
    TO_MESSAGE,
    TO_REVIEW,
    TO_SPACE,
    Fill,
    Move,
    Walk,
)
from tests.walks.worlds import embedded

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
FONTS = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
PHOTO = Fill("kind", "photo")


@dataclass(frozen=True)
class Scene:
    """The beginning of a walk, the keys pressed at its end, and how it is shown."""

    name: str
    moves: tuple[Move, ...] = ()
    keys: tuple[str, ...] = ()
    theme: str = "dark"
    easy: bool = False
    languages: tuple[str, ...] = ("fr",)
    size: tuple[int, int] = (80, 24)

    def file(self, language: str) -> str:
        """Return the name of the picture in a language: the French one has the plain name."""
        return f"{self.name}.svg" if language == "fr" else f"{self.name}-{language}.svg"


BOTH = ("fr", "en")
"""The languages of the pictures of the READMEs."""
WIDE = (112, 28)
"""Wide enough for a panel beside."""
CODE = Fill("code", "bq7YxDRd9C4x")
SCENES = (
    Scene("welcome", languages=BOTH),
    Scene("identification", (*TO_IDENTIFICATION, CODE), languages=BOTH),
    Scene("easy", (*TO_IDENTIFICATION, CODE), easy=True, languages=BOTH),
    Scene("message", TO_MESSAGE, theme="light"),
    Scene("errors", (*TO_IDENTIFICATION, *WRONG), theme="light"),
    Scene("card", (*TO_CARD, PHOTO), size=WIDE),
    Scene("where", (*TO_CARD, PHOTO), ("tab", "f1"), languages=BOTH, size=(80, 34)),
    Scene("magnifier", (*TO_CARD, PHOTO, Fill("serial", "31415926535")), ("f4",), "yellow"),
    Scene("credentials", (*TO_CREDENTIALS, Fill("identifier", IDENTIFIER)), ("tab",)),
    Scene("review", TO_REVIEW, languages=BOTH),
    Scene("space", TO_SPACE, theme="contrast"),
    Scene("small", TO_IDENTIFICATION, size=(40, 12)),
)


FILM = tuple(
    Scene("walk", moves, keys, languages=BOTH)
    for moves, keys in (
        ((), ()),
        (TO_MESSAGE, ()),
        ((*TO_IDENTIFICATION, CODE), ()),
        ((*TO_CARD, PHOTO, Fill("serial", "31415926535")), ()),
        ((*TO_CREDENTIALS, Fill("identifier", IDENTIFIER)), ()),
        (TO_REVIEW, ()),
        (ACTIVATE, ()),
    )
)
"""The pictures of the walk to « C’est fait », one after the other."""
SECONDS = 3
"""How long each of them is shown."""
BOX = re.compile(r'viewBox="([^"]*)"')


def film(pictures: Sequence[str]) -> str:
    """Return one picture that shows others in turn; only the first one where nothing may move."""
    whole, share = SECONDS * len(pictures), 100 / len(pictures)
    style = (
        ".frame { visibility: hidden; } .frame:first-of-type { visibility: visible; } "
        "@media (prefers-reduced-motion: no-preference) { "
        f".frame {{ animation: turn {whole}s infinite steps(1); }} }} "
        "@keyframes turn { 0% { visibility: visible; } "
        f"{share:.3f}% {{ visibility: hidden; }} }}"
    )
    frames = [
        f'<g class="frame" style="animation-delay: {SECONDS * number}s">{picture}</g>'
        for number, picture in enumerate(pictures)
    ]
    box = BOX.findall(pictures[0])[0]
    head = f'<svg viewBox="{box}" xmlns="http://www.w3.org/2000/svg"><style>{style}</style>'
    return "\n".join([head, *frames, "</svg>", ""])


async def draw(scene: Scene, language: str) -> str:
    """Return the picture of a scene."""
    walk = Walk(scene.name, scene.moves)
    with tempfile.TemporaryDirectory() as folder:
        texts = Texts(language, easy=scene.easy)
        async with embedded(Path(folder), walk) as place:
            app = EspaceApp(await play(walk, place), texts, theme=scene.theme)
            async with app.run_test(size=scene.size) as pilot:
                await pilot.press(*scene.keys)
                await pilot.pause()
                return FONTS.sub("", app.export_screenshot(title="espace-tui"))


def main(folder: Path) -> None:
    """Write the picture of each scene."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.update(COLORTERM="truecolor", TERM="xterm-256color")  # whoever draws them
    for scene in SCENES:
        for language in scene.languages:
            picture = asyncio.run(draw(scene, language))
            (folder / scene.file(language)).write_text(picture, "utf-8")
            print(scene.file(language))
    for language in BOTH:
        pictures = [asyncio.run(draw(scene, language)) for scene in FILM]
        (folder / FILM[0].file(language)).write_text(film(pictures), "utf-8")
        print(FILM[0].file(language))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
