"""Readiness proves that a process can serve; why it cannot is for the operator."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx2
import psycopg
import pytest
from structlog.testing import capture_logs
from typing_extensions import override

from espace_tui import __version__
from espace_tui.activation.crypto.keys import open_keys, refuse_other_keys
from espace_tui.activation.stores.port import Store
from espace_tui.errors import Unreachable
from espace_tui.operating.key_file import KeyFile
from espace_tui.service import state
from espace_tui.service.app import build_app
from espace_tui.service.limits import EdgeLimits
from espace_tui.service.metrics import AccessLog, Metrics
from espace_tui.service.server import open_rules
from espace_tui.service.state import Readiness, ServiceState, state_of
from espace_tui.wire.routes import Route
from tests.people import STRANGER_NIR
from tests.service.raw import key_headers
from tests.service.serving import free_port, in_thread
from tests.service.town import ServiceWorld, open_world


async def unready(town: ServiceWorld) -> str:
    """Return why a process that starts now is not ready, or nothing."""
    rules = open_rules(town.options)
    try:
        await Readiness(rules.context)()
    except Unreachable as error:
        return str(error.values.get("cause", error.code))
    finally:
        await rules.aclose()
    return ""


async def test_a_database_that_takes_no_write_is_not_ready(database: str, tmp_path: Path) -> None:
    town = await open_world(tmp_path, database)
    assert await unready(town) == ""
    name = re.search(r"/(\w+)\?", database)
    assert name
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name[1]} SET default_transaction_read_only = on")
    assert await unready(town) == "store-read-only"
    await town.rules.aclose()


async def test_a_process_without_the_present_key_is_not_ready(town: ServiceWorld) -> None:
    """A worker that was forgotten when the keys changed: it would read nothing new."""
    keys, old = town.options.keys, town.options.keys.with_name("old")
    old.write_bytes(keys.read_bytes())
    old.chmod(0o600)
    assert await unready(town) == ""
    file = KeyFile.read(keys)
    file.add()
    assert await unready(town) == ""
    file.use()
    assert await unready(town) == ""
    forgotten = replace(town, options=replace(town.options, keys=old))
    assert await unready(forgotten) == "key"
    await refuse_other_keys(town.rules.context.store, open_keys(keys))
    file.drop("k1")
    assert await unready(town) != "key"


async def test_a_start_with_a_lost_key_is_refused(town: ServiceWorld) -> None:
    old = open_keys(town.options.keys)
    file = KeyFile.read(town.options.keys)
    file.add()
    file.use()
    store = town.rules.context.store
    await refuse_other_keys(store, old)
    await refuse_other_keys(store, open_keys(town.options.keys))
    with pytest.raises(Unreachable, match=r"^other-keys$"):
        await refuse_other_keys(store, old)


async def test_a_process_that_knows_the_new_key_does_not_take_it_back(town: ServiceWorld) -> None:
    file = KeyFile.read(town.options.keys)
    file.add()
    late = open_rules(town.options)
    file.use()
    assert await unready(town) == ""
    await Readiness(late.context)()
    async with town.rules.context.store.transaction() as tx:
        row = await tx.one("SELECT value FROM mark WHERE name = 'current-key'")
    assert row
    assert row["value"].startswith("k2.")
    await late.aclose()


async def test_it_looks_once_a_second_at_most(
    town: ServiceWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, now = [0], [100.0]
    monkeypatch.setattr(state, "monotonic", lambda: now[0])

    class Counting(Readiness):
        @override
        async def _look(self) -> Unreachable | None:
            looks[0] += 1
            return Unreachable("store-locked") if looks[0] == 1 else None

    ready = Counting(town.rules.context)
    for _ in range(3):
        with pytest.raises(Unreachable, match=r"^store-locked$"):
            await ready()
    now[0] += 1
    await ready()
    assert looks == [2]


async def statuses(client: httpx2.AsyncClient, now: list[float], seconds: float) -> list[int]:
    """Return what the readiness of a process is from here on, asked every ten seconds."""
    found = []
    for _ in range(int(seconds / 10)):
        found.append((await client.get("/readyz")).status_code)
        now[0] += 10
    return found


async def fill(store: Store) -> None:
    """Write until there is no room for more."""
    for n in range(200):
        async with store.transaction() as tx:
            await tx.run("INSERT INTO mark VALUES (:name, :text)", name=f"{n}", text="x" * 99)


async def test_a_request_that_finds_the_disk_full_puts_it_out_of_rotation_for_a_minute(
    town: ServiceWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The small write of a look still has its page: it alone would say that all is well."""
    now = [100.0]
    monkeypatch.setattr(state, "monotonic", lambda: now[0])
    store = town.rules.context.store
    async with client_of(state_of(town.rules), Metrics(), EdgeLimits()) as client:
        assert await statuses(client, now, 10) == [200]
        async with store.transaction() as tx:
            pages = await tx.one("PRAGMA page_count")
            assert pages
            await tx.one(f"PRAGMA max_page_count = {pages['page_count']}")
        with pytest.raises(Unreachable, match=r"^store-full$"):
            await fill(store)
        assert await statuses(client, now, 10) == [200]
        body, status = {"code": "abcdefghjkmn", "nir": STRANGER_NIR}, 0
        while status != 503:
            status = (await client.post(Route.FLOWS, json=body, headers=key_headers())).status_code
        assert await statuses(client, now, 80) == [503] * 6 + [200] * 2
        async with store.transaction() as tx:
            await tx.one("PRAGMA max_page_count = 1000000")
        assert await statuses(client, now, 10) == [200]


