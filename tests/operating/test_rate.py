"""A hundred mails a second and more, from one process, to aiosmtpd on the same machine."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

import pytest

from espace_tui.activation.mail.deliveries.smtp import MailServer, SmtpDelivery
from espace_tui.activation.mail.sender import OutboxSender
from espace_tui.activation.stores.postgres import PostgresStore
from espace_tui.model.values import Channel
from espace_tui.operating.dispatcher import DeliveryCounts, Dispatcher
from tests.activation.mail.deliveries.mail_server import free_port
from tests.activation.world import opened
from tests.people import someone

MAILS = 2000


@pytest.mark.soak
async def test_a_hundred_mails_a_second(database: str, tmp_path: Path) -> None:
    port = free_port()
    sink = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "aiosmtpd",
        "-n",
        "-c",
        "aiosmtpd.handlers.Sink",
        "-l",
        f"127.0.0.1:{port}",
    )
    async with opened(tmp_path / "data", store=PostgresStore(database)) as world:
        for number in range(MAILS):
            await world.rules.administration.invite(someone(number))
        server = MailServer("127.0.0.1", port, "none", sender="a@exemple.fr")
        delivery = SmtpDelivery(server)
        lane = Dispatcher(Channel.EMAIL, OutboxSender(world.rules.context, delivery, Channel.EMAIL))
        began = time.monotonic()
        assert await lane.drain() == DeliveryCounts(went=MAILS)
        rate = MAILS / (time.monotonic() - began)
        await delivery.aclose()
    sink.terminate()
    await sink.wait()
    assert rate >= 100, rate
