"""The full-screen face: it shows the wizard's present step, and forwards what is asked of it.

`run_async` returns « done », « quit » or « linear » (the other face goes on, on the same wizard).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import ClassVar

from rich.console import RenderableType
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.filter import ANSIToTruecolor, LineFilter
from textual.screen import Screen
from typing_extensions import override

from espace_tui.app.type_ahead import TypeAheadQueue
from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.journey import steps
from espace_tui.journey.wizard import Wizard
from espace_tui.local.crash import SafeCrash
from espace_tui.screens.preload import resume_gc, start
from espace_tui.widgets.button import TextButton
from espace_tui.widgets.page import Page
from espace_tui.widgets.themes import THEME_NAMES, THEMES
from espace_tui.widgets.ui_text import KEYS, UiText


def _binding(name: str) -> Binding:
    return Binding(KEYS[name], name, id=name, priority=True, show=False)


class EspaceApp(SafeCrash, TypeAheadQueue):  # type: ignore[misc] # Textual caches the exception event
    """One person's walk through the wizard, full screen."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *map(_binding, ("language", "theme", "linear", "hide", "leave")),
        Binding("enter", "enter", priority=True, show=False),
        Binding("space", "press", priority=True, show=False),
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
        self.ui = UiText(texts, {**KEYS, **(keys or {})})
        self.on_language = on_language
        self.animation_level = "none"
        for each in THEMES:
            self.register_theme(each)
        self.theme = theme
        changed = {name: key for name, key in self.ui.keys.items() if key != KEYS[name]}
        self.set_keymap(changed)

    async def on_mount(self) -> None:
        """Show the present step."""
        await self.push_screen(self.new_step_screen())
        self.call_after_refresh(self._on_first_paint)

    def _on_first_paint(self) -> None:
        """Do what waited for the first screen."""
        resume_gc()
        start()

    # --- keys of every screen

    async def action_enter(self) -> None:
        """Do what Enter does on the focused widget."""
        action = getattr(self.focused, "enter_action", None)
        if action is None:
            raise SkipAction
        await self.run_action(action, self.focused)

    async def action_press(self) -> None:
        """Press the focused button; elsewhere, Space belongs to the widget."""
        if not isinstance(self.focused, TextButton):
            raise SkipAction
        await self.action_enter()

    async def action_language(self) -> None:
        """Say everything in the other language."""
        others = [each for each in LANGUAGES if each != self.ui.texts.language]
        self.ui = UiText(Texts(others[0]), self.ui.keys)
        for screen in self.screen_stack:
            if isinstance(screen, Page):
                screen.ui = self.ui
                await screen.redraw()
        if self.on_language:
            self.on_language(others[0])

    def action_theme(self) -> None:
        """Take the next colours."""
        self.theme = THEME_NAMES[(THEME_NAMES.index(self.theme) + 1) % len(THEME_NAMES)]

    async def action_linear(self) -> None:
        """Go on line by line."""
        await self._exit_with("linear")

    def action_hide(self) -> None:
        """Hide the screen."""
        self._open_dialog("privacy", "PrivacyScreen")

    def action_leave(self) -> None:
        """Ask before leaving."""
        self._open_dialog("quit", "QuitDialog", signed_in=self.wizard.signed_in)

    @override
    async def action_quit(self) -> None:
        """Ask before leaving, whatever key Textual itself gives to quitting."""
        self.action_leave()

    def _open_dialog(self, module: str, name: str, **values: object) -> None:
        view = getattr(import_module(f"espace_tui.screens.dialogs.{module}"), name)
        if not isinstance(self.screen, view):
            self.push_screen(view(self.ui, **values), self._on_dialog_closed)

    async def _on_dialog_closed(self, chosen: tuple[str, ...] | None) -> None:
        if chosen:
            await self._exit_with(
                "done" if self.wizard.place in steps.ENDS - {steps.FIRST} else "quit"
            )

    async def _exit_with(self, result: str) -> None:
        self.step_screen.store_typed()
        await self.cancel_and_wait()
        self.exit(result)

    # --- the terminal

    @override
    def get_driver_class(self) -> type[Driver]:
        usual = super().get_driver_class()
        if usual.__name__ != "LinuxDriver":
            return usual
        from espace_tui.app.driver import EspaceDriver  # noqa: PLC0415 — Unix only

        return EspaceDriver

    @override
    def get_line_filters(self) -> Sequence[LineFilter]:
        """Leave the colours to the theme: Textual's own answer to NO_COLOR is black on black."""
        return [each for each in super().get_line_filters() if isinstance(each, ANSIToTruecolor)]

    @override
    def copy_to_clipboard(self, text: str) -> None:
        """Hand nothing to the terminal's clipboard, whoever asks."""

    @override
    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Paint, and leave the terminal's own cursor on what has the focus."""
        caret = getattr(self.screen, "caret", None)
        if caret is not None:
            self.cursor_position = caret
        super()._display(screen, renderable)
