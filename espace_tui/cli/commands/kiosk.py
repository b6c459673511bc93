"""``espace-tui kiosk``: the line-by-line face in a plain page, a process for each person.

The server is a process that knows nothing (`espace_tui.kiosk`): it is started in the place of the
command line, and starts this command again, with the connection of one person, for each of them.
Nothing is kept: without an operator's backend the page holds the guide and the reading of a
message; with ``--exercise`` the whole assistant, with invented people.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from argparse import SUPPRESS
from functools import partial
from typing import TYPE_CHECKING, NoReturn, cast

from espace_tui.cli import exit_codes, lazy
from espace_tui.cli.commands.demo import Camille, demo_backend
from espace_tui.cli.commands.guide import NoBackend
from espace_tui.cli.commands.visits.visit import NoKeyring
from espace_tui.cli.context import CommandContext, write_notice
from espace_tui.cli.guide_parts import (
    LateDesk,
    beside_activation,
    checking,
    home_context,
    site_journey,
)
from espace_tui.cli.lazy_backend import open_lazily, preload
from espace_tui.cli.parser import CommandGroup
from espace_tui.counter.loop import allowed
from espace_tui.errors import InvalidSettings
from espace_tui.i18n import Text
from espace_tui.idle import IdleLimits, IdleWatch
from espace_tui.journey.context import GuideDesk, Keyring
from espace_tui.journey.itineraries import Itinerary
from espace_tui.journey.wizard import Wizard
from espace_tui.local import crash
from espace_tui.local.settings import StoredPreferences

if TYPE_CHECKING:
    from espace_tui.backends.port import Backend
    from espace_tui.kiosk.connection import PageConnection

ENDS = {"done": "finished", "quit": "finished"}
"""How an outcome of the conversation is told; any other is a failure."""


def add(group: CommandGroup) -> None:
    """Add the command; `--visit` is what the server starts, and not for people."""
    parser = group.add("kiosk", run)
    parser.add_setting("--port", "kiosk_port")
    parser.add_argument("--exercise", action="store_true", help=parser.texts("cli.kiosk.exercise"))
    parser.add_argument("--visit", default="", help=SUPPRESS)


def run(context: CommandContext) -> int:
    """Become the server, or serve the one person whose connection was handed over."""
    context.refuse_json_on_a_screen()
    return _serve(context) if context.options.visit else _become_server(context)


# --- the server


def _become_server(context: CommandContext) -> NoReturn:
    settings, place = context.settings, ("127.0.0.1", context.settings.kiosk_port)
    __import__("uvicorn")  # what is missing is said before anything is started
    try:
        socket.create_server(place).close()
    except OSError as error:
        where, reason = "{}:{}".format(*place), error.strerror
        raise InvalidSettings("no-port", key="kiosk_port", place=where, reason=reason) from None
    address = settings.kiosk_origin or f"http://localhost:{settings.kiosk_port}"
    write_notice(context.texts("kiosk.started", address=address))
    options = [str(settings.kiosk_port), settings.kiosk_origin or "-", str(settings.kiosk_people)]
    visit = [sys.executable, "-m", "espace_tui", *_without_language(sys.argv[1:])]
    server = [sys.executable, "-m", "espace_tui.kiosk", *options, *visit]
    sys.stdout.flush()
    os.execve(sys.executable, server, allowed(context.environment))


def _without_language(words: list[str]) -> list[str]:
    """Return the words of the command, but those that each person chooses."""
    before = ["", *words]
    return [
        word
        for last, word in zip(before, words, strict=False)
        if last != "--lang" and not word.startswith("--lang")
    ]


# --- one person


def _serve(context: CommandContext) -> int:
    link, parent = (int(each) for each in context.options.visit.split(","))
    watch = IdleWatch(limits(context))
    connection = lazy.served.PageConnection(socket.socket(fileno=link), watch, context.texts)
    connection.start(parent)
    try:
        outcome = asyncio.run(_walk(context, connection))
    except Exception as error:  # noqa: BLE001 — the outermost frame of a person's process
        crash.log_crash(crash.Crash.of(error))
        outcome = "broken"
    connection.close(ENDS.get(outcome, "broken"))
    return exit_codes.DONE


def limits(context: CommandContext) -> IdleLimits:
    """Return after how long an unattended page is hidden, then erased: those of a counter."""
    return IdleLimits(context.settings.counter_hide, context.settings.counter_wipe)


async def _walk(context: CommandContext, connection: PageConnection) -> str:
    crash.watch_loop(asyncio.get_running_loop())
    settings = context.settings
    if context.options.exercise:
        async with demo_backend(context, Camille(context.texts)) as backend:
            return await _converse(context, connection, backend, beside_activation(context))
    if settings.backend != "embedded":
        options = settings.backend_options, context.standard_options()
        backend = open_lazily(settings.backend, *options)
        return await _converse(context, connection, backend, beside_activation(context))
    site = site_journey(context)
    backend = cast("Backend", NoBackend(site))
    itineraries = lazy.guide.guide_itinerary(site), checking()
    return await _converse(context, connection, backend, itineraries)


async def _converse(
    context: CommandContext,
    connection: PageConnection,
    backend: Backend,
    itineraries: tuple[Itinerary, ...],
) -> str:
    """Hold the conversation of one person, who is offered nothing of this computer."""
    texts, settings = context.texts, context.settings
    preferences = StoredPreferences(None, paste_anywhere=settings.paste_anywhere)
    preferences.choose(frozenset())
    desk = cast("GuideDesk", LateDesk(context, at_counter=True))
    keyring = cast("Keyring", NoKeyring())
    at_home = home_context(context, backend, preferences, keyring)
    step_context = at_home._replace(guide=desk, receipts=None)
    wizard = Wizard(step_context, *itineraries)
    wizard.ask_one_by_one(one_by_one=False)
    texts.easy = settings.easy
    console = lazy.served.PageConsole(connection, texts)
    speaker = lazy.served.PageSpeaker(console, texts, settings.verbosity)
    connection.while_read = partial(preload, backend)  # for twenty who answer at once
    try:
        return await lazy.linear.run(wizard, speaker, reason=Text("kiosk.why"))
    finally:
        await backend.aclose()
