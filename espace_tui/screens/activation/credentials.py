"""Identifier and password: where the signs are on the keyboard is beside the fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.widget import Widget
from typing_extensions import override

from espace_tui.journey.view import View
from espace_tui.screens.step import StepScreen
from espace_tui.widgets.panel import Panel
from espace_tui.widgets.text import Label, styled


class CredentialsScreen(StepScreen):
    """What stands beside it is at hand by a button where there is no room."""

    DEFAULT_CSS = """
    CredentialsScreen {
        &.-h40 { FieldRow { margin-bottom: 1; } .links { margin: 0; } }
        &.-w110 Beside { width: 42; }
        &.-w110.-h40 Columns { padding: 1 3 0 4; }
    }
    """

    @override
    def reading(self, view: View) -> Iterator[Widget]:
        for widget in super().reading(view):
            yield widget if view.notice else widget.add_class("without-panel")

    @override
    def panels(self, view: View) -> Iterable[Widget]:
        yield Panel(self.ui.translate("panel.keep"), Label(self.ui.texts(view.lead), "last"))
        keys = styled(
            ("╭─────╮   ╭─────╮\n│ ", "$edge"), ("6 -", "bold"), (" │   │ ", "$edge"),
            ("8 _", "bold"), (" │\n╰─────╯   ╰─────╯", "$edge"),
        )  # fmt: skip
        words = Label(self.ui.translate("panel.keyboard.words"), "last")
        yield Panel(self.ui.translate("panel.keyboard"), Label(keys), words)
