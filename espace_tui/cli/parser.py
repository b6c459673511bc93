"""One parser of arguments: it speaks one language, and never repeats a typed value.

Options that are settings are read like the settings, by the same functions; they may stand before
or after the command.
"""

from __future__ import annotations

import sys
from argparse import (
    SUPPRESS,
    Action,
    ArgumentError,
    ArgumentParser,
    Namespace,
    RawDescriptionHelpFormatter,
)
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, cast

from typing_extensions import override

from espace_tui import __version__
from espace_tui.cli import exit_codes
from espace_tui.cli.context import (
    CommandContext,
    wants_json,
    write_error,
    write_json,
    write_line,
)
from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.i18n.spelling import nearest
from espace_tui.local.settings.fields import FIELDS, THEMES
from espace_tui.local.settings.parsers import parse_pair

LIKENESS = 0.5
"""How much a word must look like another one to be taken for a slip of it."""
CommandFunction = Callable[[CommandContext], int]


class PartialParseError(Exception):
    """A parser that does not know everything did not understand."""


class Parser(ArgumentParser):
    """A parser whose every word comes from the catalogue; one that is not sure gives up."""

    def __init__(
        self,
        texts: Texts,
        *,
        is_complete: bool = True,
        **options: Any,  # noqa: ANN401 — argparse's own
    ) -> None:
        self.texts = texts
        self.is_complete = is_complete
        self._given: list[str] = []
        super().__init__(allow_abbrev=False, formatter_class=RawDescriptionHelpFormatter, **options)

    def parse_options(self, arguments: Sequence[str]) -> Namespace:
        """Return what the arguments ask, settings apart; leaves with the usage code if wrong."""
        options: Namespace
        strange: list[str]
        options, strange = self.parse_known_args(arguments)
        if hasattr(options, "words") and not any(word.startswith("-") for word in strange):
            options.words = (
                options.words + strange
            )  # argparse loses those that come after an option
        elif strange:
            self._refuse_unknown(strange)
        options.json = getattr(options, "json", False)
        options.settings = {
            name.removeprefix("set_"): value
            for name, value in vars(options).items()
            if name.startswith("set_")
        }
        return options

    @override
    def print_help(self, file: object = None) -> None:
        write_line(self.format_help().rstrip("\n"))

    @override
    def _print_message(self, message: str, file: object = None) -> None:
        write_line(message.rstrip("\n"))

    @override
    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        self._given = [*(args or ())]
        return super().parse_known_args(args, namespace)

    @override
    def error(self, message: str) -> NoReturn:
        if not self.is_complete:
            raise PartialParseError
        if unknown := self._unknown():  # « --oputput » is why « --output » is missing
            message = self._no_such_option(unknown)
        self.exit_with_usage_error(message)

    def _unknown(self) -> str:
        """Return the first option given here that does not exist."""
        known = set(self.known_options())
        names = (word.partition("=")[0] for word in self._given)
        return next((name for name in names if name.startswith("--") and name not in known), "")

    def exit_with_usage_error(self, message: str) -> NoReturn:
        """Say what is wrong with the words, and leave with the usage code."""
        write_error(self.texts, "cli.usage", {"message": message, "command": self.prog})
        sys.exit(exit_codes.USAGE)

    @override
    def _check_value(self, action: Action, value: object) -> None:
        """Refuse what is none of the choices, with the one that was probably meant."""
        if action.choices is None or value in action.choices:
            return
        known = [str(choice) for choice in action.choices]
        near = nearest(str(value), known, likeness=LIKENESS)
        text_id = "cli.choice-nearest" if near else "cli.choice"
        message = self.texts(text_id, nearest=near, choices=", ".join(known))
        raise ArgumentError(action, message)

    def _refuse_unknown(self, unknown: list[str]) -> NoReturn:
        name = next((word.partition("=")[0] for word in unknown if word.startswith("-")), "")
        if not name:
            self.error(self.texts("cli.too-many-words"))
        self.error(self._no_such_option(name))

    def _no_such_option(self, name: str) -> str:
        known = [option for option in self.known_options() if option.startswith("--")]
        near = nearest(name, known, likeness=LIKENESS)
        text_id = "cli.unknown-option" if near else "cli.no-such-option"
        return self.texts(text_id, found=name, nearest=near)

    def known_options(self) -> Iterator[str]:
        """Yield every option, of this parser and of the commands below it."""
        for action in self._actions:
            yield from action.option_strings
        for child in self.commands().values():
            yield from child.known_options()

    def commands(self) -> dict[str, Parser]:
        """Return the commands below this one, by every name."""
        found = (action.choices for action in self._actions if isinstance(action.choices, dict))
        return {name: child for choices in found for name, child in choices.items()}

    def as_json(self) -> dict[str, object]:
        """Return what the help says, for programs."""
        return {
            "command": self.prog,
            "about": self.description or "",
            "options": [
                {"flags": list(action.option_strings), "about": action.help or ""}
                for action in self._actions
                if action.option_strings
            ],
            "commands": list(self.commands()),
        }

    # --- what the commands are made of

    def add_group(self, name: str) -> CommandGroup:
        """Open a level of commands; `name` leads their text ids."""
        return CommandGroup(self, name)

    def add_setting(self, flag: str, name: str, *choices: str) -> None:
        """Add an option that is a setting."""
        self.add_argument(
            flag,
            dest=f"set_{name}",
            default=SUPPRESS,
            type=partial(FIELDS[name], flag, name),
            choices=choices or None,
            metavar=self.texts(f"cli.metavar.{name}"),
            help=self.texts(f"cli.option.{name}"),
        )

    def add_global_options(self) -> None:
        """Add the options that every command understands."""
        self.add_setting("--lang", "language", *LANGUAGES)
        self.add_setting("--data-dir", "data_dir")
        self.add_setting("--backend", "backend")
        self.add_argument(
            "--backend-option",
            dest="set_backend_options",
            default=SUPPRESS,
            action=_CollectPairs,
            metavar=self.texts("cli.metavar.pair"),
            help=self.texts("cli.option.backend_options"),
        )
        self.add_argument(
            "--json", action="store_true", default=SUPPRESS, help=self.texts("cli.option.json")
        )
        self.add_argument(
            "--version", nargs=0, action=_Version, help=self.texts("cli.option.version")
        )

    def add_face_options(self) -> None:
        """Add the options of the faces."""
        self.add_setting("--theme", "theme", *THEMES)
        for flag, name, value in (
            ("--no-mouse", "mouse", False),
            ("--linear", "linear", True),
            ("--easy", "easy", True),
            ("--counter", "counter", True),
        ):
            self.add_argument(
                flag,
                dest=f"set_{name}",
                default=SUPPRESS,
                action="store_const",
                const=value,
                help=self.texts(f"cli.option.{name}"),
            )

    def add_receipt_option(self) -> None:
        """Add where the receipt of what is done is to be saved."""
        about, metavar = self.texts("cli.option.receipt"), self.texts("cli.metavar.file")
        self.add_argument("--receipt", type=Path, default=SUPPRESS, metavar=metavar, help=about)


