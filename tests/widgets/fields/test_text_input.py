"""The line one types in: forgiving, discreet, quick whatever it holds."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from typing_extensions import override

from espace_tui.i18n import Texts
from espace_tui.journey.form import Field, Kind
from espace_tui.validators import nir, one_time_code, provisional_code
from espace_tui.widgets.fields.text_input import TextInput, visible_range
from espace_tui.widgets.fields.text_row import TextRow
from espace_tui.widgets.themes import DEFAULT_THEME, THEMES
from espace_tui.widgets.ui_text import UiText
from tests.walks.full_screen import calm, plain

CHARACTERS = st.lists(st.integers(0, 2), max_size=60)


@given(CHARACTERS, st.integers(0, 60), st.integers(3, 20), st.integers(0, 60))
def test_the_caret_is_seen_and_everything_fits(
    widths: list[int], caret: int, width: int, start: int
) -> None:
    caret = min(caret, len(widths))
    first, last = visible_range(
        widths.__getitem__, size=len(widths), caret=caret, width=width, start=start
    )
    assert 0 <= first <= caret <= last <= len(widths)
    assert sum(widths[first:last]) <= width
    assert sum(widths[first:caret]) < width
    if first > 0:
        assert sum(widths[first - 1 : last]) >= width - 1 or last < len(widths)


NIR = Field("nir", nir.parse, tidy=nir.tidy, length=15)
CODE = Field("code", provisional_code.parse, tidy=provisional_code.tidy, length=12)
ONE_TIME = Field("one_time_code", one_time_code.parse, tidy=one_time_code.tidy, length=6)
SECRET = Field("password", str, Kind.SECRET, tidy=str)
RETYPED = Field("confirmation", str, Kind.SECRET, tidy=str, paste=False)


class OneRow(App[None]):
    """A single field on a screen, and what is sent to the terminal's clipboard."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DEFAULT_THEME
        self.row = TextRow(UiText(Texts("fr")), field, "")
        self.copied: list[str] = []

    @override
    def compose(self) -> ComposeResult:
        yield self.row

    @override
    def copy_to_clipboard(self, text: str) -> None:
        self.copied.append(text)

    @property
    def line(self) -> TextInput:
        return self.row.input


@asynccontextmanager
async def one(field: Field, size: tuple[int, int] = (60, 12)) -> AsyncIterator[Pilot[None]]:
    async with OneRow(field).run_test(size=size) as pilot:
        line(pilot).focus()
        await calm(pilot)
        yield pilot


def line(pilot: Pilot[None]) -> TextInput:
    assert isinstance(pilot.app, OneRow)
    return pilot.app.line


def drawn(pilot: Pilot[None]) -> str:
    here = line(pilot)
    return here.render_line(0).text


async def paste(pilot: Pilot[None], text: str) -> None:
    line(pilot).post_message(events.Paste(text))
    await calm(pilot)


PASTES = [
    (NIR, "2 84 05 88 321 025 32", "284058832102532"),
    (NIR, "2\u202f84\u00a005 88 321 025 32\n", "284058832102532"),
    (NIR, "Numéro de sécurité sociale : 2 84 05 88 321 025 32.", "284058832102532"),
    (NIR, "NIR\n2-84-05-88-321-025-32\nmerci", "284058832102532"),
    (CODE, "Bonjour,\nCode provisoire pour Zoé :\n\naB3dE5fG7hJ9\n\nÀ bientôt", "aB3dE5fG7hJ9"),
    (ONE_TIME, "Votre code : 034567", "034567"),
    (ONE_TIME, "034 567\r\n", "034567"),
]


@pytest.mark.parametrize(("field", "pasted", "value"), PASTES)
async def test_a_paste_with_words_around_becomes_the_value(
    field: Field, pasted: str, value: str
) -> None:
    async with one(field) as pilot:
        await paste(pilot, pasted)
        assert "".join(line(pilot).value.split()) == value
        assert field.parse(line(pilot).value)


async def test_a_whole_value_replaces_what_was_there_and_a_part_goes_to_the_caret() -> None:
    async with one(NIR) as pilot:
        await paste(pilot, "2 84 05")
        await paste(pilot, "88 321")
        assert "".join(line(pilot).value.split()) == "2840588321"
        await paste(pilot, "284058832102532")
        assert NIR.parse(line(pilot).value) == NIR.parse("284058832102532")


async def test_a_refused_paste_says_why_and_changes_nothing() -> None:
    async with one(RETYPED) as pilot:
        await pilot.press("a", "b")
        await paste(pilot, "abcd")
        assert line(pilot).value == "ab"
        told = pilot.app.query("FieldMessages Label").last()
        assert Texts("fr")(RETYPED.say("paste")) in plain(told)


@pytest.mark.parametrize("field", [NIR, SECRET])
async def test_nothing_goes_to_the_clipboard_of_the_terminal(field: Field) -> None:
    async with one(field) as pilot:
        await pilot.press("2", "8", "4", "shift+home", "ctrl+c", "ctrl+x", "super+c")
        assert isinstance(pilot.app, OneRow)
        assert pilot.app.copied == []
        assert line(pilot).value == "284"


async def test_messages_do_not_carry_what_was_typed() -> None:
    async with one(SECRET) as pilot:
        await pilot.press(*"secret")
        here = line(pilot)
        sent = (TextInput.Changed(here), TextInput.Blurred(here), TextInput.Pasted(here, "secret"))
        assert "secret" not in repr(sent)
        assert "secret" not in repr((pilot.app.query_one(TextRow), here))


async def test_a_very_long_paste_is_kept_whole_and_costs_nothing_more() -> None:
    text = "é漢👨‍👩‍👧a" * 150_000
    async with one(SECRET) as pilot:
        await paste(pilot, text)
        assert line(pilot).value == text
        start = time.process_time()
        await pilot.press(*"0123456789", "left", "home", "end", "backspace")
        assert time.process_time() - start < 2
        assert line(pilot).value == text + "012345678"


async def test_what_is_typed_is_seen_around_the_caret() -> None:
    async with one(NIR, size=(40, 12)) as pilot:
        line(pilot).set_text("abcdefghijklmnopqrstuvwxyz0123456789")
        assert drawn(pilot).rstrip().endswith("789")
        await pilot.press("home")
        assert drawn(pilot).startswith("abc")
        line(pilot).cursor_position = 36
        assert drawn(pilot).rstrip().endswith("789")
        line(pilot).delete(6, 36)
        assert drawn(pilot).rstrip() == "abcdef"


async def test_controls_never_reach_the_terminal() -> None:
    async with one(SECRET) as pilot:
        assert isinstance(pilot.app, OneRow)
        await paste(pilot, "a\x1b[2J\x07\u202eb\ud800c")
        pilot.app.row.toggle_reveal()
        await calm(pilot)
        assert drawn(pilot).strip() == "a�[2J��b�c"
        assert line(pilot).value == "a\x1b[2J\x07\u202eb\ud800c"


# FOLDED DOCSTRINGS
# What is visible of a line holds the caret, fits, and wastes no room.
