"""What the guide may use of this computer: nothing but on request, and nothing that is shared."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from espace_tui.errors import InvalidValue
from espace_tui.guide.address import URL
from espace_tui.guide.desk import HomeDesk, MessageReader, has_screen, open_browser
from espace_tui.guide.message.letter import Verdict
from espace_tui.guide.message.signs.authentication import BELIEVED
from espace_tui.i18n import Texts
from espace_tui.local.settings.fields import Settings
from tests.guide.message.letters import GENUINE_TEXT


@pytest.mark.parametrize(
    ("environment", "platform", "has"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_a_browser_is_offered_where_it_has_a_screen(
    environment: dict[str, str], platform: str, *, has: bool
) -> None:
    assert has_screen(environment, platform) is has


@pytest.mark.parametrize("opens", [True, False])
def test_the_settings_may_forbid_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, opens: bool
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert HomeDesk(Texts(), tmp_path, opens=opens).may_open is opens


def test_the_browser_is_cut_off_from_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[list[str], dict[str, Any]]] = []
    monkeypatch.setattr(
        subprocess, "Popen", lambda words, **options: calls.append((words, options))
    )
    open_browser()
    [(words, options)] = calls
    assert words == [sys.executable, "-I", "-m", "webbrowser", URL]
    assert {options[name] for name in ("stdin", "stdout", "stderr")} == {subprocess.DEVNULL}
    assert options["start_new_session"]


def test_the_calendar_file_is_private_and_neutral(tmp_path: Path) -> None:
    home = HomeDesk(Texts("en"), tmp_path, opens=True)
    path = Path(asyncio.run(home.save_calendar(date(2026, 11, 22))))
    assert path.stat().st_mode & 0o777 == 0o600
    assert "Deadline" in path.name
    assert b"20270103" in path.read_bytes()


async def test_a_paste_is_judged_in_a_process_of_its_own() -> None:
    reader = MessageReader(("mx.google.com",))
    assert (await reader.read(GENUINE_TEXT)).verdict is Verdict.UNPROVED
    with pytest.raises(InvalidValue, match=r"message\.is-|message\.unreadable|message\.too-large"):
        await reader.read("x" * 6_000_000)


def test_the_servers_believed_by_default_are_those_of_the_reader() -> None:
    assert Settings(Path()).letterbox_providers == BELIEVED
