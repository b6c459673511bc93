"""Editing a line: what is on the screen is what is on the line, and only backspaces go back."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from contextlib import suppress
from io import StringIO
from threading import Timer
from time import monotonic

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace_tui.linear.console.keys import SEQUENCE_SECONDS
from espace_tui.linear.console.line_editor import (
    CONTROLS,
    SEQUENCES,
    Keyboard,
    LineBuffer,
    apply_key,
)
from espace_tui.linear.console.port import UnreadableLineError
from espace_tui.linear.console.reader import MAX_LINE, LineReader
from espace_tui.linear.console.tty import SignalHandlers

EDITS = [*CONTROLS, *(f"\x1b[{end}" for end in SEQUENCES)]
KEYS = st.lists(st.one_of(st.sampled_from(EDITS), st.text("aZ9é字 ", min_size=1, max_size=3)))


@given(st.text("abé字 ", max_size=8), KEYS)
def test_the_screen_shows_the_line_and_only_backspaces_go_back(text: str, keys: list[str]) -> None:
    written = StringIO()
    line = LineBuffer(written.write, text)
    for key in (*keys, "*"):  # the last one shows where the cursor was
        apply_key(line, key)
    screen = pyte.Screen(400, 2)
    pyte.Stream(screen).feed(written.getvalue())
    assert screen.display[0].rstrip() == line.text.rstrip()
    assert set(written.getvalue()) <= set("aZ9é字b *\b")


def sent(keys: bytes) -> int:
    """Return where some keys, and nothing more, can be read."""
    source, target = os.pipe()
    os.write(target, keys)
    os.close(target)
    return source


def typed(keys: bytes) -> Keyboard:
    """Return a keyboard on which some keys were pressed."""
    return Keyboard(sent(keys))


def read(keyboard: Keyboard, text: str = "") -> str:
    return keyboard.read_line(LineBuffer(len, text))


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (b"abc\n", "abc"),
        (b"abd\x7fc\n", "abc"),
        (b"bc\x1b[Ha\n", "abc"),
        (b"bc\x1bOHa\n", "abc"),
        (b"ac\x1b[Db\n", "abc"),
        (b"ac\x1b[D\x1b[C\x1b[Db\x05d\n", "abcd"),
        (b"x y\x17z\n", "x z"),
        (b"abc\x15d\n", "d"),
        (b"abc\x01\x0bd\n", "d"),
        (b"abc\x01\x1b[3~\n", "bc"),
        (b"abc\x01\x04\n", "bc"),
        (b"a\x1b[1;5Db\x1b[200~c\x00\x07\n", "abc"),
        (b"e\xcc\x81\x7fa\n", "a"),
        ("é".encode() + b"\n", "é"),
        (b"last", "last"),
        (b"a\x1b", "a"),
        (b"a\x1b[", "a"),
        # an Escape is forgotten, and nothing after it is lost
        (b"a\x1bbc\n", "abc"),
        (b"ac\x1b\x1b[Db\n", "abc"),
        (b"ab\x1b\x7fc\n", "ac"),
        (b"a\x1b[\xc3\xa9\n", "aé"),
        # replies of a terminal, reports, function keys
        (b"a\x1b]11;rgb:1e1e/1e1e/1e1e\x07b\n", "ab"),
        (b"a\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\b\n", "ab"),
        (b"a\x1bP1$r0m\x1b\\b\x1b_Gi=31;OK\x1b\\c\x1b^x\x1b\\\x1bXy\x1b\\\n", "abc"),
        (b"a\x1b[?62;1;4cb\x1b[>0;276;0cc\x1b[=0cd\x1b[?2026;2$ye\x1b[24;80R\n", "abcde"),
        (b"a\x1b[[A\x1b[[Eb\x1bOPc\x1b[11~\x1b[19~\x1b[I\x1b[O\n", "abc"),
        (b"a\x1b[M !!b\x1b[<0;10;10Mc\n", "abc"),
        ("a\u009d11;x\u009cb\u009b?1cc\n".encode(), "abc"),
        (b"a\x1b]11;no end\rb", "a"),
        # the keypad in application mode
        (b"\x1bOq\x1bOw\x1bOn\x1bOp\x1bOM", "17.0"),
        # keys reported by their number, where a program that crashed left that on
        (b"\x1b[97u\x1b[98;1:1u\x1b[98;1:3u\x1b[99;129u\x1b[13u", "abc"),
        (b"\x1b[97;2u\x1b[97:65;2u\x1b[27;2;65~\x1b[113::97;;97u\x1b[97;3u\n", "AAAa"),
        (b"abd\x1b[127u\x1b[27uc\x1b[57441;2u\x1b[57344u\x1b[55296u\n", "abc"),
        (b"\x1b[57400u\x1b[57409u\x1b[27;1;50~\x1b[57414u", "1.2"),
        (b"ac\x1b[1;129Db\x1b[1;129:3D\x1b[1;1:2Cd\n", "abcd"),
        (b"xyz\x1b[117;5uabc\x1b[49;5u\n", "abc"),
        # a terminal that does not make a line feed of Enter
        (b"abc\r", "abc"),
    ],
)
def test_the_usual_keys_edit_a_line(keys: bytes, line: str) -> None:
    assert read(typed(keys)) == line


def test_a_kept_answer_is_edited() -> None:
    assert read(typed(b"\x7f8\n"), "2550") == "2558"


def test_what_is_typed_ahead_waits_for_the_next_line() -> None:
    keyboard = typed(b"one\ntwo\n")
    assert (read(keyboard), keyboard.ready(), read(keyboard)) == ("one", True, "two")


def test_the_rest_of_a_paste_may_be_taken() -> None:
    keyboard = typed(b"one\ntwo\nthree")
    assert read(keyboard) == "one"
    assert keyboard.pending_text() == "two\nthree"
    keyboard.discard_pending()
    with pytest.raises(EOFError):
        read(keyboard)


def test_the_end_of_the_input_is_told() -> None:
    with pytest.raises(EOFError):
        read(typed(b""))


@pytest.mark.parametrize(
    "keys", [b"\x04", b"ab\x7f\x7f\x04", b"ab\x03", b"\x1b[\x03", b"\x1b]\x03", b"a\x1b[99;5u"]
)
def test_ctrl_c_and_the_end_typed_on_an_empty_line_ask_to_leave(keys: bytes) -> None:
    with pytest.raises(KeyboardInterrupt):
        read(typed(keys))


def test_an_escape_is_forgotten_after_a_pause_and_nothing_typed_later_is_lost() -> None:
    source, target = os.pipe()
    keyboard, pause = Keyboard(source), SEQUENCE_SECONDS * 2
    for delay, keys in ((pause, b"[D\n"), (pause * 2, b"b\n")):
        Timer(delay, os.write, (target, keys)).start()
    os.write(target, b"a\x1b")
    assert (read(keyboard), read(keyboard)) == ("a[D", "b")


def test_a_reply_may_come_in_pieces() -> None:
    source, target = os.pipe()
    Timer(SEQUENCE_SECONDS * 2, os.write, (target, b"/1e1e\x1b\\b\n")).start()
    os.write(target, b"a\x1b]11;rgb:1e1e")
    assert read(Keyboard(source)) == "ab"


def test_both_characters_of_a_line_end_are_one_enter() -> None:
    keyboard = typed(b"one\r\n\rtwo\r")
    assert [read(keyboard) for _ in range(3)] == ["one", "", "two"]


async def test_a_signal_wakes_the_loop_though_another_thread_got_it() -> None:
    """So it does one that comes just before the loop begins to wait."""
    came = asyncio.Event()
    signals = SignalHandlers({signal.SIGUSR1: came.set})
    signals.install()
    began = monotonic()
    Timer(0.05, lambda: signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)).start()
    await asyncio.sleep(0)
    await asyncio.wait_for(came.wait(), 4)
    signals.restore()
    assert monotonic() - began < 2


@given(st.binary(max_size=60))
def test_whatever_a_terminal_sends_is_read(keys: bytes) -> None:
    with suppress(EOFError, KeyboardInterrupt, UnreadableLineError):
        assert "\x1b" not in read(typed(keys + b"\n"))


def test_the_mark_at_the_head_of_a_file_is_no_part_of_its_first_line() -> None:
    reader = LineReader(sent(b"\xef\xbb\xbfone\n\xef\xbb\xbftwo\n"))
    assert [reader.read_line() for _ in range(2)] == ["one", "\ufefftwo"]


@pytest.mark.parametrize(
    ("keys", "code"), [(b"a\xff\n", "encoding"), (b"x" * (MAX_LINE + 1) + b"\n", "overlong")]
)
def test_a_line_that_is_no_answer_is_refused_and_the_next_one_read(keys: bytes, code: str) -> None:
    keyboard = typed(keys + b"next\n")
    with pytest.raises(UnreadableLineError, match=code):
        read(keyboard)
    assert read(keyboard) == "next"


def test_a_line_may_come_in_any_number_of_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line sent letter by letter is as long as its letters."""
    monkeypatch.setattr("espace_tui.linear.console.reader.CHUNK", 1)
    reader = LineReader(sent(b"x" * 1000 + b"\nnext\n"))
    assert (reader.read_line(), reader.read_line()) == ("x" * 1000, "next")


def test_a_line_that_is_too_long_is_dropped_whole_and_the_next_one_read() -> None:
    reader = LineReader(sent(b"x" * 60_000 + b"\nnext"))
    with pytest.raises(UnreadableLineError, match="overlong"):
        reader.read_line()
    assert reader.read_line() == "next"


@pytest.mark.parametrize(
    ("given_bytes", "lines"),
    [(b"a\nb\n", ["a", "b"]), (b"a\r\nb", ["a", "b"]), (b"\n\n", ["", ""]), (b"", [])],
)
def test_lines_are_read_from_a_pipe(given_bytes: bytes, lines: list[str]) -> None:
    reader = LineReader(sent(given_bytes))
    assert [reader.read_line() for _ in lines] == lines
    with pytest.raises(EOFError):
        reader.read_line()
