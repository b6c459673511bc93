"""``espace-tui [login]``: the wizard; with `login`, at once where one signs in."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from espace_tui.cli import exit_codes
from espace_tui.cli.context import CommandContext, become, write_error
from espace_tui.cli.faces import NONE, FaceRunner, first_face
from espace_tui.cli.guide_parts import beside_activation, home_context
from espace_tui.cli.lazy_backend import open_lazily
from espace_tui.cli.parser import CommandGroup
from espace_tui.journey.context import StepContext
from espace_tui.journey.wizard import Wizard
from espace_tui.local import diagnostic_log
from espace_tui.local.keyring import SystemKeyring, credential_scope
from espace_tui.local.settings import LocalPaths, StoredPreferences

if TYPE_CHECKING:
    from espace_tui.backends.port import Backend


def add(group: CommandGroup) -> None:
    """Add the command."""
    group.add("login", sign_in).add_face_options()


def run(context: CommandContext) -> int:
    """Begin at the welcome, or become the counter of many people."""
    if context.settings.counter:
        return become(context, "counter", "start")
    return run_wizard(context, "")


def sign_in(context: CommandContext) -> int:
    """Begin at the sign-in."""
    return run_wizard(context, "sign_in")


def run_wizard(context: CommandContext, start: str) -> int:
    """Walk the wizard on this computer's own store and choices."""
    context.refuse_json_on_a_screen()
    if first_face(context) == NONE:
        write_error(context.texts, "cli.no-terminal", {})
        return exit_codes.USAGE
    places = LocalPaths.from_environment(context.environment)
    kept = StoredPreferences(
        places.preferences_file,
        paste_anywhere=context.settings.paste_anywhere,
        on_choice=partial(_set_log, places.log_file),
    )
    if kept.allows("log"):
        _set_log(places.log_file, frozenset({"log"}))
    settings = context.settings
    backend = open_lazily(settings.backend, settings.backend_options, context.standard_options())
    vault = SystemKeyring(
        credential_scope(settings.backend, settings.backend_options),
        allowed=lambda: kept.allows("keyring"),
    )
    return asyncio.run(run_faces(context, home_context(context, backend, kept, vault), kept, start))


def _set_log(path: Path, allowed: frozenset[str]) -> None:
    """Keep a diagnostic log from now on, or none."""
    if "log" in allowed:
        diagnostic_log.enable(path)
    else:
        diagnostic_log.disable(path)


async def run_faces(
    context: CommandContext,
    step_context: StepContext,
    preferences: StoredPreferences,
    start: str = "",
) -> int:
    """Run the wizard over a context, then close the backend; return the exit code."""
    backend: Backend = step_context.backend
    try:
        wizard = Wizard(step_context, *beside_activation(context))
        return await FaceRunner(context, wizard, preferences).run(start)
    finally:
        await backend.aclose()
