r"""Labels: text that is safe to print, wrapped, with a hanging indent.

A message, an error or a suggestion may quote anything: what could act on the terminal (controls,
escapes, changes of direction) or break it (lone surrogates) is shown as `�`.

    >>> printable("a\x1b[2J\u202eb")
    'a�[2J�b'

A no-break space is never a line break: « Nous lisons : » never begins a line with its colon.

    >>> wrapped("deux mots\u00a0: oui", 10)
    ['deux', 'mots\xa0: oui']
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, repeat
from unicodedata import category

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static
from typing_extensions import override

from espace_tui.widgets.flow import Placed


def glyph(character: str) -> str:
    """Return a character as it may be printed; spaces of any kind stay."""
    return character if character.isprintable() or category(character) == "Zs" else "�"


def printable(text: str) -> str:
    """Return a text as it may be printed, on as many lines."""
    if text.isprintable():
        return text
    return "\n".join("".join(map(glyph, line)) for line in text.expandtabs(4).splitlines())


PROTECTED = {0xA0: 0xE000, 0x202F: 0xE001}
"""Textual wraps at no-break spaces: letters for private use, never printed, stand for them."""
RESTORED = {held: space for space, held in PROTECTED.items()}


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text, none wider than `width`."""
    return [line.plain for line in _wrapped(Content(text), width)]


def _wrapped(text: Content, width: int) -> list[Content]:
    held = Content(text.plain.translate(PROTECTED), [*text.spans])
    return [
        Content(line.plain.translate(RESTORED), [*line.spans]) for line in held.wrap(max(width, 1))
    ]


Words = str | Content
"""A text, or one of ours with styles in it."""


def styled(*parts: Words | tuple[Words, str]) -> Content:
    """Put together texts and their styles, as they may be printed."""
    whole = Content("")
    for part in parts:
        text, style = part if isinstance(part, tuple) else (part, "")
        words = text if isinstance(text, Content) else Content(printable(text))
        whole += words.stylize(style) if style else words
    return whole


@dataclass(init=False, repr=False)
class HangingText(Visual):
    """Texts after their marks (« - », « [x] »), with a hanging indent as wide as the mark.

    `spare` is how many columns more it asks for, so that it can grow without moving its neighbours.
    """

    items: list[tuple[Content, Content]]
    style: str
    spare: int

    def __init__(self, *items: tuple[Words, Words], style: str = "", spare: int = 0) -> None:
        self.items = [(styled(mark), styled(text)) for mark, text in items]
        self.style = style
        self.spare = spare
        self._last: tuple[int, Content] | None = None

    @property
    def plain(self) -> str:
        """The text alone, unwrapped."""
        return "\n".join(f"{mark.plain}{text.plain}" for mark, text in self.items)

    def _wrapped(self, width: int) -> Content:
        """Return the wrapped lines: measuring and drawing ask for the same width in turn."""
        if self._last is None or self._last[0] != width:
            self._last = (width, self._wrap(width))
        return self._last[1]

    def _wrap(self, width: int) -> Content:
        lines: list[Content] = []
        room = width - self.spare
        for mark, text in self.items:
            marks = chain([mark], repeat(Content(" " * len(mark))))
            lines += (
                start + (line.stylize(self.style) if self.style else line)
                for start, line in zip(marks, _wrapped(text, room - len(mark)), strict=False)
            )
        return Content("\n").join(lines)

    @override
    def get_height(self, rules: RulesMap, width: int) -> int:
        return self._wrapped(width).get_height(rules, width)

    @override
    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return Content(self.plain).get_optimal_width(rules, container_width) + self.spare

    @override
    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        return self._wrapped(width).render_strips(width, height, style, options)


class HangingLabel(Placed, Static):
    """A label with marks and a hanging indent."""

    def __init__(
        self, *items: tuple[Words, Words], text: HangingText | None = None, classes: str = ""
    ) -> None:
        super().__init__(text or HangingText(*items), markup=False, classes=classes)

    def set_items(self, *items: tuple[Words, Words]) -> None:
        """Show another text that takes the same room."""
        self.show(HangingText(*items))

    def show(self, text: HangingText) -> None:
        """Show another text that takes the same room."""
        if text != self.content:
            self.update(text, layout=False)


class Label(HangingLabel):
    """A label without marks; no markup is read in its text."""

    def __init__(self, text: Words, classes: str = "") -> None:
        super().__init__(("", text), classes=classes)

    def set_text(self, text: Words) -> None:
        """Show another text that takes the same room."""
        self.set_items(("", text))
