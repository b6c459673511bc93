"""« C’est fait »: what to note now, in a frame of its own, and what comes after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from textual.widget import Widget
from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.form import Action, Block, Bullets, Facts, Paragraph
from espace_tui.journey.view import View
from espace_tui.screens.step import StepScreen
from espace_tui.widgets.button import TextButton
from espace_tui.widgets.content import FactList, PageContent
from espace_tui.widgets.header import StepHeader
from espace_tui.widgets.notices import Notice
from espace_tui.widgets.panel import Panel, numbered
from espace_tui.widgets.text import HangingLabel

MASKED = "field.password.label"
"""The name of what is masked."""


class DoneScreen(StepScreen):
    """The end of an activation; keys typed before it is seen do not leave what must be noted."""

    @override
    def header(self, view: View) -> StepHeader:
        position, hello = (view.total + 1, view.total), self.subtitle(view)
        return StepHeader(self.ui, view.title, position=position, following=hello, met=True)

    @override
    def subtitle(self, view: View) -> Text | None:
        return next((each.text for each in view.blocks if isinstance(each, Paragraph)), None)

    @property
    @override
    def must_be_read(self) -> bool:
        return True

    @override
    def reading(self, view: View) -> Iterator[Widget]:
        if view.notice:
            yield Notice(self.ui.texts(view.notice))
        reveals = next((one for one in view.actions if one.reveals), None)
        tools = {MASKED: self._tool(reveals)} if reveals else {}
        drawn = (self._drawn(block, tools) for block in view.blocks)
        yield PageContent(*chain.from_iterable(drawn), first=True)

    def _drawn(self, block: Block, tools: Mapping[str, TextButton]) -> Iterable[Widget]:
        match block:
            case Facts(rows):
                facts = FactList(self.ui, rows, tools)
                yield Panel(self.ui.translate("panel.note"), facts, key=True)
            case Bullets(texts):
                *others, last = map(self.ui.texts, texts)
                yield HangingLabel(*(("- ", each) for each in others), classes="without-panel")
                yield Notice(last)
            case _:  # said under the title
                pass

    def _tool(self, action: Action) -> TextButton:
        name = self.ui.key_name("reveal")
        does = self.ui.label_of("conceal" if action.conceals else "reveal")
        label = self.ui.translate("key", what=does, key=name)
        return TextButton(label, "screen.reveal_all", quiet=True, at_right=True)

    @override
    def links(self, view: View) -> Iterable[TextButton]:
        shown = tuple(one for one in view.actions if not one.reveals)
        return super().links(view._replace(actions=shown))

    @override
    def panels(self, _view: View) -> Iterable[Widget]:
        """Say what to do next."""
        steps = [
            HangingLabel(
                numbered(
                    number,
                    self.ui.translate(f"panel.next.{each}"),
                    self.ui.translate(f"panel.next.{each}.about"),
                )
            )
            for number, each in enumerate(("note", "throw", "sign_in"), 1)
        ]
        steps[-1].add_class("last")
        foot = self.ui.translate("panel.next.call")
        yield Panel(self.ui.translate("panel.next"), *steps, foot=foot)
