"""``espace-tui check KIND [VALUE|-]``: the validators, without the wizard; nothing is echoed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from espace_tui.cli import exits
from espace_tui.cli.call import Call, say_json
from espace_tui.cli.parser import Branch
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


def add(branch: Branch) -> None:
    """Add the command."""
    parser = branch.add("check", run)
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
    parser.json()


def run(call: Call) -> int:
    """Check each value; failed if any is refused."""
    parse = _parse(call)
    refused = [_refusal(parse, value) for value in _values(call)]
    if call.options.json:
        say_json([_plain(call, number, error) for number, error in enumerate(refused, 1)])
    else:
        for number, error in enumerate(refused, 1):
            result = _message(call, error) if error else call.texts("cli.check.valid")
            call.say("cli.check.row", number=number, result=result)
    return exits.FAILED if any(refused) else exits.DONE


def _parse(call: Call) -> Callable[[str], Any]:
    module = import_module(f"espace_tui.validators.{KINDS[call.options.kind]}")
    if call.options.kind != "serial":
        return module.parse  # type: ignore[no-any-return] # every validator has it
    kinds = [call.options.card_kind] if call.options.card_kind else ["photo", "plain"]

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


def _values(call: Call) -> Iterator[str]:
    """Yield the value given, or those of the standard input, one a line; never on a screen."""
    given = " ".join(call.options.words)
    if given and given != "-":
        yield given
    elif given == "-" or not sys.stdin.isatty():
        yield from (line.rstrip("\r\n") for line in sys.stdin)
    else:
        from getpass import getpass  # noqa: PLC0415 — seldom needed

        yield getpass(call.texts("cli.check.ask"), stream=sys.stderr)


def _refusal(parse: Callable[[str], Any], value: str) -> InvalidValue | None:
    try:
        parse(value)
    except InvalidValue as error:
        return error
    return None


def _message(call: Call, error: InvalidValue) -> str:
    return call.texts(f"error.{error.code}", **error.values)


def _plain(call: Call, number: int, error: InvalidValue | None) -> dict[str, object]:
    if error is None:
        return {"line": number, "valid": True}
    return {"line": number, "valid": False, "code": error.code, "message": _message(call, error)}
