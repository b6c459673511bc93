"""The command line with one thing broken in it: what breaks knows what was typed, and says it.

``python saboteur.py PLACE WORDS…`` runs ``espace-tui WORDS…``; the file it is in is not ours, so
that its own lines do not count among ours.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Awaitable, Callable
from typing import Any

from espace_tui.activation.use_cases.sign_in import SignInRules as Rules
from espace_tui.cli import main
from espace_tui.journey.steps.space.sign_in import SignInStep
from espace_tui.journey.wizard import Wizard
from espace_tui.screens.step import StepScreen


class LeakError(Exception):
    """An exception that tells everything."""

    def __rich__(self) -> str:
        """Textual would show this as it is."""
        return str(self)


def replace(owner: object, name: str, broken: Callable[..., object]) -> None:
    """Put what breaks in the place of a method."""
    setattr(owner, name, broken)


def burst(*given: object) -> None:
    """Fail with everything in the message and in the locals."""
    secret = " ".join(map(str, given))
    raise LeakError(secret)


async def burst_later(*given: object) -> None:
    await asyncio.sleep(0)
    burst(*given)


def typed(wizard: Wizard) -> str:
    return " ".join(wizard.typed.values())


def everything(wizard: Wizard) -> dict[str, Callable[[Any], object]]:
    """Ways to fail from a screen, given the app."""
    words = typed(wizard)
    return {
        "handler": lambda _app: burst(words),
        "worker": lambda app: app.run_worker(burst_later(words)),
        "threaded worker": lambda app: app.run_worker(lambda: burst(words), thread=True),
        "timer": lambda app: app.set_timer(0.01, lambda: burst(words)),
        "refresh": lambda app: app.call_after_refresh(burst, words),
    }


def break_screen(place: str) -> None:
    async def action_continue(self: StepScreen) -> None:
        everything(self.wizard)[place](self.app)

    replace(StepScreen, "action_continue", action_continue)


def break_drawing() -> None:
    async def action_continue(self: StepScreen) -> None:
        words = typed(self.wizard)
        replace(self, "compose", lambda: burst(words))
        await self.recompose()

    replace(StepScreen, "action_continue", action_continue)


def break_step() -> None:
    def build(_self: object, values: object, _session: object) -> None:
        burst(values)

    replace(SignInStep, "build", build)


def break_backend() -> None:
    def opened(_self: object, *given: object) -> Awaitable[None]:
        return burst_later(*given)

    replace(Rules, "open", opened)


def break_aside() -> None:
    """Fail in a thread and in a task that nobody awaits: the assistant goes on."""
    submit = Wizard.submit
    left: list[object] = []

    async def also(self: Wizard, action: str = "") -> bool:
        words = typed(self)
        threading.Thread(target=burst, args=(words,)).start()
        left.append(asyncio.ensure_future(burst_later(words)))
        left.pop()
        return await submit(self, action)

    replace(Wizard, "submit", also)


if __name__ == "__main__":
    chosen = sys.argv.pop(1)
    known: dict[str, Callable[[], None]] = {
        "drawing": break_drawing,
        "step": break_step,
        "backend": break_backend,
        "aside": break_aside,
    }
    known.get(chosen, lambda: break_screen(chosen))()
    main()