def state_that(town: ServiceWorld, error: Unreachable) -> ServiceState:
    async def ready() -> None:
        raise error

    return replace(state_of(town.rules), ready=ready)


@asynccontextmanager
async def client_of(
    served: ServiceState, metrics: Metrics, limits: EdgeLimits
) -> AsyncIterator[httpx2.AsyncClient]:
    edge = build_app(served, AccessLog(metrics, lambda _: "somebody"), limits)
    transport = httpx2.ASGITransport(app=edge)
    async with httpx2.AsyncClient(transport=transport, base_url="http://here") as client:
        yield client


async def test_why_it_is_busy_is_in_the_log_and_the_figures_only(town: ServiceWorld) -> None:
    metrics, broken = Metrics(), state_that(town, Unreachable("store-full"))
    with capture_logs() as logs:
        async with client_of(broken, metrics, EdgeLimits(max_requests=1)) as client:
            answer = await client.get("/readyz")
        async with client_of(broken, metrics, EdgeLimits(max_requests=0)) as client:
            await client.get(Route.POLICY)
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert "store-full" not in answer.text
    causes = [line["cause"] for line in logs if line["event"] == "request"]
    assert causes == ["store-full", "requests"]
    assert metrics.registry.get_sample_value("espace_busy_total", {"cause": "store-full"}) == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("0123456789abcdef", True),
        ("a-b.c_d0", True),
        ("short", False),
        ("x" * 65, False),
        ("two words", False),
        ("", False),
    ],
)
async def test_a_request_has_a_name_in_the_log_and_the_answer(
    town: ServiceWorld, given: str, *, kept: bool
) -> None:
    with capture_logs() as logs:
        async with client_of(state_of(town.rules), Metrics(), EdgeLimits()) as client:
            answer = await client.get(Route.POLICY, headers={"X-Request-Id": given})
    name = answer.headers["X-Request-Id"]
    assert (name == given) is kept
    assert re.fullmatch(r"[A-Za-z0-9._-]{8,64}", name)
    assert [line["id"] for line in logs if line["event"] == "request"] == [name]


async def test_the_figures_tell_what_runs_and_how_much_it_takes(town: ServiceWorld) -> None:
    port = free_port()
    with in_thread(replace(town.options, metrics_port=port, client_writes=77)) as served:
        async with httpx2.AsyncClient(trust_env=False) as client:
            body = {"code": "abcdefghjkmn", "nir": STRANGER_NIR}
            address = f"http://127.0.0.1:{served}{Route.FLOWS}"
            await client.post(address, json=body, headers=key_headers())
            figures = (await client.get(f"http://127.0.0.1:{port}/metrics")).text
    for wanted in (
        "process_resident_memory_bytes",
        f'version="{__version__}"',
        'le="0.02"',
        'le="0.04"',
        'le="0.08"',
        "espace_hashes_waiting 0.0",
        'espace_limit{name="client_writes"} 77.0',
        'espace_limit{name="codes_per_hour"}',
    ):
        assert wanted in figures


async def test_it_says_what_it_is_when_it_starts(
    town: ServiceWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    with in_thread(town.options):
        pass
    started = next(line for line in capsys.readouterr().out.splitlines() if "started" in line)
    assert __version__ in started
    assert "k1" in started
