"""The tree of commands of the command line.

Only the commands that are among the arguments are imported and described, so that the first screen
waits for no other. If the arguments are then not understood, they are parsed again with every
command known, for a complete help or error message.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Container, Sequence
from importlib import import_module

from espace_tui.cli.argparse_texts import translate_argparse
from espace_tui.cli.commands import wizard
from espace_tui.cli.parser import Parser, PartialParseError
from espace_tui.i18n import Texts

PROGRAM = "espace-tui"
COMMANDS = {
    "login": "espace_tui.cli.commands.wizard",
    "demo": "espace_tui.cli.commands.demo",
    "admin": "espace_tui.cli.admin",
    "service": "espace_tui.cli.service",
    "guide": "espace_tui.cli.commands.guide",
    "message": "espace_tui.cli.commands.message",
    "handout": "espace_tui.cli.commands.handout",
    "counter": "espace_tui.cli.commands.counter",
    "kiosk": "espace_tui.cli.commands.kiosk",
    "train": "espace_tui.cli.commands.visits.train",
    "visit": "espace_tui.cli.commands.visits.visit",
    "inbox": "espace_tui.cli.commands.inbox",
    "check": "espace_tui.cli.commands.check",
    "backends": "espace_tui.cli.commands.backends",
    "keyring": "espace_tui.cli.commands.keyring",
    "help": "espace_tui.cli.commands.help",
    "completion": "espace_tui.cli.commands.completion",
}
"""The commands, each with its module, which has an `add`."""
NEED_ALL_COMMANDS = ("help", "aide", "completion", "--help", "-h")
"""The arguments that need every command to be known."""


def parse(texts: Texts, arguments: Sequence[str]) -> tuple[Parser, Namespace]:
    """Return the parser and the options it found; exits with the usage code if they are wrong."""
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

    With `arguments` it knows only the commands among them: its `is_complete` is false.
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
    parser.add_global_options()
    parser.add_face_options()
    parser.add_receipt_option()
    _add_commands(parser, arguments)
    return parser


def _add_commands(parser: Parser, arguments: Container[str] | None) -> None:
    modules = [
        module for name, module in COMMANDS.items() if arguments is None or name in arguments
    ]
    if modules:
        group = parser.add_group("cli")
        for module in modules:
            import_module(module).add(group)
