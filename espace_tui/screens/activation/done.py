"""« C’est fait »: what to note now, in a frame of its own, and what comes after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.widget import Widget
from typing_extensions import override

from espace_tui.journey.form import Facts
from espace_tui.journey.view import View
from espace_tui.screens.step import StepScreen
from espace_tui.widgets.content import FactList, draw_block
from espace_tui.widgets.header import StepHeader
from espace_tui.widgets.notices import Notice
from espace_tui.widgets.panel import Panel
from espace_tui.widgets.text import HangingLabel, styled


class DoneScreen(StepScreen):
    """The end of an activation: all the steps are done."""

    @override
    def header(self, view: View) -> StepHeader:
        position = (view.count + 1, view.count)
        return StepHeader(self.ui, view.title, position=position, met=True)

    @override
    def reading(self, view: View) -> Iterator[Widget]:
        if view.notice:
            yield Notice(self.ui.texts(view.notice))
        for block in view.blocks:
            if isinstance(block, Facts):
                facts = FactList(self.ui, block.rows)
                yield Panel(self.ui.translate("panel.note"), facts, key=True)
            else:
                yield self._page_content(*draw_block(block, self.ui))

    @override
    def panels(self, _view: View) -> Iterable[Widget]:
        """Say what to do next."""
        steps = (
            (styled((f"{number}  ", "bold $accent")), self.ui.translate(f"panel.next.{each}"))
            for number, each in enumerate(("note", "throw", "sign_in"), 1)
        )
        yield Panel(self.ui.translate("panel.next"), *map(HangingLabel, steps))
