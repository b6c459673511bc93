"""Every token of the themes is of use, and nothing has a colour of its own."""

from __future__ import annotations

import re
from pathlib import Path

import espace_tui
from espace_tui.widgets.themes import THEMES, TOKENS

SHEETS = "\n".join(
    path.read_text("utf-8")
    for part in ("widgets", "screens", "app")
    for path in (Path(espace_tui.__file__).parent / part).rglob("*.py")
    if path.name not in {"themes.py", "few_colours.py", "site_address.py"}
)


# A telephone reads the picture of an address in black on white only: `site_address.py`.


def test_every_token_is_used() -> None:
    used = set(re.findall(r"\$([a-z-]+)", SHEETS))
    assert set(TOKENS) - used == set()


def test_no_style_names_a_colour() -> None:
    assert re.findall(r"#[0-9a-f]{6}\b", SHEETS) == []


def test_every_theme_has_every_token() -> None:
    for theme in THEMES:
        own = {*(theme.variables or {}), *("background", "surface", "foreground")}
        assert set(TOKENS) - own - {"accent", "warning", "error"} == set()


def test_a_drawn_card_or_letter_is_set_off_from_the_page_in_every_theme() -> None:
    for name in ("card", "letter"):
        for ground, edge, page in zip(
            TOKENS[name], TOKENS[f"{name}-edge"], TOKENS["background"], strict=True
        ):
            assert {ground, edge} != {page}
