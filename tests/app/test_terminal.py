"""In a real terminal: the cursor is where the focus is, silence is silence, nothing is left."""

from __future__ import annotations

import pytest

from espace_tui.app.painted_cells import SYNC_START
from tests.app.terminal import KEYS, RealTerminal, open_terminal

pytestmark = pytest.mark.no_cover  # other tests meet these lines: unmeasured, it is twice as quick

FRAME = "┃"
"""The heavy side of the line that has the focus; of a small one, `▌`."""


def on_the_focus(shown: RealTerminal) -> bool:
    """Whether the visible cursor is on the marked thing: a line, a button, an option, a box."""
    at, line = shown.screen.cursor.x, shown.line
    marked = ">" in line[max(at - 3, 0) : at + 1]
    small = "▌" in line[:at] and "▐" in line[at:]
    typed = FRAME in line[:at] and FRAME in line[at:]
    return not shown.screen.cursor.hidden and (marked or small or typed)


LARGE, SMALL = (80, 24), (40, 12)


@pytest.mark.parametrize(
    ("place", "size"),
    [("card", LARGE), ("decision", SMALL), ("errors", LARGE), ("credentials", SMALL)],
)
def test_the_cursor_is_on_what_has_the_focus(place: str, size: tuple[int, int]) -> None:
    with open_terminal(place, size) as shown:
        seen = set()
        for _ in range(12):
            shown.press("tab")
            text_to_read = not on_the_focus(shown)
            assert not shown.screen.cursor.hidden
            seen.add((shown.line, text_to_read))
        assert len([line for line, text in seen if not text]) >= 4
        assert len([line for line, text in seen if text]) <= 1, shown


def test_the_cursor_follows_the_option_and_the_caret() -> None:
    with open_terminal("card") as shown:
        assert "> (•) 1." in shown.line
        shown.press("down")
        assert "> ( ) 2." in shown.line
        shown.press("tab", "end", "7")
        assert shown.line[: shown.screen.cursor.x].rstrip().endswith("7")
        shown.send(b"\x1b[1;2H\x18")  # select all, cut
        shown.press("8")
        assert shown.line[: shown.screen.cursor.x].rstrip().endswith("8")
        assert b"\x1b]52" not in shown.raw


def test_nothing_is_written_while_nothing_is_done() -> None:
    with open_terminal("card") as shown:
        assert shown.is_silent(1)
        for key in ("f1", "f4", "f6", "f2", "f9", "ctrl+c"):
            shown.press(key)
            assert shown.is_silent(0.8), key
            shown.press("escape")
        shown.press("tab", "7")
        assert shown.is_silent(1)
        assert shown.wakes(0.5) == 0


def test_everything_personal_stays_in_the_other_screen() -> None:
    with open_terminal("review") as shown:
        assert "Étape 6 sur 6" in shown.text
        shown.press("ctrl+c", "tab", "enter")
        shown.until(lambda: b"ended: quit" in shown.raw)
        before, _, rest = bytes(shown.raw).partition(b"\x1b[?1049h")
        within, _, after = rest.rpartition(b"\x1b[?1049l")
        assert "Étape" not in before.decode()
        assert "Étape 6" in within.decode()
        assert "ended: quit" in after.decode()
        assert "Étape" not in after.decode()
        assert b"\x1b[?25h" in after


def test_what_is_not_utf_8_is_shown_and_ends_nothing() -> None:
    with open_terminal("identification") as shown:
        shown.send(b"caf\xe9 \xff\x80")
        shown.send("é漢\x00".encode())
        shown.until(lambda: "caf� ��é" in shown.line)


def test_a_megabyte_pasted_freezes_nothing() -> None:
    with open_terminal("identification") as shown:
        shown.send(b"\x1b[200~" + "é漢a\n".encode() * 140_000 + b"\x1b[201~")
        assert shown.is_silent(2)
        assert "rien n’a été ajouté" in shown.text
        shown.press("tab")
        shown.press(*"2 84")
        assert "2 84" in shown.line
        assert on_the_focus(shown)


def test_resizing_keeps_the_cursor_in_the_field() -> None:
    with open_terminal("identification") as shown:
        shown.press("aB3d")
        for size in ((40, 12), (120, 40), (60, 20)):
            shown.resize(*size)
            assert shown.is_silent(0.5)
            assert "aB3d" in shown.line
            assert on_the_focus(shown), shown


def test_what_the_terminal_answers_by_itself_is_not_typed() -> None:
    with open_terminal("identification") as shown:
        shown.send(b"\x1b]11;rgb:1e1e/1e1e/1e1e\x07\x1b[?62;1;2c\x1bP>|tmux 3.3a\x1b\\")
        shown.send(b"\x1b[97;1:1u\x1b[9999999u\x1b[1;1:3D")
        shown.press("7")
        assert "\u2503 a7 " in shown.line


def test_a_paste_that_never_ends_takes_nothing_away() -> None:
    with open_terminal("identification") as shown:
        shown.send(b"\x1b[200~Kd7m")
        shown.until(lambda: "Kd7m" in shown.line)
        shown.send(b"\x1b[200~P3xR")
        shown.press("ctrl+c")
        shown.until(lambda: "Quitter" in shown.text)


FEW_BYTES = {"a move of the focus": ("down", 400), "a key in a field": ("7", 500)}


@pytest.mark.parametrize(("key", "most"), FEW_BYTES.values(), ids=FEW_BYTES)
def test_no_more_is_written_than_what_changes(key: str, most: int) -> None:
    with open_terminal("identification" if key == "7" else "welcome") as shown:
        assert shown.is_silent(0.5)
        before = len(shown.raw)
        shown.press(key)
        assert shown.is_silent(0.3)
        reports = len(f"\x1b]9;done {key}\a")
        assert 0 < len(shown.raw) - before - reports <= most


def test_a_change_of_step_is_written_in_one_frame() -> None:
    with open_terminal("identification") as shown:
        assert shown.is_silent(0.5)
        before = len(shown.raw)
        shown.send(KEYS["escape"])
        shown.until(lambda: "F10  Commencer" in shown.text)
        assert shown.is_silent(0.5)
        assert shown.raw[before:].count(SYNC_START.encode()) == 1
