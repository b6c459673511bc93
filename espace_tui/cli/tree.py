"""The whole command line: every command, and what `--help` says at the end.

Only the commands that the words may mean are loaded and described: the first screen waits for no
other. Whatever is then unclear is read again with all of them, to be told well.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Container, Sequence
from importlib import import_module

from espace_tui import __version__
from espace_tui.cli import login
from espace_tui.cli.parser import Parser, Unclear
from espace_tui.cli.words import speak
from espace_tui.i18n import Texts

NAME = "espace-tui"
COMMANDS = ("login", "demo", "admin", "service", "inbox", "check", "backends", "keyring")
"""The commands, each a module of the same name."""
WHOLE = ("help", "aide", "completion", "--help", "-h")
"""The words that need the whole tree."""


def understand(texts: Texts, words: Sequence[str]) -> tuple[Parser, Namespace]:
    """Return what the words ask, and the parser that understood them; leaves if they are wrong."""
    if not any(word in WHOLE for word in words):
        parser = build(texts, words)
        try:
            return parser, parser.options_of(words)
        except Unclear:
            pass
    parser = build(texts)
    return parser, parser.options_of(words)


def build(texts: Texts, words: Container[str] | None = None) -> Parser:
    """Return the parser of the command line, in the language of these texts.

    With `words` it only knows the commands among them, and is not sure that there is no other.
    """
    speak(texts)
    parser = Parser(
        texts,
        sure=words is None,
        prog=NAME,
        description=texts("cli.about"),
        epilog=texts("cli.epilog"),
    )
    parser.set_defaults(run=login.run)
    version, about = f"{NAME} {__version__}", texts("cli.option.version")
    parser.add_argument("--version", action="version", version=version, help=about)
    parser.where()
    parser.face()
    _grow(parser, words)
    return parser


def _grow(parser: Parser, words: Container[str] | None) -> None:
    rest = () if words else ("manual", "completion")
    modules = [name for name in (*COMMANDS, *rest) if words is None or name in words]
    if modules:
        branch = parser.branch("cli")
        for name in modules:
            import_module(f"espace_tui.cli.{name}").add(branch)
