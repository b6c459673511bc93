"""Workers send every letter once, keep going when a way is closed, and open what is due once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from espace_tui.activation.data_requests.trail import Trail
from espace_tui.activation.mail.deliveries.smtp import SmtpDelivery
from espace_tui.activation.mail.delivery import Delivery, OutgoingMessage
from espace_tui.activation.stores.postgres import PostgresStore, Timeouts
from espace_tui.activation.use_cases.administration import Invitee
from espace_tui.errors import Refused, Unreachable
from espace_tui.model.grants import Flow
from espace_tui.model.values import Channel, Choice
from espace_tui.operating import periodic
from espace_tui.operating.dispatcher import DispatchSettings
from espace_tui.operating.worker import Worker
from tests.activation.mail.deliveries.mail_server import Mailbox
from tests.activation.world import World, opened
from tests.people import CHRISTIAN, someone
from tests.postgres import Cluster

QUICK = DispatchSettings(concurrency=4, poll_seconds=0.02, first_pause=0.02, last_pause=0.1)
SIX_WEEKS = 43
"""Six weeks and the end of the last day."""


class Waiting:
    """A delivery whose first letter waits until it is let go."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self.gate = asyncio.Event()
        self.held = asyncio.Event()

    async def send(self, letter: OutgoingMessage) -> None:
        """Hold the first letter."""
        if not self.held.is_set():
            self.held.set()
            await self.gate.wait()
        await self._delivery.send(letter)


class Telephone:
    """A delivery that tells when a message came."""

    def __init__(self) -> None:
        self.came = asyncio.Event()

    async def send(self, letter: OutgoingMessage) -> None:
        """Take a message."""
        assert letter.channel is Channel.SMS
        self.came.set()


def worker(world: World, mail: Delivery, sms: Delivery | None = None) -> Worker:
    return Worker(
        world.rules, {Channel.EMAIL: (mail, QUICK), Channel.SMS: (sms or Telephone(), QUICK)}
    )


@asynccontextmanager
async def working(*workers: Worker) -> AsyncIterator[None]:
    stop = asyncio.Event()
    tasks = [asyncio.create_task(each.run(stop)) for each in workers]
    yield
    stop.set()
    await asyncio.gather(*tasks)


async def until(mailbox: Mailbox, count: int) -> None:
    """Wait until a mailbox holds this many letters."""
    async with asyncio.timeout(20):
        while len(mailbox.taken) < count:
            await mailbox.came.wait()
            mailbox.came.clear()


async def invite(world: World, count: int) -> None:
    for number in range(count):
        await world.rules.administration.invite(someone(number))


async def test_several_workers_send_each_letter_once(worlds: list[World], mailbox: Mailbox) -> None:
    await invite(worlds[0], 60)
    mails = [SmtpDelivery(mailbox.server) for _ in worlds]
    async with working(*(worker(*pair) for pair in zip(worlds, mails, strict=True))):
        await until(mailbox, 60)
    for mail in mails:
        await mail.aclose()
    assert Counter(mailbox.to) == Counter(f"n{number}@exemple.fr" for number in range(60))
    assert await worlds[0].rows("SELECT id FROM outbox") == []


async def test_asking_at_every_process_brings_five_mails_an_hour(
    worlds: list[World], mailbox: Mailbox
) -> None:
    await worlds[0].activate()
    await worlds[0].letters()
    mail = SmtpDelivery(mailbox.server)
    for world in worlds * 8:
        with suppress(Refused):
            await world.ask_to_sign_in()
        await world.rules.outbox.flush(mail)
        world.clock.move(seconds=10)
    await mail.aclose()
    assert mailbox.to == [CHRISTIAN.email] * 5
    assert not any(CHRISTIAN.nir[:13] in message.as_string() for message in mailbox.taken)


async def test_a_slow_letter_holds_its_own_place_only(
    worlds: list[World], mailbox: Mailbox
) -> None:
    await invite(worlds[0], 10)
    mail = Waiting(SmtpDelivery(mailbox.server))
    async with working(worker(worlds[0], mail)):
        await until(mailbox, 9)
        await invite(worlds[1], 12)
        await until(mailbox, 11)
        mail.gate.set()
    await until(mailbox, 12)


async def test_one_way_closed_leaves_the_other_open_and_loses_nothing(
    worlds: list[World], mailbox: Mailbox
) -> None:
    world = worlds[0]
    await mailbox.stop()
    await invite(world, 5)
    await world.rules.administration.invite(replace(CHRISTIAN, email=None))
    mail, telephone = SmtpDelivery(mailbox.server), Telephone()
    async with working(worker(world, mail, telephone)):
        await telephone.came.wait()
        assert mailbox.taken == []
        await mailbox.start()
        await until(mailbox, 5)
    await mail.aclose()
    assert len(mailbox.to) == 5


