"""« Ma carte Vitale »: the drawing of the card is beside the field."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from typing_extensions import override

from espace_tui.journey.view import View
from espace_tui.screens.message_panel import message_panel
from espace_tui.screens.step import StepScreen
from espace_tui.widgets.fields.card_picture import CardObject, CardPicture
from espace_tui.widgets.panel import Panel
from espace_tui.widgets.text import Label, styled

CAPTION = 27
"""Where the words under the small drawing end: their arrow is under the number."""


class CardScreen(StepScreen):
    """What stands beside it is at hand by a button where there is no room."""

    @override
    def panels(self, view: View) -> Iterable[Widget]:
        picture = next((field.picture for field in view.fields if field.picture), "")
        if picture:
            yield Panel(self.ui.translate("panel.card"), CardPicture(self.ui, picture))
        yield from message_panel(view, self.ui, self.wizard.session.inbox)

    @override
    def small_panels(self, view: View) -> Iterable[Widget]:
        if any(field.picture == "card-photo" for field in view.fields):
            yield CardObject("card-small")
            words = self.ui.translate("card-small").rjust(CAPTION)
            yield Label(styled((words, "$muted")))
