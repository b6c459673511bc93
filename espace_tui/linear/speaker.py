r"""Saying things in plain lines, for a screen reader, a Braille line, a dumb terminal or a pipe.

Everything that is said goes through a `Speaker`, so that it is in the person's language, holds no
control character and nothing drawn, fits the screen (72 columns at most, or as many as the person
wants), and that a blank line stands between two blocks. A long number is said in groups with commas
between them: a speech synthesizer would read thousands of millions.

>>> clean("one\x1b[31m two\x07\u202e")
'one[31m two'
>>> replace_mask("• •• •• •• ••• ••• 38", "hidden"), replace_mask("ch•••@exemple.fr", "hidden")
('hidden 38', 'ch hidden @exemple.fr')
>>> group_numbers("Example: 2 55 08, Kd7m P3xR, 8025000002, in 2026 at 9:00").replace(NBSP, " ")
'Example: 2, 55, 08, Kd7m, P3xR, 80, 25, 00, 00, 02, in 2026 at 9:00'
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from espace_tui.i18n import Text, Texts
from espace_tui.journey.context import Masks
from espace_tui.linear.console.port import MAX_WIDTH, Console

SMALL_WORD = 3
"""Letters of a word that no name ends with: « de », « the »."""
NIR_GROUPS = (1, 2, 2, 2, 3, 3, 2)
MIN_WIDTH = 20
"""Columns of a line at least, however narrow the screen is."""
PROMPT_WIDTH = 36
"""Cells of a prompt at most: at its end a Braille line of 40 still shows all of it."""
NBSP = "\u00a0"
_GROUP = r"(?<![\w,.:/-])(?=\w*\d)[0-9A-Za-z]+"
_GROUPS = re.compile(rf"[+]?{_GROUP}(?:[ \u00a0\u202f](?=\w*\d)[0-9A-Za-z]+(?![\w@]))+")
_LONG_NUMBER = re.compile(r"(?<![\w.@/:-])\d{6,}(?![\w@/:-])")
_SPACE_IN_A_NUMBER = re.compile("(?<=[0-9]) (?=[0-9])")
_COMMA_IN_A_NUMBER = re.compile(r"(?<=\w), (?=\w*\d)")
_MASK = re.compile("[ •]*•[ •]*")
_DRAWN = re.compile("[─-▟]")


class Manner(NamedTuple):
    """How a person wants to be spoken to: the settings of this face. `bell` rings on errors.

    `masks`, at a counter, tells what may be said of the answers.
    """

    verbosity: str = "normal"
    bell: bool = True
    width: int = MAX_WIDTH
    paging: bool = True
    masks: Masks | None = None


class Speaker:
    """Says texts on a console, as briefly or fully as the person wants.

    `verbosity` is one of the settings'; it may change at any time. `width` is how many columns a
    line takes at most, 0 for lines that are never cut; `page_lines` how many lines are read at a
    time, 0 for all.
    """

    def __init__(self, console: Console, texts: Texts, manner: Manner | None = None) -> None:
        manner = manner or Manner()
        self.console = console
        self.texts = texts
        self.verbosity = manner.verbosity
        self.width = manner.width
        self.page_lines = console.page_lines if manner.paging else 0
        self.masks = manner.masks
        self.covers = manner.masks is not None
        """Whether an answer is masked as soon as it is given."""
        self._bell = manner.bell
        self._blank_line_due = False

    @property
    def short(self) -> bool:
        """Whether only what is needed is said."""
        return self.verbosity == "short"

    @property
    def may_reveal(self) -> bool:
        """Whether secrets may be said: on a computer of one's own, always."""
        return self.masks is None or self.masks.may_reveal

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
        self.write_lines(self.wrap(group_numbers(words), indent))

    def write_lines(self, lines: Iterable[str]) -> None:
        """Write lines that are already clean and short enough."""
        for line in lines:
            if self._blank_line_due:
                self.write_blank_line()
            self.console.write_line(line)

    def say_title(self, text: Text, /) -> None:
        """Say where the person is."""
        self.say(text)

    def write_choice(self, words: str, about: str = "") -> None:
        """Write one thing that can be chosen, by the number that its words begin with."""
        self.write(words, "   ")
        if about and not self.short:
            self.write(f"   {about}", "   ")

    def expect(self, quick: Sequence[tuple[str, str]], *, many_lines: bool = False) -> None:
        """Take note of what may be answered next; a console that only has lines needs it not.

        `quick` are lines that answer at once, each with its words; `many_lines`: a whole text.
        """

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
        if not self.width:
            return wrap(words, indent, len(words) + 1)
        return wrap(words, indent, max(min(self.width, self.console.columns), MIN_WIDTH))

    def name_in_prompt(self, text_id: str, words: str, **values: object) -> str:
        """Return a prompt that begins with some words, as many of them as it has room for."""
        taken = words.split()
        while len(taken) > 1:
            prompt = self.texts(text_id, label=" ".join(taken), **values)
            if len(prompt) < PROMPT_WIDTH:
                return prompt
            taken.pop()
            while len(taken) > 1 and _ends_amiss(taken):
                taken.pop()
        return self.texts(text_id, label=taken[0], **values)

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


def _ends_amiss(words: Sequence[str]) -> bool:
    """Tell whether words cannot end there: on a small one, or within a parenthesis."""
    last, whole = words[-1], " ".join(words)
    return len(last) <= SMALL_WORD or last.endswith("’") or whole.count("(") > whole.count(")")


def group_numbers(text: str) -> str:
    """Return a text with commas between the groups of each number, however long."""
    text = _GROUPS.sub(lambda found: ", ".join(found.group().split()), text)
    text = _LONG_NUMBER.sub(lambda found: ", ".join(_pairs(found.group())), text)
    return _COMMA_IN_A_NUMBER.sub(f",{NBSP}", text)


def _pairs(number: str) -> list[str]:
    """Return the digits of a number by twos, a social security number as it is printed."""
    sizes = NIR_GROUPS if len(number) == sum(NIR_GROUPS) else [2] * len(number)
    ends = list(accumulate(sizes))
    return [g for size, end in zip(sizes, ends, strict=True) if (g := number[end - size : end])]


def clean(text: str) -> str:
    """Return a text without anything that a terminal could obey or draw with; lines are kept."""
    flat = text.replace("\t", " ").replace("\u2028", "\n").replace("\u2029", "\n")
    shown = "".join(c for c in flat if c.isprintable() or c in "\n\u00a0\u202f")
    return _DRAWN.sub("-", shown)


def wrap(text: str, indent: str = "", width: int = MAX_WIDTH) -> list[str]:
    """Return the lines of a text, never cut inside a number nor at a no-break space."""
    lines: list[str] = []
    for line in _SPACE_IN_A_NUMBER.sub("\u00a0", clean(text)).split("\n"):
        first = indent if lines else ""
        parts = textwrap.wrap(
            line,
            width,
            initial_indent=first,
            subsequent_indent=indent,
            break_on_hyphens=False,
        )
        lines += parts or [""]
    return [plain_spaces(line) for line in lines]


def plain_spaces(text: str) -> str:
    """Return a text with plain spaces for no-break ones, which a dumb terminal may not have."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").rstrip()


def replace_mask(text: str, word: str) -> str:
    """Return a masked answer with a word in the place of its dots, which say nothing aloud."""
    return _MASK.sub(f" {word} ", text).strip()