async def test_a_grey_listed_letter_goes_later(worlds: list[World], mailbox: Mailbox) -> None:
    await invite(worlds[0], 1)
    mailbox.reply("n0@exemple.fr", "451 4.7.1 Come back later")
    mail = SmtpDelivery(mailbox.server)
    done = worker(worlds[0], mail)
    await done.run_once()
    assert mailbox.to == []
    worlds[0].clock.move(minutes=1)
    await done.run_once()
    await mail.aclose()
    assert mailbox.to == ["n0@exemple.fr"]
    assert vars(done.dispatchers[0].counts) == {"went": 1, "later": 1, "dead": 0}


async def test_a_worker_goes_on_after_the_database_came_back_and_blames_no_way_out(
    own_cluster: Cluster, mailbox: Mailbox, tmp_path: Path
) -> None:
    store = PostgresStore(own_cluster.url(), patience=Timeouts(connection=2))
    async with opened(tmp_path / "data", store=store) as world:
        mail = SmtpDelivery(mailbox.server)
        with capture_logs() as logs:
            async with working(worker(world, mail)):
                await invite(world, 1)
                await until(mailbox, 1)
                await asyncio.to_thread(own_cluster.stop, "immediate")
                with pytest.raises(Unreachable):
                    await world.rules.administration.status()
                for _ in range(200):
                    if any("channel" in line for line in logs):
                        break
                    await asyncio.sleep(0.05)
                await asyncio.to_thread(own_cluster.start)
                await invite(world, 2)
                await until(mailbox, 3)
        await mail.aclose()
    assert {line["event"] for line in logs} == {"later"}


async def test_what_is_due_is_opened_once_and_told_once(worlds: list[World]) -> None:
    await invite(worlds[0], 40)
    await all_letters(worlds[0])
    worlds[0].clock.move(days=SIX_WEEKS)
    counts = await asyncio.gather(
        *(periodic.open_due(world.rules.administration) for world in worlds for _ in range(2))
    )
    assert sum(counts) == 40
    assert await worlds[0].rows("SELECT DISTINCT status FROM person") == [{"status": "opened"}]
    told = [letter.to for letter in await all_letters(worlds[0]) if letter.kind == "opened"]
    assert sorted(told) == sorted(f"n{number}@exemple.fr" for number in range(40))


async def test_nobody_is_opened_after_an_opposition(worlds: list[World]) -> None:
    world, office = worlds[0], worlds[0].rules.administration
    await invite(world, 12)
    await all_letters(world)
    world.clock.move(days=SIX_WEEKS, minutes=-10)
    flows = [await at_the_decision(world, someone(number)) for number in range(12)]
    world.clock.move(minutes=10)
    calls = [each.rules.activation.decide for each in worlds]
    await asyncio.gather(
        *(calls[number % 3](flow, Choice.OPPOSE) for number, flow in enumerate(flows)),
        *(periodic.open_due(each.rules.administration) for each in worlds),
    )
    assert await office.open_due() == 0
    assert await world.rows("SELECT DISTINCT status FROM person") == [{"status": "opposed"}]
    trail = await Trail(world.rules.context).page(limit=10_000)
    ends: dict[str, list[str]] = {}
    for line in trail:
        if line.event in {"opened", "opposed"}:
            ends.setdefault(line.subject, []).append(line.event.value)
    assert {events[-1] for events in ends.values()} == {"opposed"}


async def test_six_weeks_start_when_the_message_goes(worlds: list[World]) -> None:
    world, office = worlds[0], worlds[0].rules.administration
    await invite(world, 1)
    world.clock.move(days=3)
    await all_letters(world)
    world.clock.move(days=42, hours=13, minutes=59, seconds=59)
    assert await periodic.open_due(office) == 0
    world.clock.move(seconds=1)
    assert await periodic.open_due(office) == 1


async def test_who_could_not_be_told_is_not_opened(worlds: list[World], mailbox: Mailbox) -> None:
    world, office = worlds[0], worlds[0].rules.administration
    await invite(world, 2)
    mailbox.reply("n0@exemple.fr", "550 5.1.1 No such user")
    mail = SmtpDelivery(mailbox.server)
    await worker(world, mail).run_once()
    world.clock.move(days=SIX_WEEKS)
    assert await periodic.open_due(office) == 1
    await invite(world, 1)
    assert await periodic.open_due(office) == 0
    await worker(world, mail).run_once()
    await mail.aclose()
    world.clock.move(days=SIX_WEEKS)
    assert await periodic.open_due(office) == 1


async def at_the_decision(world: World, person: Invitee) -> Flow:
    """Bring somebody who was given a new code to the choice between activating and opposing."""
    flow = await world.rules.activation.identify(await world.invite(person), person.nir)
    return await world.rules.activation.verify_card(flow, person.kind, person.serial)


async def all_letters(world: World) -> list[OutgoingMessage]:
    while await world.rules.outbox.flush(world.pigeonhole):
        pass
    return list(world.pigeonhole.letters.values())
