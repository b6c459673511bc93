r"""Saying things in plain lines, for a screen reader, a Braille line, a dumb terminal or a pipe.

Everything that is said goes through a `Speaker`, so that it is in the person's language, holds no
control character and nothing drawn, fits the screen (72 columns at most), and that a blank line
stands between two blocks.

>>> clean("one\x1b[31m two\x07\u202e")
'one[31m two'
>>> replace_mask("• •• •• •• ••• ••• 38", "hidden"), replace_mask("ch•••@exemple.fr", "hidden")
('hidden 38', 'ch hidden @exemple.fr')
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from espace_tui.i18n import Text, Texts
from espace_tui.linear.console.port import MAX_WIDTH, Console

MIN_WIDTH = 20
"""Columns of a line at least, however narrow the screen is."""
_SPACE_IN_A_NUMBER = re.compile("(?<=[0-9]) (?=[0-9])")
_MASK = re.compile("[ •]*•[ •]*")
_DRAWN = re.compile("[─-▟]")


class Speaker:
    """Says texts on a console, as briefly or fully as the person wants.

    `verbosity` is one of the settings'; it may change at any time. `bell` rings on errors.
    """

    def __init__(
        self, console: Console, texts: Texts, verbosity: str = "normal", *, bell: bool = True
    ) -> None:
        self.console = console
        self.texts = texts
        self.verbosity = verbosity
        self._bell = bell
        self._blank_line_due = False

    @property
    def short(self) -> bool:
        """Whether only what is needed is said."""
        return self.verbosity == "short"

    @property
    def full(self) -> bool:
        """Whether helps are said without being asked for."""
        return self.verbosity == "full"

    # --- saying

    def say(self, text: Text | str, /, **values: object) -> None:
        """Say a text in the block that was begun."""
        self.write(self.texts(text, **values))

    def say_block(self, text: Text | str, /, **values: object) -> None:
        """Say a text as a block of its own."""
        self._blank_line_due = True
        self.write(self.texts(text, **values))
        self._blank_line_due = True

    def say_error(self, text: Text | str, /, **values: object) -> None:
        """Say what went wrong, and ring the bell."""
        self.ring_bell()
        self.write(self.texts("linear.error", what=self.texts(text, **values)))

    def write(self, words: str, indent: str = "") -> None:
        """Write words that are already in the person's language."""
        if self._blank_line_due:
            self.write_blank_line()
        for line in self.wrap(words, indent):
            self.console.write_line(line)

    def ring_bell(self) -> None:
        """Ring the bell, unless the person turned it off."""
        if self._bell:
            self.console.bell()

    # --- blocks

    def begin_block(self) -> None:
        """Begin a new block: a blank line comes before whatever is said next."""
        self._blank_line_due = True

    def continue_block(self) -> None:
        """Stay in the same block: no blank line comes before what is said next."""
        self._blank_line_due = False

    def write_blank_line(self) -> None:
        """Write the blank line between two blocks now."""
        self._blank_line_due = False
        self.console.write_line("")

    # --- words

    def wrap(self, words: str, indent: str = "") -> list[str]:
        """Return words as clean lines that fit the screen."""
        return wrap(words, indent, max(min(MAX_WIDTH, self.console.columns), MIN_WIDTH))

    def text_if_any(self, text: Text) -> str:
        """Return a text that the catalogue may not hold (an example, a help), or nothing."""
        return self.texts(text) if self.texts.has(text.id) else ""

    def join_items(self, items: Sequence[str]) -> str:
        """Return items as an enumeration on one line: « a, b et c »."""
        *before, words = items
        for item in reversed(before):
            words = self.texts("linear.several", first=item, others=words)
        return words

    def unmask(self, text: str) -> str:
        """Return a masked answer with a word in the place of its dots."""
        return replace_mask(text, self.texts("linear.masked"))


def clean(text: str) -> str:
    """Return a text without anything that a terminal could obey or draw with; lines are kept."""
    flat = text.replace("\t", " ").replace("\u2028", "\n").replace("\u2029", "\n")
    shown = "".join(c for c in flat if c.isprintable() or c in "\n\u00a0\u202f")
    return _DRAWN.sub("-", shown)


def wrap(text: str, indent: str = "", width: int = MAX_WIDTH) -> list[str]:
    """Return the lines of a text, never cut inside a number nor at a no-break space."""
    lines: list[str] = []
    for line in _SPACE_IN_A_NUMBER.sub("\u00a0", clean(text)).split("\n"):
        parts = textwrap.wrap(line, width, subsequent_indent=indent, break_on_hyphens=False)
        lines += parts or [""]
    return [plain_spaces(line) for line in lines]


def plain_spaces(text: str) -> str:
    """Return a text with plain spaces for no-break ones, which a dumb terminal may not have."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").rstrip()


def replace_mask(text: str, word: str) -> str:
    """Return a masked answer with a word in the place of its dots, which say nothing aloud."""
    return _MASK.sub(f" {word} ", text).strip()
