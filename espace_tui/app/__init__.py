"""The full-screen application: it shows the wizard's current step and forwards what is typed.

`EspaceApp.run_async` returns « done », « quit » or « linear » (the line-by-line face goes on, with
the same wizard). Here are the keys of every screen and what the terminal is asked;
`wizard_app` has the calls, `type_ahead` the order of the keys, `driver` the terminal's input.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.actions import SkipAction
from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.geometry import Offset
from typing_extensions import override

from espace_tui.app.few_colours import ADAPTED, FEW_COLOURS, unchanged
from espace_tui.app.style_preload import preload_styles
from espace_tui.app.unattended import UnattendedScreen
from espace_tui.app.wizard_app import WizardApp
from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.idle import IdleWatch
from espace_tui.journey.itineraries.counter import KEYBOARD, PARTING, WAITING
from espace_tui.journey.wizard import Wizard
from espace_tui.screens import dialogs, preload, screen_class
from espace_tui.screens.step import StepScreen
from espace_tui.widgets.button import TextButton
from espace_tui.widgets.page import Page
from espace_tui.widgets.themes import THEME_NAMES, THEMES
from espace_tui.widgets.ui_text import KEYS, UiText


def _binding(name: str) -> Binding:
    return Binding(KEYS[name], name, id=name, priority=True, show=False)


class EspaceApp(WizardApp):
    """One person's journey through the wizard, full screen."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *map(_binding, ("language", "theme", "linear", "hide", "next", "handover", "leave")),
        Binding("enter", "enter", priority=True, show=False),
        Binding("space", "press", priority=True, show=False),
        Binding("ctrl+l", "repaint", priority=True, show=False),
        Binding("ctrl+z", "suspend_process", priority=True, show=False),
    ]

    def __init__(  # noqa: PLR0913 — each is named by the composition root
        self,
        wizard: Wizard,
        texts: Texts,
        *,
        theme: str,
        keys: Mapping[str, str] | None = None,
        on_language: Callable[[str], None] | None = None,
        on_easy: Callable[[bool], None] | None = None,
        on_first_paint: Callable[[], object] | None = None,
        watch: IdleWatch | None = None,
    ) -> None:
        """`on_first_paint` is called in a thread, after what the next screens need is imported.

        `watch` is that of a counter: an unattended screen is hidden, then erased.
        """
        os.environ.pop("NO_COLOR", None)  # the theme answers it; Textual's own is black on black
        masks = wizard.context.masks
        super().__init__(wizard, UiText(texts, {**KEYS, **(keys or {})}, theme, masks))
        self.on_language = on_language
        self.on_easy = on_easy
        wizard.ask_one_by_one(one_by_one=texts.easy)
        self.on_first_paint = on_first_paint
        self.unattended = UnattendedScreen(self, watch) if watch else None
        self.on_touch = self.unattended.touch if self.unattended else None
        self.animation_level = "none"
        self.few_colours = self.console.color_system in FEW_COLOURS
        adapt = ADAPTED.get(self.console.color_system or "", unchanged)
        for registered in THEMES:
            self.register_theme(adapt(registered))
        self._set_first_theme(theme)
        changed = {name: key for name, key in self.ui.keys.items() if key != KEYS[name]}
        self.set_keymap(changed)

    def _set_first_theme(self, name: str) -> None:
        """Begin with a theme: Textual would parse every style a second time to change to it."""
        theme = self.available_themes[name]
        if theme.ansi:
            self.theme = name  # its colours are the terminal's: more changes than styles
            return
        self.set_reactive(App.theme, name)
        self.set_class(theme.dark, "-dark-mode", update=False)
        self.set_class(not theme.dark, "-light-mode", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    @override
    def get_default_screen(self) -> StepScreen:
        """Begin with the current step: an empty screen under it would be laid out for nobody."""
        return self.new_step_screen()

    def on_mount(self) -> None:
        """Begin to prepare what follows, once the current step is painted."""
        self.call_after_refresh(self._on_first_paint)
        if self.unattended is not None:
            self.unattended.start()

    def _on_first_paint(self) -> None:
        preload.start(self.tasks_ahead())

    def tasks_ahead(self) -> Iterator[Callable[[], object]]:
        """Return what can be done while the first screen is read, in a thread of its own."""
        yield from (partial(screen_class, name) for name in preload.FIRST_STEPS)
        yield partial(preload_styles, self)
        if self.on_first_paint:
            yield self.on_first_paint

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
        """Show everything in the other language."""
        others = [code for code in LANGUAGES if code != self.ui.texts.language]
        await self._say_with(Texts(others[0], easy=self.ui.texts.easy))
        if self.on_language:
            self.on_language(others[0])

    async def action_easy(self) -> None:
        """Show easy texts and one question a screen, or the usual ones again."""
        texts = Texts(self.ui.texts.language, easy=not self.ui.texts.easy)
        self.wizard.ask_one_by_one(one_by_one=texts.easy)
        await self._say_with(texts)
        if self.on_easy:
            self.on_easy(texts.easy)

    async def _say_with(self, texts: Texts) -> None:
        self.ui = replace(self.ui, texts=texts)
        for screen in self.screen_stack:
            if isinstance(screen, Page):
                pressed = getattr(screen.focused, "enter_action", "")
                screen.ui = self.ui
                await screen.redraw()
                screen.focus_button(pressed)

    async def action_theme(self) -> None:
        """Use the next theme; with few colours, all but the terminal's own are alike."""
        names = ("contrast", "terminal") if self.few_colours else THEME_NAMES
        at = names.index(self.theme) if self.theme in names else 0
        self.theme = names[(at + 1) % len(names)]
        self.ui = replace(self.ui, theme=self.theme)
        await self._say_with(self.ui.texts)
        if isinstance(self.screen, Page):
            place = {"number": names.index(self.theme) + 1, "count": len(names)}
            self.screen.show_hint(
                self.ui.translate("theme.now", what=self.ui.label_of("theme"), **place)
            )

    async def action_linear(self) -> None:
        """Go on line by line."""
        await self._exit_with("linear")

    async def action_train(self) -> None:
        """Leave a counter for a training, which comes back to it."""
        if self.unattended is not None:
            await self._exit_with("train")

    @override
    def action_suspend_process(self) -> None:
        """Stop until `fg`; never at a counter, where nobody must find a person's answers."""
        if self.unattended is None:
            super().action_suspend_process()
        elif isinstance(self.screen, Page):
            self.screen.show_hint(self.ui.translate("no.suspend"))

    def action_hide(self) -> None:
        """Hide the screen."""
        if self.unattended is not None:
            self.unattended.hide()
        elif not isinstance(self.screen, dialogs.HiddenScreen):
            self.push_screen(dialogs.HiddenScreen(self.ui))

    async def action_next(self) -> None:
        """Ask whether to end a visit at a counter; what to take along is asked then."""
        if not self._is_visited:
            return
        labels = {"next": self.ui.texts("action.to_parting")}
        self.push_screen(dialogs.ChoiceDialog(self.ui, "next", labels), self._part_if)

    async def _part_if(self, chosen: tuple[str, ...] | None) -> None:
        if chosen:
            await self.call_wizard(lambda: self.wizard.start(PARTING))

    async def action_handover(self) -> None:
        """Hand the keyboard over at a counter, or give it back."""
        masks, here = self.wizard.context.masks, self.wizard.step_name
        if masks and self._is_visited and here not in KEYBOARD:
            await self.call_wizard(lambda: self.wizard.start(masks.change_hands(here)))

    @property
    def _is_visited(self) -> bool:
        """Whether somebody is served, at a counter, on the screen of a step."""
        served = self.wizard.step_name not in {WAITING, PARTING}
        return self.unattended is not None and isinstance(self.screen, StepScreen) and served

    def action_leave(self) -> None:
        """Ask before leaving."""
        if not isinstance(self.screen, dialogs.QuitDialog):
            self.push_screen(dialogs.QuitDialog(self.ui, self.wizard), self._on_quit_answer)

    @override
    async def action_quit(self) -> None:
        """Ask before leaving, whatever key Textual itself gives to quitting."""
        self.action_leave()

    async def _on_quit_answer(self, chosen: tuple[str, ...] | None) -> None:
        if chosen == ("sign_out",):
            await self.call_wizard(self._sign_out)
        elif chosen:
            await self._exit_with("done" if self.wizard.finished else "quit")

    async def _sign_out(self) -> str:
        """Sign out; return the outcome to leave with, « » where the space is still open."""
        await self.wizard.sign_out()
        return "" if self.wizard.signed_in else "done"

    async def _exit_with(self, result: str) -> None:
        self.step_screen.store_typed()
        await self.cancel_and_wait()
        self.exit(result)

    # --- crashes

    @property
    @override
    def crash_texts(self) -> Texts:
        return self.ui.texts

    # --- the terminal

    @override
    def get_driver_class(self) -> type[Driver]:
        usual = super().get_driver_class()
        if usual.__name__ != "LinuxDriver":
            return usual
        from espace_tui.app.driver import EspaceDriver  # noqa: PLC0415 — Unix only

        return EspaceDriver

    @override
    def copy_to_clipboard(self, text: str) -> None:
        """Hand nothing to the terminal's clipboard, whoever asks."""

    @property  # type: ignore[explicit-override] # mypy sees none on a property that can be set
    def cursor_position(self) -> Offset:
        """Where each paint leaves the terminal's own cursor: on what has the focus."""
        return getattr(self.screen, "caret", self._cursor_position)

    @cursor_position.setter
    def cursor_position(self, position: Offset) -> None:
        self._cursor_position = position
