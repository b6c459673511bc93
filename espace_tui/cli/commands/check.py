"""``espace-tui check KIND [VALUE|-]``: the validators, without the wizard; nothing is echoed.

What deserves a second look is said too, and is no failure.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from espace_tui.cli import exit_codes, lazy
from espace_tui.cli.context import CommandContext, write_json
from espace_tui.cli.parser import CommandGroup
from espace_tui.cli.process import streams
from espace_tui.errors import InvalidSettings, InvalidValue
from espace_tui.validators import Advice

Check = Callable[[str], tuple[Advice, ...]]
"""Returns what to look at again in a value, or raises why it is refused."""

CHECKS: Mapping[str, Callable[[], Check]] = {
    "nir": lambda: lambda text: lazy.nir.advise(lazy.nir.parse(text)),
    "serial": lambda: _check_either_serial,
    "code": lambda: _checked_by(lazy.provisional_code.parse),
    "birth-date": lambda: _checked_by(lazy.birth_date.parse),
    "email": lambda: lambda text: lazy.email.advise(lazy.email.parse(text)),
    "mobile": lambda: lambda text: lazy.mobile.advise(lazy.mobile.parse(text)),
    "identifier": lambda: _checked_by(lazy.identifier.parse),
    "password": lambda: _checked_by(lazy.password.parse),
    "one-time-code": lambda: _checked_by(lazy.one_time_code.parse),
}
"""What can be checked, and the validator that does; only that one is imported."""
CARD_KINDS = ("photo", "plain")


def add(group: CommandGroup) -> None:
    """Add the command."""
    parser = group.add("check", run)
    kind, about = (
        parser.texts("cli.metavar.kind"),
        parser.texts("cli.check.kind", kinds=", ".join(CHECKS)),
    )
    parser.add_argument("kind", choices=tuple(CHECKS), metavar=kind, help=about)
    value = parser.texts("cli.metavar.value")
    parser.add_argument(
        "words", nargs="*", default=[], metavar=f"{value}|-", help=parser.texts("cli.check.value")
    )
    card_kind = parser.texts("cli.check.card-kind")
    parser.add_argument(
        "--card-kind", choices=CARD_KINDS, metavar="|".join(CARD_KINDS), help=card_kind
    )


class Result(NamedTuple):
    """What came of one value: why it is refused, or what to look at again."""

    error: InvalidValue | None
    advice: tuple[Advice, ...] = ()


def run(context: CommandContext) -> int:
    """Check each value; failed if any is refused."""
    if context.options.kind != "serial" and context.options.card_kind:
        raise InvalidSettings("only-with", key="--card-kind", other="serial")
    check, refused = _check(context), False
    rows: list[dict[str, object]] = []
    for number, value in enumerate(_values(context), 1):
        result = _result(check, value)
        refused = refused or result.error is not None
        if context.options.json:
            rows.append(_as_json(context, number, result))
        else:
            for line in _in_words(context, result):
                context.write("cli.check.row", number=number, result=line)
    if context.options.json:
        write_json(rows)
    return exit_codes.FAILED if refused else exit_codes.DONE


def _check(context: CommandContext) -> Check:
    if context.options.card_kind and context.options.kind == "serial":
        return partial(_check_serial, context.options.card_kind)
    return CHECKS[context.options.kind]()


def _checked_by(parse: Callable[[str], object]) -> Check:
    """Return the check of a kind whose right values need no second look."""

    def check(text: str) -> tuple[Advice, ...]:
        parse(text)
        return ()

    return check


def _check_serial(card_kind: str, text: str) -> tuple[Advice, ...]:
    kind = lazy.card_serial.CardKind(card_kind)
    return lazy.card_serial.advise(lazy.card_serial.parse(text, kind), kind)


def _check_either_serial(text: str) -> tuple[Advice, ...]:
    """Accept the number of either card; the refusal is that of the first."""
    first, *others = (_result(partial(_check_serial, kind), text) for kind in CARD_KINDS)
    result = next((each for each in (first, *others) if not each.error), first)
    if result.error:
        raise result.error
    return result.advice


def _values(context: CommandContext) -> Iterator[str]:
    """Yield the value given, or those of the standard input, one a line; never on a screen."""
    given = " ".join(context.options.words)
    if given and given != "-":
        yield given
    elif given == "-" or not sys.stdin.isatty():
        yield from streams.read_lines()
    else:
        yield lazy.getpass.getpass(context.texts("cli.check.ask"), stream=sys.stderr)


def _result(check: Check, text: str) -> Result:
    try:
        return Result(None, check(text))
    except InvalidValue as error:
        return Result(error)


def _message(context: CommandContext, error: InvalidValue) -> str:
    return context.texts(f"error.{error.code}", **error.values)


def _in_words(context: CommandContext, result: Result) -> Iterator[str]:
    yield _message(context, result.error) if result.error else context.texts("cli.check.valid")
    for each in result.advice:
        yield context.texts("cli.check.advice", advice=each.text)


def _as_json(context: CommandContext, number: int, result: Result) -> dict[str, object]:
    if result.error is None:
        advice = [context.texts(each.text) for each in result.advice]
        return {"line": number, "valid": True, "advice": advice}
    error = result.error
    return {"line": number, "valid": False, "code": error.code, "message": _message(context, error)}
