"""What a screen gives to read: paragraphs, lists, facts, messages of the inbox.

`PageContent` takes the focus only where the page is longer than the screen, so that the text can be
read from its beginning with the keyboard: arrows scroll by a line, Space and Enter by a page; at
the end, arrows and Enter focus the next widget. Letters typed there go to the first field.
A `resting` one takes it always, and Enter leads nowhere from its end: what follows takes effect.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import singledispatch
from importlib import import_module
from itertools import count as count_from
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.widget import Widget
from typing_extensions import override

from espace_tui.i18n import Text, TimeOfDay
from espace_tui.journey.form import (
    AllAnswers,
    Block,
    Bullets,
    Facts,
    MessageList,
    Numbers,
    Paragraph,
    SiteAddress,
)
from espace_tui.widgets.button import TextButton
from espace_tui.widgets.flow import Columns, Row, Stack
from espace_tui.widgets.notices import Notice
from espace_tui.widgets.page import Page
from espace_tui.widgets.panel import BoxedCode
from espace_tui.widgets.text import HangingLabel, Label, styled
from espace_tui.widgets.ui_text import UiText

if TYPE_CHECKING:  # pydantic is imported after the first paint
    from espace_tui.model.grants import Message


_CODE = "(?m)^([0-9A-Za-z]{12}|[0-9]{6})$"
"""A code to be copied stands alone on its line."""


class InboxMessage(Stack):
    """A message drawn as a letter: sender, subject, date, text, and its code in a box."""

    DEFAULT_CSS = """
    InboxMessage {
        border-top: inner $letter-edge; border-bottom: inner $letter-edge; background: $letter;
        color: $foreground; padding: 0 2; height: auto; margin-bottom: 1;
    }
    """

    def __init__(self, ui: UiText, message: Message, number: int, count: int) -> None:
        heads = {**_heads(message), "sent": _sent_at(message, ui)}
        lines = [ui.translate(f"letter.{head}", what=what) for head, what in heads.items() if what]
        if count > 1:
            lines.insert(0, ui.translate("letter.number", number=number, count=count))
        text = message.text if message.is_readable else ui.texts("inbox.unreadable")
        parts = re.split(_CODE, text.strip())
        parts[0] = "\n".join([*lines, "", parts[0]])
        super().__init__(*map(self._part, count_from(0), parts))

    @staticmethod
    def _part(index: int, text: str) -> Label:
        return BoxedCode(in_groups(text)) if index % 2 else Label(text.strip("\n"))


def in_groups(code: str) -> str:
    """Return a code in groups that are quick to read: three of four, or two of three.

    >>> in_groups("Kd7mP3xRw9Tf"), in_groups("123456")
    ('Kd7m P3xR w9Tf', '123 456')
    """
    size = 3 if code.isdigit() else 4
    return " ".join(code[i : i + size] for i in range(0, len(code), size))


def _heads(message: Message) -> dict[str, str]:
    """Return what stands over a message: an SMS has a number, and neither sender nor subject."""
    if message.channel.value == "sms":
        return {"sms": message.recipient}
    return {"from": message.sender, "to": message.to, "subject": message.subject}


def _sent_at(message: Message, ui: UiText) -> str:
    return ui.translate("letter.at", day=message.sent_at, time=TimeOfDay(message.sent_at))


class FactList(Stack):
    """What is known, one under the other: its name, then what it is, in a column of their own.

    A name that is long stands over what it is: there is little room for both.
    """

    DEFAULT_CSS = """
    FactList {
        height: auto;
        & > Row { height: auto; & > .fact { width: 1fr; } }
        TextButton.-link { margin-right: 0; }
    }
    """
    LONGEST: ClassVar[int] = 20

    def __init__(
        self,
        ui: UiText,
        rows: Iterable[tuple[Text, Text | str]],
        tools: Mapping[str, TextButton] = MappingProxyType({}),
    ) -> None:
        self.ui = ui
        named = [(*self._words(label, value), tools.get(label.id)) for label, value in rows]
        short = [len(label) for label, *_ in named if len(label) <= self.LONGEST]
        self.width = max(short, default=0) + 3
        lines = [self._row(*each) for each in named]
        for line in lines[:-1]:
            line.add_class("followed")
        super().__init__(*lines)

    def _words(self, label: Text, value: Text | str) -> tuple[str, str]:
        """Return the name and what it is."""
        return self.ui.texts(label), self.ui.translate(value) if isinstance(value, Text) else value

    def _row(self, label: str, value: str, tool: TextButton | None) -> Widget:
        if len(label) > self.LONGEST:
            return HangingLabel((styled((label, "$muted")), ""), ("  ", value))
        row = HangingLabel((styled((label.ljust(self.width), "$muted")), value), classes="fact")
        return Row(row, tool) if tool else row


class PageContent(Stack, can_focus=True):
    """The blocks of a step, or the text of a dialog."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_line(-1)", show=False),
        Binding("down", "scroll_line(1)", show=False),
        Binding("space", "read_page", show=False),
    ]
    DEFAULT_CSS = """
    PageContent {
        height: auto;
        & > Label, & > HangingLabel, & > CardPicture { margin-bottom: 1; }
        & > .strong { text-style: bold; }
        & > FactList { margin-bottom: 1; }
    }
    """

    def __init__(self, *children: Widget, resting: bool = False, first: bool = False) -> None:
        super().__init__(*children)
        self.resting = resting
        self.first = first
        """Whether one begins there even where the whole of it is seen."""
        self.enter_action = "read_page" if resting else "read_on"

    @override
    def allow_focus(self) -> bool:
        return bool(self.children) and (
            self.resting or self.first or self.page.body.max_scroll_y > 0
        )

    @property
    def caret(self) -> Offset:
        """Where the terminal's cursor goes: on the first visible line of the content."""
        top = self.page.viewport.y
        region = self.region
        return Offset(region.x, min(max(region.y, top), max(region.bottom - 1, top)))

    def on_mount(self) -> None:
        """Say that Enter reads on, as long as there is more to read."""
        self.watch(self.page.body, "scroll_y", self._tell_more, init=False)

    def on_resize(self) -> None:
        """Look again where the text ends."""
        self._tell_more()

    @override
    def watch_has_focus(self, _has_focus: bool) -> None:
        super().watch_has_focus(_has_focus)
        self._tell_more()

    def _tell_more(self) -> None:
        if self.has_focus:
            self.page.tell_more(more=not self._end_is_visible)

    def on_blur(self) -> None:
        """Enter does something else now."""
        self.page.tell_more(more=False)

    @property
    def page(self) -> Page[object]:
        """The screen that holds it."""
        return cast("Page[object]", self.screen)

    @property
    def _end_is_visible(self) -> bool:
        # from the top of what scrolls: where it was last drawn may not be where it now is
        bottom = self.region.bottom - self.page.query_one(Columns).region.y
        return bottom - self.page.body.scroll_offset.y <= self.page.viewport.height

    def _focus_neighbour(self, by: int) -> None:
        """Focus what comes after the content, or before it, but nothing in it."""
        chain = [other for other in self.page.focus_chain if self not in other.ancestors]
        self.page.set_focus(chain[(chain.index(self) + by) % len(chain)])

    def action_scroll_line(self, by: int) -> None:
        """Scroll by a line; with nothing more to read, focus the next widget."""
        beyond = self.page.body.scroll_offset.y <= 0 if by < 0 else self._end_is_visible
        if beyond:
            self._focus_neighbour(by)
        else:
            self.page.body.scroll_relative(y=by, animate=False)

    def action_read_page(self) -> None:
        """Scroll by a page; at the end, do nothing, so that a key held down stops there."""
        if not self._end_is_visible:
            self.page.action_scroll_page(1)

    def action_read_on(self) -> None:
        """Scroll by a page; at the end, focus the next widget."""
        if self._end_is_visible:
            self._focus_neighbour(1)
        else:
            self.action_read_page()


