"""A Prometheus that runs, with the rules of `deploy/` made quick: they fire on a real service."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import psycopg
import pytest

from tests.activation.mail.deliveries.mail_server import free_port
from tests.operating.program import Operator

RULES = Path(__file__).parent.parent.parent / "deploy" / "alerts.yml"
SCRAPES = """
global: {{scrape_interval: 500ms, evaluation_interval: 500ms}}
rule_files: [alerts.yml]
scrape_configs:
  - {{job_name: espace, static_configs: [{{targets: ["127.0.0.1:{run}"]}}]}}
  - {{job_name: espace-work, static_configs: [{{targets: ["127.0.0.1:{work}"]}}]}}
"""
CHOICES = """
http.metrics_port = {run}
work.metrics_port = {work}
mail.maildir = "{folder}"
sms.maildir = "{folder}"
"""


def quick(rules: str) -> str:
    """Return the rules with every span counted in seconds instead of minutes."""
    return re.sub(r"(for: |\[)([0-9]+)m", lambda found: f"{found[1]}{found[2]}s", rules)


@asynccontextmanager
async def watching(folder: Path, run: int, work: int) -> AsyncIterator[httpx2.AsyncClient]:
    """Let a Prometheus of its own watch a service and a worker; give a client of it."""
    (folder / "alerts.yml").write_text(quick(RULES.read_text("utf-8")), "utf-8")
    (folder / "prometheus.yml").write_text(SCRAPES.format(run=run, work=work), "utf-8")
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        "prometheus",
        f"--config.file={folder}/prometheus.yml",
        f"--storage.tsdb.path={folder}/data",
        f"--web.listen-address=127.0.0.1:{port}",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        base = f"http://127.0.0.1:{port}"
        async with httpx2.AsyncClient(base_url=base, trust_env=False) as client:
            yield client
    finally:
        process.kill()
        await process.wait()


async def asked(prometheus: httpx2.AsyncClient, expression: str) -> list[dict[str, str]]:
    """Return the labels of what an expression finds now; nothing while nobody answers."""
    try:
        answer = await prometheus.get("/api/v1/query", params={"query": expression})
    except httpx2.ConnectError:
        return []
    return [found["metric"] for found in answer.json().get("data", {}).get("result", [])]


async def wait_for(
    prometheus: httpx2.AsyncClient, expression: str, holds: Callable[[list[dict[str, str]]], bool]
) -> list[dict[str, str]]:
    """Ask until something holds; return what was found then."""
    found: list[dict[str, str]] = []
    for _ in range(300):
        found = await asked(prometheus, expression)
        if holds(found):
            return found
        await asyncio.sleep(0.2)
    raise TimeoutError(found)


FIRING = 'ALERTS{alertstate="firing"}'


@pytest.mark.soak
@pytest.mark.skipif(not shutil.which("promtool"), reason="no prometheus")
async def test_the_rules_fire_on_a_service_that_fails_and_one_that_is_gone(
    operator: Operator,
) -> None:
    run, work, serving = free_port(), free_port(), free_port()
    choices = operator.home / "service.toml"
    choices.write_text(CHOICES.format(run=run, work=work, folder=operator.home / "mails"))
    await operator.migrate()
    named = ("--config", str(choices))
    async with (
        operator.started("service", "run", "--port", str(serving), *named) as service,
        operator.started("service", "work", *named),
        watching(operator.home, run, work) as prometheus,
        httpx2.AsyncClient(base_url=f"http://127.0.0.1:{serving}", trust_env=False) as client,
    ):
        await wait_for(prometheus, "up == 1", lambda found: len(found) == 2)
        await asyncio.sleep(3)
        assert await asked(prometheus, FIRING) == []

        close_to_writes(operator)
        for _ in range(20):
            assert (await client.get("/readyz")).status_code == 503
            await asyncio.sleep(0.2)
        (failing,) = await wait_for(prometheus, FIRING, bool)
        assert (failing["alertname"], failing["cause"]) == ("EspaceFailing", "store-read-only")

        service.kill()
        down = await wait_for(
            prometheus, f'{FIRING} == 1 and {{alertname="EspaceProcessDown"}}', bool
        )
        assert [found["instance"] for found in down] == [f"127.0.0.1:{run}"]


def close_to_writes(operator: Operator) -> None:
    """Make the database read-only for whoever connects from now on; those that did are cut off."""
    name = psycopg.conninfo.conninfo_to_dict(operator.database)["dbname"]
    operator.rows(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    operator.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE datname = '{name}' AND pid <> pg_backend_pid()"
    )
