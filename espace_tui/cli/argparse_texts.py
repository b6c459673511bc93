"""argparse's own words, in the person's language.

argparse looks its sentences up by their English text, through the ``_`` and ``ngettext`` of its
module; these are replaced by our catalogue. A test compares this table with argparse's source.
"""

from __future__ import annotations

import argparse

from espace_tui.i18n import Texts

TEXT_IDS = {
    "usage: ": "cli.argparse.usage",
    "positional arguments": "cli.argparse.positionals",
    "options": "cli.argparse.options",
    "show this help message and exit": "cli.argparse.help",
    "argument %(argument_name)s: %(message)s": "cli.argparse.argument",
    "%(prog)s: error: %(message)s\n": "cli.argparse.error",
    "expected one argument": "cli.argparse.expected-one",
    "expected at least one argument": "cli.argparse.expected-some",
    "expected at most one argument": "cli.argparse.expected-at-most-one",
    "invalid choice: %(value)r (choose from %(choices)s)": "cli.argparse.choice",
    "invalid choice: %(value)r, maybe you meant %(suggestion)r? (choose from %(choices)s)": (
        "cli.argparse.choice"
    ),
    "unknown parser %(parser_name)r (choices: %(choices)s)": "cli.argparse.choice",
    "the following arguments are required: %s": "cli.argparse.required",
    "one of the arguments %s is required": "cli.argparse.one-required",
    "not allowed with argument %s": "cli.argparse.not-with",
    "ignored explicit argument %r": "cli.argparse.no-value",
    "unexpected option string: %s": "cli.argparse.unexpected",
    "unrecognized arguments: %s": "cli.argparse.unexpected",
}
"""What a person may read, and its text id; a typed value is never repeated."""


def translate_argparse(texts: Texts) -> None:
    """Make argparse speak the language of these texts."""

    def translate(sentence: str) -> str:
        return texts(TEXT_IDS[sentence]) if sentence in TEXT_IDS else sentence

    def translate_plural(singular: str, plural: str, count: int) -> str:
        return translate(singular if count == 1 else plural)

    vars(argparse).update(_=translate, ngettext=translate_plural)
