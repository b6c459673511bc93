"""A terminal that nobody touches: warned, hidden, resumed or erased, in both faces."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from functools import partial

import pytest

from espace_tui import idle
from espace_tui.i18n import Texts
from espace_tui.idle import LOOK_SECONDS, IdleLimits, IdleState, IdleWatch, boot_seconds
from espace_tui.linear.console.line_editor import HIDE, Keyboard, LineBuffer
from espace_tui.linear.console.port import ErasedError
from espace_tui.linear.console.terminal import hides
from espace_tui.linear.console.unattended import CLEAR, AttendedCall, UnattendedTerminal
from tests.app.harness import cells, open_app
from tests.walks.script import TO_IDENTIFICATION

LIMITS = IdleLimits(hide=300, erase=600, warning=60)
SOON = 0.2
"""Seconds that are really waited for."""


class FakeTerminal:
    """A terminal whose time passes while it is waited for; `typed` comes when it is its turn."""

    def __init__(self, *typed: bytes | None) -> None:
        self.now = 0.0
        self.watch = IdleWatch(LIMITS, lambda: self.now)
        self.written: list[str] = []
        self.redrawn = 0
        self.source, self._keys = os.pipe()
        self._typed: Iterator[bytes | None] = iter(typed)
        self.unattended = UnattendedTerminal(self.watch, Texts("fr"), self.written.append)
        self.unattended.say_again = lambda: self.written.append("the question")

    def wait(self, _source: int, seconds: float | None) -> bool:
        """Let the time pass until the next change, or give what is typed."""
        assert seconds is not None
        assert seconds <= LOOK_SECONDS
        typed = next(self._typed, None)
        if typed is None:
            self.now += self.watch.next_change or 0
            return False
        os.write(self._keys, typed)
        return True

    def redraw(self) -> None:
        """Show the prompt again."""
        self.redrawn += 1

    def go(self) -> None:
        """Wait for input."""
        self.unattended.wait(self.source, self.wait, self.redraw)


def test_a_line_warns_once_and_any_key_extends() -> None:
    terminal = FakeTerminal(None, b"x")
    terminal.go()
    (said,) = terminal.written
    assert "Toujours là" in said
    assert terminal.redrawn == 1
    assert terminal.watch.state is IdleState.ACTIVE


def test_hiding_erases_what_was_said_and_only_two_answers_are_taken() -> None:
    terminal = FakeTerminal(None, None, b"abc\n", b"\n", b"1\n", b"x")
    terminal.go()
    assert terminal.written[1] == CLEAR
    assert terminal.written[2].startswith("Écran masqué")
    assert terminal.written[-2:] == [CLEAR, "the question"]
    assert terminal.redrawn == 2


def test_the_bell_rings_once_more_a_little_before_all_is_erased() -> None:
    terminal = FakeTerminal(None, None, None, b"1", b"x")
    terminal.go()
    assert [each[:1] for each in terminal.written[2:4]] == ["É", "\a"]
    assert terminal.written[4:] == [CLEAR, "the question"]


def test_who_resumed_is_warned_again_before_the_next_time() -> None:
    terminal = FakeTerminal(None, None, b"1\n", None, b"x")
    terminal.go()
    assert sum("Toujours là" in each for each in terminal.written) == 2


@pytest.mark.parametrize("typed", [(None, None, b"2\n"), (None, None, b""), (None,) * 6])
def test_another_person_or_nobody_erases_everything(typed: tuple[bytes | None, ...]) -> None:
    terminal = FakeTerminal(*typed)
    if typed[-1] == b"":
        os.close(terminal._keys)  # noqa: SLF001 — the terminal is gone
        terminal._keys = os.open(os.devnull, os.O_WRONLY)  # noqa: SLF001 — the terminal is gone
    with pytest.raises(ErasedError) as erased:
        terminal.go()
    assert erased.value.asked is (typed[-1] == b"2\n")
    assert terminal.written[-1] == CLEAR


class SilentService(FakeTerminal):
    """A terminal at which one waits for a service that does not answer."""

    async def call(self, keys: bytes) -> asyncio.Task[None]:
        """Type while the service is called; return the call, when what is typed was heeded."""
        hiding = partial(hides, Texts("fr"))
        self.keyboard = Keyboard(self.source, hide=self.watch.hide, is_hiding=hiding)
        call = asyncio.create_task(asyncio.sleep(60))
        follow = partial(self.unattended.follow, self.source, self.wait, self.redraw)
        look = self.keyboard.read_ahead
        with AttendedCall(self.watch, self.source, look, follow, call.cancel):
            os.write(self._keys, keys)
            await asyncio.wait({call}, timeout=0.03)
        return call


@pytest.mark.parametrize("keys", [HIDE.encode(), b"camille\n:masquer\n", b" :masq\n"])
async def test_a_line_is_hidden_while_a_service_does_not_answer(keys: bytes) -> None:
    terminal = SilentService(b"x", b"1\n")
    call = await terminal.call(keys)
    assert terminal.written[0] == CLEAR
    assert terminal.written[1].startswith("Écran masqué")
    assert terminal.written[2:] == [CLEAR, "the question"]
    assert terminal.watch.state is IdleState.ACTIVE
    assert not call.done()
    assert not terminal.keyboard.ready()
    call.cancel()


@pytest.mark.parametrize(("typed", "asked"), [((b"2\n",), True), ((None, None), False)])
async def test_whoever_does_not_resume_ends_the_call_as_well(
    typed: tuple[bytes | None, ...], *, asked: bool
) -> None:
    terminal = SilentService(*typed)
    with pytest.raises(ErasedError) as erased:
        await terminal.call(HIDE.encode())
    assert erased.value.asked is asked
    assert terminal.written[-1] == CLEAR


async def test_the_time_that_passes_while_a_service_is_silent_warns_and_hides(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(idle, "LOOK_SECONDS", 0.005)
    terminal = SilentService(b"1\n")
    terminal.now = 250
    (await terminal.call(b"")).cancel()
    assert "Toujours là" in terminal.written[0]
    terminal.now = 310
    (await terminal.call(b"")).cancel()
    assert terminal.written[2].startswith("Écran masqué")


async def test_what_is_typed_while_a_service_is_silent_waits_for_the_next_question() -> None:
    terminal = SilentService()
    (await terminal.call(b"camille\n")).cancel()
    assert terminal.keyboard.read_line(LineBuffer(lambda _text: None)) == "camille"
    os.close(terminal._keys)  # noqa: SLF001 — the terminal is gone
    terminal._keys = os.open(os.devnull, os.O_WRONLY)  # noqa: SLF001 — the terminal is gone
    (await terminal.call(b"")).cancel()
    assert not terminal.written


class Skipping:
    """A clock that goes on by itself, and skips what there is to wait."""

    def __init__(self) -> None:
        self._skipped = 0.0
        self.watch = IdleWatch(LIMITS, lambda: boot_seconds() + self._skipped)

    def skip(self) -> None:
        """Come close to the next change of state, and have it waited for again."""
        left = self.watch.next_change
        if left is not None and left > SOON:
            self._skipped += left - SOON
            self.watch.on_limits()


async def test_a_lid_that_is_opened_again_shows_nothing_that_was_to_be_hidden(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What waits stood still meanwhile: nothing but the time itself tells that it passed."""
    monkeypatch.setattr(idle, "LOOK_SECONDS", 0.02)
    slept = [0.0]
    watch = IdleWatch(LIMITS, lambda: boot_seconds() + slept[0])
    async with open_app(TO_IDENTIFICATION, watch=watch) as hands:
        slept[0] = 400
        await hands.until(lambda: "Écran masqué" in cells(hands.app))
        slept[0] = 7_200
        await hands.until(lambda: hands.app.return_value == "erased")


async def test_the_full_screen_warns_hides_and_erases() -> None:
    clock = Skipping()
    async with open_app(TO_IDENTIFICATION, watch=clock.watch) as hands:
        clock.skip()
        await hands.until(lambda: "Toujours là" in cells(hands.app))
        clock.skip()
        await hands.until(lambda: "Écran masqué" in cells(hands.app))
        assert "Code provisoire" not in cells(hands.app)
        await hands.pilot.press("x", "1")
        await hands.until(lambda: "Code provisoire" in cells(hands.app))
        clock.watch.hide()
        await hands.pilot.press("f9")

        def is_erased() -> bool:
            clock.skip()
            return hands.app.return_value == "erased"

        await hands.until(is_erased)
