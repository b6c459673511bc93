"""A proxy that harms: between a client and one service or more, on loopback, one request at a time.

`harm` says what happens to the next requests: nothing by default. Upstreams take turns.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from enum import StrEnum
from itertools import cycle

_DRIP = 0.02
_LATE = 0.1


class Harm(StrEnum):
    """What may happen to a request or to its answer."""

    RESET = "reset"
    BLACK_HOLE = "black hole"
    DROPPED = "dropped answer"
    CUT = "cut in the answer"
    DRIP = "slow drip"
    LATE = "latency"
    TWICE = "sent twice"


class FaultProxy:
    """One proxy; `seen` counts the requests that came, `differed` the answers that changed."""

    def __init__(self, *ports: int) -> None:
        self._ports = cycle(ports)
        self._turns = len(ports)
        self._harms: list[Harm] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0
        self.seen = 0
        self.differed: list[tuple[bytes, bytes]] = []
        self.heard: Callable[[bytes], None] = lambda _: None
        self.meanwhile: Callable[[], Awaitable[None]] | None = None

    def harm(self, harm: Harm | None, times: int = 1) -> None:
        """Harm the next requests."""
        self._harms = [harm] * times if harm else []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on the requests of one connection."""
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while request := await _message(reader):
                self.seen += 1
                self.heard(request)
                harm = self._harms.pop() if self._harms else None
                if not await self._pass(request, writer, harm):
                    break
        await _closed(writer)
        self._tasks.discard(task)

    async def _pass(self, request: bytes, writer: asyncio.StreamWriter, harm: Harm | None) -> bool:
        if harm is Harm.RESET:
            writer.transport.abort()
            return False
        if harm is Harm.BLACK_HOLE:
            await asyncio.sleep(3600)
        answer = await self._ask(request)
        if not answer:
            writer.transport.abort()
            return False
        if harm is Harm.TWICE:
            first, answer = answer, await self._ask(request)
            if _body(first) != _body(answer):
                self.differed.append((first, answer))
        await _give(writer, answer, harm)
        return harm not in {Harm.DROPPED, Harm.CUT}

    async def _ask(self, request: bytes) -> bytes:
        for _ in range(self._turns):
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", next(self._ports))
            except ConnectionError:
                continue
            try:
                writer.write(request)
                if self.meanwhile:
                    await self.meanwhile()
                return await _message(reader)
            finally:
                await _closed(writer)
        return b""

    async def aclose(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@asynccontextmanager
async def harming(*ports: int) -> AsyncIterator[FaultProxy]:
    """Stand between a client and services."""
    proxy = FaultProxy(*ports)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        await proxy.aclose()


async def _closed(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """Return a whole request or answer; nothing at the end of a connection."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
    length = next(
        (
            int(line.partition(b":")[2])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        ),
        0,
    )
    return head + await reader.readexactly(length)


async def _give(writer: asyncio.StreamWriter, answer: bytes, harm: Harm | None) -> None:
    if harm is Harm.LATE:
        await asyncio.sleep(_LATE)
    if harm is Harm.DROPPED:
        return
    if harm is Harm.CUT:
        answer = answer[: len(answer) - 5]
    for part in [answer] if harm is not Harm.DRIP else [bytes([byte]) for byte in answer]:
        writer.write(part)
        await writer.drain()
        if harm is Harm.DRIP:
            await asyncio.sleep(_DRIP)


def _body(message: bytes) -> bytes:
    return message.partition(b"\r\n\r\n")[2]
