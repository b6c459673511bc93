"""``espace-tui keyring status|forget``: what the computer's keyring holds, and its removal."""

from __future__ import annotations

import asyncio

from espace_tui.cli import exits
from espace_tui.cli.call import Call
from espace_tui.cli.parser import Branch
from espace_tui.vault import Vault, origin


def add(branch: Branch) -> None:
    """Add the command and its two acts."""
    acts = branch.add("keyring").branch("cli.keyring")
    acts.add("status", status)
    acts.add("forget", forget)


def status(call: Call) -> int:
    """Say which keyring would be used, and whether it holds something of ours."""
    return asyncio.run(_status(call))


def forget(call: Call) -> int:
    """Remove what was kept."""
    return asyncio.run(_forget(call))


def _vault(call: Call) -> Vault:
    return Vault(origin(call.settings.backend, call.settings.backend_options))


async def _status(call: Call) -> int:
    vault = _vault(call)
    call.say("cli.keyring.name", name=await vault.name())
    call.say("cli.keyring.full" if await vault.recall() else "cli.keyring.empty")
    return exits.DONE


async def _forget(call: Call) -> int:
    gone = await _vault(call).forget()
    call.say("cli.keyring.forgotten" if gone else "cli.keyring.empty")
    return exits.DONE
