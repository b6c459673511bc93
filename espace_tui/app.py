"""The full-screen face: it shows the wizard's present step, and forwards what is asked of it.

`run_async` returns « done », « quit » or « linear » (the other face goes on, on the same wizard).
A call to the wizard is awaited for a moment before the next key is taken, so that keys typed ahead
reach the screen that follows; a longer one goes on in the background, worded and cancellable.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from importlib import import_module
from typing import ClassVar

from rich.console import RenderableType
from textual.actions import SkipAction
from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.screen import Screen
from typing_extensions import override

from espace_tui import steps
from espace_tui.crash import SafeCrash
from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.screens import screen_of
from espace_tui.screens.step import StepScreen
from espace_tui.screens.warming import warm
from espace_tui.widgets.face import Face
from espace_tui.widgets.keys import KEYS, whole
from espace_tui.widgets.page import Page
from espace_tui.widgets.themes import NAMES, THEMES
from espace_tui.wizard import Wizard

PATIENCE = 0.1
"""How long a call may take before anything is said, in seconds."""
WORDED = 1.0
"""How long a worded wait stays at least, in seconds."""


def _key(name: str) -> Binding:
    return Binding(KEYS[name], name, id=name, priority=True, show=False)


class EspaceApp(SafeCrash, App[str]):  # type: ignore[misc] # Textual caches the exception event
    """One person's walk through the wizard, full screen."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *map(_key, ("language", "theme", "linear", "hide", "leave")),
        Binding("enter", "enter", priority=True, show=False),
    ]

    def __init__(  # noqa: PLR0913 — each is named by the composition root
        self,
        wizard: Wizard,
        texts: Texts,
        *,
        theme: str,
        mouse: bool = True,
        keys: Mapping[str, str] | None = None,
        on_language: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self.wizard = wizard
        self.mouse = mouse
        self.face = Face(texts, whole(keys or {}))
        self.on_language = on_language
        self.animation_level = "none"
        self._asked: asyncio.Future[object] | None = None
        self._behind = False
        for each in THEMES:
            self.register_theme(each)
        self.theme = theme
        self.set_keymap(dict(self.face.keys))

    async def on_mount(self) -> None:
        """Show the present step."""
        await self.push_screen(self._present())
        self.call_after_refresh(warm)

    def _present(self) -> StepScreen:
        return screen_of(self.wizard.place)(self.wizard, self.face)

    # --- asking the wizard

    async def ask(self, call: Callable[[], Awaitable[object]]) -> None:
        """Ask the wizard something, one thing at a time, then show where that led."""
        if self._asked is not None:
            return
        self._asked = asyncio.ensure_future(call())
        await asyncio.wait({self._asked}, timeout=PATIENCE)
        if self._asked.done():
            await self._answered()
        else:
            self.run_worker(self._wait(self._asked), group="wait")

    async def _wait(self, asked: asyncio.Future[object]) -> None:
        self.step.wait()
        least = asyncio.create_task(asyncio.sleep(WORDED))
        await asyncio.wait({asked})
        if not asked.cancelled():
            await least
        await self._answered()

    async def _answered(self) -> None:
        asked, self._asked = self._asked, None
        cancelled = asked is not None and asked.cancelled()
        if asked and not cancelled:
            asked.result()
        self._behind = True
        await self.catch_up(told="cancelled" if cancelled else "")

    def cancel(self) -> bool:
        """Give up what is being asked; tell whether anything was."""
        return self._asked is not None and self._asked.cancel()

    @property
    def step(self) -> StepScreen:
        """The screen of the present step, even under another page."""
        return next(each for each in reversed(self.screen_stack) if isinstance(each, StepScreen))

    async def catch_up(self, told: str = "") -> None:
        """Show where the wizard is, once nothing is over the step's screen."""
        screen = self.screen
        if not self._behind or not isinstance(screen, StepScreen):
            return
        self._behind = False
        if screen.place == self.wizard.place:
            screen.told = told
            await screen.redraw()
        else:
            await self.switch_screen(self._present())

    # --- keys of every screen

    async def action_enter(self) -> None:
        """Do what Enter does on the focused widget."""
        action = getattr(self.focused, "enter_action", None)
        if action is None:
            raise SkipAction
        await self.run_action(action, self.focused)

    async def action_language(self) -> None:
        """Say everything in the other language."""
        others = [each for each in LANGUAGES if each != self.face.texts.language]
        self.face = Face(Texts(others[0]), self.face.keys)
        for screen in self.screen_stack:
            if isinstance(screen, Page):
                screen.face = self.face
                await screen.redraw()
        if self.on_language:
            self.on_language(others[0])

    def action_theme(self) -> None:
        """Take the next colours."""
        self.theme = NAMES[(NAMES.index(self.theme) + 1) % len(NAMES)]

    async def action_linear(self) -> None:
        """Go on line by line."""
        await self._end("linear")

    def action_hide(self) -> None:
        """Hide the screen."""
        self._over("veil", "Veil")

    def action_leave(self) -> None:
        """Ask before leaving."""
        self._over("leave", "Leave", signed_in=self.wizard.signed_in)

    def _over(self, module: str, name: str, **values: object) -> None:
        view = getattr(import_module(f"espace_tui.widgets.{module}"), name)
        if not isinstance(self.screen, view):
            self.push_screen(view(self.face, **values), self._chosen)

    async def _chosen(self, chosen: tuple[str, ...] | None) -> None:
        if chosen:
            await self._end("done" if self.wizard.place in steps.ENDS - {steps.FIRST} else "quit")

    async def _end(self, result: str) -> None:
        """Give up what is being asked, then end."""
        if self._asked is not None:
            self._asked.cancel()
            await asyncio.wait({self._asked})
        self.exit(result)

    # --- the terminal's own cursor

    @override
    def get_driver_class(self) -> type[Driver]:
        usual = super().get_driver_class()
        if usual.__name__ != "LinuxDriver":
            return usual
        from espace_tui.widgets.terminal import Terminal  # noqa: PLC0415 — Unix only

        return Terminal

    @override
    def copy_to_clipboard(self, text: str) -> None:
        """Hand nothing to the terminal's clipboard, whoever asks."""

    @override
    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        caret = getattr(self.screen, "caret", None)
        if caret is not None:
            self.cursor_position = caret
        super()._display(screen, renderable)
