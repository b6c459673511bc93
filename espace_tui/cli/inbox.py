"""``espace-tui inbox``: what was delivered on this computer, oldest first."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from espace_tui.cli import exits
from espace_tui.cli.call import Call, say, say_error, say_json
from espace_tui.cli.parser import Branch

if TYPE_CHECKING:
    from espace_tui.session import Message


def add(branch: Branch) -> None:
    """Add the command."""
    branch.add("inbox", run).json()


def run(call: Call) -> int:
    """Show the messages of the local inbox."""
    messages = asyncio.run(_messages(call))
    if messages is None:
        say_error(call.texts, "cli.inbox.elsewhere", {"backend": call.settings.backend})
        return exits.FAILED
    if call.options.json:
        say_json([_plain(message) for message in messages])
        return exits.DONE
    call.say("cli.inbox.none") if not messages else _show(call, messages)
    return exits.DONE


async def _messages(call: Call) -> tuple[Message, ...] | None:
    from espace_tui.backends.registry import open_backend  # noqa: PLC0415 — when it runs

    backend = open_backend(call.settings.backend, call.backend_options())
    try:
        return await backend.inbox.messages() if backend.inbox else None
    finally:
        await backend.aclose()


def _plain(message: Message) -> dict[str, str]:
    return {
        "to": message.to,
        "channel": message.channel.value,
        "subject": message.subject,
        "sent_at": message.sent_at.isoformat(),
        "text": message.text,
    }


def _show(call: Call, messages: tuple[Message, ...]) -> None:
    for number, message in enumerate(messages, 1):
        call.say("cli.inbox.number", number=number, count=len(messages))
        call.say(f"cli.inbox.{message.channel.value}", to=message.to)
        time = call.texts.time(message.sent_at)
        call.say("cli.inbox.sent", day=message.sent_at, time=time)
        if message.subject:
            call.say("cli.inbox.subject", subject=message.subject)
        say(f"\n{message.text.strip()}\n")
