"""The speaker of a page: the same words, as headings, paragraphs, lists and buttons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from typing_extensions import override

from espace_tui.i18n import Text, Texts
from espace_tui.kiosk.console import PageConsole
from espace_tui.linear.speaker import Manner, Speaker, clean, group_numbers

OWN = {
    "linear.mode": "kiosk.mode",
    "linear.mode.only": "kiosk.mode.answer",
    "linear.mode.help": "kiosk.mode.help",
    "linear.wait.start": "kiosk.wait",
    "linear.secret.hint": "kiosk.secret.hint",
    "linear.ways": "kiosk.ways",
    "linear.ways.short": "kiosk.ways.short",
    "linear.help.more": "kiosk.help.more",
    "linear.kept.editable": "kiosk.kept.editable",
    "linear.kept.secret": "kiosk.kept.secret",
    "prerequisites.loupe": "kiosk.loupe",
}
"""What is said in another manner in a page than in a terminal."""


class PageSpeaker(Speaker):
    """Says texts in a page: whole paragraphs, whose lines the browser cuts."""

    def __init__(self, console: PageConsole, texts: Texts, verbosity: str) -> None:
        super().__init__(console, texts, Manner(verbosity, bell=False, width=0, paging=False))
        self._page = console
        self.covers = True
        texts.instead = OWN

    @override
    def say_title(self, text: Text, /) -> None:
        with self._tone("title"):
            self.say(text)

    @override
    def say_error(self, text: Text | str, /, **values: object) -> None:
        with self._tone("error"):
            super().say_error(text, **values)

    @override
    def write_choice(self, words: str, about: str = "") -> None:
        about = "" if self.short else about
        self._page.write_choice(*(clean(group_numbers(each)) for each in (words, about)))

    @override
    def expect(self, quick: Sequence[tuple[str, str]], *, many_lines: bool = False) -> None:
        self._page.expect(quick, many_lines=many_lines)

    @override
    def wrap(self, words: str, indent: str = "") -> list[str]:
        """Return clean paragraphs; a browser knows what to do with a no-break space."""
        return clean(words).split("\n")

    @contextmanager
    def _tone(self, tone: str) -> Iterator[None]:
        self._page.tone = tone
        try:
            yield
        finally:
            self._page.tone = ""
