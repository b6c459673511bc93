r"""Text to be read: only what can be printed safely, wrapped, with its continuation lines aligned.

A letter, an error or a suggestion may quote anything: what could act on the terminal (controls,
escapes, changes of direction) or break it (lone surrogates) is shown as `�`.

    >>> printable("a\x1b[2J\u202eb")
    'a�[2J�b'
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
from textual.widgets._static import Static
from typing_extensions import override


def glyph(character: str) -> str:
    """Return a character as it may be printed; spaces of any kind stay."""
    return character if character.isprintable() or category(character) == "Zs" else "�"


def printable(text: str) -> str:
    """Return a text as it may be printed; its lines stay."""
    if text.isprintable():
        return text
    return "\n".join("".join(map(glyph, line)) for line in text.expandtabs(4).splitlines())


class Words(Static):
    """A text; no markup is read in it."""

    def __init__(self, text: str, classes: str = "") -> None:
        super().__init__(printable(text), markup=False, classes=classes)

    def say(self, text: str) -> None:
        """Say something else that takes the same room."""
        if (safe := printable(text)) != self.content:
            self.update(safe, layout=False)


@dataclass(init=False, repr=False)
class Hanging(Visual):
    """Texts each after its mark: what does not fit on a line goes on under the text's beginning."""

    items: list[tuple[str, str]]
    style: str

    def __init__(self, *items: tuple[str, str], style: str = "") -> None:
        self.items = [(mark, printable(text)) for mark, text in items]
        self.style = style

    @property
    def plain(self) -> str:
        """The text itself."""
        return "\n".join(f"{mark}{text}" for mark, text in self.items)

    def _wrapped(self, width: int) -> Content:
        lines: list[Content] = []
        for mark, text in self.items:
            marks = chain([mark], repeat(" " * len(mark)))
            wrapped = Content(text).wrap(max(width - len(mark), 1))
            lines += (
                Content.assemble(each, (line.plain, self.style))
                for each, line in zip(marks, wrapped, strict=False)
            )
        return Content("\n").join(lines)

    @override
    def get_height(self, rules: RulesMap, width: int) -> int:
        return self._wrapped(width).get_height(rules, width)

    @override
    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return Content(self.plain).get_optimal_width(rules, container_width)

    @override
    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        return self._wrapped(width).render_strips(width, height, style, options)


class Hung(Static):
    """What hangs after its mark, on the screen."""

    def __init__(self, *items: tuple[str, str], classes: str = "") -> None:
        super().__init__(Hanging(*items), markup=False, classes=classes)

    def hang(self, *items: tuple[str, str], style: str = "") -> None:
        """Say something else that takes the same room."""
        hanging = Hanging(*items, style=style)
        if hanging != self.content:
            self.update(hanging, layout=False)
