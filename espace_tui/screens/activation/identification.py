"""« Je m’identifie »: the message is beside the fields."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from typing_extensions import override

from espace_tui.journey.view import View
from espace_tui.screens.message_panel import message_panel
from espace_tui.screens.step import StepScreen


class IdentificationScreen(StepScreen):
    """What stands beside it is at hand by a button where there is no room."""

    @override
    def panels(self, view: View) -> Iterable[Widget]:
        rules = self.wizard.policy
        days = rules.code_days if rules else 0
        return message_panel(view, self.ui, self.wizard.session.inbox, days)
