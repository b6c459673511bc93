"""``espace-tui guide``: beside the official site, without account, network or set-up.

With ``--print`` the whole journey for a binder; with ``--json`` the same for programs; with
``--calendar`` the file of the six weeks. A user's damaged file of the journey is refused with its
line before anything is shown.
"""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from espace_tui.cli import exit_codes, lazy
from espace_tui.cli.context import CommandContext, write_error, write_json, write_line
from espace_tui.cli.faces import NONE, FaceRunner, first_face
from espace_tui.cli.guide_parts import checking, home_context, site_journey
from espace_tui.cli.parser import CommandGroup
from espace_tui.journey.context import Keyring
from espace_tui.journey.guiding import SCREEN, SiteJourney
from espace_tui.journey.wizard import Wizard
from espace_tui.local.private_files import os_errors
from espace_tui.local.settings import LocalPaths, StoredPreferences

if TYPE_CHECKING:
    from espace_tui.backends.port import Backend
    from espace_tui.guide.official.model import Official, Screen


def add(group: CommandGroup) -> None:
    """Add the command."""
    parser = group.add("guide", run)
    texts = parser.texts
    parser.add_face_options()
    parser.add_argument("--print", action="store_true", help=texts("cli.guide.print"))
    parser.add_argument(
        "--calendar", metavar=texts("cli.metavar.day"), help=texts("cli.guide.calendar")
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar=texts("cli.metavar.output"),
        help=texts("cli.guide.output"),
    )


def run(context: CommandContext) -> int:
    """Walk the guide, or write what was asked for."""
    options = context.options
    if options.json:
        write_json(_as_json(context, site_journey(context).official))
        return exit_codes.DONE
    if options.print:
        return _print(context)
    if options.calendar:
        return _write_calendar(context)
    return _walk(context)


class NoBackend:
    """In the place of a backend: the guide asks none for anything."""

    inbox = None

    def __init__(self, site: SiteJourney) -> None:
        self._site = site

    def preload(self) -> None:
        """Read and import what the first steps will need: for a thread aside."""
        itinerary = lazy.guide.guide_itinerary(self._site)
        for name in lazy.guide.ORDER:
            itinerary.load(name)
        for screen in self._site.official.screens:
            itinerary.load(f"{SCREEN}{screen}")

    async def aclose(self) -> None:
        """Nothing is open."""


def _walk(context: CommandContext) -> int:
    if first_face(context) == NONE:
        write_error(context.texts, "cli.no-terminal", {})
        return exit_codes.USAGE
    places = LocalPaths.from_environment(context.environment)
    preferences = StoredPreferences(
        places.preferences_file, paste_anywhere=context.settings.paste_anywhere
    )
    site = site_journey(context)
    backend, keyring = cast("Backend", NoBackend(site)), cast("Keyring", None)
    step_context = home_context(context, backend, preferences, keyring)
    wizard = Wizard(step_context, lazy.guide.guide_itinerary(site), checking())
    return asyncio.run(FaceRunner(context, wizard, preferences).run(""))


# --- what is written instead


def _print(context: CommandContext) -> int:
    site = site_journey(context)
    binder = lazy.binder.Binder(site.official, context.texts, site.age)
    path: Path | None = context.options.output
    if path is None:
        write_line(binder.as_text().removesuffix("\n"))
        return exit_codes.DONE
    write = {".html": binder.as_page, ".txt": binder.as_text}.get(path.suffix.lower())
    if write is None:
        write_error(context.texts, "cli.handout.suffix", {})
        return exit_codes.USAGE
    return _write(context, path, write())


def _write_calendar(context: CommandContext) -> int:
    text, path = context.options.calendar, context.options.output
    try:
        received = date.fromisoformat(text)
    except ValueError:
        write_error(context.texts, "cli.guide.not-a-day", {"found": text})
        return exit_codes.USAGE
    calendar = lazy.calendar_file
    title, now = context.texts(calendar.TITLE), lazy.clock.SystemClock().now()
    written = calendar.six_weeks(received, title, now)
    if path is None:
        write_line(written.removesuffix("\n"))
        return exit_codes.DONE
    return _write(context, path, written)


def _write(context: CommandContext, path: Path, text: str) -> int:
    with os_errors():
        path.write_text(text, "utf-8", newline="")
    context.write("cli.guide.written", path=path)
    return exit_codes.DONE


def _as_json(context: CommandContext, official: Official) -> dict[str, Any]:
    today = lazy.clock.SystemClock().now().astimezone().date()
    language = context.texts.language
    return {
        "noted": official.noted.isoformat(),
        "age_in_days": official.age_in_days(today),
        "origin": Path(official.origin).name,
        "journeys": [
            {
                "id": journey.id,
                "title": journey.title[language],
                "screens": [
                    _screen_as_json(official, screen, language)
                    for screen in official.steps(journey.id)
                ],
            }
            for journey in official.journeys.values()
        ],
    }


def _screen_as_json(official: Official, screen: Screen, language: str) -> dict[str, Any]:
    return {
        "id": screen.id,
        "number": screen.number,
        "headings": list(screen.headings),
        "recognise": screen.recognise[language],
        "asks": list(screen.asks),
        "says": screen.says[language],
        "next": screen.next,
        "source": screen.source,
        "confidence": screen.confidence,
        "seen_on": screen.seen_on.isoformat(),
        "answers": [
            {
                "id": outcome.id,
                "answer": outcome.answer[language],
                "says": outcome.says[language],
                "leads": outcome.leads,
            }
            for outcome in official.answers(screen.id)
        ],
    }
