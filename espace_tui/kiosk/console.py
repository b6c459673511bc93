"""The console of a page: paragraphs, choices and questions, sent as frames, unwrapped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Self

from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.kiosk.connection import PageConnection
from espace_tui.linear.console.port import MAX_WIDTH, LineMask
from espace_tui.linear.console.reader import MAX_LINE
from espace_tui.linear.speaker import replace_mask

WORDS = (
    *("heading", "log", "skip", "send", "other", "help", "back", "repeat", "cancel", "hide"),
    *("resume", "erase", "size", "colours", "secret", "long"),
)
"""What the page itself says while somebody is served."""
_BULLET = "- "
_COMMAND, _SIGNS = ":", {"", "?", "<", "!"}
"""What is no answer, and was not typed as one."""


class PageConsole:
    """Writes and reads over a connection; it satisfies the port of the line-by-line face."""

    prefills = True
    interactive = True
    full_screen = False
    page_lines = 0
    columns = MAX_WIDTH

    def __init__(self, connection: PageConnection, texts: Texts) -> None:
        self._connection = connection
        self._texts = texts
        self._language = ""
        self._is_apart = False
        self._list = self._open_list = 0
        self._list_is_new = False
        self._prompt = ""
        self._rest = ""
        self._quick: Sequence[tuple[str, str]] = ()
        self._many_lines = False
        self.tone = ""
        """What the next paragraphs are: ``title``, ``error``, or nothing in particular."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        """Leave: how it ended is said by who serves."""

    # --- what is said

    def write_line(self, line: str) -> None:
        """Write a paragraph; an empty one sets the next apart."""
        if not line:
            self._is_apart = True
            return
        item = line.startswith(_BULLET)
        self._send(say=line.removeprefix(_BULLET), tone=self.tone or ("item" if item else ""))

    def write_choice(self, words: str, about: str) -> None:
        """Write one thing that can be chosen, as a button that answers its number."""
        if not self._list_is_new:
            self._list += 1
            self._list_is_new = True
        self._send(choice=words.partition(".")[0], label=words, about=about, list=self._list)

    def bell(self) -> None:
        """Ring nothing: an error is said, and looks like one."""

    def clear(self) -> None:
        """Erase nothing: a page is hidden and erased as a whole, by who serves it."""

    def hide(self) -> None:
        """Hide nothing: the page has its own button."""

    def when_resumed(self, say: Callable[[], object]) -> None:
        """Say nothing again: what the page hid is there when it is resumed."""

    # --- what is asked

    def expect(self, quick: Sequence[tuple[str, str]], *, many_lines: bool) -> None:
        """Take note of what answers the next question at once, and how long an answer may be."""
        self._quick, self._many_lines = quick, many_lines

    def read_line(self, prompt: str, prefill: str = "", mask: LineMask | None = None) -> str:
        """Ask for a line, or for a whole text; what was typed is said back masked, where it is."""
        answer = self._ask(prompt, prefill=prefill, lines=self._many_lines, masked=bool(mask))
        if not self._many_lines:
            line = " ".join(answer.splitlines())
            if mask and line not in _SIGNS and not line.startswith(_COMMAND):
                said = replace_mask(mask.mask(line), self._texts("linear.masked"))
                self._send(say=f"{prompt.strip()} {said}", tone="answer")
            return line
        line, _, self._rest = answer.strip().partition("\n")
        return line.rstrip("\r")

    def read_secret(self, prompt: str) -> str:
        """Ask for what nobody may see."""
        return self._ask(prompt, secret=True)

    def rest_of_paste(self, accepts: Callable[[str], bool], limit: int = 0) -> str:
        """Return the lines that came with the last one, if they are wanted; none is kept."""
        text, self._rest = self._rest.strip(), ""
        return text if text and len(text) <= (limit or MAX_LINE) and accepts(text) else ""

    @contextmanager
    def cancellable(self, cancel: Callable[[], object]) -> Iterator[None]:
        """Call `cancel` when the page says so."""
        self._connection.on_cancel = cancel
        try:
            yield
        finally:
            self._connection.on_cancel = None

    def _ask(self, prompt: str, **question: object) -> str:
        """Ask; the choices said before a question hold until another question is asked."""
        if self._list_is_new:
            self._open_list = self._list
        elif prompt != self._prompt:
            self._open_list = 0
        self._list_is_new, self._prompt, self._rest = False, prompt, ""
        self._say_language()
        return self._connection.ask(
            prompt=prompt.strip(), list=self._open_list, quick=self._quick, **question
        )

    # --- the language

    def _send(self, **frame: object) -> None:
        self._say_language()
        apart, self._is_apart = self._is_apart, False
        self._connection.send(apart=apart, **frame)

    def _say_language(self) -> None:
        """Say in which language what follows is, and the words of the page in it."""
        texts = self._texts
        if texts.language == self._language:
            return
        self._language = texts.language
        words = {name: texts(f"kiosk.{name}") for name in WORDS}
        others = [
            [f":{texts('linear.command.language')} {other}", Texts(other)("language.name"), other]
            for other in LANGUAGES
            if other != texts.language
        ]
        actions = f":{texts('linear.command.actions')}"
        self._connection.send(language=texts.language, words=words, actions=actions, others=others)
