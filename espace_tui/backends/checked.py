"""A backend of somebody else's, held to the port: whatever it does, nothing typed is lost.

Each call may only return what the port says, with values within bounds, and raise `Refused` or
`Unreachable`. Anything else becomes `Unreachable("unexpected-answer")`, which may be tried again,
and a line in the log: the backend, the call and the kind of error, without any value.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any, cast, get_type_hints

from pydantic import BaseModel, TypeAdapter

from espace_tui.backends.port import (
    Activation,
    Backend,
    Inbox,
    OpenSpace,
    Recovery,
    SignIn,
)
from espace_tui.errors import Refused, Unreachable
from espace_tui.model.policy import Policy
from espace_tui.wire.problems import checked_refusal

_log = logging.getLogger(__name__)
Promise = Callable[..., Any]
_KNOWN = (Refused, Unreachable)


class CheckedBackend:
    """Stands between the wizard and a backend that is not ours."""

    def __init__(self, backend: Backend, name: str) -> None:
        self._backend = backend
        self._policy, self._aclose = backend.policy, backend.aclose
        self.name = str(getattr(backend, "name", name))
        self.activation = cast("Activation", _CheckedPart(self, "activation", Activation))
        self.sign_in = cast("SignIn", _CheckedPart(self, "sign_in", SignIn))
        self.recovery = cast("Recovery", _CheckedPart(self, "recovery", Recovery))
        inbox = cast("Inbox", _CheckedPart(self, "inbox", Inbox))
        self.inbox: Inbox | None = None if getattr(backend, "inbox", None) is None else inbox
        self.space = cast("OpenSpace", _CheckedPart(self, "space", OpenSpace))

    async def policy(self) -> Policy:
        """Return the rules to follow."""
        return cast("Policy", await self.call(self._policy, Backend.policy))

    async def aclose(self) -> None:
        """Let go of files and connections, as far as it can."""
        try:
            await self.call(self._aclose, Backend.aclose)
        except _KNOWN as error:
            _log.warning("backend %s: not closed: %s", self.name, error.code)

    def part(self, name: str) -> object:
        """Return a part of the backend."""
        return getattr(self._backend, name)

    async def call(self, act: Callable[[], Awaitable[object]], promise: Promise) -> object:
        """Return the answer of a call, as the port promises it."""
        try:
            return _as_promised(await act(), promise)
        except Refused as error:
            raise checked_refusal(error) from error
        except Unreachable as error:
            raise Unreachable(str(error.code)[:64]) from error
        except Exception as error:
            _log.warning(
                "backend %s: unexpected answer to %s: %s",
                self.name,
                promise.__qualname__,
                type(error).__name__,
            )
            raise Unreachable("unexpected-answer") from error


class _CheckedPart:
    """One part of the port, each call checked."""

    def __init__(self, checked: CheckedBackend, name: str, part: type) -> None:
        self._checked = checked
        self._name = name
        self._part = part

    def __getattr__(self, name: str) -> Callable[..., Awaitable[object]]:
        promise: Promise = getattr(self._part, name)

        async def call(*given: object, **named: object) -> object:
            return await self._checked.call(
                lambda: getattr(self._checked.part(self._name), name)(*given, **named), promise
            )

        return call


def _as_promised(answer: object, promise: Promise) -> object:
    """Return an answer made anew from its values; raises for what the port does not promise."""
    wanted = get_type_hints(promise)["return"]
    if isinstance(wanted, type) and not isinstance(answer, wanted):
        raise TypeError
    return TypeAdapter(wanted).validate_python(_plain(answer))


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return {name: _plain(each) for name, each in vars(value).items()}
    return tuple(map(_plain, value)) if isinstance(value, tuple) else value
