"""What an operator reads and repairs: the audit trail, dead letters, a blocked authenticator."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import TYPE_CHECKING

from espace_tui.cli import exit_codes
from espace_tui.cli.admin import lazy
from espace_tui.cli.context import CommandContext, write_error, write_line
from espace_tui.cli.parser import CommandGroup
from espace_tui.cli.service import connection
from espace_tui.errors import InvalidValue

if TYPE_CHECKING:
    from espace_tui.activation.mail.dead_letters import DeadLetter
    from espace_tui.activation.rules import Rules


def add(group: CommandGroup) -> None:
    """Add the acts to ``espace-tui admin``."""
    trail = group.add("audit", audit)
    connection.add_options(trail)
    trail.add_json_option()
    connection.add_options(group.add("unlock", unlock))
    letters = group.add("dead-letters", dead_letters)
    connection.add_options(letters)
    letters.add_argument(
        "--revive", action="store_true", help=letters.texts("operator.dead.revive")
    )
    letters.add_json_option()


def audit(context: CommandContext) -> int:
    """Say the audit trail, a line an event, oldest first; with --json, an object a line."""
    asyncio.run(
        connection.run_with_rules(context, lambda rules: _write_audit_trail(context, rules))
    )
    return exit_codes.DONE


def unlock(context: CommandContext) -> int:
    """Open every authenticator of a person again; the NIR comes from the standard input."""
    try:
        number = lazy.nir.parse(_read_nir(context))
    except InvalidValue as error:
        write_error(context.texts, f"error.{error.code}", error.values)
        return exit_codes.USAGE
    known = asyncio.run(
        connection.run_with_rules(context, lambda rules: rules.administration.unlock(number))
    )
    context.write("operator.unlocked" if known else "operator.unlocked.unknown")
    return exit_codes.DONE if known else exit_codes.FAILED


def dead_letters(context: CommandContext) -> int:
    """Say the letters that could not go, or put them back into the outbox."""
    if context.options.revive:
        count = asyncio.run(connection.run_with_rules(context, _revive))
        context.write_count("operator.dead.revived", count)
    else:
        asyncio.run(
            connection.run_with_rules(context, lambda rules: _write_dead_letters(context, rules))
        )
    return exit_codes.DONE


def _read_nir(context: CommandContext) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline()

    return lazy.getpass.getpass(context.texts("operator.unlock.nir"))


async def _write_audit_trail(context: CommandContext, rules: Rules) -> None:
    after = ""
    while lines := await rules.administration.audit(after):
        for line in lines:
            at, event = line.recorded_at.isoformat(), line.event.value
            told = {"at": at, "event": event, "person": line.subject}
            write_line(
                json.dumps(told) if context.options.json else f"{at}  {event:24}  {line.subject}"
            )
        after = lines[-1].id


async def _write_dead_letters(context: CommandContext, rules: Rules) -> None:

    after, letters = "", lazy.dead_letters.DeadLetters(rules.context)
    while some := await letters.page(after):
        for letter in some:
            told = _as_json(letter)
            write_line(
                json.dumps(told, ensure_ascii=False)
                if context.options.json
                else "  ".join(told.values())
            )
        after = some[-1].id
    if not after and not context.options.json:
        context.write("operator.dead.none")


def _as_json(letter: DeadLetter) -> dict[str, str]:
    return {
        "died_at": letter.died_at.isoformat(),
        "channel": letter.channel.value,
        "kind": letter.kind,
        "reason": letter.reason,
        "attempts": str(letter.attempts),
        "to": letter.recipient,
        "id": letter.id,
    }


async def _revive(rules: Rules) -> int:

    return await lazy.dead_letters.DeadLetters(rules.context).revive()
