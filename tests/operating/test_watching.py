"""What an operator watches: the figures of a worker, and the rules that wake somebody up."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from structlog.testing import capture_logs

from espace_tui import __version__
from espace_tui.activation.mail.delivery import DeliveryError, OutgoingMessage
from espace_tui.errors import Unreachable
from espace_tui.model.values import Channel
from espace_tui.operating.dispatcher import DispatchSettings
from espace_tui.operating.worker import Worker
from espace_tui.operating.worker_metrics import WorkerMetrics
from espace_tui.service.metrics import Metrics
from tests.activation.world import World, opened
from tests.people import CHRISTIAN, someone
from tests.service.serving import free_port

DEPLOY = Path(__file__).parent.parent.parent / "deploy"
QUICK = DispatchSettings(concurrency=1, poll_seconds=0.01, first_pause=0.01, last_pause=0.02)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened(tmp_path / "data") as opened_world:
        yield opened_world


class Moody:
    """A delivery that does what it is told, message after message."""

    def __init__(self, *moods: Exception | None) -> None:
        self._moods = list(moods)
        self.sent = asyncio.Event()

    async def send(self, _: OutgoingMessage) -> None:
        """Fail as told, or take the message."""
        mood = self._moods.pop(0) if self._moods else None
        if mood:
            raise mood
        self.sent.set()


def worker_of(world: World, delivery: Moody) -> Worker:
    return Worker(world.rules, {Channel.EMAIL: (delivery, QUICK)})


def figure(metrics: WorkerMetrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(name, {"channel": "email"} | labels)


async def test_each_message_is_counted_with_its_reason(world: World) -> None:
    for number in range(3):
        await world.rules.administration.invite(someone(number))
    delivery = Moody(DeliveryError("smtp-451"), DeliveryError("smtp-550", is_final=True))
    worker = worker_of(world, delivery)
    with capture_logs() as logs:
        await worker.run_once()
    told = {(line["fate"], line["reason"]) for line in logs if line["event"] == "letter"}
    assert told == {("later", "smtp-451"), ("dead", "smtp-550")}
    for outcome, reason in (("went", ""), *told):
        named = {"outcome": outcome, "reason": reason}
        assert figure(worker.metrics, "espace_messages_total", **named) == 1


async def test_a_channel_that_closes_and_opens_again_is_told(world: World) -> None:
    await world.rules.administration.invite(CHRISTIAN)
    delivery = Moody(Unreachable("network"), Unreachable("network"))
    worker, stop = worker_of(world, delivery), asyncio.Event()
    with capture_logs() as logs:
        running = asyncio.create_task(worker.run(stop))
        await asyncio.wait_for(delivery.sent.wait(), 5)
        stop.set()
        await running
    events = [line["event"] for line in logs if line["event"].startswith("way-")]
    assert (events[0], events[-1]) == ("way-closed", "way-open")
    assert figure(worker.metrics, "espace_channel_open") == 1
    beat = worker.metrics.registry.get_sample_value("espace_worker_heartbeat_seconds")
    assert beat
    assert beat > 1_600_000_000


async def test_a_channel_that_is_closed_shows(world: World) -> None:
    await world.rules.administration.invite(CHRISTIAN)
    worker = worker_of(world, Moody(*[Unreachable("network")] * 99))
    await worker.run_once()
    assert figure(worker.metrics, "espace_channel_open") == 0


def test_the_figures_are_published() -> None:
    metrics, port = WorkerMetrics(), free_port()
    stop = metrics.serve("127.0.0.1", port)
    try:
        figures = httpx2.get(f"http://127.0.0.1:{port}/metrics").text
    finally:
        stop()
    assert f'version="{__version__}"' in figures
    assert "process_resident_memory_bytes" in figures


def test_every_figure_that_a_rule_looks_at_is_there() -> None:
    """A rule about a figure that was renamed would never fire."""
    known = {
        f"{family.name}{suffix}"
        for registry in (Metrics().registry, WorkerMetrics().registry)
        for family in registry.collect()
        for suffix in ("", "_total", "_bucket")
    }
    _, *rules = re.split(r"- alert:", (DEPLOY / "alerts.yml").read_text("utf-8"))
    expressions = [rule.partition("expr:")[2].partition("for:")[0] for rule in rules]
    asked = {name for text in expressions for name in re.findall(r"espace_\w+", text)}
    assert len(rules) == 6
    assert len(asked) >= 7
    assert asked - known == set()
    assert all("action: " in rule for rule in rules)


@pytest.mark.skipif(not shutil.which("promtool"), reason="no promtool")
@pytest.mark.parametrize(
    "words", [("check", "rules", "alerts.yml"), ("test", "rules", "alerts.test.yml")]
)
def test_the_rules_fire_on_what_they_are_for(words: tuple[str, ...]) -> None:
    done = subprocess.run(
        ["promtool", *words], cwd=DEPLOY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
