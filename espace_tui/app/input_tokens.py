r"""Splits what a terminal sends into keys, pastes and replies, before Textual sees any of it.

A terminal sends more than keys: answers to questions that a program before us asked (colours,
versions, modes), pastes in pieces, reports that Textual's own parser does not expect and on which
it raises. So only whole, well-formed sequences of a known kind go on to it (`KeyText`); a paste is
one `Pasted`, wherever its pieces were cut; a lone Escape is an `Escape` once nothing followed it in
time; everything else is consumed without a trace.

Pure: characters and a clock in, tokens out (ECMA-48 for the shapes, the Kitty protocol for `u`).

    >>> tokens = InputTokens()
    >>> tokens.feed("a" + "\x1b]11;rgb:1e1e/1e1e/1e1e\x07" + "\x1b[A", now=0.0)
    [KeyText(text='a'), KeyText(text='\x1b[A')]
    >>> tokens.feed("\x1b[200~two\rlines\x1b[20", now=0.1)
    []
    >>> tokens.feed("1~", now=0.2) == [Pasted("two\rlines")]
    True
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

ESC = "\x1b"
CTRL_C = "\x03"
CTRL_C_REPORTS = frozenset({CTRL_C, f"{ESC}[99;5u"})
"""Ctrl+C as a byte, and as the Kitty protocol reports it."""

PASTE_START = f"{ESC}[200~"
PASTE_END = f"{ESC}[201~"
GIVE_UP = 1.0
"""Seconds of silence after which the rest of a paste, or of a reply, is no longer expected."""

LONGEST_SEQUENCE = 64
"""Characters of the longest control sequence that can be a key or a report we know."""

LONGEST_REPLY = 65_536
"""Characters of a reply after which its end is no longer looked for."""

BURST_LENGTH = 24
"""Characters that nobody types at once: with a line break among them, they were pasted."""

BURST_PAUSE = 0.1
"""Seconds of silence that end a paste recognised by its speed."""

KEYPAD = dict(zip("pqrstuvwxyjklmnoXM", "0123456789*+,-./=\r", strict=True))
"""What the keypad sends in application mode after ``ESC O``, and what it means."""

_C1 = {code: f"{ESC}{chr(code - 0x40)}" for code in (*range(0x8E, 0x92), *range(0x98, 0xA0))}
"""The controls of one character that begin or end a sequence, as the two characters they mean."""

# Kept as texts: `re` compiles them at the first key, not before the first paint.
_MODE_REPORT = r"\?(?:2026|2048);\d\$y"
_MOUSE = r"<\d{1,4};-?\d{1,5};-?\d{1,5}[Mm]"
_RESIZE = r"48;\d{1,5};\d{1,5};\d{1,5};\d{1,5}t"
_PLAIN_KEY = r"[A-HPQRSZIO]|\d{1,2}[~^$@]|\d{1,2};\d{1,2}[~^$@]|\[[A-E]"
_KEY = (
    r"(?P<code>\d{0,7})(?::(?P<shifted>\d{0,7}))?(?::\d{0,7})?"
    r"(?:;(?P<modifiers>\d{0,3})(?::(?P<event>\d?))?)?"
    r"(?:;(?P<text>\d{1,7}(?::\d{1,7}){0,7})?)?"
    r"(?P<final>[u~A-FHPQRS])"
)
_RELEASED = "3"
_SHIFT = 2
_MODIFIERS = range(1, 257)
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class KeyText:
    """Characters, or one control sequence, that Textual's parser understands whole."""

    text: str


@dataclass(frozen=True, slots=True)
class Escape:
    """The Escape key alone."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A pasted text, whole; its repr shows nothing of it."""

    text: str = field(repr=False)


Token = KeyText | Escape | Pasted


class _Within(Enum):
    """What the characters that come belong to."""

    GROUND = "ground"
    ESCAPE = "escape"
    CONTROL = "control sequence"
    FUNCTION = "function key"
    REPLY = "reply"
    PASTE = "paste"
    BURST = "burst"


