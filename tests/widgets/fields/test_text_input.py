"""The input one types in: forgiving, discreet, bounded."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rich.segment import Segment
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.strip import Strip
from typing_extensions import override

from espace_tui.i18n import Text, Texts
from espace_tui.journey.form import Field, FieldKind
from espace_tui.validators import nir, one_time_code, provisional_code
from espace_tui.widgets.fields.text_input import LIMIT, TextInput
from espace_tui.widgets.fields.text_row import TextRow
from espace_tui.widgets.themes import DEFAULT_THEME, THEMES
from espace_tui.widgets.ui_text import UiText
from tests.walks.full_screen import calm, plain

NIR = Field("nir", nir.parse, normalize=nir.normalize, length=15)
CODE = Field("code", provisional_code.parse, normalize=provisional_code.normalize, length=12)
ONE_TIME = Field("one_time_code", one_time_code.parse, normalize=one_time_code.normalize, length=6)
SECRET = Field("password", str, FieldKind.SECRET, normalize=str)
PART = Field("nir", nir.parse, normalize=str)
RETYPED = Field("confirmation", str, FieldKind.SECRET, normalize=str, paste=False)


class OneRow(App[None]):
    """A single field on a screen, and what is sent to the terminal's clipboard."""

    def __init__(self, field: Field, text: str = "") -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DEFAULT_THEME
        self.field = field
        self.text = text
        self.copied: list[str] = []

    @override
    def compose(self) -> ComposeResult:
        self.row = TextRow(UiText(Texts("fr")), self.field, self.text)
        yield self.row

    @override
    def copy_to_clipboard(self, text: str) -> None:
        self.copied.append(text)

    @property
    def line(self) -> TextInput:
        return self.row.input


@asynccontextmanager
async def one(
    field: Field, text: str = "", size: tuple[int, int] = (60, 12)
) -> AsyncIterator[Pilot[None]]:
    async with OneRow(field, text).run_test(size=size) as pilot:
        line(pilot).focus()
        await calm(pilot)
        yield pilot


def line(pilot: Pilot[None]) -> TextInput:
    assert isinstance(pilot.app, OneRow)
    return pilot.app.line


async def drawn(pilot: Pilot[None]) -> str:
    await calm(pilot)
    return line(pilot).render_line(0).text


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
        told = pilot.app.query("FieldInfo Label").last()
        assert Texts("fr")(RETYPED.text_for("paste")) in plain(told)


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


FULL = Texts("fr")(Text("face.full", {"limit": LIMIT}))


def messages(pilot: Pilot[None]) -> list[str]:
    return [plain(message) for message in pilot.app.query("FieldInfo Label")]


async def test_a_paste_that_would_not_fit_is_refused_in_words_and_nothing_is_cut() -> None:
    async with one(PART) as pilot:
        await pilot.press("a", "b", "left")
        await paste(pilot, "é漢" * (LIMIT // 2))
        assert line(pilot).value == "ab"
        assert messages(pilot) == [FULL]
        assert "rien n’a été ajouté" in FULL
        await paste(pilot, "é漢" * (LIMIT // 2 - 1))
        assert line(pilot).value == "a" + "é漢" * (LIMIT // 2 - 1) + "b"


async def test_a_megabyte_is_refused_as_soon_as_anything_else() -> None:
    async with one(SECRET) as pilot:
        start = time.process_time()
        await paste(pilot, "é漢👨‍👩‍👧a" * 150_000)
        await pilot.press(*"0123456789", "left", "home", "end", "backspace")
        assert time.process_time() - start < 2
        assert line(pilot).value == "012345678"


async def test_a_key_too_many_says_so_and_the_others_work() -> None:
    async with one(NIR, "x" * LIMIT) as pilot:
        assert messages(pilot) == []
        await pilot.press("y")
        await calm(pilot)
        assert line(pilot).value == "x" * LIMIT
        assert messages(pilot) == [FULL]
        await pilot.press("backspace", "y")
        assert line(pilot).value == "x" * (LIMIT - 1) + "y"


async def test_what_was_too_long_elsewhere_is_all_there_and_can_be_shortened() -> None:
    async with one(NIR, "x" * (LIMIT + 9)) as pilot:
        assert len(line(pilot).value) == LIMIT + 9
        await pilot.press("backspace", "home", "delete")
        assert len(line(pilot).value) == LIMIT + 7


@pytest.mark.parametrize("hidden", [True, False])
@pytest.mark.parametrize("text", ["abc", "é漢字a", "a\x07\u202e\x1bb", "漢" * 60])
async def test_the_caret_is_after_what_is_drawn_before_it(text: str, *, hidden: bool) -> None:
    async with one(SECRET, text) as pilot:
        assert isinstance(pilot.app, OneRow)
        if not hidden:
            pilot.app.row.toggle_reveal()
        await calm(pilot)
        assert line(pilot).content_region.contains_point(line(pilot).caret)
        before = Strip([Segment(line(pilot).shown()[:-1])]).cell_length
        await pilot.press("left")
        column = line(pilot).caret.x - line(pilot).content_region.x + line(pilot).scroll_offset.x
        assert column == before
        assert line(pilot).content_region.contains_point(line(pilot).caret)
        assert pilot.app.cursor_position == line(pilot).caret


async def test_a_long_answer_is_seen_from_its_end_when_one_comes_back() -> None:
    async with one(NIR, "abcdefghijklmnopqrstuvwxyz0123456789", size=(40, 12)) as pilot:
        assert (await drawn(pilot)).rstrip().endswith("789")


async def test_what_is_typed_is_seen_around_the_caret() -> None:
    async with one(NIR, size=(40, 12)) as pilot:
        line(pilot).set_text("abcdefghijklmnopqrstuvwxyz0123456789")
        assert (await drawn(pilot)).rstrip().endswith("789")
        await pilot.press("home")
        assert (await drawn(pilot)).startswith("abc")
        line(pilot).cursor_position = 36
        assert (await drawn(pilot)).rstrip().endswith("789")
        line(pilot).delete(6, 36)
        assert (await drawn(pilot)).rstrip() == "abcdef"


async def test_controls_never_reach_the_terminal() -> None:
    async with one(SECRET) as pilot:
        assert isinstance(pilot.app, OneRow)
        await paste(pilot, "a\x1b[2J\x07\u202eb\ud800c")
        pilot.app.row.toggle_reveal()
        await calm(pilot)
        assert (await drawn(pilot)).strip() == "a�[2J��b�c"
        assert line(pilot).value == "a\x1b[2J\x07\u202eb\ud800c"


async def test_what_is_typed_moves_nothing_on_the_page() -> None:
    """A page that is laid out again for a letter costs more than the letter."""
    async with one(CODE) as pilot:
        laid_out: list[object] = []
        pilot.app.screen.screen_layout_refresh_signal.subscribe(line(pilot), laid_out.append)
        await pilot.press("k", "d", "7", "backspace")
        await calm(pilot)
        assert (line(pilot).value, laid_out) == ("kd", [])
