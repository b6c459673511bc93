"""``espace-tui check KIND [VALUE|-]``: the validators, without the wizard; nothing is echoed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from espace_tui.cli import exit_codes
from espace_tui.cli.context import CommandContext, write_json
from espace_tui.cli.parser import CommandGroup
from espace_tui.errors import InvalidValue

KINDS = {
    "nir": "nir",
    "serial": "card_serial",
    "code": "provisional_code",
    "birth-date": "birth_date",
    "email": "email",
    "mobile": "mobile",
    "identifier": "identifier",
    "password": "password",
}
"""What can be checked, and the module of `espace_tui.validators` that does."""


def add(group: CommandGroup) -> None:
    """Add the command."""
    parser = group.add("check", run)
    kind, about = (
        parser.texts("cli.metavar.kind"),
        parser.texts("cli.check.kind", kinds=", ".join(KINDS)),
    )
    parser.add_argument("kind", choices=tuple(KINDS), metavar=kind, help=about)
    value = parser.texts("cli.metavar.value")
    parser.add_argument(
        "words", nargs="*", default=[], metavar=f"{value}|-", help=parser.texts("cli.check.value")
    )
    card_kind = parser.texts("cli.check.card-kind")
    parser.add_argument(
        "--card-kind", choices=("photo", "plain"), metavar="photo|plain", help=card_kind
    )
    parser.add_json_option()


def run(context: CommandContext) -> int:
    """Check each value; failed if any is refused."""
    parse = _parser(context)
    refused = [_refusal(parse, value) for value in _values(context)]
    if context.options.json:
        write_json([_as_json(context, number, error) for number, error in enumerate(refused, 1)])
    else:
        for number, error in enumerate(refused, 1):
            result = _message(context, error) if error else context.texts("cli.check.valid")
            context.write("cli.check.row", number=number, result=result)
    return exit_codes.FAILED if any(refused) else exit_codes.DONE


def _parser(context: CommandContext) -> Callable[[str], Any]:
    module = import_module(f"espace_tui.validators.{KINDS[context.options.kind]}")
    if context.options.kind != "serial":
        return module.parse  # type: ignore[no-any-return] # every validator has it
    kinds = [context.options.card_kind] if context.options.card_kind else ["photo", "plain"]

    def either(text: str) -> Any:  # noqa: ANN401 — the value does not matter
        """Accept the number of either card; the refusal is that of the first."""
        try:
            return module.parse(text, module.CardKind(kinds[0]))
        except InvalidValue:
            if len(kinds) > 1 and not _refusal(
                lambda each: module.parse(each, module.CardKind(kinds[1])), text
            ):
                return None
            raise

    return either


def _values(context: CommandContext) -> Iterator[str]:
    """Yield the value given, or those of the standard input, one a line; never on a screen."""
    given = " ".join(context.options.words)
    if given and given != "-":
        yield given
    elif given == "-" or not sys.stdin.isatty():
        yield from (line.rstrip("\r\n") for line in sys.stdin)
    else:
        from getpass import getpass  # noqa: PLC0415 — seldom needed

        yield getpass(context.texts("cli.check.ask"), stream=sys.stderr)


def _refusal(parse: Callable[[str], Any], value: str) -> InvalidValue | None:
    try:
        parse(value)
    except InvalidValue as error:
        return error
    return None


def _message(context: CommandContext, error: InvalidValue) -> str:
    return context.texts(f"error.{error.code}", **error.values)


def _as_json(context: CommandContext, number: int, error: InvalidValue | None) -> dict[str, object]:
    if error is None:
        return {"line": number, "valid": True}
    return {"line": number, "valid": False, "code": error.code, "message": _message(context, error)}