class InputTokens:
    """The tokens of one terminal's input; `escape_delay` in seconds."""

    def __init__(self, escape_delay: float = 0.05) -> None:
        self.escape_delay = escape_delay
        self._within = _Within.GROUND
        self._held = ""
        """What was read of the present sequence, reply or paste."""
        self._deadline: float | None = None
        self._tokens: list[Token] = []
        self._steps: dict[_Within, Callable[[str], None]] = {
            _Within.GROUND: self._ground,
            _Within.ESCAPE: self._escape,
            _Within.CONTROL: self._control,
            _Within.FUNCTION: self._function,
            _Within.REPLY: self._reply,
        }

    @property
    def deadline(self) -> float | None:
        """When `tick` has something to decide, on the clock of `feed`; None while nothing waits."""
        return self._deadline

    def feed(self, text: str, now: float) -> list[Token]:
        """Return the tokens that these characters complete."""
        text = text.translate(_C1)
        if key := self._interrupting(text):
            self._characters(text.removesuffix(key))
            self._interrupt(key)
        elif self._within is _Within.BURST or (self._within is _Within.GROUND and _is_burst(text)):
            self._burst(text)
        else:
            self._characters(text)
        self._deadline = now + self._patience() if self._within is not _Within.GROUND else None
        return self._taken()

    def tick(self, now: float) -> list[Token]:
        """Return the tokens that silence completes: a lone Escape, a paste without its end."""
        if self._deadline is None or now < self._deadline:
            return []
        within, held = self._within, self._held
        self._leave()
        if within is _Within.ESCAPE:
            self._tokens += [Escape()] * len(held)
        elif within in {_Within.PASTE, _Within.BURST}:
            self._paste(held)
        return self._taken()

    def _interrupting(self, text: str) -> str:
        """Return the Ctrl+C with which these characters end, if something without an end waits.

        A terminal takes control characters out of what it pastes: this one was typed.
        """
        waiting = self._within in {_Within.PASTE, _Within.BURST, _Within.REPLY}
        ends = waiting or PASTE_START in text
        return next((key for key in CTRL_C_REPORTS if ends and text.endswith(key)), "")

    def _interrupt(self, key: str) -> None:
        within, held = self._within, self._held
        self._leave()
        if within in {_Within.PASTE, _Within.BURST}:
            self._paste(held)
        self._tokens.append(KeyText(key))

    def _patience(self) -> float:
        if self._within is _Within.BURST:
            return BURST_PAUSE
        if self._within in {_Within.PASTE, _Within.REPLY}:
            return GIVE_UP
        return self.escape_delay

    def _taken(self) -> list[Token]:
        tokens, self._tokens = self._tokens, []
        return tokens

    def _enter(self, within: _Within, held: str = "") -> None:
        self._within, self._held = within, held

    def _leave(self) -> None:
        self._enter(_Within.GROUND)
        self._deadline = None

    def _paste(self, text: str) -> None:
        if text := text.replace("\x00", ""):
            self._tokens.append(Pasted(text))

    def _characters(self, text: str) -> None:
        while text:
            if self._within is _Within.PASTE:
                text = self._pasted(text)
                continue
            self._steps[self._within](text[0])
            text = text[1:]

    def _pasted(self, text: str) -> str:
        """Take what belongs to the paste; return what comes after its end."""
        seam = max(0, len(self._held) - len(PASTE_END))
        self._held += text
        end = self._held.find(PASTE_END, seam)
        if end < 0:
            return ""
        pasted, rest = self._held[:end], self._held[end + len(PASTE_END) :]
        self._leave()
        self._paste(pasted)
        return rest

    def _burst(self, text: str) -> None:
        self._enter(_Within.BURST, self._held + text)

    def _ground(self, character: str) -> None:
        if character == ESC:
            self._enter(_Within.ESCAPE, ESC)
        elif self._tokens and type(last := self._tokens[-1]) is KeyText and last.text.isprintable():
            self._tokens[-1] = KeyText(last.text + character)
        else:
            self._tokens.append(KeyText(character))

    def _escape(self, character: str) -> None:
        if character == ESC:
            self._held += ESC
        elif character == "[":
            self._enter(_Within.CONTROL)
        elif character == "O":
            self._enter(_Within.FUNCTION)
        elif character in "]P_^X":
            self._enter(_Within.REPLY, character)
        else:  # Alt and a character: no key of ours needs it, and it is not an Escape
            self._leave()

    def _control(self, character: str) -> None:
        if character == ESC:
            self._enter(_Within.ESCAPE, ESC)
        elif character == CTRL_C:
            self._leave()
            self._ground(character)
        elif "@" <= character <= "~" and not (character == "[" and not self._held):
            self._finished(self._held + character)
        elif len(self._held) < LONGEST_SEQUENCE:
            self._held += character

    def _finished(self, sequence: str) -> None:
        self._leave()
        if sequence == "200~":
            self._enter(_Within.PASTE)
        elif sequence == "M":  # a mouse report of another age: three more characters
            self._enter(_Within.REPLY, "M")
        elif known := known_sequence(sequence):
            self._tokens.append(KeyText(ESC + "[" + known))

    def _function(self, character: str) -> None:
        if character.isdigit() and len(self._held) < LONGEST_SEQUENCE:
            self._held += character
            return
        self._leave()
        if character == ESC:
            self._enter(_Within.ESCAPE, ESC)
        elif character in KEYPAD:
            self._tokens.append(KeyText(KEYPAD[character]))
        elif character in "ABCDFHPQRS":
            self._tokens.append(KeyText(f"{ESC}O{character}"))

    def _reply(self, character: str) -> None:
        self._held += character
        kind, ended = self._held[0], self._held.endswith(f"{ESC}\\")
        if kind == "M":
            ended = len(self._held) > len("M...") - 1
        elif kind == "]":
            ended = ended or character == "\x07"
        if ended or len(self._held) > LONGEST_REPLY:
            self._leave()


