"""What an operator reads and repairs: the audit trail, dead letters, a blocked authenticator."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from espace_tui.cli import exit_codes
from espace_tui.cli.admin import lazy, mandate
from espace_tui.cli.admin.stdin_nir import read_nir
from espace_tui.cli.context import CommandContext, JsonList, write_error, write_json, write_line
from espace_tui.cli.parser import CommandGroup
from espace_tui.cli.service import connection

if TYPE_CHECKING:
    from espace_tui.activation.audit import AuditLine
    from espace_tui.activation.mail.dead_letters import DeadLetter
    from espace_tui.activation.rules import Rules


def add(group: CommandGroup) -> None:
    """Add the acts to ``espace-tui admin``."""
    trail = group.add("audit", audit)
    connection.add_options(trail)
    mandate.add_since(trail)
    about = trail.texts("operator.option.person")
    trail.add_argument("--person", action="store_true", help=about)
    unlocking = group.add("unlock", unlock)
    connection.add_options(unlocking)
    letters = group.add("dead-letters", dead_letters)
    connection.add_options(letters)
    letters.add_argument(
        "--revive",
        nargs="?",
        const="",
        metavar=letters.texts("operator.metavar.message"),
        help=letters.texts("operator.dead.revive"),
    )


def audit(context: CommandContext) -> int:
    """Say the audit trail, a line an event, oldest first."""
    nir = read_nir(context) if context.options.person else ""
    since = mandate.read_since(context)
    asyncio.run(
        connection.run_with_rules(context, lambda rules: _write_trail(context, rules, nir, since))
    )
    return exit_codes.DONE


def unlock(context: CommandContext) -> int:
    """Open every authenticator of a person again; the NIR comes from the standard input."""
    number = read_nir(context)
    known = asyncio.run(
        connection.run_with_rules(context, lambda rules: rules.administration.unlock(number))
    )
    if context.options.json:
        write_json({"known": known})
    else:
        context.write("operator.unlocked" if known else "operator.unlocked.unknown")
    return exit_codes.DONE if known else exit_codes.FAILED


def dead_letters(context: CommandContext) -> int:
    """Say the messages that could not be sent, or put them, or one, back into the outbox."""
    if context.options.revive is not None:
        return _revive(context, context.options.revive)
    asyncio.run(
        connection.run_with_rules(context, lambda rules: _write_dead_letters(context, rules))
    )
    return exit_codes.DONE


async def _write_trail(context: CommandContext, rules: Rules, nir: str, since: int) -> None:
    trail = lazy.trail.Trail(rules.context)
    names = await trail.pseudonyms(nir) if nir else ()
    asked = lazy.trail.TrailFilter(since, names)

    async def lines() -> AsyncIterator[AuditLine]:
        after = ""
        while some := await trail.page(asked, after):
            for line in some:
                yield line
            after = some[-1].id

    with JsonList(is_wanted=context.options.json) as written:
        async for line in lines():
            told = _line_as_json(line)
            if context.options.json:
                written.add(told)
            else:
                write_line("  ".join(f"{each:24}" for each in told.values()).rstrip())


def _line_as_json(line: AuditLine) -> dict[str, str]:
    by = {"operator": line.operator, "reason": line.reason} if line.operator else {}
    at = line.recorded_at.isoformat()
    return {"at": at, "event": line.event.value, "person": line.subject, **by}


def _revive(context: CommandContext, message: str) -> int:
    count = asyncio.run(
        connection.run_with_rules(
            context, lambda rules: lazy.dead_letters.DeadLetters(rules.context).revive(message)
        )
    )
    if message and not count:
        write_error(context.texts, "operator.dead.no-use", {})
        return exit_codes.FAILED
    if context.options.json:
        write_json({"revived": count})
    else:
        context.write_count("operator.dead.revived", count)
    return exit_codes.DONE


async def _write_dead_letters(context: CommandContext, rules: Rules) -> None:
    after, letters = "", lazy.dead_letters.DeadLetters(rules.context)
    with JsonList(is_wanted=context.options.json) as written:
        while some := await letters.page(after):
            for letter in some:
                told = _letter_as_json(letter)
                if context.options.json:
                    written.add(told)
                else:
                    write_line("  ".join(map(str, told.values())))
            after = some[-1].id
    if not after and not context.options.json:
        context.write("operator.dead.none")


def _letter_as_json(letter: DeadLetter) -> dict[str, object]:
    return {
        "died_at": letter.died_at.isoformat(),
        "channel": letter.channel.value,
        "kind": letter.kind,
        "reason": letter.reason,
        "attempts": letter.attempts,
        "to": letter.recipient,
        "person": letter.person,
        "revivable": letter.is_useful,
        "id": letter.id,
    }
