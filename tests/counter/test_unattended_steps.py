"""Idle at every step of a visit, in both faces: warned, extended, hidden, resumed, erased."""

from __future__ import annotations

import os

import pytest
from typing_extensions import override

from espace_tui import idle
from espace_tui.app import EspaceApp, unattended
from espace_tui.i18n import Texts
from espace_tui.idle import IdleState, IdleWatch
from espace_tui.journey.guiding import SCREEN
from espace_tui.journey.itineraries.counter import KEYBOARD, OVER, STEPS, WAITING
from espace_tui.journey.itineraries.guide import OF_DATA, ORDER
from espace_tui.journey.wizard import Wizard
from espace_tui.linear import Speaker, run
from espace_tui.linear.console.unattended import CLEAR
from tests.app.harness import cells
from tests.counter.masking import PocketMasks
from tests.counter.test_hand_over import visit
from tests.counter.test_unattended import LIMITS, FakeTerminal
from tests.journey.steps.situations import SITE
from tests.linear.scripted_console import ScriptedConsole
from tests.walks.full_screen import Hands

BETWEEN = {WAITING, OVER, "counter_handouts", "counter_counts", "counter_computer"}
"""The steps at which nobody sits."""
VISITED = (
    *(name for name in STEPS if name not in BETWEEN),
    *(name for name in ORDER if name != "guide_numbers"),  # not asked where somebody types for them
    *(name for name in OF_DATA if name != "guide_over"),
    *(f"{SCREEN}{name}" for name in SITE.official.screens),
)
EXTENDED = 10


async def sit_at(wizard: Wizard, name: str) -> None:
    """Bring somebody to a step; the keyboard changes hands on the way."""
    await wizard.start(name)
    if wizard.step_name != name:
        assert wizard.step_name in KEYBOARD
        await wizard.submit()
        await wizard.start(name)


def a_visit() -> Wizard:
    """Return the visit of somebody for whom one types."""
    wizard, _ = visit("for-them")
    wizard.context = wizard.context._replace(masks=PocketMasks())
    return wizard


# --- full screen


class EndlessApp(EspaceApp):
    """An app that tells how it would end, and when it rings, but goes on."""

    def __init__(self, watch: IdleWatch) -> None:
        super().__init__(a_visit(), Texts("fr"), theme="dark", watch=watch)
        self.ends: list[object] = []
        self.rung = 0

    @override
    def exit(self, result: str | None = None, *_given: object, **_named: object) -> None:
        self.ends.append(result)

    @override
    def bell(self) -> None:
        self.rung += 1


class Seated:
    """Somebody before a full screen, whose clock one moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.watch = IdleWatch(LIMITS, lambda: self.now)
        self.app = EndlessApp(self.watch)

    async def leave_alone(self, hands: Hands) -> None:
        """Leave the step alone again and again; it is as it was at the end."""
        before, app = cells(self.app), self.app
        for _ in range(EXTENDED):
            app.rung = 0
            self.now += LIMITS.hide - LIMITS.warning
            await hands.until(lambda: app.rung and "Toujours là" in cells(app))
            await hands.press("ctrl+y")
            assert self.watch.state is IdleState.ACTIVE
        self.now += LIMITS.hide
        await hands.until(lambda: "Écran masqué" in cells(app))
        shown = {*cells(app).split("\n")}
        assert not [line for line in before.split("\n") if line.strip(" ▀") and line in shown]
        await hands.press("1")
        await hands.until(lambda: "Écran masqué" not in cells(app))
        await hands.press("f9")
        await hands.until(lambda: "Écran masqué" in cells(app))
        self.now += LIMITS.erase
        await hands.until(lambda: app.ends)
        assert app.ends.pop() == "erased"
        self.now -= LIMITS.erase
        await hands.press("1")


@pytest.mark.parametrize(
    "steps",
    [("counter_purpose", "guide_password"), pytest.param(VISITED, marks=pytest.mark.soak)],
    ids=["some", "all"],
)
async def test_every_step_of_the_full_screen_is_hidden_and_erased(
    steps: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idle, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(unattended, "_LATE", 0)
    seated = Seated()
    app = seated.app
    async with app.run_test(size=(80, 40)) as pilot:
        hands = Hands(app, pilot, Texts("fr"))
        for name in steps:
            await sit_at(app.wizard, name)
            app.stale = True
            await app.sync_screen()
            await hands.calm()
            await seated.leave_alone(hands)
            assert app.wizard.step_name == name


# --- line by line


class IdleConsole(ScriptedConsole):
    """A console at which nobody answers; keys are typed, and the time passes."""

    def __init__(self, *typed: bytes | None) -> None:
        super().__init__()
        self.terminal = FakeTerminal(*typed)

    @override
    def read_line(self, prompt: str, prefill: str = "", mask: object = None) -> str:
        self.terminal.unattended.say_again = self.say_again
        while True:
            self.terminal.go()
            os.read(self.terminal.source, 100)


async def test_every_step_line_by_line_is_hidden_and_erased() -> None:
    wizard = a_visit()
    for name in VISITED:
        await sit_at(wizard, name)
        console = IdleConsole(*[None, b"x"] * EXTENDED, None, None, b"1\n")
        assert await run(wizard, Speaker(console, Texts("fr"))) == "erased", name
        written = console.terminal.written
        assert sum("Toujours là" in each for each in written) == EXTENDED + 2
        assert sum("Écran masqué" in each for each in written) == 3  # and a minute before the end
        assert written[-1] == CLEAR
