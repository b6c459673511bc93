"""What an operator reads and mends: the audit trail, dead letters, an authenticator that is off."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import TYPE_CHECKING

from espace_tui.cli import exits
from espace_tui.cli.call import Call, say, say_error
from espace_tui.cli.parser import Branch
from espace_tui.cli.service import house
from espace_tui.errors import InvalidValue

if TYPE_CHECKING:
    from espace_tui.activation.dead_letters import DeadLetter
    from espace_tui.activation.rules import Rules


def add(acts: Branch) -> None:
    """Add the acts to ``espace-tui admin``."""
    trail = acts.add("audit", audit)
    house.describe(trail)
    trail.json()
    house.describe(acts.add("unlock", unlock))
    letters = acts.add("dead-letters", dead_letters)
    house.describe(letters)
    letters.add_argument(
        "--revive", action="store_true", help=letters.texts("operator.dead.revive")
    )
    letters.json()


def audit(call: Call) -> int:
    """Say the audit trail, a line an event, oldest first; with --json, an object a line."""
    asyncio.run(house.within(call, lambda rules: _say_trail(call, rules)))
    return exits.DONE


def unlock(call: Call) -> int:
    """Open every authenticator of a person again; the NIR comes from the standard input."""
    from espace_tui.validators import nir  # noqa: PLC0415 — when it runs

    try:
        number = nir.parse(_asked(call))
    except InvalidValue as error:
        say_error(call.texts, f"error.{error.code}", error.values)
        return exits.USAGE
    known = asyncio.run(house.within(call, lambda rules: rules.office.unlock(number)))
    call.say("operator.unlocked" if known else "operator.unlocked.unknown")
    return exits.DONE if known else exits.FAILED


def dead_letters(call: Call) -> int:
    """Say the letters that could not go, or put them back into the outbox."""
    if call.options.revive:
        count = asyncio.run(house.within(call, _revive))
        call.say_count("operator.dead.revived", count)
    else:
        asyncio.run(house.within(call, lambda rules: _say_dead(call, rules)))
    return exits.DONE


def _asked(call: Call) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline()
    from getpass import getpass  # noqa: PLC0415 — where there is a terminal

    return getpass(call.texts("operator.unlock.nir"))


async def _say_trail(call: Call, rules: Rules) -> None:
    after = ""
    while lines := await rules.office.audit(after):
        for line in lines:
            at, event = line.at.isoformat(), line.event.value
            told = {"at": at, "event": event, "person": line.subject}
            say(json.dumps(told) if call.options.json else f"{at}  {event:24}  {line.subject}")
        after = lines[-1].id


async def _say_dead(call: Call, rules: Rules) -> None:
    from espace_tui.activation.dead_letters import DeadLetters  # noqa: PLC0415 — when it runs

    after, letters = "", DeadLetters(rules.means)
    while some := await letters.some(after):
        for letter in some:
            told = _plain(letter)
            say(
                json.dumps(told, ensure_ascii=False)
                if call.options.json
                else "  ".join(told.values())
            )
        after = some[-1].id
    if not after and not call.options.json:
        call.say("operator.dead.none")


def _plain(letter: DeadLetter) -> dict[str, str]:
    return {
        "died_at": letter.died_at.isoformat(),
        "channel": letter.channel.value,
        "kind": letter.kind,
        "reason": letter.reason,
        "attempts": str(letter.attempts),
        "to": letter.to,
        "id": letter.id,
    }


async def _revive(rules: Rules) -> int:
    from espace_tui.activation.dead_letters import DeadLetters  # noqa: PLC0415 — when it runs

    return await DeadLetters(rules.means).revive()