class CommandGroup:
    """A level of commands under a parser."""

    def __init__(self, parser: Parser, name: str) -> None:
        self._name = name
        self._texts = parser.texts
        self._commands = parser.add_subparsers(
            dest=f"command_{name.replace('.', '_')}",
            title=parser.texts("cli.commands"),
            metavar=parser.texts("cli.metavar.command"),
            parser_class=cast(
                "type[Parser]", partial(Parser, parser.texts, is_complete=parser.is_complete)
            ),
        )

    def add(self, name: str, run: CommandFunction | None = None, *aliases: str) -> Parser:
        """Add a command; without `run` it leads to others, and lists them."""
        about = self._texts(f"{self._name}.{name}.about")
        parser = self._commands.add_parser(name, aliases=aliases, help=about, description=about)
        parser.set_defaults(run=run or partial(_list_commands, parser))
        parser.add_global_options()
        return parser

    def add_hidden(self, name: str, run: CommandFunction) -> Parser:
        """Add a command that is not for people: no help lists it."""
        parser = self._commands.add_parser(name)
        parser.set_defaults(run=run)
        parser.add_global_options()
        return parser


def _list_commands(parser: Parser, context: CommandContext) -> int:
    if context.options.json:
        write_json(parser.as_json())
    else:
        parser.print_help()
    return exit_codes.DONE


class _Version(Action):
    """Tells the version, of any command, and leaves."""

    @override
    def __call__(
        self, parser: ArgumentParser, namespace: Namespace, values: object, flag: str | None = None
    ) -> None:
        if wants_json():
            write_json({"version": __version__})
        else:
            write_line(f"{parser.prog.partition(' ')[0]} {__version__}")
        parser.exit()


class _CollectPairs(Action):
    """Gathers ``key=value`` words into one table."""

    @override
    def __call__(
        self, parser: ArgumentParser, namespace: Namespace, values: object, flag: str | None = None
    ) -> None:
        name, text = parse_pair(str(flag), "backend_options", str(values))
        setattr(namespace, self.dest, {**getattr(namespace, self.dest, {}), name: text})
