"""``espace-tui keyring status|forget``: what the computer's keyring holds, and its removal."""

from __future__ import annotations

import asyncio

from espace_tui.cli import exit_codes
from espace_tui.cli.context import CommandContext, write_json
from espace_tui.cli.parser import CommandGroup
from espace_tui.local.keyring import SystemKeyring, credential_scope


def add(group: CommandGroup) -> None:
    """Add the command and its two acts."""
    acts = group.add("keyring").add_group("cli.keyring")
    acts.add("status", status)
    acts.add("forget", forget)


def status(context: CommandContext) -> int:
    """Say which keyring would be used, and whether it holds something of ours."""
    return asyncio.run(_status(context))


def forget(context: CommandContext) -> int:
    """Remove what was kept."""
    return asyncio.run(_forget(context))


def _keyring(context: CommandContext) -> SystemKeyring:
    return SystemKeyring(
        credential_scope(context.settings.backend, context.settings.backend_options)
    )


async def _status(context: CommandContext) -> int:
    vault = _keyring(context)
    name, is_full = await vault.name(), bool(await vault.load())
    if context.options.json:
        write_json({"name": name, "holds": is_full})
        return exit_codes.DONE
    context.write("cli.keyring.name", name=name)
    context.write("cli.keyring.full" if is_full else "cli.keyring.empty")
    return exit_codes.DONE


async def _forget(context: CommandContext) -> int:
    gone = await _keyring(context).forget()
    if context.options.json:
        write_json({"forgotten": gone})
        return exit_codes.DONE
    context.write("cli.keyring.forgotten" if gone else "cli.keyring.empty")
    return exit_codes.DONE
