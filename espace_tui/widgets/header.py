"""The first lines of a screen: whose it is, the number and title of the step, and the next one."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.widgets.flow import Placed, Row, Stack
from espace_tui.widgets.text import HangingLabel, HangingText, Label, Words, styled
from espace_tui.widgets.ui_text import UiText

BLOCK = 112
"""The columns of what there is to see, at most: beyond, it stands in the middle."""


def indent(width: int) -> int:
    """Return where the block begins in so many columns."""
    return max(width - BLOCK, 0) // 2


class NameBar(Placed, Widget):
    """« ◆ Mon espace santé », and at the right what it is: a demonstration, an unofficial guide."""

    DEFAULT_CSS = """
    NameBar { height: 1; background: $surface; color: $foreground; text-style: bold; }
    """

    def __init__(self, ui: UiText, tag: str = "demonstration") -> None:
        super().__init__()
        self.product = ui.translate("product")
        self.tag = f" {ui.translate(tag)} "

    @override
    def render(self) -> Content:
        left = indent(self.size.width)
        wide = min(self.size.width, BLOCK)
        room = " " * (wide - len(self.product) - len(self.tag) - 2)
        return Content.assemble(
            " " * left, ("◆ ", "$accent"), self.product, room, (self.tag, "$accent on $background")
        )


class Stepper(Placed, Widget):
    """As many segments as steps: done `▂`, the present one `▄`, to come `▁`."""

    DEFAULT_CSS = """
    Stepper { width: 46; height: 1; }
    """

    def __init__(self, number: int, count: int) -> None:
        super().__init__()
        self.number = number
        self.count = count

    @override
    def render(self) -> Content:
        gap = 2 if self.size.width >= self.count * 7 else 1
        size = max((self.size.width - (self.count - 1) * gap) // self.count, 1)
        space = Content(" " * gap)
        return space.join(Content.styled(*self._segment(n, size)) for n in range(1, self.count + 1))

    def _segment(self, number: int, size: int) -> tuple[str, str]:
        if self.number > self.count:
            return "▂" * size, "$met"
        if number < self.number:
            return "▂" * size, "$accent"
        return ("▄" * size, "$accent") if number == self.number else ("▁" * size, "$edge")


class StepHeader(Placed, Container):
    """« Étape 2 sur 6 : Ma carte Vitale », then « Ensuite : … »; the steps beside the words."""

    DEFAULT_CSS = """
    StepHeader {
        height: auto; background: $surface; color: $foreground; align-horizontal: center;
        & > Row {
            width: 100%; max-width: 112; height: auto;
            & > Stack { width: 1fr; height: auto; }
        }
        .title { text-style: bold; }
        .following { color: $muted; }
        &.-met {
            background: $met-ground;
            .title { color: $met; }
            .following { color: $foreground; }
        }
    }
    """

    def __init__(
        self,
        ui: UiText,
        title: Text,
        *,
        position: tuple[int, int] = (0, 0),
        following: Text | None = None,
        met: bool = False,
    ) -> None:
        super().__init__(classes="-met" if met else "")
        self.ui = ui
        self.heading = title
        self.number, self.count = position
        self.following = following

    @override
    def compose(self) -> ComposeResult:
        with Row():
            with Stack():
                yield HangingLabel(text=HangingText(("", self._title())), classes="title")
                if self.following:
                    yield Label(self.ui.translate(self.following), "following")
            if self.count:
                yield Stepper(self.number, self.count)

    def _title(self) -> Words:
        title = self.ui.texts(self.heading)
        if not 0 < self.number <= self.count:
            return f"✔ {title}" if self.has_class("-met") else styled((title, "$accent"))
        whole = self.ui.translate("step", number=self.number, count=self.count, title=self.heading)
        before, found, after = whole.partition(title)
        return styled((before, "$accent"), found, after)
