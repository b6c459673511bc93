"""The yardstick of the full screen: a bare Textual form with two inputs; F10 shows it again."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Button, Footer, Header, Input, Label
from typing_extensions import override


def fields() -> ComposeResult:
    """Return two inputs whose caret is still: the other's is too, and idle bytes are counted."""
    for _ in range(2):
        field = Input()
        field.cursor_blink = False
        yield field


class Form(Screen[None]):
    """A title, two fields, a button."""

    @override
    def compose(self) -> ComposeResult:
        """Draw the form."""
        yield Header()
        yield Label("BARE FORM")
        yield from fields()
        yield Button("Go on")
        yield Footer()


class Bare(App[None]):
    """One form; what a change of step costs is another one like it."""

    BINDINGS: ClassVar[list[BindingType]] = [("f10", "again", "Again")]

    @override
    def compose(self) -> ComposeResult:
        """Draw the form."""
        yield Header()
        yield Label("BARE FORM")
        yield from fields()
        yield Button("Go on")
        yield Footer()

    def action_again(self) -> None:
        """Show the form again."""
        self.push_screen(Form())


if __name__ == "__main__":
    Bare().run()
