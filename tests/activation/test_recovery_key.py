"""A forgotten password: who knows NIR and identifier keeps nobody from choosing another."""

from __future__ import annotations

import asyncio
import re

from espace_tui.activation.data_requests.restored import Restoration
from espace_tui.activation.records.recovery_key import LENGTH
from espace_tui.errors import Refused
from espace_tui.model.grants import CodeRequest
from espace_tui.model.values import Channel
from tests.activation.test_rights import MAIL, NAME, NEW, told
from tests.activation.world import World, refusal, seen
from tests.people import CHRISTIAN, DOMINIQUE, STRANGER_NIR

CODE_OR_KEY = r"^(?:[0-9]{6}|[0-9]{4}(?: [0-9]{4}){3})$"
REFUSED = seen(Refused())


async def ask(world: World, nir: str = CHRISTIAN.nir, channel: Channel = MAIL) -> CodeRequest:
    """Say that the password is forgotten."""
    return await world.rules.recovery.reset_password(NAME, nir, channel)


async def sent(world: World) -> list[str]:
    """Return what each mail of a forgotten password held, oldest first: a code or a key."""
    letters = [each for each in await world.letters() if each.kind.startswith("reset-")]
    found = [re.search(CODE_OR_KEY, each.text, re.MULTILINE) for each in letters]
    return [code[0].replace(" ", "") for code in found if code]


async def attack(world: World, minutes: int, step: int = 1) -> None:
    """Ask and guess, as somebody who knows all but has no access to the mailbox."""
    for _ in range(0, minutes, step):
        request = await ask(world)
        for n in range(6):
            await told(world.rules.recovery.prove_reset(request, f"00000{n}"))
        await told(world.rules.recovery.prove_reset(request, "0" * LENGTH))
        world.clock.move(minutes=step)


async def key_of(world: World) -> str:
    """Bring the service to send a key; return it."""
    for _ in range(5):
        await ask(world)
        world.clock.move(seconds=30)
    [*codes, key] = await sent(world)
    assert [len(code) for code in codes] == [6] * 4
    assert len(key) == LENGTH
    return key


async def enters(world: World) -> bool:
    """Try, as the owner, what came; an attack is going on."""
    request = await ask(world)
    for code in reversed(await sent(world)):
        if await told(world.rules.recovery.prove_reset(request, code)) == "accepted":
            return True
    return False


async def test_the_owner_gets_in_at_any_hour_of_an_attack(world: World) -> None:
    await world.activate()
    entered = 0
    for hour in range(24):
        await attack(world, 57, step=3 if hour else 1)
        entered += await enters(world)
        world.clock.move(minutes=3)
    assert entered == 24


async def test_no_more_than_five_messages_an_hour_go(world: World) -> None:
    await world.activate()
    for _ in range(600):
        await ask(world)
        world.clock.move(seconds=20)
    times = [each.sent_at for each in await world.letters() if each.kind.startswith("reset-")]
    hourly = [sum(0 <= (at - begun).total_seconds() < 3600 for at in times) for begun in times]
    assert max(hourly) == 5


async def test_a_key_is_not_replaced_within_an_hour(world: World) -> None:
    await world.activate()
    await attack(world, 57)
    keys = [len(each) for each in await sent(world)].count(LENGTH)
    await attack(world, 10)
    assert (keys, [len(each) for each in await sent(world)].count(LENGTH)) == (1, 2)


async def test_a_key_says_how_long_it_may_be_used(world: World) -> None:
    await world.activate()
    await key_of(world)
    assert "valable 70 minutes" in (await world.letters())[-1].text


async def test_a_key_serves_the_request_of_its_owner_once(world: World) -> None:
    await world.activate()
    key, prove = await key_of(world), world.rules.recovery.prove_reset
    request, other = await ask(world), await ask(world)
    assert len(await sent(world)) == 5
    reset = await prove(request, key)
    assert seen(await refusal(prove(other, key))) == REFUSED
    assert seen(await refusal(prove(request, key))) == REFUSED
    await world.rules.recovery.set_password(reset, NEW)


