"""The rules of every transcript, byte by byte."""

from __future__ import annotations

import re

from espace_tui.linear.speaker import PROMPT_WIDTH

BREACHES = {
    "an escape sequence": re.compile("\x1b"),
    "a carriage return": re.compile("\r"),
    "a control character": re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]"),
    "something drawn": re.compile("[─-▟]"),
    "a no-break space": re.compile("[\u00a0\u202f]"),
    "a line over 72 columns": re.compile(r"^.{73,}$", re.MULTILINE),
    "two blank lines": re.compile(r"\n\n\n"),
    "a text id": re.compile(r"\b(linear|action|field|step|choice|error|picture)\.[a-z]"),
    "a placeholder": re.compile(r"\{[a-z]+\}"),
    "a mask": re.compile("•"),
    "a value that is not there": re.compile(r": None\b(?! of)"),
}


THOUSANDS = re.compile(r"\d \d|(?<![\w@.])\d{7,}")
"""A number that a speech synthesizer reads as thousands of millions."""


def breaches(transcript: str) -> list[str]:
    """Return what a transcript breaks."""
    return [name for name, rule in BREACHES.items() if rule.search(transcript)]


def misshapen(prompts: list[str]) -> list[str]:
    """Return the prompts that do not end as one does, or that a Braille line would cut."""
    return [p for p in prompts if len(p) > PROMPT_WIDTH or not re.search(r"[:?] $", p)]
