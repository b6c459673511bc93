"""The embedded backend: nothing before the first call, letters in the inbox, clear failures."""

from __future__ import annotations

import asyncio
import logging
import stat
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from espace_tui.backends.embedded import EmbeddedBackend, open_backend
from espace_tui.backends.port import Activation, Backend, OpenSpace, Recovery, SignIn
from espace_tui.clock import MovableClock
from espace_tui.errors import InvalidSettings, Refused, Unreachable
from espace_tui.model.policy import APP_2025, GUIDE_2022
from espace_tui.model.values import Stage
from tests.activation.world import QUICK, START, World
from tests.people import CHRISTIAN, DOMINIQUE

LAZY = """
import sys
before = set(sys.modules)
from espace_tui.backends.embedded import open_backend
backend = open_backend({"data_dir": sys.argv[1]})
print(sorted({"sqlite3", "argon2", "mailbox", "httpx2", "fastapi", "textual", "psycopg"}
    & (set(sys.modules) - before)), __import__("os").path.exists(sys.argv[1]))
"""


@pytest.fixture
async def backend(tmp_path: Path) -> AsyncIterator[EmbeddedBackend]:
    """A backend with nobody in it."""
    made = EmbeddedBackend(tmp_path / "data", clock=MovableClock(START), cost=QUICK)
    yield made
    await made.aclose()


def test_the_parts_satisfy_the_port(world: World, backend: EmbeddedBackend) -> None:
    whole: Backend = backend
    activation: Activation = world.rules.activation
    sign_in: SignIn = world.rules.sign_in
    recovery: Recovery = world.rules.recovery
    space: OpenSpace = world.rules.space
    assert all((whole, activation, sign_in, recovery, space))


def test_opening_costs_and_touches_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", LAZY, str(tmp_path / "data")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    loaded = done.stdout.strip()
    assert loaded == "[] False"


async def test_an_invitation_comes_to_the_inbox(backend: EmbeddedBackend, tmp_path: Path) -> None:
    assert await backend.messages() == ()
    await backend.administration.invite(CHRISTIAN)
    [message] = await backend.messages()
    assert (message.to, message.sent_at) == (CHRISTIAN.email, START)
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "data").iterdir()}
    assert modes.pop("inbox") == 0o700
    assert set(modes.values()) == {0o600}


async def test_a_letter_that_cannot_go_waits_and_is_told_when_asked_for(
    backend: EmbeddedBackend, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await backend.administration.invite(CHRISTIAN)
    (tmp_path / "data" / "inbox").chmod(0o755)
    await backend.aclose()
    again = EmbeddedBackend(tmp_path / "data", clock=MovableClock(START), cost=QUICK)
    with caplog.at_level(logging.WARNING):
        await again.administration.invite(DOMINIQUE)
    assert "waits in the outbox: store-loose" in caplog.text
    with pytest.raises(Unreachable, match=r"^store-loose$"):
        await again.messages()
    (tmp_path / "data" / "inbox").chmod(0o700)
    assert len(await again.messages()) == 2
    await again.aclose()


async def test_a_letter_left_by_a_killed_process_goes_with_the_next_one(
    backend: EmbeddedBackend, tmp_path: Path
) -> None:
    rules = await backend.rules()
    await rules.administration.invite(CHRISTIAN)
    assert not (tmp_path / "data" / "inbox").exists()
    await backend.aclose()
    again = EmbeddedBackend(tmp_path / "data", clock=MovableClock(START), cost=QUICK)
    assert len(await again.messages()) == 1
    await again.aclose()


async def test_first_calls_at_once_open_one_store(backend: EmbeddedBackend) -> None:
    first, *others = await asyncio.gather(*(backend.rules() for _ in range(3)))
    assert all(rules is first for rules in others)


async def test_closing_ends_every_thread(tmp_path: Path) -> None:
    before, backend = set(threading.enumerate()), EmbeddedBackend(tmp_path / "data", cost=QUICK)
    rules = await backend.rules()
    await rules.context.hasher.hash("password", "Kv7-rTm2qe!")
    made = {
        thread
        for thread in set(threading.enumerate()) - before
        if thread.name.startswith(("sqlite", "hash"))
    }
    await backend.aclose()
    for thread in made:
        thread.join(5)
    assert {thread.name.partition("_")[0] for thread in made} == {"sqlite", "hash"}
    assert not any(thread.is_alive() for thread in made)


async def test_a_refusal_of_the_rules_comes_through(backend: EmbeddedBackend) -> None:
    with pytest.raises(Refused, match="refused"):
        await backend.activation.identify("x" * 12, CHRISTIAN.nir)


async def test_a_folder_that_is_loose_is_told_at_the_first_call(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "something").touch()
    (tmp_path / "data").chmod(0o755)
    backend = open_backend({"data_dir": str(tmp_path / "data")})
    with pytest.raises(Unreachable, match=r"^store-loose$"):
        await backend.messages()
    await backend.aclose()


async def test_a_store_without_its_keys_is_left_alone_until_they_are_back(
    backend: EmbeddedBackend, tmp_path: Path
) -> None:
    await backend.administration.invite(CHRISTIAN)
    await backend.aclose()
    keys = tmp_path / "data" / "keys.json"
    keys.rename(tmp_path / "kept")
    with pytest.raises(Unreachable, match=r"^other-keys$"):
        await backend.messages()
    (tmp_path / "kept").rename(keys)
    assert len(await backend.messages()) == 1


async def test_two_processes_share_a_folder(tmp_path: Path) -> None:
    wizard, operator = (
        EmbeddedBackend(tmp_path / "data", clock=MovableClock(START), cost=QUICK) for _ in range(2)
    )
    await wizard.messages()
    await operator.administration.invite(CHRISTIAN)
    [message] = await wizard.messages()
    code = next(line for line in message.text.splitlines() if len(line) == 12)
    flow = await wizard.activation.identify(code, CHRISTIAN.nir)
    assert flow.stage is Stage.CARD
    await wizard.aclose()
    await operator.aclose()


async def test_the_policy_is_an_option(tmp_path: Path) -> None:
    options = {"data_dir": str(tmp_path / "data")}
    assert await open_backend(options).policy() is GUIDE_2022
    assert await open_backend(options | {"policy": "app-2025"}).policy() is APP_2025


@pytest.mark.parametrize(
    ("options", "code", "nearest"),
    [
        ({}, "missing-option", None),
        ({"data_dir": "x", "policy": "guide-2021"}, "unknown-policy", "guide-2022"),
    ],
)
def test_an_option_that_cannot_be_used_is_told(
    options: dict[str, str], code: str, nearest: str | None
) -> None:
    with pytest.raises(InvalidSettings) as told:
        open_backend(options)
    assert (told.value.code, told.value.values.get("nearest")) == (code, nearest)
