r"""What a terminal sends, cut into keys: a character, an edit, or nothing.

Besides keys a terminal sends replies to questions that another program asked, reports and marks of
pastes: these are consumed whole. The keypad in application mode means its digits. An Escape that
begins no sequence is forgotten, and nothing that follows it is lost.

>>> without_replies("\x1b]11;rgb:1e1e/1e1e/1e1e\x07a\x1b[?62;1cb\x1b")
'ab'
>>> next_key("\x1bOq2"), next_key("\x1b[[A2"), next_key("\x1bab")
(('1', 3), ('\x1b[[A', 4), ('', 1))
"""

from __future__ import annotations

import re

ENTER, INTERRUPT, END_OF_INPUT = "\n", "\x03", "\x04"
SEQUENCE_SECONDS = 0.05
"""How soon the rest of an escape sequence, or of a paste, arrives: nobody types so fast."""
REPLY_SECONDS = 1.0
"""How soon the rest of a reply arrives, over a slow line."""
LONGEST_REPLY = 65_536
"""Characters of a reply after which its end is no longer looked for."""
KEYPAD = dict(zip("pqrstuvwxyjklmnoXM", "0123456789*+,-./=\n", strict=True))
"""What the keypad sends in application mode after ``ESC O``, and what it means."""
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
    if found[:2] == "\x1bO":
        return KEYPAD.get(found[2:], found), len(found)
    return (found if found[:2] == "\x1b[" else ""), len(found)


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
