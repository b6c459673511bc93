"""« Mon espace »: the first name opens the menu, with « Se déconnecter » in it."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from typing_extensions import override

from espace_tui.screens.step import StepScreen
from espace_tui.view import View
from espace_tui.widgets.choices import Choices
from espace_tui.widgets.press import Press


class Space(StepScreen):
    """The open space."""

    DEFAULT_CSS = """
    Space { & > Press { margin-bottom: 1; } }
    """

    @override
    def top(self, _view: View) -> Iterable[Widget]:
        profile = self.wizard.session.profile
        name = profile.first_name if profile else ""
        yield Press(self.face.say("name_menu", name=name), "screen.name_menu")

    def action_name_menu(self) -> None:
        """Open the menu of the first name."""
        actions = self.wizard.view().actions
        labels = {each.name: self.face.texts(f"action.{each.name}") for each in actions}
        self.app.push_screen(Choices(self.face, "name_menu", labels), self._after_choices)

    async def _after_choices(self, chosen: object) -> None:
        if isinstance(chosen, tuple):
            await self.action_submit(chosen[0])
