"""The person an operator invites, from the options: each value through its validator."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from espace_tui.cli.admin import lazy
from espace_tui.cli.context import STANDARD_INPUT, CommandContext, write_error
from espace_tui.cli.parser import Parser
from espace_tui.errors import InvalidValue

if TYPE_CHECKING:
    from espace_tui.activation.use_cases.administration import Invitee

REQUIRED = ("first-name", "last-name", "birth-date", "nir", "card-kind", "card-serial")
OPTIONAL = ("email", "mobile")
SECRET = ("nir", "card-serial")
KINDS = ("photo", "plain")


def add_options(parser: Parser) -> None:
    """Add the options that describe a person."""
    for name in (*REQUIRED, *OPTIONAL):
        parser.add_argument(
            f"--{name}",
            choices=KINDS if name == "card-kind" else None,
            metavar=parser.texts(f"cli.metavar.{name}"),
            help=parser.texts(f"cli.admin.invite.{name}"),
        )


def read_invitee(context: CommandContext) -> Invitee | None:
    """Return the person; says every problem, naming the option, and returns None if any."""
    _read_secrets(context)
    missing = [f"--{name}" for name in REQUIRED if not _option(context, name)]
    if missing:
        message = context.texts("cli.argparse.required") % ", ".join(missing)
        write_error(
            context.texts, "cli.usage", {"message": message, "command": "espace-tui admin invite"}
        )
        return None

    values: dict[str, Any] = {}
    for name, parse in _parsers(context).items():
        text = _option(context, name)
        try:
            values[name] = None if text is None else parse(text)
        except InvalidValue as error:
            message = context.texts(f"error.{error.code}", **error.values)
            write_error(
                context.texts, "cli.option-value", {"option": f"--{name}", "message": message}
            )
    if len(values) < len(_parsers(context)):
        return None
    return lazy.administration.Invitee(
        first_name=values["first-name"],
        last_name=values["last-name"],
        birth_date=values["birth-date"],
        nir=values["nir"],
        kind=values["card-kind"],
        serial=values["card-serial"],
        email=values["email"],
        mobile=values["mobile"],
        language=context.texts.language,
    )


def _read_secrets(context: CommandContext) -> None:
    """Read what is given as ``-``: a line of the standard input each, asked for on a terminal.

    Arguments are seen by every process of the machine, and kept by the shell.
    """
    for name in SECRET:
        if _option(context, name) == STANDARD_INPUT:
            setattr(context.options, name.replace("-", "_"), read_secret_line(context, name))


def read_secret_line(context: CommandContext, name: str) -> str:
    """Return a line of the standard input, unseen where it is typed."""
    if sys.stdin.isatty():
        return lazy.getpass.getpass(context.texts("operator.secret", what=f"--{name}"))
    return sys.stdin.readline().strip()


def _option(context: CommandContext, name: str) -> str | None:
    found: str | None = getattr(context.options, name.replace("-", "_"))
    return found


def _parsers(context: CommandContext) -> dict[str, Callable[[str], Any]]:
    """Return how each value is read."""
    kind = lazy.card_serial.CardKind(context.options.card_kind)
    return {
        "first-name": lazy.columns.parse_name,
        "last-name": lazy.columns.parse_name,
        "birth-date": lazy.birth_date.parse,
        "nir": lazy.nir.parse,
        "card-kind": lazy.card_serial.CardKind,
        "card-serial": lambda text: lazy.card_serial.parse(text, kind, nir=context.options.nir),
        "email": lazy.email.parse,
        "mobile": lazy.mobile.parse,
    }
