"""``espace-tui inbox``: what was delivered on this computer, oldest first."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from espace_tui.cli import exit_codes, lazy
from espace_tui.cli.context import CommandContext, write_error, write_json, write_line
from espace_tui.cli.parser import CommandGroup

if TYPE_CHECKING:
    from espace_tui.model.grants import Message


def add(group: CommandGroup) -> None:
    """Add the command."""
    group.add("inbox", run)


def run(context: CommandContext) -> int:
    """Show the messages of the local inbox."""
    messages = asyncio.run(_messages(context))
    if messages is None:
        write_error(context.texts, "cli.inbox.elsewhere", {"backend": context.settings.backend})
        return exit_codes.FAILED
    if context.options.json:
        write_json([_as_json(message) for message in messages])
        return exit_codes.DONE
    context.write("cli.inbox.none") if not messages else _write_messages(context, messages)
    return exit_codes.DONE


async def _messages(context: CommandContext) -> tuple[Message, ...] | None:

    backend = lazy.registry.open_backend(context.settings.backend, context.backend_options())
    try:
        return await backend.inbox.messages() if backend.inbox else None
    finally:
        await backend.aclose()


def _as_json(message: Message) -> dict[str, object]:
    told: dict[str, object] = {
        "to": message.to,
        "channel": message.channel.value,
        "subject": message.subject,
        "sent_at": message.sent_at.isoformat(),
        "text": message.text,
    }
    return told if message.is_readable else told | {"unreadable": True}


def _write_messages(context: CommandContext, messages: tuple[Message, ...]) -> None:
    for number, message in enumerate(messages, 1):
        context.write("cli.inbox.number", number=number, count=len(messages))
        if message.to:
            context.write(f"cli.inbox.{message.channel.value}", to=message.recipient)
        time = context.texts.time(message.sent_at)
        context.write("cli.inbox.sent", day=message.sent_at, time=time)
        if message.subject and message.channel is not lazy.values.Channel.SMS:
            context.write("cli.inbox.subject", subject=message.subject)
        text = message.text if message.is_readable else context.texts("inbox.unreadable")
        write_line(f"\n{text.strip()}\n")
