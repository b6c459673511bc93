"""Plays a walk on the full screen, by the keyboard alone; what is told must be on the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.widget import Widget

from espace_tui.app import EspaceApp
from espace_tui.i18n import Text, Texts
from espace_tui.journey.form import YES, FieldKind
from espace_tui.journey.wizard import Wizard
from espace_tui.widgets.button import TextButton
from espace_tui.widgets.themes import THEME_NAMES
from tests.walks.plain import outcome, resolve
from tests.walks.script import (
    Back,
    Do,
    Expect,
    Fill,
    Jump,
    Move,
    Press,
    Wait,
    Walk,
)
from tests.walks.worlds import World

SMALL = (40, 12)
TABS = 60
"""More Tab keys than any screen has stops."""


def plain(widget: Widget) -> str:
    """Return what a widget says, as it is drawn."""
    return str(getattr(getattr(widget, "visual", None), "plain", ""))


async def calm(pilot: Pilot[Any]) -> None:
    """Wait until nothing is left to do nor to draw; Textual’s own pause waits for idleness."""
    app = pilot.app
    while app.is_running:
        await pilot.pause(0)
        nodes = [app, *app.screen.walk_children(with_self=True)]
        if not any(node.message_queue_size for node in nodes):
            return


class Hands:
    """Two hands on a keyboard, and eyes on the screen."""

    def __init__(self, app: EspaceApp, pilot: Pilot[str], texts: Texts) -> None:
        self.app = app
        self.pilot = pilot
        self.texts = texts

    async def calm(self) -> None:
        """Wait until the screen is as it will be."""
        await calm(self.pilot)

    async def until(self, so: Callable[[], object]) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(20):
            while not so():
                await self.calm()
                await asyncio.sleep(0)  # an app that has left is calm at once: time must pass

    async def press(self, *keys: str) -> None:
        """Press keys, and wait for what they do."""
        for key in keys:
            self.app.post_message(events.Key(key, None))
            await self.calm()

    async def type(self, text: str, *, over: bool = False) -> None:
        """Type fast, `over` what is there: the keys come one after another, as a terminal sends.

        They are painted once, at the end: a walk looks at no letter between them.
        """
        first = ("end", "shift+home", "backspace") if over else ()
        with self.app.batch_update():
            for key in first:
                self.app.post_message(events.Key(key, None))
            for character in text:
                self.app.post_message(events.Key(character, character))
            await self.calm()
        await self.calm()

    async def reach(self, wanted: Callable[[], bool], what: str) -> None:
        """Press Tab until something has the focus."""
        for _ in range(TABS):
            if wanted():
                await self.calm()  # a long page may only now begin at its top
                if wanted():
                    return
            self.app.post_message(events.Key("tab", None))
            taken = asyncio.Event()
            self.app.call_later(taken.set)
            await taken.wait()
        raise AssertionError(f"{what} cannot be reached on {self.app.wizard.step_name}")

    async def fill(self, name: str, text: str) -> None:
        """Answer a field."""
        row = self.app.step_screen.rows[name]
        await self.reach(lambda: self.app.focused is row.control, name)
        if row.field.kind is FieldKind.CHOICE:
            index = row.field.choices.index(text)
            await self.press(*([str(index + 1)] if index < 9 else [*["down"] * index, "space"]))
        elif row.field.kind is FieldKind.CHECKBOX:
            await self.press(*["space"] * (row.text != text))
            assert (row.text == YES) == (text == YES)
        else:
            await self.type(text, over=bool(row.text))
            assert row.text == text

    async def turn_to(self, field: str) -> None:
        """In the easy mode, answer the questions before a field's: one is on the screen."""
        while self.texts.easy and field not in self.app.step_screen.rows:
            assert len(self.app.step_screen.rows) == 1
            await self.press("f10")
            await self.settle()

    async def do(self, action: object) -> None:
        """Press a button."""

        def there() -> bool:
            focused = self.app.focused
            return isinstance(focused, TextButton) and focused.enter_action == action

        await self.reach(there, str(action))
        await self.press("enter")
        await self.settle()

    async def settle(self) -> None:
        """Wait until what was asked is answered and drawn."""
        await self.app.workers.wait_for_complete()
        await self.calm()
        await self.until(lambda: self.app.pending_call is None)

    def words(self) -> str:
        """Return all that the screen says, in reading order, on one line."""
        said = self.app.screen.query("Label, HangingLabel")
        return " ".join(" ".join(map(plain, said)).split())

    def expect(self, told: Expect) -> None:
        """What the script tells must be so, and be said."""
        assert outcome(self.app.wizard) == told
        words = self.words()
        for text in self.sentences():
            whole = self.texts(text)
            cause = whole.partition(self.texts("face.expected"))[0] or whole  # hints say the rest
            assert " ".join(cause.split()) in words, (text, words)

    def sentences(self) -> list[Text]:
        """Return what must be read on this screen: the title, and all that is wrong."""
        view = self.app.wizard.view()
        problems = [Text(f"error.{each.code}", each.values) for each in view.problems]
        said = [each for each in (view.alert, view.notice) if each]
        return [view.title, *said, *problems]


def nothing_to_say(_app: EspaceApp) -> tuple[str, ...]:
    """Find nothing wrong with a screen."""
    return ()


async def play(  # noqa: PLR0913 — each is what walks differ by
    walk: Walk,
    world: World,
    *,
    language: str,
    size: tuple[int, int],
    easy: bool = False,
    look: Callable[[EspaceApp], Iterable[str]] = nothing_to_say,
) -> Wizard:
    """Play a walk; every `At` must be so, and be on the screen. `look` says what is wrong there.

    A screen of twelve lines is yellow on black, as whoever has such large letters may want it.
    """
    wizard, texts = world.wizard(), Texts(language, easy=easy)
    await wizard.start()
    theme = "yellow" if size == SMALL else THEME_NAMES[0]
    app = EspaceApp(wizard, texts, theme=theme, watch=world.watch)
    async with app.run_test(size=size) as pilot:
        hands = Hands(app, pilot, texts)
        await hands.calm()  # a person sees the first screen before they press a key
        for move in walk.moves:
            await _make(hands, move, world)
            assert [*look(app)] == [], app.wizard.step_name
    return wizard


async def _make(hands: Hands, move: Move, world: World) -> None:
    match move:
        case Fill(field, value):
            await hands.turn_to(field)
            await hands.fill(field, resolve(value, await world.messages()))
        case Do(action):
            await hands.do(("screen", "submit", (action or "continue",)))
        case Back():
            await hands.press("escape")
            await hands.settle()
        case Jump(step):
            await hands.press("f2")
            await hands.do(("screen", "choose", (step,)))
        case Press(keys):
            await hands.press(*keys)
            await hands.settle()
        case Wait(seconds):
            world.clock.move(seconds=seconds)
        case Expect():
            hands.expect(move)
