"""What is on the wire: what is waited for at once."""

from __future__ import annotations

import asyncio

import pytest

from espace_tui.service.app import build_app
from espace_tui.service.metrics import AccessLog, Metrics
from espace_tui.service.protocol import HeadDeadlineProtocol
from espace_tui.service.state import state_of
from espace_tui.wire.routes import Route
from tests.service.raw import key_headers
from tests.service.serving import in_thread
from tests.service.town import ServiceWorld
from tests.service.wires import connected


async def test_who_asks_before_sending_a_body_is_told_to_go_on(town: ServiceWorld) -> None:
    body = b'{"code": "abcdefghjkmn", "nir": ZOE.nir}'
    headers = key_headers() | {
        "Host": "h",
        "Content-Type": "application/json",
        "Expect": "100-continue",
    }
    lines = [f"POST {Route.FLOWS} HTTP/1.1", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    with in_thread(town.options) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n")
        told = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
        assert told == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(body)
        assert (await asyncio.wait_for(reader.readline(), 5)).startswith(b"HTTP/1.1 401")
        writer.close()


async def test_a_connection_that_is_lost_is_not_watched_any_more(
    town: ServiceWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each would else stay in memory until its head is late."""
    monkeypatch.setattr(HeadDeadlineProtocol, "head_seconds", 0.01)
    edge = build_app(state_of(town.rules), AccessLog(Metrics(), str))
    lost, waiting = connected(edge), connected(edge)
    lost[0].connection_lost(ConnectionResetError())
    await asyncio.sleep(0.05)
    assert (lost[1].closed, waiting[1].closed) == (0, 1)
