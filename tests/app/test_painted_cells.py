"""Promises about what is written: the terminal shows the same, and is told no more than it must."""

from __future__ import annotations

import random
import threading
from queue import SimpleQueue

import pyte
import pytest
from rich.cells import set_cell_size
from textual._compositor import CompositorUpdate
from textual.screen import Screen
from typing_extensions import override

from espace_tui.app import EspaceApp
from espace_tui.app.driver import EspaceDriver
from espace_tui.app.painted_cells import SYNC_END, SYNC_START, PaintedCells, blank_style
from espace_tui.i18n import Texts
from espace_tui.widgets.fields.text_input import TextInput
from espace_tui.widgets.themes import THEME_NAMES
from tests.walks import plain
from tests.walks.full_screen import Hands
from tests.walks.guide_catalogue import begin
from tests.walks.guide_world import GuideWorld
from tests.walks.script import Do, Walk

SIZE = COLUMNS, ROWS = 20, 6
STYLES = ("", "1", "7", "4;38;2;1;2;3", "38;2;48;2;22;48;2;9;9;9", "38;5;7;48;5;3", "1;97;40", "44")
WORDS = (" ", "   ", "abc", "é·…", "━━━━", "╭──╮", "漢字", "e\u0301", "•••", "👍", "a b")


def frame(draw: random.Random) -> str:
    """Return a frame as Textual paints it: places, styles, texts, then the cursor."""
    written = ""
    for _ in range(draw.randint(1, 6)):
        row, column = draw.randint(1, ROWS), draw.choice((1, 6, 11))
        written += f"\x1b[{row};{column}H"
        for _ in range(draw.randint(1, 2)):
            style, text = draw.choice(STYLES), set_cell_size(draw.choice(WORDS), 5)
            written += f"\x1b[{style}m{text}\x1b[0m" if style else text
        written += "\n" if row < ROWS else ""
    return f"{written}\x1b[{draw.randint(1, ROWS)};{draw.randint(1, COLUMNS)}H"


def shown(screen: pyte.Screen) -> list[tuple[object, ...]]:
    """Return what is seen of each cell, and where the cursor is: a space has no ink."""
    cells: list[tuple[object, ...]] = [(screen.cursor.y, screen.cursor.x)]
    for row in range(ROWS):
        for column in range(COLUMNS):
            cell = screen.buffer[row][column]
            ink = () if cell.data == " " and not cell.reverse else (cell.fg, cell.bold)
            cells.append((cell.data, cell.bg, cell.reverse, cell.underscore, *ink))
    return cells


@pytest.mark.parametrize("seed", range(8))
def test_the_terminal_shows_the_same(seed: int) -> None:
    draw = random.Random(seed)
    wanted, found = pyte.Screen(*SIZE), pyte.Screen(*SIZE)
    all_of_it = pyte.Stream(wanted)
    painted = PaintedCells(pyte.Stream(found).feed)
    for _ in range(150):
        if not draw.randint(0, 9):
            painted.forget()
        frames = frame(draw)
        all_of_it.feed(frames)
        painted.paint(frames)
        assert shown(found) == shown(wanted)


def written(*frames: str) -> list[str]:
    out: list[str] = []
    painted = PaintedCells(out.append)
    for each in frames:
        painted.paint(each)
    return out


FIRST = "\x1b[1;1H\x1b[1mCode\x1b[2;1H\x1b[m┏━━━━┓\x1b[2;2H"


def test_what_stands_already_is_not_written_again() -> None:
    assert written(FIRST, SYNC_START, FIRST, SYNC_END) == [FIRST]


def test_only_what_changes_is_written() -> None:
    assert written(FIRST, FIRST.replace("Code", "Cote"))[1:] == [
        "\x1b[1;3H\x1b[1mt\x1b[0m\x1b[2;2H"
    ]


def test_what_is_no_frame_goes_through() -> None:
    modes = ["\x1b[?1049h", "\x1b[>25u", "\x07", "\x1b]0;title\x07"]
    assert written(*modes) == modes


def test_after_what_is_not_understood_everything_is_written() -> None:
    cleared = "\x1b[2J\x1b[1;1Hnew"
    assert written(FIRST, cleared, FIRST) == [FIRST, cleared, FIRST]


@pytest.mark.parametrize(
    ("style", "blank"),
    [
        ("1;38;2;244;244;244;48;2;22;22;22", "48;2;22;22;22"),
        ("38;2;48;2;22;48;2;9;9;9", "48;2;9;9;9"),
        ("97;40", "40"),
        ("4;37", "4;37"),
        ("7", "7"),
        ("", ""),
    ],
)
def test_a_space_has_only_its_ground(style: str, blank: str) -> None:
    assert blank_style(style) == blank


class OnTerminal(EspaceApp):
    """The application, which paints although it has no terminal."""

    @override
    def _display(self, screen: Screen[object], renderable: object) -> None:
        if isinstance(renderable, CompositorUpdate):
            self.painted_cells.paint(renderable.render_segments(self.console) + "\x1b[1;1H")


async def test_what_scrolls_while_it_changes_is_painted_where_it_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A field is left, which groups its number, and the next one is further down."""
    monkeypatch.delattr(TextInput, "virtual_size")  # as where a change lays the page out
    wizard = await plain.play(Walk("numbers", (*begin(), Do("have_time"), Do())), GuideWorld())
    size = 80, 24
    terminal = pyte.Screen(*size)
    app = OnTerminal(wizard, Texts("fr"), theme=THEME_NAMES[0])
    app.painted_cells.write = pyte.Stream(terminal).feed
    async with app.run_test(size=size) as pilot:
        hands = Hands(app, pilot, Texts("fr"))
        for typed in ("14/05/1955", "255081416802538"):
            await pilot.press(*typed.replace("/", ""), "tab")
            await hands.calm()
        found = terminal.display
        app.screen.refresh()
        await hands.calm()
        assert terminal.display == found


def test_a_frame_leaves_before_the_rest_of_a_key_is_done() -> None:
    """The thread that writes is given the interpreter; it would get it 5 ms later."""
    frames, written = SimpleQueue[str](), threading.Event()

    def write() -> None:
        while frames.get():
            written.set()

    driver, in_time = EspaceDriver.__new__(EspaceDriver), 0
    writer = threading.Thread(target=write)
    writer.start()
    for _ in range(100):
        written.clear()
        frames.put("frame")
        driver.flush()
        in_time += written.is_set()
    frames.put("")
    writer.join()
    assert in_time > 20
