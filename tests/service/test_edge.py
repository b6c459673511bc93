"""The last net: bounds on what comes in, and bugs that end without telling anything (S1, S28)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest
from starlette.types import Message, Receive, Scope, Send
from structlog.testing import capture_logs

from espace_tui.activation.crypto.hasher import SERVICE, Hasher
from espace_tui.service.app import build_api
from espace_tui.service.limits import EdgeLimits
from espace_tui.service.metrics import AccessLog, Metrics
from espace_tui.service.middleware import EdgeMiddleware
from espace_tui.service.protocol import HeadDeadlineProtocol
from espace_tui.service.state import state_of
from espace_tui.wire.problems import MEDIA_TYPE
from espace_tui.wire.routes import Route
from tests.people import ALICE, STRANGER_NIR
from tests.service.raw import key_headers
from tests.service.serving import in_thread
from tests.service.town import ServiceWorld

WATCH = AccessLog(Metrics(), lambda _: "somebody")


@asynccontextmanager
async def client_of(edge: EdgeMiddleware) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=edge)
    async with httpx2.AsyncClient(transport=transport, base_url="http://here") as client:
        yield client


async def nothing() -> Message:
    return {"type": "http.request"}


async def ignored(_: Message) -> None:
    return


async def broken(_: Scope, __: Receive, ___: Send) -> None:
    canary = "CANARY-255081416802538"
    raise RuntimeError(canary)


async def test_a_bug_tells_where_and_never_what() -> None:
    with capture_logs() as logs:
        async with client_of(EdgeMiddleware(broken, WATCH)) as client:
            answer = await client.get(f"/v1/flows/{STRANGER_NIR}")
    assert (answer.status_code, answer.json()["code"]) == (500, "failure")
    assert answer.headers["Content-Type"] == MEDIA_TYPE
    failure = next(line for line in logs if line["event"] == "failure")
    assert failure["kind"] == "RuntimeError"
    assert failure["where"][-1].startswith("test_edge.py:")
    assert "CANARY" not in repr(logs)
    assert STRANGER_NIR not in repr(logs)


async def test_a_bug_in_the_rules_is_a_problem_too(town: ServiceWorld) -> None:
    api = build_api(state_of(town.rules))
    api.state.service = None
    with capture_logs() as logs:
        async with client_of(EdgeMiddleware(api, WATCH)) as client:
            answer = await client.get(Route.POLICY)
    assert (answer.status_code, answer.json()["code"]) == (500, "failure")
    assert [line["event"] for line in logs] == ["failure", "request"]


async def test_a_crowd_is_told_to_come_back(town: ServiceWorld) -> None:
    edge = EdgeMiddleware(build_api(state_of(town.rules)), WATCH, EdgeLimits(max_requests=0))
    async with client_of(edge) as client:
        answer = await client.get(Route.POLICY)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")


async def test_room_is_made_again_when_a_request_ends_even_badly(town: ServiceWorld) -> None:
    edge = EdgeMiddleware(build_api(state_of(town.rules)), WATCH, EdgeLimits(max_requests=1))
    async with client_of(edge) as client:
        answers = [await client.get(Route.POLICY) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    failing = EdgeMiddleware(broken, WATCH, EdgeLimits(max_requests=1))
    async with client_of(failing) as client:
        answers = [await client.get(Route.POLICY) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [500, 500, 500]


async def test_a_slow_sender_is_not_waited_for() -> None:
    sent: list[Message] = []

    async def never() -> Message:
        await asyncio.sleep(3600)
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    edge = EdgeMiddleware(broken, WATCH, EdgeLimits(body_seconds=0.01))
    await edge({"type": "http", "method": "POST", "path": "/", "headers": []}, never, send)
    assert sent[0]["status"] == 400


async def test_who_hangs_up_in_the_middle_is_not_served() -> None:
    heard: list[Message] = [
        {"type": "http.disconnect"},
        {"type": "http.request", "body": b"{", "more_body": True},
    ]

    async def hangs_up() -> Message:
        return heard.pop()

    with capture_logs() as logs:
        scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
        await EdgeMiddleware(broken, WATCH)(scope, hangs_up, ignored)
    assert [line["event"] for line in logs] == ["request"]


async def test_beyond_the_queue_of_hashes_one_is_told_to_come_back(town: ServiceWorld) -> None:
    """S28: ten times what the cores can hash; nobody loses an attempt by it."""
    context = town.rules.context
    object.__setattr__(context, "hasher", Hasher(context.keys, SERVICE, queue=1))
    await town.invite()
    body = {"code": "abcdefghjkmn", "nir": ALICE.nir}
    async with client_of(EdgeMiddleware(build_api(state_of(town.rules)), WATCH)) as client:
        answers = await asyncio.gather(
            *(client.post(Route.FLOWS, json=body, headers=key_headers()) for _ in range(40))
        )
    told = [answer.json()["code"] for answer in answers]
    assert set(told) <= {"busy", "refused", "too-many-attempts"}
    assert told.count("busy") > 20
    assert all(a.headers["Retry-After"] for a in answers if a.status_code in {429, 503})
    async with context.store.transaction() as tx:
        row = await tx.one("SELECT failures FROM failure")
    assert row
    assert row["failures"] == told.count("refused")


async def test_light_requests_pass_while_hashes_wait(town: ServiceWorld) -> None:
    with in_thread(town.options) as port:
        async with httpx2.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", trust_env=False
        ) as client:
            body = {"code": "abcdefghjkmn", "nir": STRANGER_NIR}
            heavy = [
                asyncio.create_task(client.post(Route.FLOWS, json=body, headers=key_headers()))
                for _ in range(30)
            ]
            await asyncio.wait(heavy, return_when=asyncio.FIRST_COMPLETED)
            light = await client.get(Route.POLICY)
            waiting = sum(not task.done() for task in heavy)
            await asyncio.gather(*heavy)
    assert light.status_code == 200
    assert waiting  # in one queue with them, it would have come last


@pytest.mark.parametrize("kind", ["lifespan", "websocket"])
async def test_only_requests_are_watched(kind: str) -> None:
    with capture_logs() as logs, pytest.raises(RuntimeError):
        await EdgeMiddleware(broken, WATCH)({"type": kind}, nothing, ignored)
    assert logs == []


@pytest.mark.parametrize(
    "sent", [b"", b"GET /v1/policy HTTP/1.1\r\nHost: h\r\nX-Slow: ", b"\r\n" * 3]
)
async def test_a_head_that_does_not_come_is_not_waited_for(
    town: ServiceWorld, sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HeadDeadlineProtocol, "head_seconds", 0.1)
    with in_thread(town.options) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        assert await asyncio.wait_for(reader.read(), 5) == b""
        writer.close()


async def test_a_connection_is_kept_between_two_requests(
    town: ServiceWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HeadDeadlineProtocol, "head_seconds", 0.2)
    asked = b"GET /v1/policy HTTP/1.1\r\nHost: h\r\n\r\n"
    with in_thread(town.options) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(2):
            writer.write(asked)
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
            size = int(head.lower().partition(b"content-length:")[2].split()[0])
            await reader.readexactly(size)
            await asyncio.sleep(0.4)
        writer.write(asked + asked[:20])
        assert (await reader.read()).count(b"HTTP/1.1 200") == 1
        writer.close()
