"""The whole command line: every command, and what `--help` says at the end."""

from __future__ import annotations

from typing import Protocol

from espace_tui import __version__
from espace_tui.cli import (
    admin,
    backends,
    check,
    completion,
    demo,
    inbox,
    keyring,
    login,
    manual,
    service,
)
from espace_tui.cli.parser import Branch, Parser
from espace_tui.cli.words import speak
from espace_tui.i18n import Texts


class Command(Protocol):
    """The module of a command."""

    def add(self, branch: Branch) -> None:
        """Add the command to the tree."""
        ...


COMMANDS: tuple[Command, ...] = (
    login,
    demo,
    admin,
    service,
    inbox,
    check,
    backends,
    keyring,
    manual,
    completion,
)
NAME = "espace-tui"


def build(texts: Texts) -> Parser:
    """Return the parser of the whole command line, in the language of these texts."""
    speak(texts)
    parser = Parser(texts, prog=NAME, description=texts("cli.about"), epilog=texts("cli.epilog"))
    parser.set_defaults(run=login.run)
    parser.add_argument(
        "--version",
        action="version",
        version=f"{NAME} {__version__}",
        help=texts("cli.option.version"),
    )
    parser.where()
    parser.face()
    branch = parser.branch("cli")
    for command in COMMANDS:
        command.add(branch)
    return parser
