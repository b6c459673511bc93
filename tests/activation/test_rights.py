"""Rights end together; a stranger takes none away; no guess goes uncounted."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable
from datetime import timedelta
from pathlib import Path

import pytest

from espace_tui.activation.context import Limits
from espace_tui.errors import Refused, Unreachable
from espace_tui.model.grants import CodeRequest, Flow, Reset
from espace_tui.model.values import Channel, SpaceStatus, Stage
from tests.activation.world import PASSWORD, World, opened, refusal, seen
from tests.people import CHRISTIAN, DOMINIQUE, STRANGER_NIR, someone

MAIL = Channel.EMAIL
NAME, NOBODY = "christian.exemple", "personne.inconnue"
OWNER = someone(7).nir
NEW, WRONG = "Tamanoir-Gris-8", "Loutre-Sage7"


async def told(call: Awaitable[object]) -> object:
    """Return what a stranger sees of a call."""
    try:
        answer = await call
    except Refused as refused:
        return seen(refused)
    shown = {"destination", "other_channel", "purpose", "channel"}
    return answer.model_dump(include=shown) if isinstance(answer, CodeRequest) else "accepted"


def sign_in(world: World, password: str = PASSWORD, name: str = NAME) -> Awaitable[CodeRequest]:
    """Give credentials."""
    return world.rules.sign_in.open(name, password, MAIL)


async def attack(world: World, name: str = NAME, count: int = 12) -> list[object]:
    """Give wrong passwords."""
    return [await told(sign_in(world, WRONG, name)) for _ in range(count)]


async def proved_reset(world: World) -> Reset:
    recovery = world.rules.recovery
    request = await recovery.reset_password(NAME, CHRISTIAN.nir, MAIL)
    return await recovery.prove_reset(request, await world.code())


async def test_only_the_session_that_closes_goes_on(world: World) -> None:
    await world.activate()
    first = await world.sign_in()
    world.clock.move(seconds=30)
    second = await world.sign_in()
    world.clock.move(seconds=30)
    begun, reset = await world.ask_to_sign_in(), None
    code = await world.code()
    reset = await proved_reset(world)
    closed = await world.rules.space.close(second)
    assert closed.status is SpaceStatus.CLOSED
    assert (await refusal(world.rules.space.profile(first))).code == "session-expired"
    assert (await refusal(world.rules.sign_in.verify(begun, code))).code == "refused"
    assert (await refusal(world.rules.recovery.set_password(reset, NEW))).code == "refused"
    assert (await world.rules.space.reopen(second)).status is SpaceStatus.ACTIVE


async def test_a_space_activated_anew_keeps_no_session_of_before(world: World) -> None:
    await world.activate()
    space = await world.sign_in()
    await world.rules.space.close(space)
    flow = await world.reach(code=await world.invite())
    assert (await world.rules.space.profile(space)).status is SpaceStatus.CLOSED
    await world.rules.activation.complete(flow, "christian.nouveau", NEW)
    assert (await refusal(world.rules.space.profile(space))).code == "session-expired"


async def test_a_space_that_is_not_closed_is_not_reopened(world: World) -> None:
    await world.activate()
    space = await world.sign_in()
    await world.rows("UPDATE person SET status = 'opposed' WHERE status = 'active' RETURNING id")
    assert (await refusal(world.rules.space.reopen(space))).code == "session-expired"
    assert (await refusal(world.rules.space.close(space))).code == "session-expired"


async def test_reopening_ends_the_code_asked_for_meanwhile(world: World) -> None:
    await world.activate()
    space = await world.sign_in()
    await world.rules.space.close(space)
    code = await world.invite()
    flow = await world.rules.activation.identify(code, CHRISTIAN.nir)
    await world.rules.space.reopen(space)
    verify, identify = world.rules.activation.verify_card, world.rules.activation.identify
    late = await refusal(verify(flow, CHRISTIAN.kind, CHRISTIAN.serial))
    assert late.code == "flow-expired"
    assert (await refusal(identify(code, CHRISTIAN.nir))).code == "refused"


async def test_a_password_changed_while_it_is_checked_opens_nothing(world: World) -> None:
    await world.activate()
    sql = "UPDATE credential SET hash = 'k1$other' WHERE hash <> '' RETURNING person"
    verify = world.rules.context.hasher.verify

    async def meanwhile(*given: str | None) -> bool:
        right = await verify(*given)  # type: ignore[arg-type] # as they come
        await world.rows(sql)
        return right

    object.__setattr__(world.rules.context.hasher, "verify", meanwhile)
    with pytest.raises(Unreachable, match="busy"):
        await world.ask_to_sign_in()
    assert not await world.rows("SELECT id FROM code_request")


async def test_sending_again_never_goes_beyond_a_quarter_of_an_hour(world: World) -> None:
    await world.activate()
    request = await world.ask_to_sign_in()
    begun, again = world.clock.now(), world.rules.sign_in.send_code
    world.clock.move(minutes=9)
    request = await again(request, MAIL)
    assert request.expires_at == begun + timedelta(minutes=15)
    assert re.search(r"\b6\s+minutes", (await world.letters())[-1].text)
    world.clock.move(minutes=5)
    assert (await again(request, MAIL)).expires_at == begun + timedelta(minutes=15)
    code = await world.code()
    world.clock.move(seconds=1)
    assert (await refusal(again(request, MAIL))).code == "refused"
    assert (await world.rules.sign_in.verify(request, code)).token


@pytest.mark.parametrize("days", [0, 4])
async def test_a_right_code_is_taken_whatever_strangers_failed(world: World, days: int) -> None:
    code, identify = await world.invite(), world.rules.activation.identify
    for _ in range(255):
        await refusal(identify("abcDEF346979", CHRISTIAN.nir))
        world.clock.move(seconds=days * 86400 / 255)
    assert (await identify(code, CHRISTIAN.nir)).stage is Stage.CARD


async def test_nothing_opens_while_somebody_is_blocked_and_they_are_told(either: World) -> None:
    office, identify = either.rules.administration, either.rules.activation.identify
    await either.invite()
    await either.invite(DOMINIQUE)
    either.clock.move(days=43)
    for _ in range(5):
        await refusal(identify("abcDEF346979", CHRISTIAN.nir))
    assert await office.count_due(10) == 1
    assert await office.open_due() == 1
    assert await office.open_due() == 0
    letters = [letter for letter in await either.letters() if letter.kind == "opening-held"]
    assert [letter.to for letter in letters] == [CHRISTIAN.email]
    assert "19 janvier 2027" in letters[0].text
    either.clock.move(days=14)
    assert await office.open_due() == 0
    either.clock.move(days=1)
    assert await office.open_due() == 1


async def test_wrong_cards_hold_the_opening_too_and_unlocking_ends_it(tmp_path: Path) -> None:
    async with opened(tmp_path / "data", limits=Limits(max_failures=1, held=0)) as world:
        steps, office = world.rules.activation, world.rules.administration
        flow = await steps.identify(await world.invite(), CHRISTIAN.nir)
        await refusal(steps.verify_card(flow, CHRISTIAN.kind, "00000000000"))
        world.clock.move(days=50)
        assert await office.open_due() == 0
        await office.unlock(CHRISTIAN.nir)
        world.clock.move(days=1)
        assert await office.open_due() == 1


async def test_sends_of_strangers_leave_the_owner_s_sign_in_alone(world: World) -> None:
    await world.activate()
    recovery, sent = world.rules.recovery, 0
    for _ in range(24):
        for ask in (
            lambda: recovery.send_identifier(CHRISTIAN.birth_date, CHRISTIAN.nir, MAIL),
            lambda: recovery.reset_password(NAME, CHRISTIAN.nir, MAIL),
        ):
            for _ in range(6):
                await told(ask())
                world.clock.move(minutes=5)
        before = len(await world.letters())
        await sign_in(world)
        sent += len(await world.letters()) - before
    assert sent == 24


async def test_who_asks_for_the_identifier_does_not_use_up_a_new_code(world: World) -> None:
    await world.invite()
    await world.activate(DOMINIQUE, NAME)
    recovery, birth, nir = world.rules.recovery, DOMINIQUE.birth_date, DOMINIQUE.nir
    for _ in range(6):
        await told(recovery.send_identifier(birth, nir, MAIL))
        await told(recovery.reset_password(NAME, nir, MAIL))
        world.clock.move(seconds=30)
    before = len(await world.letters())
    await recovery.request_code(birth, nir, DOMINIQUE.kind, DOMINIQUE.serial, MAIL)
    assert len(await world.letters()) == before + 1


async def test_the_ceiling_of_strangers_is_not_that_of_owners(tmp_path: Path) -> None:
    async with opened(tmp_path / "data", limits=Limits(codes_per_hour=1)) as world:
        await world.activate()
        before = len(await world.letters())
        for channel in Channel:
            await told(world.rules.recovery.reset_password(NAME, CHRISTIAN.nir, channel))
            world.clock.move(seconds=30)
        assert len(await world.letters()) == before + 1
        assert (await sign_in(world)).destination
        assert await told(sign_in(world)) != "accepted"


async def test_wrong_passwords_do_not_keep_the_owner_out(world: World) -> None:
    await world.activate()
    entered = 0
    for _ in range(24):
        await attack(world)
        request = await sign_in(world)
        assert not request.destination
        assert (await world.rules.sign_in.verify(request, await world.code())).token
        entered += 1
        world.clock.move(hours=1)
    assert entered == 24


async def test_beyond_the_limit_right_and_wrong_and_nobody_are_alike(world: World) -> None:
    await world.activate()
    for name in (NAME, NOBODY):
        await attack(world, name)
    asked = ((PASSWORD, NAME), (WRONG, NAME), (WRONG, NOBODY))
    requests = [await sign_in(world, *each) for each in asked]
    again, verify = world.rules.sign_in.send_code, world.rules.sign_in.verify
    looks = {str(await told(again(request, MAIL))) for request in requests}
    assert looks == {str(("send-later", None, 30, None, "send-later"))}
    world.clock.move(seconds=30)
    assert len({str(await told(again(request, Channel.SMS))) for request in requests}) == 1
    for _ in range(7):
        assert len({str(await told(verify(request, "00000x"))) for request in requests}) == 1


async def test_a_thief_of_the_password_gets_no_more_guesses_of_the_code(world: World) -> None:
    await world.activate()
    await attack(world)
    verify = world.rules.sign_in.verify
    requests = [await sign_in(world) for _ in range(5)]
    for number, request in enumerate(requests, start=1):
        assert (await refusal(verify(request, "00000x"))).code == "refused"
        assert await failures(world, "code-sign-in") == number
    last = requests[-1]
    assert (await refusal(verify(last, await world.code()))).code == "refused"
    world.clock.move(seconds=5)
    assert (await verify(last, await world.code())).token


async def failures(world: World, authenticator: str) -> int:
    sql = "SELECT SUM(failures) AS n FROM failure f JOIN person p ON p.id = f.subject"
    rows = await world.rows(f"{sql} WHERE authenticator = '{authenticator}'")
    return int(str(rows[0]["n"] or 0))


async def test_a_code_of_a_disguised_sign_in_goes_where_there_is_an_address(world: World) -> None:
    await world.activate(DOMINIQUE, "dominique")
    await attack(world, "dominique")
    before = len(await world.letters())
    await world.rules.sign_in.open("dominique", PASSWORD, Channel.SMS)
    assert len(await world.letters()) == before


@pytest.mark.parametrize("failed", [1, 4, 6])
async def test_a_stranger_never_sees_that_the_owner_came(world: World, failed: int) -> None:
    code = await world.invite()
    await world.activate(someone(7), NAME)
    steps = world.rules.activation

    async def names(count: int) -> list[list[object]]:
        return [await attack(world, name, count) for name in (NAME, NOBODY)]

    async def numbers(count: int) -> list[list[object]]:
        people = (CHRISTIAN.nir, STRANGER_NIR)
        return [
            [await told(steps.identify("abcDEF346979", nir)) for _ in range(count)]
            for nir in people
        ]

    asked = [
        await world.rules.recovery.reset_password(NAME, nir, MAIL) for nir in (OWNER, STRANGER_NIR)
    ]
    right = await world.code()

    async def resets(count: int) -> list[list[object]]:
        prove = world.rules.recovery.prove_reset
        return [[await told(prove(request, "00000x")) for _ in range(count)] for request in asked]

    for look in (names, numbers, resets):
        before = await look(failed)
        assert before[0] == before[1]
    world.clock.move(seconds=60)
    await world.rules.recovery.prove_reset(asked[0], right)
    request = await sign_in(world)
    await world.rules.sign_in.verify(request, await world.code())
    await steps.identify(code, CHRISTIAN.nir)
    for look in (names, numbers, resets):
        after = await look(8)
        assert after[0] == after[1]


async def test_a_finished_activation_made_again_is_no_oracle(world: World) -> None:
    flow, complete = await world.reach(), world.rules.activation.complete
    await complete(flow, NAME, PASSWORD)
    assert (await complete(flow, NAME, PASSWORD)).stage is Stage.DONE
    guesses = [(await refusal(complete(flow, NAME, f"Guess-{n}-Xx"))).code for n in range(5)]
    assert set(guesses) == {"stale-revision"}
    assert (await refusal(complete(flow, NAME, PASSWORD))).code == "stale-revision"
    world.clock.move(seconds=5)
    assert (await complete(flow, NAME, PASSWORD)).stage is Stage.DONE


async def test_a_used_reset_made_again_is_no_oracle(world: World) -> None:
    await world.activate()
    reset, choose = await proved_reset(world), world.rules.recovery.set_password
    await choose(reset, NEW)
    await choose(reset, NEW)
    for n in range(5):
        assert (await refusal(choose(reset, f"Guess-{n}-Xx"))).code == "refused"
    assert (await refusal(choose(reset, NEW))).code == "refused"
    world.clock.move(seconds=5)
    await choose(reset, NEW)


async def test_a_card_given_again_is_no_oracle(world: World) -> None:
    flow = await world.rules.activation.identify(await world.invite(), CHRISTIAN.nir)
    verify = world.rules.activation.verify_card

    def card(serial: str) -> Awaitable[Flow]:
        return verify(flow, CHRISTIAN.kind, serial)

    await card(CHRISTIAN.serial)
    assert (await card(CHRISTIAN.serial)).stage is Stage.DECISION
    for n in range(5):
        assert (await refusal(card(f"0000000000{n}"))).code == "stale-revision"
    assert (await refusal(card(CHRISTIAN.serial))).code == "stale-revision"
    world.clock.move(seconds=5)
    assert (await card(CHRISTIAN.serial)).stage is Stage.DECISION


async def test_a_sign_in_and_a_new_password_at_once_leave_no_old_right(either: World) -> None:
    await either.activate()
    reset = await proved_reset(either)
    either.clock.move(seconds=30)
    await asyncio.gather(
        sign_in(either), either.rules.recovery.set_password(reset, NEW), return_exceptions=True
    )
    assert not await either.rows("SELECT id FROM code_request WHERE used_at IS NULL")
