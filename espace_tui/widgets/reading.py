"""What a screen gives to read: paragraphs, lists, facts, letters.

It takes the focus only where the page is longer than the screen, so that the text can be read from
its beginning with the keyboard: arrows scroll by a line, Space and Enter by a page; arrows and
Enter then go on to the first thing to do. Letters typed there go to the first field.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch
from typing import ClassVar, cast

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Offset
from textual.widget import Widget
from typing_extensions import override

from espace_tui.form import AllAnswers, Block, Bullets, Facts, Letters, Paragraph
from espace_tui.widgets.face import Face
from espace_tui.widgets.page import Page
from espace_tui.widgets.words import Hung, Words


class Reading(Vertical, can_focus=True):
    """The blocks of a step."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "line(-1)", show=False),
        Binding("down", "line(1)", show=False),
        Binding("space", "page", show=False),
    ]
    DEFAULT_CSS = """
    Reading {
        height: auto;
        & > Words, & > Hung, & > CardPicture { margin-bottom: 1; }
        & > .strong { text-style: bold; }
    }
    """
    enter_action = "read_on"

    @override
    def allow_focus(self) -> bool:
        return self.page.max_scroll_y > 0 and bool(self._nodes)

    @property
    def caret(self) -> Offset:
        """Where the terminal's cursor goes: on the first line of it that is visible."""
        top = self.page.window.y
        region = self.region
        return Offset(region.x, min(max(region.y, top), max(region.bottom - 1, top)))

    @property
    def page(self) -> Page[object]:
        """The page it is on."""
        return cast("Page[object]", self.screen)

    @property
    def _is_read(self) -> bool:
        return self.region.bottom <= self.page.window.bottom

    def _leave(self, by: int) -> None:
        """Go to what stands after the text, or before it: not to what stands in it."""
        chain = [each for each in self.page.focus_chain if self not in each.ancestors]
        self.page.set_focus(chain[(chain.index(self) + by) % len(chain)])

    def action_line(self, by: int) -> None:
        """Scroll by a line, or leave where there is nothing more to read."""
        beyond = self.page.scroll_offset.y <= 0 if by < 0 else self._is_read
        if beyond:
            self._leave(by)
        else:
            self.page.scroll_relative(y=by, animate=False)

    def action_page(self) -> None:
        """Read on; held down, the key stops at the end."""
        if not self._is_read:
            self.page.action_turn(1)

    def action_read_on(self) -> None:
        """Read on, then go to the first thing to do."""
        if self._is_read:
            self._leave(1)
        else:
            self.action_page()


@singledispatch
def draw(block: Block, face: Face) -> Iterable[Widget]:
    """Return what draws a block."""
    raise NotImplementedError(block)


@draw.register
def _(block: Paragraph, face: Face) -> Iterable[Widget]:
    yield Words(face.texts(block.text), "strong" if block.strong else "")


@draw.register
def _(block: Bullets, face: Face) -> Iterable[Widget]:
    yield Hung(*(("- ", face.texts(each)) for each in block.texts))


@draw.register
def _(block: Facts, face: Face) -> Iterable[Widget]:
    rows = (
        (face.texts(label), value if isinstance(value, str) else face.texts(value))
        for label, value in block.rows
    )
    yield Hung(*(("", face.say("fact", label=label, value=value)) for label, value in rows))


@draw.register
def _(block: Letters, face: Face) -> Iterable[Widget]:
    from espace_tui.widgets.letter import Letter  # noqa: PLC0415 — after the first paint

    count = len(block.messages)
    for number, message in enumerate(reversed(block.messages), 1):
        yield Letter(face, message, number, count)


@draw.register
def _(_block: AllAnswers, _face: Face) -> Iterable[Widget]:
    return ()
