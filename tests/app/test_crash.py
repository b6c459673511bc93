"""An app that crashes shows our page, in its language, and nothing that was typed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from textual.worker import WorkerFailed

from espace_tui.app.crash import CrashSafeApp
from tests.app.harness import open_app

CANARY = "2 55 08 14 168 025 38"


def fail() -> None:
    raise ValueError(CANARY)


def fail_with_a_cause() -> None:
    raise ValueError(CANARY) from LookupError(CANARY)


class Fragile(CrashSafeApp):
    """An app with nothing in it."""


WAYS: dict[str, Callable[[Fragile], object]] = {
    "later": lambda app: app.call_later(fail),
    "after a refresh": lambda app: app.call_after_refresh(fail),
    "in a worker": lambda app: app.run_worker(fail, thread=True),
    "with a cause": lambda app: app.call_later(fail_with_a_cause),
    "by a panic": lambda app: app.panic(CANARY),
}


async def crash_it(app: Fragile, way: str) -> None:
    async with app.run_test() as pilot:
        WAYS[way](app)
        if "panic" in way:
            return  # the app has left: there is no pause to take
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()


@pytest.mark.parametrize("way", WAYS)
async def test_an_app_that_crashes_says_our_page_only(
    way: str, capfd: pytest.CaptureFixture[str]
) -> None:
    app = Fragile()
    with suppress(ValueError, WorkerFailed):
        await crash_it(app, way)
    said = capfd.readouterr()
    assert CANARY not in said.out + said.err
    assert said.err.count("Référence à donner") == 1
    assert app.return_code == 1


async def test_the_page_is_in_the_language_of_the_screen(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with suppress(ValueError):
        async with open_app() as hands:
            await hands.press("f5")
            hands.app.call_later(fail)
            await hands.calm()
    assert "Reference to give" in capfd.readouterr().err