async def test_a_key_serves_nobody_else_and_not_after_its_end(world: World) -> None:
    await world.activate()
    await world.activate(DOMINIQUE, "dominique")
    key, recovery = await key_of(world), world.rules.recovery
    others = await recovery.reset_password("dominique", DOMINIQUE.nir, MAIL)
    nobody = await ask(world, STRANGER_NIR)
    for request in (others, nobody):
        assert seen(await refusal(recovery.prove_reset(request, key))) == REFUSED
    world.clock.move(minutes=69)
    late = await ask(world)
    world.clock.move(minutes=1)
    assert seen(await refusal(recovery.prove_reset(late, key))) == REFUSED


async def test_after_an_older_backup_a_key_is_of_no_use(world: World) -> None:
    """It may have served since, or its owner may have chosen another password."""
    await world.activate()
    key = await key_of(world)
    _, ended = await Restoration(world.rules.context).some(int(world.clock.now().timestamp()))
    assert "recovery-key" in {each.ended for each in ended}
    late = await ask(world)
    assert seen(await refusal(world.rules.recovery.prove_reset(late, key))) == REFUSED


async def test_a_key_needs_a_request_that_goes_on(world: World) -> None:
    await world.activate()
    request, prove = await ask(world), world.rules.recovery.prove_reset
    world.clock.move(seconds=30)
    key = await key_of_rest(world)
    world.clock.move(minutes=15)
    assert seen(await refusal(prove(request, key))) == REFUSED
    assert (await prove(await ask(world), key)).token


async def key_of_rest(world: World) -> str:
    """Use up what is left of the codes; return the key."""
    while len((await sent(world))[-1]) != LENGTH:
        await ask(world)
        world.clock.move(seconds=30)
    return (await sent(world))[-1]


async def test_a_right_key_is_taken_whatever_was_guessed(world: World) -> None:
    await world.activate()
    key, request = await key_of(world), await ask(world)
    prove = world.rules.recovery.prove_reset
    waits = [(await refusal(prove(request, "0" * LENGTH))).wait for _ in range(7)]
    assert waits == [None] * 5 + [5] * 2
    assert (await prove(request, key)).token


async def test_a_key_ends_with_the_rights_of_its_owner(world: World) -> None:
    await world.activate()
    key, recovery = await key_of(world), world.rules.recovery
    space = await world.sign_in()
    await world.rules.space.close(space)
    await world.rules.space.reopen(space)
    assert seen(await refusal(recovery.prove_reset(await ask(world), key))) == REFUSED


async def test_a_stranger_sees_no_change_of_their_own_request(world: World) -> None:
    """What the owner does ends the request of a stranger, who is not told."""
    await world.activate()
    recovery = world.rules.recovery
    theirs, nobodys = await ask(world), await ask(world, STRANGER_NIR)
    world.clock.move(seconds=30)
    request = await ask(world)
    await recovery.set_password(await recovery.prove_reset(request, await world.code()), NEW)
    for _ in range(7):
        looks = [
            seen(await refusal(recovery.prove_reset(each, "000000"))) for each in (theirs, nobodys)
        ]
        assert looks[0] == looks[1]
    again = [await told(world.rules.sign_in.send_code(each, MAIL)) for each in (theirs, nobodys)]
    assert again[0] == again[1]


async def test_a_key_used_at_once_gives_one_right(either: World) -> None:
    await either.activate()
    key, prove = await key_of(either), either.rules.recovery.prove_reset
    requests = [await ask(either) for _ in range(4)]
    found = await asyncio.gather(*(told(prove(request, key)) for request in requests))
    assert found.count("accepted") == 1


async def test_who_has_no_such_contact_is_sent_nothing(world: World) -> None:
    await world.activate(DOMINIQUE, NAME)
    before = len(await world.letters())
    await ask(world, DOMINIQUE.nir, Channel.SMS)
    assert len(await world.letters()) == before