def _is_burst(text: str) -> bool:
    """Tell whether characters that came at once were pasted, though the terminal does not say."""
    lines = [line for line in re.split(r"[\r\n]+", text) if line.strip()]
    printable = len(text) >= BURST_LENGTH and all(c.isprintable() or c in "\r\n\t" for c in text)
    return printable and len(lines) > 1


def known_sequence(sequence: str) -> str:
    """Return a control sequence, without its ``ESC [``, as Textual reads it; « » if it is no key.

    What the Kitty protocol adds (other layouts, kinds of event) is taken off, a release is nothing,
    and a code that is no character is nothing.
    """
    whole = (_PLAIN_KEY, _MOUSE, _MODE_REPORT, _RESIZE)
    if any(re.fullmatch(shape, sequence) for shape in whole):
        return sequence
    match = re.fullmatch(_KEY, sequence)
    return _without_extras(match) if match and match["event"] != _RELEASED else ""


def _without_extras(match: re.Match[str]) -> str:
    code, modifiers, text = match["code"] or "1", int(match["modifiers"] or 1), match["text"] or ""
    if match["shifted"] and modifiers == _SHIFT:
        code, modifiers = match["shifted"], 1
    known = all(_is_character(int(number)) for number in (code, *filter(None, text.split(":"))))
    if not known or modifiers not in _MODIFIERS:
        return ""
    given = bool(match["code"] or match["modifiers"] or text)
    parts = [code, str(modifiers) if modifiers > 1 or text else "", text]
    return (";".join(parts).rstrip(";") if given else "") + match["final"]


def _is_character(code: int) -> bool:
    return 0 < code <= sys.maxunicode and code not in _SURROGATES
