"""The outbox of this computer: so many messages at once, and the six weeks start when one goes."""

from __future__ import annotations

from espace_tui.activation.mail.delivery import MessageKind
from espace_tui.activation.records.person import find_by_nir
from tests.activation.world import START, World
from tests.people import CHRISTIAN

INFORMED = "SELECT informed_at FROM person"


async def test_a_hundred_messages_go_at_once(world: World) -> None:
    await world.invite(CHRISTIAN)
    context, outbox = world.rules.context, world.rules.outbox
    async with context.store.transaction() as tx:
        person = await find_by_nir(tx, context.keys, CHRISTIAN.nir)
        assert person
        for _ in range(101):
            await outbox.enqueue(tx, person.identity, MessageKind.CLOSED, at=0)
    assert [await outbox.flush(world.pigeonhole) for _ in range(3)] == [100, 1, 0]


async def test_the_six_weeks_start_when_the_invitation_goes_and_no_other_message(
    world: World,
) -> None:
    await world.rules.administration.invite(CHRISTIAN)
    world.clock.move(days=2)
    await world.letters()
    gone = [{"informed_at": int(START.timestamp()) + 2 * 86_400}]
    assert await world.rows(INFORMED) == gone
    world.clock.move(days=1)
    await world.activate(CHRISTIAN)
    await world.letters()
    assert (await world.kinds())[-1] == "activated"


async def test_a_mail_has_the_paragraphs_and_the_lines_of_its_text(world: World) -> None:
    await world.invite(CHRISTIAN)
    [mail] = await world.letters()
    paragraphs = mail.text.split("\n\n")
    assert mail.html
    assert mail.html.count("<p>") == len(paragraphs)
    assert mail.html.count("<br>") == sum(each.count("\n") for each in paragraphs) > 0
