"""The base of the dialogs: something to read and to close; Escape or the last button goes back.

From 100 columns on it is a box over the dimmed page that one comes from, below that a page.

What a button chooses is the result of the screen, as in any Textual screen that is dismissed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.widgets.button import ButtonBar, TextButton
from espace_tui.widgets.content import PageContent
from espace_tui.widgets.flow import Stack
from espace_tui.widgets.header import StepHeader
from espace_tui.widgets.page import Page
from espace_tui.widgets.ui_text import KEYS, UiText


class Dialog(Page[tuple[str, ...]]):
    """A title, something to read, buttons; closing returns `None`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(KEYS["back"], "close", id="back", priority=True, show=False),
        Binding(KEYS["continue"], "close", id="continue", priority=True, show=False),
    ]
    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        & > .box { width: 100%; height: 100%; }
        &.-w100, &.-w110 {
            background: $background 70%;
            & > .box {
                width: 84; height: auto; max-height: 100%;
                border: round $edge; background: $background;
                StepHeader { background: $background; padding: 1 2 0 2; border: none; }
                PageBody { height: auto; max-height: 70vh; }
                Columns { padding: 1 1 1 2; }
            }
            &.-h12 {
                background: $background;
                & > .box {
                    width: 100%; height: 100%; border: none;
                    PageBody { height: 1fr; max-height: 100%; }
                }
            }
        }
    }
    """
    title_id: ClassVar[str] = ""

    def __init__(self, ui: UiText) -> None:
        super().__init__()
        self.ui = ui

    def heading(self) -> Text:
        """Return the title."""
        return Text(f"face.{self.title_id}.title")

    def content(self) -> Iterable[Widget]:
        """Return what there is to read."""
        return ()

    def buttons(self) -> Iterable[TextButton]:
        """Return the buttons before the last one."""
        return ()

    def all_buttons(self) -> Iterable[TextButton]:
        """Return all the buttons; the last one closes."""
        yield from self.buttons()
        yield TextButton(
            self.ui.translate("close", key=self.ui.key_name("back")), "screen.close", main=True
        )

    @override
    def compose(self) -> ComposeResult:
        with Stack(classes="box"):
            yield StepHeader(self.ui, self.heading())
            yield self.sheet(PageContent(*self.content()), ButtonBar(*self.all_buttons()))

    def on_mount(self) -> None:
        """Begin."""
        self.focus_initial()

    @override
    def focus_initial(self) -> None:
        """Begin on the first button; on the text where it is longer than the screen."""
        self.query(TextButton).first().focus(scroll_visible=False)
        self.call_after_refresh(self._scroll_to_start)

    def _scroll_to_start(self) -> None:
        reading = self.query_one(PageContent)
        if reading.allow_focus():
            self.set_focus(reading, scroll_visible=False)
        self.body.scroll_home(animate=False)

    def action_close(self) -> None:
        """Go back to where one was."""
        self.dismiss(None)

    def action_choose(self, *chosen: str) -> None:
        """Close with what a button stands for."""
        self.dismiss(chosen)
