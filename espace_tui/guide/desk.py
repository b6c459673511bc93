"""What the guide may use of this computer: the browser, a calendar file, the reader of messages.

The browser is opened only on request, at one address that is a constant, by a process that shares
nothing with this terminal. Everything else stays in memory.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from espace_tui.clock import SystemClock
from espace_tui.guide import proposals
from espace_tui.guide.address import URL
from espace_tui.guide.calendar_file import TITLE, six_weeks
from espace_tui.guide.message.letter import Letter
from espace_tui.guide.message.process import read_letter
from espace_tui.i18n import Texts
from espace_tui.local.private_files import write_atomic

CALENDAR_NAME = "{title}.ics"


@dataclass(frozen=True, slots=True)
class HomeDesk:
    """A person's own computer; `opens`: the settings let it offer the browser."""

    texts: Texts
    folder: Path
    opens: bool
    may_save: bool = True

    @property
    def may_open(self) -> bool:
        """Whether there is a screen to open a browser on."""
        return self.opens and has_screen(os.environ)

    def identifiers(self) -> tuple[str, ...]:
        """Return identifiers of words of the present language."""
        return proposals.identifiers(self.texts.language)

    def passwords(self) -> tuple[str, ...]:
        """Return passwords made now."""
        return proposals.passwords()

    async def open_site(self) -> None:
        """Open the browser, and wait for nothing."""
        await asyncio.to_thread(open_browser)

    async def save_calendar(self, received: date) -> str:
        """Write the calendar file; return where it is."""
        title = self.texts(TITLE)
        path = self.folder / CALENDAR_NAME.format(title="-".join(title.split()))
        text = six_weeks(received, title, SystemClock().now())
        await asyncio.to_thread(write_atomic, path, text.encode())
        return str(path)


@dataclass(frozen=True, slots=True)
class MessageReader:
    """Reads a pasted message in the reader process; `believed` are the servers of the settings."""

    believed: Sequence[str]
    read_bytes: Callable[..., Letter] = read_letter

    async def read(self, text: str) -> Letter:
        """Return what was found, with the end of its six weeks."""
        data = text.encode("utf-8", "replace")
        letter = await asyncio.to_thread(self.read_bytes, data, self.believed, is_paste=True)
        return letter.dated(SystemClock().now().astimezone().date())


def documents_folder(environment: Mapping[str, str]) -> Path:
    """Return where a person finds what they asked to be written: their own folder."""
    return Path(environment.get("HOME") or Path.home())


def has_screen(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Tell whether a browser with windows can be opened: a text browser would take the terminal."""
    return platform in {"darwin", "win32"} or any(
        environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )


def open_browser() -> None:
    """Open the one address by the standard library's own launcher, cut off from this terminal."""
    command = [sys.executable, "-I", "-m", "webbrowser", URL]
    nowhere = subprocess.DEVNULL
    subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)
