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


class Leak(Exception):  # noqa: N818 — what it is
    """An exception that tells everything."""

    def __rich__(self) -> str:
        """Textual would show this as it is."""
        return str(self)


def burst(*given: object) -> None:
    """Fail with everything in the message and in the locals."""
    secret = " ".join(map(str, given))
    raise Leak(secret)


async def burst_later(*given: object) -> None:
    await asyncio.sleep(0)
    burst(*given)


def typed(wizard: Any) -> str:  # noqa: ANN401 — the wizard
    return " ".join(wizard.typed.values())


def everything(wizard: Any) -> dict[str, Callable[[Any], object]]:  # noqa: ANN401
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
    async def action_continue(self: Any) -> None:  # noqa: ANN401 — the screen
        everything(self.wizard)[place](self.app)

    StepScreen.action_continue = action_continue  # type: ignore[method-assign]


def break_drawing() -> None:
    async def action_continue(self: Any) -> None:  # noqa: ANN401 — the screen
        words = typed(self.wizard)
        self.compose = lambda: burst(words)
        await self.recompose()

    StepScreen.action_continue = action_continue  # type: ignore[method-assign]


def break_step() -> None:
    def build(_self: object, values: object, _session: object) -> None:
        burst(values)

    SignInStep.build = build  # type: ignore[method-assign, assignment]


def break_backend() -> None:
    def opened(_self: object, *given: object) -> Awaitable[None]:
        return burst_later(*given)

    Rules.open = opened  # type: ignore[method-assign, assignment]


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

    Wizard.submit = also  # type: ignore[method-assign]


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
