"""The backend that refuses everything: for demonstrations and tests.

Option ``mode``: ``refused`` (default) answers `Refused`, ``unreachable`` answers `Unreachable`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Never, cast

from espace_tui.backends.port import Activation, Inbox, OpenSpace, Recovery, SignIn
from espace_tui.errors import ExpectedError, InvalidSettings, Refused, Unreachable
from espace_tui.i18n.spelling import nearest
from espace_tui.model.policy import GUIDE_2022, Policy

MODES: Mapping[str, type[Refused | Unreachable]] = {
    "refused": Refused,
    "unreachable": Unreachable,
}


class RefusingBackend:
    """Publishes the usual rules, unless nobody answers, and grants nothing."""

    name = "refusing"
    inbox: Inbox | None = None

    def __init__(self, no: type[ExpectedError]) -> None:
        part = _No(no)
        self.activation = cast("Activation", part)
        self.sign_in = cast("SignIn", part)
        self.recovery = cast("Recovery", part)
        self.space = cast("OpenSpace", part)
        self._no = no

    async def policy(self) -> Policy:
        """Return the rules to follow."""
        if self._no is Unreachable:
            raise Unreachable
        return GUIDE_2022

    async def aclose(self) -> None:
        """Nothing is open."""


class _No:
    """Any part of a backend: each of its calls raises the same error."""

    def __init__(self, no: Callable[[], ExpectedError]) -> None:
        self._no = no

    def __getattr__(self, _call: str) -> Callable[..., Awaitable[Never]]:
        async def refuse(*_given: object, **_named: object) -> Never:
            raise self._no()

        return refuse


def open_backend(options: Mapping[str, str]) -> RefusingBackend:
    """Open the backend; raises `InvalidSettings`."""
    mode = options.get("mode", "refused")
    if mode not in MODES:
        near = nearest(mode, MODES)
        raise InvalidSettings("unknown-mode", key="mode", found=mode, nearest=near)
    return RefusingBackend(MODES[mode])
