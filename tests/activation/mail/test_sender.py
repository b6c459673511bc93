"""Letters leave the outbox once, in the right order, and come to a known end."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace

import pytest

from espace_tui.activation.mail.dead_letters import DeadLetters
from espace_tui.activation.mail.delivery import DeliveryError, MessageKind, OutgoingMessage
from espace_tui.activation.mail.sender import TOO_LATE, UNREADABLE, OutboxSender, Outcome
from espace_tui.errors import Unreachable
from espace_tui.model.values import Channel
from tests.activation.world import World
from tests.people import CHRISTIAN, someone


@dataclass
class Way:
    """A delivery that takes, returns or is closed, as the test says."""

    returned: DeliveryError | None = None
    closed: bool = False
    letters: list[OutgoingMessage] = field(default_factory=list)

    async def send(self, letter: OutgoingMessage) -> None:
        """Do as the test says."""
        if self.closed:
            raise Unreachable("timeout")
        if self.returned:
            raise self.returned
        self.letters.append(letter)


def postman(world: World, way: Way, channel: Channel = Channel.EMAIL) -> OutboxSender:
    return OutboxSender(world.rules.context, way, channel)


async def carried(world: World, way: Way, most: int = 10) -> list[Outcome]:
    man = postman(world, way)
    return [(await man.deliver(taken)).outcome for taken in await man.lease(most)]


async def buried(world: World) -> list[tuple[str, str, str]]:
    letters = await DeadLetters(world.rules.context).page()
    return [(letter.kind, letter.reason, letter.recipient) for letter in letters]


async def test_what_went_leaves_nothing_behind(either: World) -> None:
    await either.rules.administration.invite(CHRISTIAN)
    way = Way()
    assert await carried(either, way) == [Outcome.WENT]
    assert [letter.kind for letter in way.letters] == [MessageKind.INVITATION]
    assert await either.rows("SELECT id FROM outbox") == []


async def test_the_age_of_what_waits_is_that_of_the_oldest(either: World) -> None:
    man = postman(either, Way())
    assert await man.oldest_wait() == 0
    await either.rules.administration.invite(CHRISTIAN)
    either.clock.move(minutes=10)
    await either.rules.administration.invite(someone(1))
    assert await man.oldest_wait() == 600
    await carried(either, Way())
    assert await man.oldest_wait() == 0


async def test_nobody_takes_a_letter_that_another_has(either: World) -> None:
    for number in range(20):
        await either.rules.administration.invite(someone(number))
    men = [postman(either, Way()) for _ in range(4)]
    hands = await asyncio.gather(*(man.lease(5) for man in men for _ in range(2)))
    ids = [taken.id for hand in hands for taken in hand]
    assert len(ids) == len(set(ids)) == 20


async def test_a_killed_postman_only_delays_a_letter(either: World) -> None:
    await either.rules.administration.invite(CHRISTIAN)
    (lost,) = await postman(either, Way()).lease(1)
    assert await carried(either, Way()) == []
    either.clock.move(seconds=either.rules.context.limits.outbox_lease)
    way = Way()
    assert await carried(either, way) == [Outcome.WENT]
    assert way.letters[0].id == lost.id


async def test_those_a_person_waits_for_go_first(either: World) -> None:
    await either.activate()
    await carried(either, Way())
    for number in range(5):
        await either.rules.administration.invite(someone(number))
    await either.ask_to_sign_in()
    way = Way()
    await carried(either, way, most=1)
    assert way.letters[0].kind is MessageKind.SIGN_IN_CODE


async def test_each_channel_goes_by_itself(either: World) -> None:
    await either.rules.administration.invite(replace(CHRISTIAN, email=None))
    assert await carried(either, Way()) == []
    assert len(await postman(either, Way(), Channel.SMS).lease(1)) == 1


async def test_a_letter_that_came_back_waits_longer_each_time(either: World) -> None:
    await either.rules.administration.invite(CHRISTIAN)
    way = Way(DeliveryError("smtp-451"))
    for wait in (30, 60, 120, 240):
        assert await carried(either, way) == [Outcome.LATER]
        either.clock.move(seconds=wait - 1)
        assert await carried(either, way) == []
        either.clock.move(seconds=1)


async def test_a_letter_that_comes_back_too_often_is_buried(either: World) -> None:
    await either.rules.administration.invite(CHRISTIAN)
    way, fates = Way(DeliveryError("smtp-451")), [Outcome.LATER]
    while fates == [Outcome.LATER]:
        fates = await carried(either, way)
        either.clock.move(hours=1)
    assert fates == [Outcome.DEAD]
    assert await buried(either) == [("invitation", "smtp-451", "ch•••••@exemple.fr")]


async def test_a_letter_refused_for_good_may_be_sent_once_more(either: World) -> None:
    await either.rules.administration.invite(CHRISTIAN)
    assert await carried(either, Way(DeliveryError("smtp-550", is_final=True))) == [Outcome.DEAD]
    assert await DeadLetters(either.rules.context).revive() == 1
    assert await buried(either) == []
    assert await carried(either, Way()) == [Outcome.WENT]
    assert await DeadLetters(either.rules.context).revive() == 0


async def test_a_closed_way_costs_a_letter_nothing(either: World) -> None:
    await either.rules.administration.invite(CHRISTIAN)
    way = Way(closed=True)
    for _ in range(3):
        with pytest.raises(Unreachable):
            await carried(either, way)
    assert await either.rows("SELECT attempts FROM outbox") == [{"attempts": 0}]
    way.closed = False
    assert await carried(either, way) == [Outcome.WENT]


async def test_a_code_that_has_ended_is_not_sent_and_leaves_no_trace(either: World) -> None:
    await either.activate()
    await carried(either, Way())
    await either.ask_to_sign_in()
    either.clock.move(minutes=10)
    way = Way()
    assert await carried(either, way) == [Outcome.DEAD]
    assert way.letters == []
    assert await buried(either) == [("sign-in-code", TOO_LATE, "")]
    assert await either.rows("SELECT sealed FROM dead_letter") == [{"sealed": ""}]


async def test_the_invitation_of_a_dead_letter_is_erased_with_its_code(either: World) -> None:
    await either.rules.administration.invite(CHRISTIAN)
    await carried(either, Way(DeliveryError("smtp-550", is_final=True)))
    either.clock.move(days=43)
    await either.rules.administration.purge()
    assert await either.rows("SELECT sealed FROM dead_letter") == [{"sealed": ""}]
    assert await DeadLetters(either.rules.context).revive() == 0


async def test_a_letter_of_a_key_not_known_yet_waits_and_holds_up_nobody(either: World) -> None:
    for number in range(2):
        await either.rules.administration.invite(someone(number))
    await either.rows("UPDATE outbox SET sealed = 'k9.x' WHERE id = (SELECT MIN(id) FROM outbox)")
    assert sorted(await carried(either, Way())) == [Outcome.LATER, Outcome.WENT]
    fates = [Outcome.LATER]
    while fates == [Outcome.LATER]:
        either.clock.move(hours=1)
        fates = await carried(either, Way())
    assert (fates, await buried(either)) == ([Outcome.DEAD], [("", UNREADABLE, "")])
