"""The person an operator invites, from the options: each value through its validator."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from espace_tui.cli.call import Call, say_error
from espace_tui.cli.parser import Parser
from espace_tui.errors import InvalidValue

if TYPE_CHECKING:
    from espace_tui.activation.office import Invitee

NEEDED = ("first-name", "last-name", "birth-date", "nir", "card-kind", "card-serial")
OPTIONAL = ("email", "mobile")
KINDS = ("photo", "plain")


def describe(parser: Parser) -> None:
    """Add the options that describe a person."""
    for name in (*NEEDED, *OPTIONAL):
        parser.add_argument(
            f"--{name}",
            choices=KINDS if name == "card-kind" else None,
            metavar=parser.texts(f"cli.metavar.{name}"),
            help=parser.texts(f"cli.admin.invite.{name}"),
        )
    parser.json()


def read(call: Call) -> Invitee | None:
    """Return the person; says every problem, naming the option, and returns None if any."""
    missing = [f"--{name}" for name in NEEDED if not _given(call, name)]
    if missing:
        message = call.texts("cli.argparse.required") % ", ".join(missing)
        say_error(
            call.texts, "cli.usage", {"message": message, "command": "espace-tui admin invite"}
        )
        return None
    from espace_tui.activation.office import Invitee  # noqa: PLC0415 — when it runs

    values: dict[str, Any] = {}
    for name, parse in _parses(call).items():
        text = _given(call, name)
        try:
            values[name] = None if text is None else parse(text)
        except InvalidValue as error:
            message = call.texts(f"error.{error.code}", **error.values)
            say_error(call.texts, "cli.option-value", {"option": f"--{name}", "message": message})
    if len(values) < len(_parses(call)):
        return None
    return Invitee(
        first_name=values["first-name"],
        last_name=values["last-name"],
        birth_date=values["birth-date"],
        nir=values["nir"],
        kind=values["card-kind"],
        serial=values["card-serial"],
        email=values["email"],
        mobile=values["mobile"],
        language=call.texts.language,
    )


def _given(call: Call, name: str) -> str | None:
    found: str | None = getattr(call.options, name.replace("-", "_"))
    return found


def _parses(call: Call) -> dict[str, Callable[[str], Any]]:
    """Return how each value is read."""
    from espace_tui.operating import columns  # noqa: PLC0415 — when it runs
    from espace_tui.validators import (  # noqa: PLC0415 — when it runs
        birth_date,
        card_serial,
        email,
        mobile,
        nir,
    )

    kind = card_serial.CardKind(call.options.card_kind)
    return {
        "first-name": columns.name,
        "last-name": columns.name,
        "birth-date": birth_date.parse,
        "nir": nir.parse,
        "card-kind": card_serial.CardKind,
        "card-serial": lambda text: card_serial.parse(text, kind),
        "email": email.parse,
        "mobile": mobile.parse,
    }
