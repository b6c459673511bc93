"""What a screen gives to read: paragraphs, lists, facts, letters.

It takes the focus only where the page is longer than the screen, so that the text can be read from
its beginning with the keyboard: arrows scroll by a line, Space and Enter by a page; arrows and
Enter then go on to the first thing to do. Letters typed there go to the first field.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Offset
from textual.widget import Widget
from typing_extensions import override

from espace_tui.i18n import TimeOfDay
from espace_tui.journey.form import AllAnswers, Block, Bullets, Facts, MessageList, Paragraph
from espace_tui.widgets.page import Page
from espace_tui.widgets.text import HangingLabel, Label
from espace_tui.widgets.ui_text import UiText

if TYPE_CHECKING:  # pydantic is imported after the first paint
    from espace_tui.model.grants import Message


class InboxMessage(Label):
    """One message between two lines."""

    DEFAULT_CSS = """
    InboxMessage { border-top: solid $edge; border-bottom: solid $edge; color: $foreground; }
    """

    def __init__(self, ui: UiText, message: Message, number: int, count: int) -> None:
        heads = {
            "from": message.sender,
            "to": message.to,
            "subject": message.subject,
            "sent": ui.translate("letter.at", day=message.sent_at, time=TimeOfDay(message.sent_at)),
        }
        lines = [ui.translate(f"letter.{head}", what=what) for head, what in heads.items() if what]
        if count > 1:
            lines.insert(0, ui.translate("letter.number", number=number, count=count))
        super().__init__("\n".join([*lines, "", message.text.strip()]))


class PageContent(Vertical, can_focus=True):
    """The blocks of a step."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "line(-1)", show=False),
        Binding("down", "line(1)", show=False),
        Binding("space", "page", show=False),
    ]
    DEFAULT_CSS = """
    PageContent {
        height: auto;
        & > Label, & > HangingLabel, & > CardPicture { margin-bottom: 1; }
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
        top = self.page.viewport.y
        region = self.region
        return Offset(region.x, min(max(region.y, top), max(region.bottom - 1, top)))

    @property
    def page(self) -> Page[object]:
        """The page it is on."""
        return cast("Page[object]", self.screen)

    @property
    def _end_is_visible(self) -> bool:
        return self.region.bottom <= self.page.viewport.bottom

    def _focus_neighbour(self, by: int) -> None:
        """Go to what stands after the text, or before it: not to what stands in it."""
        chain = [each for each in self.page.focus_chain if self not in each.ancestors]
        self.page.set_focus(chain[(chain.index(self) + by) % len(chain)])

    def action_line(self, by: int) -> None:
        """Scroll by a line, or leave where there is nothing more to read."""
        beyond = self.page.scroll_offset.y <= 0 if by < 0 else self._end_is_visible
        if beyond:
            self._focus_neighbour(by)
        else:
            self.page.scroll_relative(y=by, animate=False)

    def action_page(self) -> None:
        """Read on; held down, the key stops at the end."""
        if not self._end_is_visible:
            self.page.action_turn(1)

    def action_read_on(self) -> None:
        """Read on, then go to the first thing to do."""
        if self._end_is_visible:
            self._focus_neighbour(1)
        else:
            self.action_page()


@singledispatch
def draw_block(block: Block, face: UiText) -> Iterable[Widget]:
    """Return what draws a block."""
    raise NotImplementedError(block)


@draw_block.register
def _(block: Paragraph, face: UiText) -> Iterable[Widget]:
    yield Label(face.texts(block.text), "strong" if block.strong else "")


@draw_block.register
def _(block: Bullets, face: UiText) -> Iterable[Widget]:
    yield HangingLabel(*(("- ", face.texts(each)) for each in block.texts))


@draw_block.register
def _(block: Facts, face: UiText) -> Iterable[Widget]:
    rows = (
        (face.texts(label), value if isinstance(value, str) else face.texts(value))
        for label, value in block.rows
    )
    yield HangingLabel(
        *(("", face.translate("fact", label=label, value=value)) for label, value in rows)
    )


@draw_block.register
def _(block: MessageList, face: UiText) -> Iterable[Widget]:
    count = len(block.messages)
    for number, message in enumerate(reversed(block.messages), 1):
        yield InboxMessage(face, message, number, count)


@draw_block.register
def _(_block: AllAnswers, _face: UiText) -> Iterable[Widget]:
    return ()
