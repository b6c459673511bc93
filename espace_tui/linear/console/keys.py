r"""What a terminal sends, cut into keys: a character, an edit, or nothing.

Besides keys a terminal sends replies to questions that another program asked, reports and marks of
pastes: these are consumed whole. The keypad in application mode means its digits. A key that is
reported by its number (the Kitty protocol, or that of xterm, left on by a program that crashed) is
the key. An Escape that begins no sequence is forgotten, and nothing that follows it is lost.

>>> without_replies("\x1b]11;rgb:1e1e/1e1e/1e1e\x07a\x1b[?62;1cb\x1b")
'ab'
>>> next_key("\x1bOq2"), next_key("\x1b[[A2"), next_key("\x1bab")
(('1', 3), ('\x1b[[A', 4), ('', 1))
>>> next_key("\x1b[99;5u"), next_key("\x1b[233u"), next_key("\x1b[27;2;65~")
(('\x03', 7), ('é', 6), ('A', 10))
"""

from __future__ import annotations

import re
import sys

ENTER, INTERRUPT, END_OF_INPUT = "\n", "\x03", "\x04"
SEQUENCE_SECONDS = 0.05
"""How soon the rest of an escape sequence, or of a paste, arrives: nobody types so fast."""
REPLY_SECONDS = 1.0
"""How soon the rest of a reply arrives, over a slow line."""
LONGEST_REPLY = 65_536
"""Characters of a reply after which its end is no longer looked for."""
KEYPAD = dict(zip("pqrstuvwxyjklmnoXM", "0123456789*+,-./=\n", strict=True))
"""What the keypad sends in application mode after ``ESC O``, and what it means."""
_REPORTED_KEYPAD = dict(zip(range(57399, 57415), "0123456789./*-+\n", strict=True))
_NO_CHARACTER = range(0xD800, 0xF900)
"""The numbers of the keys that write nothing, and of no character."""
_REPORTED = re.compile(
    r"\x1b\[(?:27;(?P<held>\d{1,3});(?P<key>\d{1,6})~|(?P<code>\d{1,6})(?::(?P<shifted>\d{0,6}))?"
    r"(?::\d*)?(?:;(?P<modifiers>\d{0,3})(?::(?P<event>\d?))?)?(?:;(?P<text>\d{1,6}))?u)"
)
_MOVED = re.compile(r"\x1b\[1;(\d{1,3})(?::[12])?([A-DFH])")
_SHIFT, _CTRL, _LOCKS, _RELEASED = 1, 4, 64 | 128, "3"
_C1 = {code: f"\x1b{chr(code - 0x40)}" for code in (*range(0x8E, 0x92), *range(0x98, 0xA0))}
"""The controls of one character that begin or end a sequence, as the two characters they mean."""
_REPLY_BODY = r"\x1b[\]PX^_][^\x03\x07\n\r\x18\x1a\x1b]*"
_CONTROL = r"\[(?:\[[A-E]|M...|[0-?]*[ -/]*[@-~])"
_SEQUENCE = re.compile(
    rf"{_REPLY_BODY}(?:\x07|\x1b\\|(?=[\x03\n\r\x18\x1a]|\x1b[^\\]))"
    rf"|\x1b(?:{_CONTROL}|O[0-9;]*[@-~]|N.|\\)",
    re.DOTALL,
)
_FORGOTTEN = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O[0-9;]*)?")
"""An Escape, or the beginning of a sequence that does not go on as one."""
_PARTIAL = re.compile(
    rf"{_REPLY_BODY}\x1b?|\x1b(?:\[(?:\[|M.{{0,2}}|[0-?]*[ -/]*)?|O[0-9;]*|N)?", re.DOTALL
)
_PRINTABLE = re.compile(r"[^\x00-\x1f\x7f-\x9f]+")
_EDITING = re.compile(r"\x1b(?:\[|O)[0-9;]*[A-DFH~]")
"""The keys that move or delete: in a line that the terminal edits itself they are a mistake."""


def decode_controls(text: str) -> str:
    """Return what was received, with the long form of every control that has two."""
    return text.translate(_C1)


def patience(pending: str) -> float | None:
    """Return how many seconds the rest of what was received may take; None if it is whole."""
    if len(pending) > LONGEST_REPLY or not _PARTIAL.fullmatch(pending):
        return None
    return REPLY_SECONDS if pending[1:2] in {"]", "P", "X", "^", "_"} else SEQUENCE_SECONDS


def next_key(pending: str) -> tuple[str, int]:
    """Return the next key of what was received, and how long it is; « » for what is no key."""
    if pending.startswith("\x1b"):
        return _next_sequence(pending)
    if plain := _PRINTABLE.match(pending):
        return plain.group(), plain.end()
    return (ENTER if pending[0] == "\r" else pending[0]), 1


def _next_sequence(pending: str) -> tuple[str, int]:
    if not (sequence := _SEQUENCE.match(pending)):
        forgotten = _FORGOTTEN.match(pending)
        return "", forgotten.end() if forgotten else 1
    found = sequence.group()
    return _whole_sequence(found), len(found)


def _whole_sequence(found: str) -> str:
    if found[:2] == "\x1bO":
        return KEYPAD.get(found[2:], found)
    if reported := _REPORTED.fullmatch(found):
        return _reported_key(reported)
    moved = _MOVED.fullmatch(found)
    if moved and not _held(moved[1]):
        return f"\x1b[{moved[2]}"
    return found if found[:2] == "\x1b[" else ""


def _held(modifiers: str | None) -> int:
    """Return which keys are held beside one, but those that lock."""
    return max(int(modifiers or 1) - 1, 0) & ~_LOCKS


def _reported_key(report: re.Match[str]) -> str:
    """Return what a key that is reported by its number writes or does; « » for nothing."""
    code, held = int(report["code"] or report["key"]), _held(report["modifiers"] or report["held"])
    if report["event"] == _RELEASED or code in {0, 0x1B} or held & ~_SHIFT & ~_CTRL:
        return ""
    if report["text"] or (held == _SHIFT and report["shifted"]):
        code, held = int(report["text"] or report["shifted"]), 0
    if code in _NO_CHARACTER or code > sys.maxunicode:
        return _REPORTED_KEYPAD.get(code, "")
    key = ENTER if code == ord("\r") else chr(code)
    if held & _CTRL:
        return chr(ord(key.upper()) & 0x1F) if key.isascii() and key.isalpha() else ""
    return key.upper() if held and report["code"] else key


def without_replies(text: str, *, keep_edits: bool = False) -> str:
    """Return a text without any sequence; with `keep_edits`, the keys that edit stay."""
    kept: list[str] = []
    while text:
        key, size = next_key(text)
        raw, text = text[:size], text[size:]
        if not key.startswith("\x1b"):
            kept.append(key)
        elif keep_edits and _EDITING.fullmatch(raw):
            kept.append(raw)
    return "".join(kept)
