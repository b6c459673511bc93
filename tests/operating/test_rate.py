"""Rates of a worker: mails to aiosmtpd on the same machine, and what has ended, erased."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

import pytest

from espace_tui.activation.mail.deliveries.smtp import MailServer, SmtpDelivery
from espace_tui.activation.mail.sender import OutboxSender
from espace_tui.activation.stores.postgres import PostgresStore
from espace_tui.i18n import Texts
from espace_tui.model.values import Channel
from espace_tui.operating import periodic
from espace_tui.operating.campaign import LineReport, judge
from espace_tui.operating.csv_file import open_people_file
from espace_tui.operating.dispatcher import DeliveryCounts, Dispatcher
from espace_tui.operating.rejects import Rejects
from tests.activation.mail.deliveries.mail_server import free_port
from tests.activation.world import opened
from tests.operating.sheets import row, text
from tests.people import someone

MAILS = 2000
LINES = 100_000
ENDED = 2_000_000
PEOPLE = f"""
INSERT INTO person (id, nir_tag, card_tag, sealed, status, informed_at, decided_at)
SELECT md5(i::text), 'k1.' || i, 'k1.', '', 'active', 1, 1 FROM generate_series(1, {ENDED}) i
"""
FLOWS = f"""
INSERT INTO flow (id, person, invitation, token_digest, revision, stage, expires_at)
SELECT md5('f' || i), md5(i::text), '', '', 1, 4, i FROM generate_series(1, {ENDED}) i
"""


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


@pytest.mark.soak
async def test_twenty_thousand_ended_flows_a_second(database: str, tmp_path: Path) -> None:
    async with opened(tmp_path / "data", store=PostgresStore(database)) as world:
        async with world.rules.context.store.transaction() as tx:
            await tx.run("SET LOCAL statement_timeout = 0")
            await tx.run(PEOPLE)
            await tx.run(FLOWS)
        began = time.monotonic()
        await periodic.purge(world.rules.administration)
        rate = ENDED / (time.monotonic() - began)
        assert await world.rows("SELECT COUNT(*) AS number FROM flow") == [{"number": 0}]
        began = time.monotonic()
        assert (await world.rules.administration.status())["active"] == ENDED
        assert time.monotonic() - began <= 1
    assert rate >= 20_000, rate


@pytest.mark.soak
def test_five_thousand_lines_of_a_file_a_second(tmp_path: Path) -> None:
    titles, _, people = text([row(number) for number in range(LINES // 10)]).partition("\r\n")
    path = tmp_path / "people.csv"
    path.write_text(f"{titles}\r\n{people * 10}", "utf-8")
    began = time.process_time()
    sheet = open_people_file(path)
    rejects, review = (
        Rejects(tmp_path / name, Texts(), 0, sheet.header.titles) for name in ("a", "b")
    )
    done = judge(sheet, LineReport(rejects, review), lambda _: None)
    rate = LINES / (time.process_time() - began)
    assert (done.invited, done.place) == (LINES, sheet.size)
    assert rate >= 5000, rate
