"""Services that say exactly what a test wants."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from espace_tui.backends.http import HttpBackend, open_backend
from espace_tui.wire.problems import MEDIA_TYPE, Code

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def listening(talk: Talk) -> AsyncIterator[int]:
    """Talk to whoever connects; give the port."""
    talks: set[asyncio.Task[None]] = set()

    async def whole(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.CancelledError, asyncio.IncompleteReadError):
            await talk(reader, writer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    def begun(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.add(asyncio.create_task(whole(reader, writer)))

    server = await asyncio.start_server(begun, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for each in talks:
            each.cancel()
        await asyncio.gather(*talks, return_exceptions=True)


@asynccontextmanager
async def backend_to(talk: Talk, seconds: float = 1.0) -> AsyncIterator[HttpBackend]:
    """Give a backend that asks a service which talks so."""
    async with listening(talk) as port:
        backend = open_backend({"url": f"http://127.0.0.1:{port}", "timeout": str(seconds)})
        try:
            yield backend
        finally:
            await backend.aclose()


class FixedAnswerService:
    """Says the same answer to every request, and keeps what it heard."""

    def __init__(self, status: int, body: bytes, **headers: str) -> None:
        lines = {"content-type": MEDIA_TYPE, "content-length": str(len(body))}
        named = lines | {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        self._answer = f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode() + body
        self.requests: list[bytes] = []

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            self.requests.append(head)
            lengths = [line for line in head.lower().split(b"\r\n") if b"content-length" in line]
            await reader.readexactly(int(lengths[0].split(b":")[1]) if lengths else 0)
            writer.write(self._answer)
            await writer.drain()

    @property
    def keys(self) -> list[bytes]:
        return [key_of(head) for head in self.requests]


def key_of(head: bytes) -> bytes:
    """Return the idempotency key of a request."""
    return next(line for line in head.split(b"\r\n") if line.startswith(b"Idempotency-Key"))


def problem(code: Code, **more: object) -> bytes:
    """Return the body of a problem."""
    plain: dict[str, Any] = {"type": code.type, "title": "…", "status": code.status}
    return json.dumps(plain | {"code": code.value} | more).encode()


def problem_service(code: Code, **more: object) -> FixedAnswerService:
    """Return a service that says a problem."""
    return FixedAnswerService(code.status, problem(code, **more))
