"""The conversation: who speaks with whom, in which language and manner, and how it is said.

Everything said goes through here, so that it is clean, at most 72 columns wide, and that a blank
line stands between two blocks.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from espace_tui.i18n import Text, Texts
from espace_tui.linear.console.port import Console

if TYPE_CHECKING:
    from espace_tui.journey.wizard import Wizard
    from espace_tui.linear.prompt import Question


VERBOSITIES = ("short", "normal", "full")


class Speech:
    """How the person wants to be spoken to; they may change it at any prompt."""

    def __init__(self, verbosity: str = "normal", *, bell: bool = True) -> None:
        self.verbosity = verbosity
        self.bell = bell

    @property
    def short(self) -> bool:
        """Whether only what is needed is said."""
        return self.verbosity == "short"

    @property
    def full(self) -> bool:
        """Whether helps are said without being asked for."""
        return self.verbosity == "full"


MAX_WIDTH = 72
"""Columns at most."""
MIN_WIDTH = 20
"""Columns at least, however narrow the screen is."""
_WITHIN_A_NUMBER = re.compile("(?<=[0-9]) (?=[0-9])")
_MASK = re.compile("[ •]*•[ •]*")
_DRAWN = re.compile("[─-▟]")


def clean(text: str) -> str:
    """Return a text without anything that a terminal could obey or draw with; lines are kept."""
    flat = text.replace("\t", " ").replace("\u2028", "\n").replace("\u2029", "\n")
    shown = "".join(c for c in flat if c.isprintable() or c in "\n\u00a0\u202f")
    return _DRAWN.sub("-", shown)


def wrap(text: str, indent: str = "", width: int = MAX_WIDTH) -> list[str]:
    """Return the lines of a text, which cut neither a number nor at a no-break space."""
    lines: list[str] = []
    for line in _WITHIN_A_NUMBER.sub("\u00a0", clean(text)).split("\n"):
        lines += textwrap.wrap(line, width, subsequent_indent=indent, break_on_hyphens=False) or [
            ""
        ]
    return [plain_spaces(line) for line in lines]


def plain_spaces(text: str) -> str:
    """Return a text whose no-break spaces are plain: a dumb terminal may not have them."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").rstrip()


def replace_mask(text: str, word: str) -> str:
    """Return a masked answer with a word in the place of its dots, which say nothing aloud."""
    return _MASK.sub(f" {word} ", text).strip()


CommandHandler = Callable[["Conversation", "Question", str], Awaitable[bool]]


class Conversation:
    """One conversation.

    `asked` are the fields asked since the person arrived, in order; `shown` the secrets that were
    shown once since they were typed; `leaving` says that leaving is being asked about, `finished`
    that something was brought to its end. `order` finds what a command does, by its name.
    """

    def __init__(
        self,
        wizard: Wizard,
        texts: Texts,
        console: Console,
        manner: Speech,
        order: Callable[[str], CommandHandler],
    ) -> None:
        self.wizard = wizard
        self.texts = texts
        self.console = console
        self.speech = manner
        self.handler = order
        self.asked_fields: list[str] = []
        self.shown_secrets: set[tuple[str, str]] = set()
        self.confirming_quit = False
        self.completed = False
        self._gap = False

    def begin_block(self) -> None:
        """Begin a new block: a blank line comes before whatever is said next."""
        self._gap = True

    def continue_block(self) -> None:
        """Go on in the block of the answer."""
        self._gap = False

    def write_blank_line(self) -> None:
        """Say the blank line of a block that begins with the prompt itself."""
        self.console.write_line("")
        self._gap = False

    def say(self, text: Text | str, /, **values: object) -> None:
        """Say a text."""
        self.write(self.texts(text, **values))

    def write(self, words: str, indent: str = "") -> None:
        """Say words that are already in the person's language."""
        if self._gap:
            self.console.write_line("")
        self._gap = False
        for each in self.wrap(words, indent):
            self.console.write_line(each)

    def wrap(self, words: str, indent: str = "") -> list[str]:
        """Return words as lines that fit: 72 columns, or the screen if it is narrower."""
        return wrap(words, indent, max(min(MAX_WIDTH, self.console.columns), MIN_WIDTH))

    def say_block(self, text: Text | str, /, **values: object) -> None:
        """Say a text as a block of its own."""
        self.begin_block()
        self.say(text, **values)
        self.begin_block()

    def text_if_any(self, text: Text) -> str:
        """Return a text that may not exist: an example, a help."""
        return self.texts(text) if self.texts.has(text.id) else ""

    def enumeration(self, items: Sequence[str]) -> str:
        """Return an enumeration on one line."""
        *before, several = items
        for each in reversed(before):
            several = self.texts("linear.several", first=each, others=several)
        return several

    def say_error(self, text: Text | str, /, **values: object) -> None:
        """Say what went wrong, so that it is heard too."""
        self.ring_bell()
        self.say("linear.error", what=self.texts(text, **values))

    def ring_bell(self) -> None:
        """Ring the bell, unless the person removed it."""
        if self.speech.bell:
            self.console.bell()
