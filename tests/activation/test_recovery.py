"""Ways back in: the same answer for everybody, and messages to the right person only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from espace_tui.model.grants import Reset
from espace_tui.model.values import Channel, Stage
from tests.activation.world import PASSWORD, World, refusal, seen
from tests.people import CHRISTIAN, STRANGER_NIR

NEW = "Tamanoir-Gris-8"


async def ask_for_code(world: World, **changes: object) -> None:
    """Ask for a new provisional code, with something changed."""
    who = replace(CHRISTIAN, **changes)  # type: ignore[arg-type] # any field of it
    await world.rules.recovery.request_code(
        who.birth_date, who.nir, who.kind, who.serial, Channel.EMAIL
    )


async def test_a_new_code_replaces_the_old_one(world: World) -> None:
    old = await world.invite()
    await ask_for_code(world)
    new = await world.code()
    identify = world.rules.activation.identify
    assert (await refusal(identify(old, CHRISTIAN.nir))).code == "refused"
    assert (await identify(new, CHRISTIAN.nir)).stage is Stage.CARD


async def test_a_new_code_is_sent_only_if_all_of_it_is_theirs(world: World) -> None:
    await world.invite()
    await ask_for_code(world, birth_date=date(1955, 8, 13))
    await ask_for_code(world, nir=STRANGER_NIR)
    await ask_for_code(world, serial="12345678902")
    assert len(await world.letters()) == 1
    await ask_for_code(world)
    assert len(await world.letters()) == 2


async def test_asking_for_a_code_looks_the_same_for_everybody(world: World) -> None:
    await world.invite()
    for _ in range(5):
        await ask_for_code(world)
        await ask_for_code(world, nir=STRANGER_NIR)
        known = await refusal(ask_for_code(world))
        unknown = await refusal(ask_for_code(world, nir=STRANGER_NIR))
        assert (seen(known), known.code) == (seen(unknown), "send-later")
        world.clock.move(seconds=30)
    assert seen(await refusal(ask_for_code(world))) == seen(
        await refusal(ask_for_code(world, nir=STRANGER_NIR))
    )


async def test_nobody_can_use_up_the_turns_of_somebody_else(world: World) -> None:
    await world.invite()
    for n in range(10):
        await ask_for_code(world, serial=f"1234567890{n}")
    assert len(await world.letters()) == 2


async def test_who_is_active_is_told_so_in_private(world: World) -> None:
    await world.activate()
    await ask_for_code(world)
    letter = (await world.letters())[-1]
    assert (letter.kind, letter.to) == ("already-active", CHRISTIAN.email)


async def test_a_channel_the_person_does_not_have_says_nothing(world: World) -> None:
    await world.invite(replace(CHRISTIAN, email=None))
    await ask_for_code(world)
    assert len(await world.letters()) == 1


async def test_the_identifier_goes_to_its_owner(world: World) -> None:
    await world.activate()
    send = world.rules.recovery.send_identifier
    await send(date(1955, 8, 13), CHRISTIAN.nir, Channel.EMAIL)
    await send(CHRISTIAN.birth_date, STRANGER_NIR, Channel.EMAIL)
    assert len(await world.letters()) == 2
    await send(CHRISTIAN.birth_date, CHRISTIAN.nir, Channel.SMS)
    assert "christian.exemple" in (await world.letters())[-1].text
    assert (await refusal(send(CHRISTIAN.birth_date, CHRISTIAN.nir, Channel.SMS))).wait == 30


async def test_a_new_password_ends_every_open_session(world: World) -> None:
    await world.activate()
    space = await world.sign_in()
    recovery = world.rules.recovery
    request = await recovery.reset_password("christian.exemple", CHRISTIAN.nir, Channel.EMAIL)
    reset = await recovery.prove_reset(request, await world.code())
    await recovery.set_password(reset, NEW)
    assert (await refusal(world.rules.space.profile(space))).code == "session-expired"
    assert (await refusal(world.ask_to_sign_in())).code == "refused"
    world.clock.move(seconds=30)
    await world.rules.sign_in.open("christian.exemple", NEW, Channel.EMAIL)
    assert "password-changed" in await world.kinds()


async def test_a_new_password_is_set_once_and_the_same_call_again_is_harmless(world: World) -> None:
    await world.activate()
    recovery = world.rules.recovery
    request = await recovery.reset_password("christian.exemple", CHRISTIAN.nir, Channel.EMAIL)
    reset = await recovery.prove_reset(request, await world.code())
    refused = await refusal(recovery.set_password(reset, "court"))
    assert refused.field == "password"
    await recovery.set_password(reset, NEW)
    await recovery.set_password(reset, NEW)
    assert (await refusal(recovery.set_password(reset, PASSWORD))).code == "refused"
    kinds = await world.kinds()
    assert kinds.count("password-changed") == 1


async def test_the_right_to_a_new_password_lives_ten_minutes(world: World) -> None:
    await world.activate()
    recovery = world.rules.recovery
    request = await recovery.reset_password("christian.exemple", CHRISTIAN.nir, Channel.EMAIL)
    reset = await recovery.prove_reset(request, await world.code())
    world.clock.move(minutes=10)
    assert (await refusal(recovery.set_password(reset, NEW))).code == "refused"
    forged = Reset.model_validate(reset.model_dump() | {"token": "x" * 43})
    assert (await refusal(recovery.set_password(forged, NEW))).code == "refused"


async def test_asking_for_a_new_password_looks_the_same_for_everybody(world: World) -> None:
    await world.activate()
    recovery = world.rules.recovery
    asked = [
        ("christian.exemple", CHRISTIAN.nir),
        ("christian.exemple", STRANGER_NIR),
        ("personne.du.tout", CHRISTIAN.nir),
    ]
    before = len(await world.letters())
    requests = [await recovery.reset_password(*who, Channel.EMAIL) for who in asked]
    shown = [request.model_dump(exclude={"id", "token"}) for request in requests]
    assert shown[0] == shown[1] == shown[2]
    assert not shown[0]["destination"]
    assert len(await world.letters()) == before + 1
    for _ in range(7):
        looks = {
            seen(await refusal(recovery.prove_reset(request, "000000x"))) for request in requests
        }
        assert len(looks) == 1
    looks = {
        seen(await refusal(world.rules.sign_in.send_code(request, Channel.SMS)))
        for request in requests
    }
    assert looks == {("send-later", None, 30, None, "send-later")}
    world.clock.move(seconds=30)
    again = [await world.rules.sign_in.send_code(request, Channel.SMS) for request in requests]
    shown = [request.model_dump(exclude={"id", "token"}) for request in again]
    assert shown[0] == shown[1] == shown[2]


async def test_a_destination_that_has_had_enough_is_silent(world: World) -> None:
    await world.activate()
    sign_in = world.rules.sign_in.open
    for _ in range(5):
        await refusal(sign_in("christian.exemple", NEW, Channel.EMAIL))
    for _ in range(5):
        await world.ask_to_sign_in()
    before = len(await world.letters())
    assert not (await world.ask_to_sign_in()).destination
    assert len(await world.letters()) == before
