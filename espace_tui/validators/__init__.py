r"""One module per kind of value: `parse(text, …) -> value`, or one coded problem.

Every module has the same face:

- ``parse(text, …)`` returns the clean value or raises `InvalidValue`, the most useful problem
  first: missing, length, characters, key. It forgives grouping, label and case.
- ``normalize(text)`` returns what a paste becomes in the field: the value found in a pasted
  sentence, or the text itself on one line. It loses nothing that could be the value.
- ``advise(value)`` (where it makes sense) returns what deserves a second look, never a refusal.
- ``ticks(text, …)`` (where it makes sense) tells, while typing, which rules are met.
- ``groups(text)`` (numbers) returns the value as it is printed, to be read aloud or magnified.

All take any text of any length: it is cut first, so that no paste can freeze a face. This package
file knows none of the modules; it holds how they all read what a hand or a clipboard brings.

    >>> plain("\ufeffN°\u00a0:\t2\u202f84\u201105\n")
    'N° : 2 84-05'
    >>> compact(without_words("N° : 2 84-05"))
    '28405'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from espace_tui.i18n import Text

LINE = 1_000
"""What is read of a text that holds one value: the rest cannot be part of it."""
MESSAGE = 10_000
"""What is read of a pasted mail."""
TOLD = 5
"""How many wrong characters a problem names."""
GROUPS = 7
"""How many groups of characters a number within a sentence may have."""

_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
_HYPHEN = re.compile("[\u058a\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_BROKEN = re.compile("[\ud800-\udfff]")
_MARKS = re.compile("[\u0300-\u036f]+")
_NUMBER_SIGN = re.compile(r"(?<![^\W_])[Nn] ?[°º]")
_SEPARATORS = re.compile("[-\\s./_,;:!?·•|*#=~'’\"“”«»<>()\\[\\]{}]+")
_TOKEN = re.compile(r"[^\W_]+")
_NAME = re.compile(r"(?<![^\W_])[^\W\d_][^\W_]+")
"""What may be a word, or one that is numbered: a letter, then more."""
_NUMBERED = re.compile(r"[^\W\d_]{3,}[0-9]")
_LABEL = re.compile(
    r"(?:[^:=0-9]*[^\W\d_][^:=0-9]*[0-9]{1,2}[^:=0-9]*[:=]|[0-9]{1,2} ?\) )(?=.*[0-9])"
)
_OTHER_NUMBER = re.compile(
    r"\b(?:dossier|référence|réf|commande|demande|facture|contrat|colis|ticket|compte|client"
    r"|file|case|reference|ref|order|request|invoice|contract|parcel|account|customer)"
    r"\b[ .]*(?:(?:n[°o]|numéro|number) ?)?\Z",
    re.IGNORECASE,
)
"""Not « dossier : », which may end a label of the code itself: « le code de votre dossier : »."""
_JOINT = re.compile("[-_ .·]{1,3}")
_ROW = dict(zip("&é\"'(-è_çà§!", "123456789068", strict=True))
"""The digit keys of a French keyboard without Shift (§ and ! : a Mac's and a Belgian one's)."""
_ROW_ONLY = frozenset("&éèçà")
"""What of that row no number is written with."""
_BETWEEN = frozenset(" .:/")


class Advice(NamedTuple):
    """Something to look at again before going on; `suggestion` is what could replace the answer.

    `good` is news that asks for nothing.
    """

    text: Text
    suggestion: str | None = None
    good: bool = False


class Tick(NamedTuple):
    """A rule of a field and whether what is typed so far meets it."""

    rule: Text
    met: bool


# --- what was typed


def plain(text: str, longest: int = LINE) -> str:
    """Return a text on one line, without hidden characters, with one kind of space and hyphen."""
    seen = _HIDDEN.sub("", _BROKEN.sub("\ufffd", text.strip()[:longest]))
    return _BLANK.sub(" ", _HYPHEN.sub("-", seen)).strip()


def without_words(text: str) -> str:
    """Return a plain text without the words around a number: « N° : », « clé », "is"."""
    bare = _MARKS.sub("", _NUMBER_SIGN.sub(" ", text))
    return _NAME.sub(lambda token: " " if _is_name(token[0]) else token[0], bare)


def without_label(text: str) -> str:
    """Return a plain text without a label that is numbered: « Carte n° 2 : », « 1) »."""
    label = _LABEL.match(text)
    return text[label.end() :] if label else text


def _is_name(token: str) -> bool:
    """Tell whether a token is a word, or one that is numbered: « portable1 »."""
    return _is_word(token) or _NUMBERED.fullmatch(token) is not None


def _is_word(token: str) -> bool:
    """Tell whether a token is a word: two letters or more, that are not zeros and ones misread."""
    return len(token) > 1 and token.isalpha() and not set(token) <= set("OoIl")


def compact(text: str) -> str:
    """Return a plain text without separators, quotes and brackets."""
    return _SEPARATORS.sub("", text)


def is_sentence(text: str, words: int = 4) -> bool:
    """Tell whether a plain text holds at least so many words, hence more than a label."""
    return sum(map(_is_word, _TOKEN.findall(text))) >= words


def foreign_digits(text: str) -> str:
    """Return the digits that are not 0 to 9: full-width, Arabic-Indic and others."""
    return "".join(c for c in text if not c.isascii() and unicodedata.decimal(c, -1) >= 0)


def unshifted(text: str, least: int = 4) -> str:
    """Return the digits typed on a French keyboard without Shift; "" if it was not so.

    Where one digit is enough, a number is all that is asked: « " » alone is 3.

    >>> unshifted("é (( à_ &'")
    '2 55 08 14'
    >>> unshifted("à bientôt")
    ''
    """
    row = unicodedata.normalize("NFC", text[:LINE]).casefold()
    if not set(row) <= _ROW.keys() | _BETWEEN or (least > 1 and _ROW_ONLY.isdisjoint(row)):
        return ""
    digits = "".join(_ROW.get(character, character) for character in row)
    return digits if len(compact(digits)) >= least else ""


def is_of_something_else(before: str) -> bool:
    """Tell whether a text ends by naming what the next number is of: « votre code du dossier »."""
    return _OTHER_NUMBER.search(before) is not None


def names_only(line: str) -> bool:
    """Tell whether a plain text is nothing, or the label of an answer still to come: « NIR : »."""
    return not line or line.endswith((":", "="))


class Span(NamedTuple):
    """Neighbouring groups of letters and digits of a text: « AbC1 dEf2 »."""

    start: int
    end: int
    groups: tuple[str, ...]

    @property
    def value(self) -> str:
        """The groups as one."""
        return "".join(self.groups)


def spans(text: str, length: int) -> list[Span]:
    """Return the neighbouring groups of a plain text that are together `length` characters."""
    tokens = list(_TOKEN.finditer(text))
    words, ends = [token[0] for token in tokens], [token.end() for token in tokens]
    joined = [
        _JOINT.fullmatch(text, end, token.start()) is not None
        for end, token in zip(ends, tokens[1:], strict=False)
    ]
    found = []
    for first, token in enumerate(tokens):
        last, total = first, len(words[first])
        most = min(first + GROUPS, len(tokens)) - 1
        while total < length and last < most and joined[last]:
            last += 1
            total += len(words[last])
        if total == length:
            found.append(Span(token.start(), ends[last], tuple(words[first : last + 1])))
    return found


# --- what is said of it


def listed(items: Iterable[Text | str]) -> Text:
    """Return an enumeration of at least one thing: « a, b et c », "a, b and c"."""
    *before, last = items
    if not before:
        return Text("list.one", {"item": last})
    return Text("list.and", {"before": _with_commas(before), "last": last})


def _with_commas(items: list[Text | str]) -> Text | str:
    so_far = items[0]
    for item in items[1:]:
        so_far = Text("list.comma", {"before": so_far, "last": item})
    return so_far


def spelled(characters: str) -> Text:
    """Name the first few characters of a text, each once; by its number what cannot be seen."""
    seen = list(dict.fromkeys(characters[:LINE]))
    named = [_named(character) for character in seen[:TOLD]]
    return listed([*named, Text("character.others")] if len(seen) > TOLD else named)


def _named(character: str) -> Text:
    if character == " ":
        return Text("character.space")
    if unicodedata.category(character)[0] in "CMZ":
        return Text("character.number", {"number": f"U+{ord(character):04X}"})
    return Text("character.one", {"character": character})
