"""One call to the service, from the first try to a definitive answer.

The whole call has one deadline, whatever the network does: a client's own timeouts are per read,
and a slow drip would outlive them. Inside it, what may have been lost on the way is asked again,
which is safe because every write carries its idempotency key and reads change nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from espace_tui.backends.http import lazy
from espace_tui.backends.http.idempotency_keys import IdempotencyKeys
from espace_tui.backends.http.options import HttpOptions
from espace_tui.backends.http.request import HttpRequest, RetryableError
from espace_tui.backends.http.transport import Transport
from espace_tui.errors import Refused, Unreachable
from espace_tui.wire.routes import Header

Answer = TypeVar("Answer", bound=BaseModel)
NO_HEADERS: Mapping[str, str] = {}
_MAX_TRIES = 4
_TRY_SHARE = 0.45


class Caller:
    """Calls one service: one deadline for each call, retries inside it, a key for each write."""

    def __init__(self, options: HttpOptions) -> None:
        self._transport = Transport(options)
        self._host = urlsplit(options.url).hostname or ""
        self._seconds = options.timeout
        self._keys = IdempotencyKeys()

    async def read(
        self, path: str, answer: type[Answer], headers: Mapping[str, str] = NO_HEADERS
    ) -> Answer:
        """Get what changes nothing."""
        return _parse_answer(
            answer, await self._call(HttpRequest("GET", path, headers), NO_HEADERS)
        )

    async def write(
        self,
        path: str,
        answer: type[Answer],
        headers: Mapping[str, str] = NO_HEADERS,
        body: BaseModel | None = None,
    ) -> Answer:
        """Post, under one key until the answer is known."""
        request = _post_request(path, headers, body)
        found = _parse_answer(answer, await self._call_with_key(request))
        self._keys.forget(request)
        return found

    async def act(
        self, path: str, headers: Mapping[str, str] = NO_HEADERS, body: BaseModel | None = None
    ) -> None:
        """Post what has no answer but « done »."""
        request = _post_request(path, headers, body)
        await self._call_with_key(request)
        self._keys.forget(request)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def _call_with_key(self, request: HttpRequest) -> bytes:
        try:
            return await self._call(request, {Header.KEY: self._keys.key_for(request)})
        except Refused:
            self._keys.forget(request)
            raise

    async def _call(self, request: HttpRequest, key_header: Mapping[str, str]) -> bytes:
        ends = asyncio.get_running_loop().time() + self._seconds
        lost = [RetryableError("timeout")]
        try:
            async with asyncio.timeout_at(ends):
                return await self._send_with_retries(request, key_header, ends, lost)
        except (TimeoutError, RetryableError):
            raise Unreachable(lost[-1].code, service=self._host) from None

    async def _send_with_retries(
        self,
        request: HttpRequest,
        key_header: Mapping[str, str],
        ends: float,
        failures: list[RetryableError],
    ) -> bytes:
        lazy.stamina.instrumentation.set_on_retry_hooks(())  # theirs would write over the screen
        now = asyncio.get_running_loop().time

        def is_worth_it(error: Exception) -> bool | float:
            if not isinstance(error, RetryableError):
                return False
            failures.append(error)
            return now() + (error.wait or 0) < ends and (float(error.wait or 0) or True)

        trying = lazy.stamina.AsyncRetryingCaller(_MAX_TRIES, None, 0.1, 1.0, 0.2)
        return await trying(
            is_worth_it, self._transport.send, request, key_header, self._seconds * _TRY_SHARE
        )


def _post_request(path: str, headers: Mapping[str, str], body: BaseModel | None) -> HttpRequest:
    if body is None:
        return HttpRequest("POST", path, headers)
    content = body.model_dump_json(exclude_none=True).encode()
    return HttpRequest("POST", path, {**headers, "Content-Type": "application/json"}, content)


def _parse_answer(answer: type[Answer], content: bytes) -> Answer:
    try:
        return answer.model_validate_json(content)
    except ValidationError:
        raise Unreachable("network") from None
