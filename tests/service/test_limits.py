"""What one client may ask: a share of the room, so many writes, so much memory, and no more."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import httpx2
import pytest
from starlette.types import Message

from espace_tui.activation.crypto.hasher import SERVICE, Hasher
from espace_tui.activation.fair_share import FairShare
from espace_tui.errors import Unreachable
from espace_tui.service.app import build_api
from espace_tui.service.limits import EdgeLimits, WriteCounter, client_name
from espace_tui.service.metrics import AccessLog, Metrics
from espace_tui.service.middleware import EdgeMiddleware
from espace_tui.service.state import state_of
from espace_tui.wire.routes import Route
from tests.people import STRANGER_NIR
from tests.service.raw import key_headers
from tests.service.serving import Process, in_process
from tests.service.town import ServiceWorld

MIB = 1024 * 1024


def edge_of(town: ServiceWorld, limits: EdgeLimits) -> EdgeMiddleware:
    return EdgeMiddleware(build_api(state_of(town.rules)), AccessLog(Metrics(), str), limits)


@asynccontextmanager
async def client_of(edge: EdgeMiddleware, address: str) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=edge, client=(address, 1))
    async with httpx2.AsyncClient(transport=transport, base_url="http://here") as client:
        yield client


def test_a_caller_alone_has_half_of_the_room_and_the_others_theirs() -> None:
    room = FairShare(80)
    assert sum(room.enter("one") for _ in range(100)) == 40
    assert sum(room.enter("two") for _ in range(100)) == 10
    assert [sum(room.enter(f"n{n}") for _ in range(20)) for n in range(4)] == [10, 10, 10, 0]
    for _ in range(31):
        room.leave("one")
    assert room.enter("n3")
    assert not room.enter("two")


async def test_a_thousand_bodies_half_sent_shut_nobody_out(town: ServiceWorld) -> None:
    edge = edge_of(town, EdgeLimits(body_seconds=30.0))

    async def never() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def ignored(_: Message) -> None:
        return

    scope = {"type": "http", "method": "POST", "path": Route.FLOWS, "client": ("192.0.2.66", 1)}
    held = [
        asyncio.create_task(edge({**scope, "headers": []}, never, ignored)) for _ in range(1010)
    ]
    await asyncio.sleep(0.05)
    async with client_of(edge, "192.0.2.1") as client:
        body = {"code": "abcdefghjkmn", "nir": STRANGER_NIR}
        answer = await client.post(Route.FLOWS, json=body, headers=key_headers())
        assert answer.status_code == 401
    async with client_of(edge, "192.0.2.66") as client:
        assert (await client.get(Route.POLICY)).status_code == 503
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/readyz")).status_code == 200
    for task in held:
        task.cancel()
    await asyncio.gather(*held, return_exceptions=True)


async def test_sixty_connections_that_hash_shut_nobody_out(town: ServiceWorld) -> None:
    context = town.rules.context
    object.__setattr__(context, "hasher", Hasher(context.keys, SERVICE))
    edge = edge_of(town, EdgeLimits())
    body = {"code": "abcdefghjkmn", "nir": STRANGER_NIR}

    async with client_of(edge, "192.0.2.66") as many, client_of(edge, "192.0.2.1") as one:
        crowd = [
            asyncio.create_task(many.post(Route.FLOWS, json=body, headers=key_headers()))
            for _ in range(200)
        ]
        await asyncio.wait(crowd, return_when=asyncio.FIRST_COMPLETED)
        answer = await one.post(Route.FLOWS, json=body, headers=key_headers())
        await asyncio.gather(*crowd)
    assert answer.status_code in {401, 429}


def test_a_hash_is_refused_with_its_cause(town: ServiceWorld) -> None:
    hasher = Hasher(town.rules.context.keys, SERVICE, queue=0)
    places = [hasher.reserve("somebody") for _ in range(100)]
    with ExitStack() as held, pytest.raises(Unreachable) as caught:
        list(map(held.enter_context, places))
    assert caught.value.values == {"cause": "hashes"}


async def test_unproved_writes_are_bounded_by_client(town: ServiceWorld) -> None:
    edge = edge_of(town, EdgeLimits(client_writes=5))
    lost = {"identifier": "somebody", "nir": STRANGER_NIR, "channel": "email"}
    async with client_of(edge, "192.0.2.66") as one, client_of(edge, "192.0.2.1") as other:
        told = [
            (await one.post(Route.RESETS, json=lost, headers=key_headers())).json().get("code", "")
            for _ in range(7)
        ]
        late = await one.post(Route.RESETS, json=lost, headers=key_headers())
        fresh = await other.post(Route.RESETS, json=lost, headers=key_headers())
        assert (await one.get(Route.POLICY)).status_code == 200
    assert told == [*[""] * 5, *["too-many-attempts"] * 2]
    assert late.json()["code"] == "too-many-attempts"
    assert 1 <= int(late.headers["Retry-After"]) <= 120
    assert fresh.json().get("code") != "too-many-attempts"


async def test_refused_writes_count_on_any_route(town: ServiceWorld) -> None:
    edge = edge_of(town, EdgeLimits(client_writes=3))
    headers = {"Space-Token": "nobody"}
    async with client_of(edge, "192.0.2.66") as client:
        told = [
            (await client.post(Route.CLOSING, headers=headers | key_headers())).status_code
            for _ in range(5)
        ]
    assert told == [401, 401, 401, 429, 429]


async def test_what_could_not_be_read_is_not_counted(town: ServiceWorld) -> None:
    edge = edge_of(town, EdgeLimits(client_writes=3))
    async with client_of(edge, "192.0.2.66") as client:
        told = {
            (await client.post(Route.FLOWS, json={}, headers=key_headers())).status_code
            for _ in range(9)
        }
    assert told == {422}


def test_all_clients_together_are_bounded_and_the_level_empties() -> None:
    now = [0.0]
    writes = WriteCounter(EdgeLimits(client_writes=10, total_writes=20), lambda: now[0])
    for number in range(20):
        writes.count(f"192.0.2.{number}")
    assert 0 < writes.seconds_to_wait("198.51.100.1") <= 30
    now[0] += 30
    assert writes.seconds_to_wait("198.51.100.1") == 0


def test_no_bound_is_no_bound_and_clients_are_forgotten() -> None:
    writes = WriteCounter(EdgeLimits(client_writes=0, total_writes=0))
    for number in range(30_000):
        writes.count(str(number))
    assert writes.seconds_to_wait("1") == 0
    assert writes.known <= 20_000


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("a" * 500, "a" * 501, True),
    ],
)
def test_a_client_is_who_pays_for_the_line(one: str, other: str, *, same: bool) -> None:
    assert (client_name(one) == client_name(other)) is same


def resident(process: Process) -> int:
    """The resident memory of a process, in bytes."""
    assert process.child
    status = Path(f"/proc/{process.child.pid}/status").read_text("utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) * 1024


async def pour(port: int, begun: bytes, piece: bytes, size: int) -> None:
    """Send a beginning, then so many bytes, as far as they are taken."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return
    try:
        writer.write(begun)
        for _ in range(max(size // len(piece), 1)):
            writer.write(piece)
            await asyncio.wait_for(writer.drain(), 2)
    except (OSError, TimeoutError):
        pass
    finally:
        reader.feed_eof()
        writer.transport.abort()


POST = b"POST /v1/flows HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
ANYTHING: Mapping[str, tuple[bytes, bytes]] = {
    "fields": (b"GET / HTTP/1.1\r\n", b"X-Y: z\r\n" * 8192),
    "one field": (b"GET / HTTP/1.1\r\nX: ", b"a" * 65_536),
    "an address": (b"GET /", b"a" * 65_536),
    "a body": (POST + b"Content-Length: 67108864\r\n\r\n", b" " * 65_536),
    "pieces": (POST + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n%b\r\n" % (b" " * 65_536)),
    "trailers": (POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X-Y: z\r\n" * 8192),
    "requests": (b"", b"GET /v1/policy HTTP/1.1\r\nHost: h\r\n\r\n" * 1600),
    "noise": (b"", bytes(range(256)) * 256),
}


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
async def test_64_mib_of_anything_cost_little_and_delay_nobody(
    town: ServiceWorld, tmp_path: Path
) -> None:
    with in_process(town.options, tmp_path / "log") as process:
        async with httpx2.AsyncClient(
            base_url=f"http://127.0.0.1:{process.port}", trust_env=False
        ) as client:
            assert (await client.get("/readyz")).status_code == 200
            before, worst, most = resident(process), 0.0, 0
            for begun, piece in ANYTHING.values():
                for many in (1, 64):
                    poured = asyncio.gather(
                        *(pour(process.port, begun, piece, 64 * MIB // many) for _ in range(many))
                    )
                    while not poured.done():
                        asked = time.perf_counter()
                        assert (await client.get("/healthz")).status_code == 200
                        worst = max(worst, time.perf_counter() - asked)
                        most = max(most, resident(process))
                        await asyncio.sleep(0.005)
                    await poured
    assert (most - before) / MIB < 50
    assert worst < 0.5
