"""Ctrl+C: the question before leaving."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget
from typing_extensions import override

from espace_tui.journey.wizard import Wizard
from espace_tui.screens.dialogs.dialog import Dialog
from espace_tui.widgets.button import TextButton
from espace_tui.widgets.text import Label
from espace_tui.widgets.ui_text import UiText


def _loss(wizard: Wizard) -> str:
    """Return what leaving would cost here: the name of the words that say so."""
    if wizard.signed_in:
        return "open"
    if wizard.finished:
        return "noted" if wizard.session.credentials else "done"
    if not (wizard.can_go_back or wizard.session.flow or any(wizard.typed.values())):
        return "nothing"
    return "kept" if wizard.itinerary.resumable else "forgotten"


class QuitDialog(Dialog):
    """What is lost and what is not; staying is the first button."""

    title_id: ClassVar[str] = "leave"

    def __init__(self, ui: UiText, wizard: Wizard) -> None:
        super().__init__(ui)
        self.signed_in = wizard.signed_in
        self.loss = _loss(wizard)

    @override
    def content(self) -> Iterable[Widget]:
        yield Label(self.ui.translate(f"leave.{self.loss}"))

    @override
    def all_buttons(self) -> Iterable[TextButton]:
        yield TextButton(
            self.ui.translate("leave.stay", key=self.ui.key_name("back")), "screen.close", main=True
        )
        if self.signed_in:
            sign_out = self.ui.translate("leave.sign_out")
            yield TextButton(sign_out, ("screen", "choose", ("sign_out",)))
        yield TextButton(self.ui.translate("leave.quit"), ("screen", "choose", ("quit",)))
