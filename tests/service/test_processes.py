"""S20: any process serves any request, and losing one loses nothing."""

from __future__ import annotations

import asyncio
import signal
import socket
import threading
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import httpx2
import pytest
import uvicorn

from espace_tui.backends.http import open_backend
from espace_tui.errors import Refused
from espace_tui.model.values import Channel
from espace_tui.service.server import open_rules, serve
from espace_tui.wire.routes import Route
from tests.backends.http.test_faults import QUIET
from tests.people import ALICE
from tests.service.faults import harming
from tests.service.journey import LifeWalker
from tests.service.raw import activated, key_headers
from tests.service.serving import free_port, in_process, in_thread
from tests.service.town import IDENTIFIER, PASSWORD, ServiceWorld, open_world


async def test_a_life_walks_from_process_to_process(town: ServiceWorld, port: int) -> None:
    with in_thread(town.options) as other:
        async with harming(port, other) as proxy:
            backend = open_backend({"url": f"http://127.0.0.1:{proxy.port}"})
            await LifeWalker(backend, town).walk()
            await backend.aclose()
    assert await town.audit_events() == QUIET


async def test_signing_out_in_one_process_ends_the_session_in_the_other(
    asking: httpx2.AsyncClient, town: ServiceWorld
) -> None:
    await activated(asking, town)
    with in_thread(town.options) as other:
        there = open_backend({"url": f"http://127.0.0.1:{other}"})
        here = open_backend({"url": str(asking.base_url).rstrip("/")})
        await town.forget_send_limits()
        request = await here.sign_in.open(IDENTIFIER, PASSWORD, Channel.SMS)
        space = await there.sign_in.verify(request, await town.one_time_code())
        await here.space.profile(space)
        await here.sign_in.sign_out(space)
        with pytest.raises(Refused, match=r"^session-expired$"):
            await there.space.profile(space)
        await here.aclose()
        await there.aclose()


async def test_one_of_two_processes_is_killed_and_the_life_goes_on(
    town: ServiceWorld, port: int, tmp_path: Path
) -> None:
    with in_process(town.options, tmp_path / "log") as process:
        async with harming(process.port, port) as proxy:
            backend = open_backend({"url": f"http://127.0.0.1:{proxy.port}"})
            calls = iter(range(100))

            def kill_at_the_fifth(_: str) -> None:
                if next(calls) == 5:
                    process.stop(signal.SIGKILL)

            await LifeWalker(backend, town, kill_at_the_fifth).walk()
            await backend.aclose()
    assert await town.audit_events() == QUIET


FATAL = {"identify": 0.03, "complete": 0.0, "verify": 0.004, "close": 0.002, "new password": 0.06}


@pytest.mark.parametrize("everywhere", [False, pytest.param(True, marks=pytest.mark.soak)])
async def test_killed_with_a_request_in_its_hands_it_has_one_effect(
    town: ServiceWorld, tmp_path: Path, *, everywhere: bool
) -> None:
    """S18, S19: the process dies at some moment of a call; the next one takes it up again."""
    moments = cycle((0.0, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064))
    deaths: list[float] = []
    with in_process(town.options, tmp_path / "log") as process:

        async def die() -> None:
            while deaths:
                await asyncio.sleep(deaths.pop())
                await asyncio.to_thread(process.stop, signal.SIGKILL)
                await asyncio.to_thread(process.start)

        def aim(call: str) -> None:
            if everywhere or call in FATAL:
                deaths.append(FATAL.get(call, next(moments)))

        async with harming(process.port) as proxy:
            proxy.meanwhile = die
            backend = open_backend({"url": f"http://127.0.0.1:{proxy.port}"})
            await LifeWalker(backend, town, aim).walk()
            await backend.aclose()
    assert await town.audit_events() == QUIET


async def test_told_to_stop_it_ends_what_it_has_begun(town: ServiceWorld, tmp_path: Path) -> None:
    code = await town.invite()
    with in_process(town.options, tmp_path / "log") as process:
        body = {"code": code, "nir": ALICE.nir}
        async with httpx2.AsyncClient(trust_env=False) as client:
            url = f"http://127.0.0.1:{process.port}{Route.FLOWS}"
            asked = asyncio.create_task(client.post(url, json=body, headers=key_headers()))
            await asyncio.sleep(0.015)
            left = await asyncio.to_thread(process.stop)
            answer = await asked
    assert answer.status_code == 200
    assert left == 0


async def test_idle_connections_outlive_a_clients_and_stopping_has_an_end(
    town: ServiceWorld,
) -> None:
    """A client that keeps an idle connection must not find it closed when it asks again."""
    configs: list[uvicorn.Config] = []

    def stop_at_once(server: uvicorn.Server) -> None:
        configs.append(server.config)
        server.should_exit = True

    before = signal.getsignal(signal.SIGTERM)
    await serve(replace(town.options, grace=7), on_server=stop_at_once)
    assert signal.getsignal(signal.SIGTERM) == before
    (config,) = configs
    assert config.timeout_keep_alive > (httpx2.Limits().keepalive_expiry or 0) > 0
    assert config.timeout_graceful_shutdown == 7


async def test_whoever_stops_serving_lets_go_of_the_store(town: ServiceWorld) -> None:
    before = set(threading.enumerate())
    rules = open_rules(town.options)
    with in_thread(town.options, rules) as port:
        async with httpx2.AsyncClient(trust_env=False) as client:
            await client.get(f"http://127.0.0.1:{port}/readyz")
        (thread,) = {
            found
            for found in set(threading.enumerate()) - before
            if found.name.startswith("sqlite")
        }
    thread.join(5)
    assert not thread.is_alive()


async def test_readiness_tells_of_the_store_and_life_does_not(tmp_path: Path) -> None:
    """A store that was never migrated: alive, not ready."""
    town = await open_world(tmp_path)
    empty = replace(town.options, database=f"sqlite://{tmp_path}/empty/espace.db")
    with in_thread(empty) as port:
        async with httpx2.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", trust_env=False
        ) as asking:
            alive, ready = await asking.get("/healthz"), await asking.get("/readyz")
    assert (alive.status_code, ready.status_code) == (200, 503)
    assert ready.json()["code"] == "busy"
    await town.rules.aclose()


async def test_figures_are_published_apart_and_name_nobody(town: ServiceWorld) -> None:
    metrics = free_port()
    with in_thread(replace(town.options, metrics_port=metrics)) as port:
        async with httpx2.AsyncClient(trust_env=False) as client:
            base = f"http://127.0.0.1:{port}"
            await client.post(base + Route.CARD.at(flow_id="fl0w"), json={}, headers=key_headers())
            await client.request(
                "PROPFIND", base + Route.POLICY
            )  # anybody could make a series each
            await client.get(base + "/v1/secret-thing", headers={"Space-Token": "t0ken"})
            figures = (await client.get(f"http://127.0.0.1:{metrics}/metrics")).text
            apart = await client.get(base + "/metrics")
    with socket.socket() as connection:
        assert connection.connect_ex(("127.0.0.1", metrics)), "they end with the service"
    assert apart.status_code == 404
    assert 'route="/v1/flows/{flow_id}/card",status="422"' in figures
    assert 'code="invalid-fields"' in figures
    assert 'method="other"' in figures
    assert not any(
        each in figures for each in ("fl0w", "t0ken", "secret-thing", "PROPFIND", "127.0.0.1")
    )
