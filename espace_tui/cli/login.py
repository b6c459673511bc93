"""``espace-tui [login]``: the wizard; with `login`, at once where one signs in."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from espace_tui.cli import exits
from espace_tui.cli.call import Call, say_error
from espace_tui.cli.faces import NONE, Faces, first_face
from espace_tui.cli.late import opened
from espace_tui.cli.parser import Branch
from espace_tui.desk import Desk
from espace_tui.settings import Kept, Places
from espace_tui.vault import Vault, origin
from espace_tui.wizard import Wizard

if TYPE_CHECKING:
    from espace_tui.backends.port import Backend


def add(branch: Branch) -> None:
    """Add the command."""
    branch.add("login", sign_in).face()


def run(call: Call) -> int:
    """Begin at the welcome."""
    return begin(call, "")


def sign_in(call: Call) -> int:
    """Begin at the sign-in."""
    return begin(call, "sign_in")


def begin(call: Call, start: str) -> int:
    """Walk the wizard on this computer's own store and choices."""
    if first_face(call) == NONE:
        say_error(call.texts, "cli.no-terminal", {})
        return exits.USAGE
    places = Places.of(call.environment)
    kept = Kept(
        places.choices,
        paste_anywhere=call.settings.paste_anywhere,
        on_choice=partial(_journal, places.log),
    )
    if kept.allows("log"):
        _journal(places.log, frozenset({"log"}))
    settings = call.settings
    backend = opened(settings.backend, settings.backend_options, call.ours())
    vault = Vault(
        origin(settings.backend, settings.backend_options), allowed=lambda: kept.allows("keyring")
    )
    return asyncio.run(walk(call, Desk(backend, kept, vault), kept, start))


def _journal(path: Path, kept: frozenset[str]) -> None:
    """Keep a diagnostic log from now on, or none."""
    from espace_tui import logs  # noqa: PLC0415 — few accept one

    if "log" in kept:
        logs.keep(path)
    else:
        logs.forget(path)


async def walk(call: Call, desk: Desk, kept: Kept, start: str = "") -> int:
    """Walk the wizard over a desk, then close the backend; return the exit code."""
    backend: Backend = desk.backend
    try:
        return await Faces(call, Wizard(desk), kept).walk(start)
    finally:
        await backend.aclose()
