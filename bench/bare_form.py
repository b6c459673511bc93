"""The yardstick of the full screen: a bare Textual form with two inputs."""

from textual.app import App, ComposeResult
from textual.widgets import Button, Footer, Header, Input, Label
from typing_extensions import override


class Bare(App[None]):
    """A title, two fields, a button."""

    @override
    def compose(self) -> ComposeResult:
        """Draw the form."""
        yield Header()
        yield Label("BARE FORM")
        yield Input()
        yield Input()
        yield Button("Go on")
        yield Footer()


if __name__ == "__main__":
    Bare().run()
