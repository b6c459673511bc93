"""« Mon espace »: the first name opens the menu, which has « Se déconnecter »."""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget
from typing_extensions import override

from espace_tui.journey.view import View
from espace_tui.screens import dialogs
from espace_tui.screens.step import StepScreen
from espace_tui.widgets.button import TextButton


class SpaceScreen(StepScreen):
    """The open space, with a button of the first name."""

    DEFAULT_CSS = """
    SpaceScreen { & > TextButton { margin-bottom: 1; } }
    """

    @override
    def reading(self, view: View) -> Iterator[Widget]:
        profile = self.wizard.session.profile
        name = profile.first_name if profile else ""
        yield TextButton(self.ui.translate("name_menu", name=name), "screen.name_menu")
        yield from super().reading(view)

    def action_name_menu(self) -> None:
        """Open the menu of the first name."""
        actions = self.wizard.view().actions
        labels = {one.name: self.ui.texts(f"action.{one.name}") for one in actions}
        self.app.push_screen(dialogs.ChoiceDialog(self.ui, "name_menu", labels), self._on_choice)

    async def _on_choice(self, chosen: tuple[str, ...] | None) -> None:
        if chosen:
            await self.action_submit(chosen[0])
