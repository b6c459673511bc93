"""One try of one request: what goes out, what comes back, and what every failure means.

Certificates are verified, against the private authority alone if one is given; no redirect is
followed, the environment (proxies, key logs, .netrc) is ignored, answers are bounded.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import ValidationError

from espace_tui import __version__
from espace_tui.backends.http import lazy
from espace_tui.backends.http.options import HttpOptions
from espace_tui.backends.http.request import HttpRequest, RetryableError
from espace_tui.errors import ExpectedError, Unreachable
from espace_tui.wire.problems import MEDIA_TYPE, Problem

if TYPE_CHECKING:
    import httpx2

_LONGEST_ANSWER = 256 * 1024
_GATEWAY = {502, 503, 504}


class Transport:
    """The HTTP client of one service, imported and opened in a thread by its first use."""

    def __init__(self, options: HttpOptions) -> None:
        self._options = options
        self._opening = asyncio.Lock()
        self._client: httpx2.AsyncClient | None = None

    async def send(self, request: HttpRequest, headers: Mapping[str, str], seconds: float) -> bytes:
        """Return the body of a good answer; raises what the answer, or its absence, means."""
        client = await self._open_client()
        try:
            async with asyncio.timeout(seconds):
                return await self._exchange(client, request, headers)
        except TimeoutError:
            raise RetryableError("timeout") from None

    async def aclose(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _open_client(self) -> httpx2.AsyncClient:
        async with self._opening:
            if self._client is None:
                self._client = await asyncio.to_thread(_make_client, self._options)
            return self._client

    async def _exchange(
        self, client: httpx2.AsyncClient, request: HttpRequest, extra_headers: Mapping[str, str]
    ) -> bytes:
        headers = {**request.headers, **extra_headers}
        try:
            async with client.stream(
                request.method,
                self._options.url + request.path,
                headers=headers,
                content=request.body,
            ) as answer:
                return _good_content(answer, await _read(answer))
        except lazy.httpx2.HTTPError as error:
            raise _unreachable_for(error) from None


async def _read(answer: httpx2.Response) -> bytes:
    content = b""
    async for part in answer.aiter_bytes():
        content += part
        if len(content) > _LONGEST_ANSWER:
            raise Unreachable("network")
    return content


def _good_content(answer: httpx2.Response, content: bytes) -> bytes:
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    if answer.status_code in {200, 204} and kind in {"application/json", ""}:
        return content
    if kind == MEDIA_TYPE:
        raise _problem_error(answer.status_code, content)
    if answer.status_code in _GATEWAY:
        raise RetryableError("busy")
    raise Unreachable("network")


def _problem_error(status: int, content: bytes) -> ExpectedError:
    try:
        problem = Problem.model_validate_json(content)
    except ValidationError:
        return Unreachable("network")
    raised = problem.raised()
    if status != problem.status:
        return Unreachable("network")
    return RetryableError("busy", problem.wait) if raised.code == "busy" else raised


def _unreachable_for(error: Exception) -> Unreachable:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Unreachable("certificate")
        cause = cause.__cause__ or cause.__context__
    return (
        RetryableError("network")
        if isinstance(error, lazy.httpx2.TransportError)
        else Unreachable("network")
    )


def _make_client(options: HttpOptions) -> httpx2.AsyncClient:
    return lazy.httpx2.AsyncClient(
        verify=_ssl_context(options.ca),
        proxy=options.proxy,
        trust_env=False,
        follow_redirects=False,
        timeout=None,  # `send` bounds the whole, which these cannot
        headers={
            "Accept": f"application/json, {MEDIA_TYPE}",
            "Accept-Encoding": "identity",
            "Accept-Language": options.language,
            "User-Agent": f"espace-tui/{__version__}",
        },
    )


def _ssl_context(file: str | None) -> ssl.SSLContext:
    if file is None:
        return lazy.httpx2.create_ssl_context(trust_env=False)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(file)
    except OSError as error:
        raise Unreachable("certificate") from error
    return context
