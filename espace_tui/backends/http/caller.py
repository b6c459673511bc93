"""One call to the service, from asking to a definitive answer.

The whole call has one deadline, whatever the network does: a client's own timeouts are per read,
and a slow drip would outlive them. Inside it, what may have been lost on the way is asked again,
which is safe because every write carries its key (`keys`) and reads change nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from espace_tui.backends.http.idempotency_keys import IdempotencyKeys
from espace_tui.backends.http.options import HttpOptions
from espace_tui.backends.http.request import HttpRequest, RetryableError
from espace_tui.backends.http.transport import Transport
from espace_tui.errors import Refused, Unreachable
from espace_tui.wire.routes import Header

Answer = TypeVar("Answer", bound=BaseModel)
NO_HEADERS: Mapping[str, str] = {}
_TRIES = 4
_SHARE = 0.45


class Caller:
    """The way to one service."""

    def __init__(self, options: HttpOptions) -> None:
        self._carrier = Transport(options)
        self._seconds = options.timeout
        self._keys = IdempotencyKeys()

    async def read(
        self, path: str, answer: type[Answer], headers: Mapping[str, str] = NO_HEADERS
    ) -> Answer:
        """Ask for something that changes nothing."""
        return _checked(answer, await self._asked(HttpRequest("GET", path, headers), NO_HEADERS))

    async def write(
        self,
        path: str,
        answer: type[Answer],
        headers: Mapping[str, str] = NO_HEADERS,
        body: BaseModel | None = None,
    ) -> Answer:
        """Ask for an act, under one key until its answer is known."""
        asked = _written(path, headers, body)
        found = _checked(answer, await self._keyed(asked))
        self._keys.forget(asked)
        return found

    async def act(
        self, path: str, headers: Mapping[str, str] = NO_HEADERS, body: BaseModel | None = None
    ) -> None:
        """Ask for an act that answers nothing."""
        asked = _written(path, headers, body)
        await self._keyed(asked)
        self._keys.forget(asked)

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self._carrier.aclose()

    async def _keyed(self, asked: HttpRequest) -> bytes:
        try:
            return await self._asked(asked, {Header.KEY: self._keys.key_for(asked)})
        except Refused:
            self._keys.forget(asked)
            raise

    async def _asked(self, asked: HttpRequest, extra: Mapping[str, str]) -> bytes:
        ends = asyncio.get_running_loop().time() + self._seconds
        lost = [RetryableError("timeout")]
        try:
            async with asyncio.timeout_at(ends):
                return await self._tried(asked, extra, ends, lost)
        except (TimeoutError, RetryableError):
            raise Unreachable(lost[-1].code) from None

    async def _tried(
        self, asked: HttpRequest, extra: Mapping[str, str], ends: float, lost: list[RetryableError]
    ) -> bytes:
        import stamina  # noqa: PLC0415 — only who calls a service pays

        stamina.instrumentation.set_on_retry_hooks(())  # theirs would write over the screen
        now = asyncio.get_running_loop().time

        def is_worth_it(error: Exception) -> bool | float:
            if not isinstance(error, RetryableError):
                return False
            lost.append(error)
            return now() + (error.wait or 0) < ends and (float(error.wait or 0) or True)

        trying = stamina.AsyncRetryingCaller(_TRIES, None, 0.1, 1.0, 0.2)
        return await trying(is_worth_it, self._carrier.send, asked, extra, self._seconds * _SHARE)


def _written(path: str, right: Mapping[str, str], body: BaseModel | None) -> HttpRequest:
    if body is None:
        return HttpRequest("POST", path, right)
    content = body.model_dump_json(exclude_none=True).encode()
    return HttpRequest("POST", path, {**right, "Content-Type": "application/json"}, content)


def _checked(answer: type[Answer], content: bytes) -> Answer:
    try:
        return answer.model_validate_json(content)
    except ValidationError:
        raise Unreachable("network") from None
