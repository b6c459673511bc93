"""``espace-tui check KIND [VALUE|-]``: the validators, without the wizard; nothing is echoed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from espace_tui.cli import exit_codes, lazy
from espace_tui.cli.context import CommandContext, write_json
from espace_tui.cli.parser import CommandGroup
from espace_tui.errors import InvalidValue

PARSERS: Mapping[str, Callable[[], Callable[[str], object]]] = {
    "nir": lambda: lazy.nir.parse,
    "serial": lambda: _parse_either_serial,
    "code": lambda: lazy.provisional_code.parse,
    "birth-date": lambda: lazy.birth_date.parse,
    "email": lambda: lazy.email.parse,
    "mobile": lambda: lazy.mobile.parse,
    "identifier": lambda: lazy.identifier.parse,
    "password": lambda: lazy.password.parse,
}
"""What can be checked, and the validator that does; only that one is imported."""
CARD_KINDS = ("photo", "plain")


def add(group: CommandGroup) -> None:
    """Add the command."""
    parser = group.add("check", run)
    kind, about = (
        parser.texts("cli.metavar.kind"),
        parser.texts("cli.check.kind", kinds=", ".join(PARSERS)),
    )
    parser.add_argument("kind", choices=tuple(PARSERS), metavar=kind, help=about)
    value = parser.texts("cli.metavar.value")
    parser.add_argument(
        "words", nargs="*", default=[], metavar=f"{value}|-", help=parser.texts("cli.check.value")
    )
    card_kind = parser.texts("cli.check.card-kind")
    parser.add_argument(
        "--card-kind", choices=CARD_KINDS, metavar="|".join(CARD_KINDS), help=card_kind
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


def _parser(context: CommandContext) -> Callable[[str], object]:
    if context.options.card_kind and context.options.kind == "serial":
        return partial(_parse_serial, context.options.card_kind)
    return PARSERS[context.options.kind]()


def _parse_serial(card_kind: str, text: str) -> object:
    return lazy.card_serial.parse(text, lazy.card_serial.CardKind(card_kind))


def _parse_either_serial(text: str) -> object:
    """Accept the number of either card; the refusal is that of the first."""
    first, *others = (partial(_parse_serial, kind) for kind in CARD_KINDS)
    refusal = _refusal(first, text)
    if refusal and all(_refusal(parse, text) for parse in others):
        raise refusal
    return text


def _values(context: CommandContext) -> Iterator[str]:
    """Yield the value given, or those of the standard input, one a line; never on a screen."""
    given = " ".join(context.options.words)
    if given and given != "-":
        yield given
    elif given == "-" or not sys.stdin.isatty():
        yield from (line.rstrip("\r\n") for line in sys.stdin)
    else:
        yield lazy.getpass.getpass(context.texts("cli.check.ask"), stream=sys.stderr)


def _refusal(parse: Callable[[str], object], value: str) -> InvalidValue | None:
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
