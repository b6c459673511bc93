"""What only the guide shows: what it is, the address in large letters, numbers in large digits."""

from __future__ import annotations

import pytest

from espace_tui.app import EspaceApp
from espace_tui.i18n import Texts
from espace_tui.screens.dialogs.magnifier import LargeLetters
from espace_tui.widgets.header import NameBar
from espace_tui.widgets.site_address import LargeAddress, QrCode
from espace_tui.widgets.themes import THEME_NAMES
from tests.walks import plain
from tests.walks.full_screen import Hands
from tests.walks.guide_catalogue import NUMBERS, begin
from tests.walks.guide_world import GuideWorld
from tests.walks.script import Do, Move, Walk

READY = (*begin(), Do("have_time"), Do(), *NUMBERS[:-1])
OPEN = (*begin(goal="sign-in", reach=""),)


async def shown(moves: tuple[Move, ...]) -> EspaceApp:
    """Return the application where some moves lead."""
    wizard = await plain.play(Walk("there", moves), GuideWorld())
    return EspaceApp(wizard, Texts("fr"), theme=THEME_NAMES[0])


@pytest.mark.parametrize(
    ("size", "has_code"), [((80, 24), True), ((72, 22), True), ((59, 30), False), ((80, 21), False)]
)
async def test_the_address_is_large_and_a_code_where_it_fits(
    size: tuple[int, int], *, has_code: bool
) -> None:
    app = await shown(OPEN)
    async with app.run_test(size=size) as pilot:
        await Hands(app, pilot, Texts("fr")).calm()
        letters, code = app.screen.query_one(LargeAddress), app.screen.query_one(QrCode)
        assert letters.size.width <= 37
        assert code.display is has_code
        assert app.screen.query_one(NameBar).tag == " GUIDE NON OFFICIEL "


async def test_the_numbers_are_shown_in_large_digits_on_request() -> None:
    app = await shown(READY)
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(app, pilot, Texts("fr"))
        await hands.calm()
        assert "2 55 08 14 168 025" in hands.words()
        await hands.press("f4")
        assert len(app.screen.query(LargeLetters)) == 3 + 6 + 1 + 3