@singledispatch
def draw_block(block: Block, ui: UiText) -> Iterable[Widget]:
    """Return the widgets that draw a block."""
    raise NotImplementedError(block)


@draw_block.register
def _(block: Paragraph, ui: UiText) -> Iterable[Widget]:
    text = ui.texts(block.text)
    yield Notice(text, strong=True) if block.strong else Label(text)


@draw_block.register
def _(block: Bullets, ui: UiText) -> Iterable[Widget]:
    yield HangingLabel(*(("- ", ui.texts(text)) for text in block.texts))


@draw_block.register
def _(block: Facts, ui: UiText) -> Iterable[Widget]:
    yield FactList(ui, block.rows)


@draw_block.register
def _(block: MessageList, ui: UiText) -> Iterable[Widget]:
    count = len(block.messages)
    for number, message in enumerate(reversed(block.messages), 1):
        yield InboxMessage(ui, message, number, count)


@draw_block.register
def _(_block: AllAnswers, _ui: UiText) -> Iterable[Widget]:
    return ()


@draw_block.register
def _(block: Numbers, ui: UiText) -> Iterable[Widget]:
    rows = ((ui.texts(label), " ".join(groups)) for label, groups in block.rows)
    yield HangingLabel(
        *(("", ui.translate("fact", label=label, value=value)) for label, value in rows)
    )


@draw_block.register
def _(block: SiteAddress, _ui: UiText) -> Iterable[Widget]:
    drawing = import_module("espace_tui.widgets.site_address")  # rarely shown: the QR code is late
    widgets: Iterable[Widget] = drawing.draw_address(block)
    yield from widgets


def draw_aside(block: Block, ui: UiText) -> Iterator[Widget]:
    """Yield what a block has under the buttons: they come first."""
    if isinstance(block, SiteAddress):
        drawing = import_module("espace_tui.widgets.site_address")
        yield drawing.QrCode(block.url, ui.texts("guide.open.phone"))
