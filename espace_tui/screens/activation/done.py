"""« C’est fait »: what to note now, in a frame of its own, and what comes after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from textual.widget import Widget
from typing_extensions import override

from espace_tui.journey.form import Block, Facts
from espace_tui.journey.view import View
from espace_tui.screens.step import StepScreen
from espace_tui.widgets.content import FactList, PageContent, draw_block
from espace_tui.widgets.header import StepHeader
from espace_tui.widgets.notices import Notice
from espace_tui.widgets.panel import Panel
from espace_tui.widgets.text import HangingLabel, styled


class DoneScreen(StepScreen):
    """The end of an activation; keys typed before it is seen do not leave what must be noted."""

    @override
    def header(self, view: View) -> StepHeader:
        position = (view.count + 1, view.count)
        return StepHeader(self.ui, view.title, position=position, met=True)

    @property
    @override
    def must_be_read(self) -> bool:
        return True

    @override
    def reading(self, view: View) -> Iterator[Widget]:
        if view.notice:
            yield Notice(self.ui.texts(view.notice))
        yield PageContent(*chain.from_iterable(map(self._drawn, view.blocks)), first=True)

    def _drawn(self, block: Block) -> Iterable[Widget]:
        if isinstance(block, Facts):
            facts = FactList(self.ui, block.rows)
            return [Panel(self.ui.translate("panel.note"), facts, key=True)]
        return draw_block(block, self.ui)

    @override
    def panels(self, _view: View) -> Iterable[Widget]:
        """Say what to do next."""
        steps = (
            (styled((f"{number}  ", "bold $accent")), self.ui.translate(f"panel.next.{each}"))
            for number, each in enumerate(("note", "throw", "sign_in"), 1)
        )
        yield Panel(self.ui.translate("panel.next"), *map(HangingLabel, steps))
