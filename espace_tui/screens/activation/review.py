"""« Je vérifie et je valide »: read first, then validate; what was answered is all on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual.widget import Widget
from typing_extensions import override

from espace_tui.journey.form import AllAnswers
from espace_tui.journey.view import View
from espace_tui.screens.step import StepScreen
from espace_tui.widgets.answers import AnswerList
from espace_tui.widgets.button import TextButton
from espace_tui.widgets.content import PageContent, draw_block
from espace_tui.widgets.panel import Panel
from espace_tui.widgets.text import HangingLabel, Label, styled


class ReviewScreen(StepScreen):
    """The review, whose main action takes legal effect: keys typed before it is painted do not."""

    lead_above: ClassVar[bool] = True

    @property
    @override
    def must_be_read(self) -> bool:
        return True

    @override
    def reading(self, view: View) -> Iterator[Widget]:
        said = [block for block in view.blocks if not isinstance(block, AllAnswers)]
        drawn = [widget for block in said for widget in draw_block(block, self.ui)]
        yield PageContent(*drawn, AnswerList(self.ui, self.wizard, "jump"), first=True)

    @override
    def action_buttons(self, view: View) -> Iterable[TextButton]:
        yield from super().action_buttons(view)
        yield from (TextButton(each.label, each.enter_action) for each in self._tools(view))

    @override
    def links(self, view: View) -> Iterable[TextButton]:
        return ()

    @override
    def panels(self, view: View) -> Iterable[Widget]:
        """Say what follows."""
        arrow = styled(("→ ", "$accent"))
        said = (self.ui.translate(f"panel.validate.{each}") for each in ("opens", "mail", "who"))
        follows = (HangingLabel((arrow, each)) for each in said)
        mind = Label(self.ui.translate("panel.validate.mind"), "muted last")
        yield Panel(self.ui.translate("panel.validate"), *follows, mind)

    @override
    def focus_initial(self) -> None:
        if self.query("Alert"):
            super().focus_initial()
        else:
            self.set_focus(self.query_one(PageContent), scroll_visible=False)
