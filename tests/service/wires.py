"""A connection without a network: bytes in, bytes out, and what is written in the log."""

from __future__ import annotations

import asyncio
from typing import Any

import uvicorn
from structlog.testing import capture_logs
from typing_extensions import override
from uvicorn.server import ServerState

from espace_tui.service.middleware import EdgeMiddleware
from espace_tui.service.protocol import HeadDeadlineProtocol


class Wire(asyncio.Transport):
    """The other side of a connection; holds each piece that was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []
        self.came = asyncio.Event()
        self.closed = 0

    @override
    def write(self, data: Any) -> None:
        self.pieces.append(bytes(data))
        self.came.set()

    @override
    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return ("127.0.0.1", 4321) if name in {"peername", "sockname"} else default

    @override
    def is_closing(self) -> bool:
        return False

    @override
    def close(self) -> None:
        self.closed += 1

    @override
    def resume_reading(self) -> None:
        return


def connected(app: EdgeMiddleware) -> tuple[HeadDeadlineProtocol, Wire]:
    """Return a connection to a service, and its other side."""
    config = uvicorn.Config(
        app,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
    )
    protocol, wire = HeadDeadlineProtocol(config, ServerState(), {}), Wire()
    protocol.connection_made(wire)
    return protocol, wire


async def answered(app: EdgeMiddleware, sent: bytes) -> tuple[bytes, list[dict[str, Any]]]:
    """Return what a service sends back, and what it writes in its log."""
    protocol, wire = connected(app)
    with capture_logs() as logs:
        protocol.data_received(sent)
        await asyncio.wait_for(wire.came.wait(), 5)
        for _ in range(20):  # the head, then the body, then the log
            await asyncio.sleep(0)
        protocol.connection_lost(None)
    seen = [{k: v for k, v in line.items() if k not in {"ms", "where", "id"}} for line in logs]
    return b"".join(wire.pieces), seen
