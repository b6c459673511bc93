"""The whole command line: every command, and what `--help` says at the end.

Only the commands that the words may mean are loaded and described: the first screen waits for no
other. Whatever is then unclear is read again with all of them, to be told well.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Container, Sequence
from importlib import import_module

from espace_tui import __version__
from espace_tui.cli.argparse_texts import translate_argparse
from espace_tui.cli.commands import wizard
from espace_tui.cli.parser import Parser, PartialParseError
from espace_tui.i18n import Texts

PROGRAM = "espace-tui"
COMMANDS = {
    "login": "commands.wizard",
    "demo": "commands.demo",
    "admin": "admin",
    "service": "service",
    "inbox": "commands.inbox",
    "check": "commands.check",
    "backends": "commands.backends",
    "keyring": "commands.keyring",
    "help": "commands.help",
    "completion": "commands.completion",
}
"""The commands, each with its module."""
NEED_ALL_COMMANDS = ("help", "aide", "completion", "--help", "-h")
"""The words that need the whole tree."""


def parse(texts: Texts, arguments: Sequence[str]) -> tuple[Parser, Namespace]:
    """Return what the words ask, and the parser that understood them; leaves if they are wrong."""
    if not any(word in NEED_ALL_COMMANDS for word in arguments):
        parser = build_parser(texts, arguments)
        try:
            return parser, parser.parse_options(arguments)
        except PartialParseError:
            pass
    parser = build_parser(texts)
    return parser, parser.parse_options(arguments)


def build_parser(texts: Texts, arguments: Container[str] | None = None) -> Parser:
    """Return the parser of the command line, in the language of these texts.

    With `words` it only knows the commands among them, and is not sure that there is no other.
    """
    translate_argparse(texts)
    parser = Parser(
        texts,
        is_complete=arguments is None,
        prog=PROGRAM,
        description=texts("cli.about"),
        epilog=texts("cli.epilog"),
    )
    parser.set_defaults(run=wizard.run)
    version, about = f"{PROGRAM} {__version__}", texts("cli.option.version")
    parser.add_argument("--version", action="version", version=version, help=about)
    parser.add_global_options()
    parser.add_face_options()
    _add_commands(parser, arguments)
    return parser


def _add_commands(parser: Parser, arguments: Container[str] | None) -> None:
    modules = [
        module for name, module in COMMANDS.items() if arguments is None or name in arguments
    ]
    if modules:
        branch = parser.add_group("cli")
        for name in modules:
            import_module(f"espace_tui.cli.{name}").add(branch)
