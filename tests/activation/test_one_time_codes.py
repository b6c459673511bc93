"""One-time codes: random, ten minutes, once, for one request; and how often they may be sent."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from espace_tui.activation.context import Limits
from espace_tui.model.grants import CodeRequest, Contacts
from espace_tui.model.values import Channel, Purpose, Stage
from tests.activation.world import World, opened, refusal, seen
from tests.people import CHRISTIAN, DOMINIQUE


async def test_the_code_comes_by_the_channel_chosen(world: World) -> None:
    await world.activate()
    request = await world.rules.sign_in.open("christian.exemple", "Ornithorynque7!", Channel.SMS)
    letter = (await world.letters())[-1]
    assert (letter.channel, letter.to) == (Channel.SMS, CHRISTIAN.mobile)
    assert re.search(r"\b[0-9]{6}\b", letter.text)
    assert (request.destination, request.other_channel) == ("+33 6 •• •• •• 46", True)
    assert request.purpose is Purpose.SIGN_IN


async def test_a_code_lives_ten_minutes(world: World) -> None:
    await world.activate()
    request = await world.ask_to_sign_in()
    code = await world.code()
    world.clock.move(minutes=10)
    assert (await refusal(world.rules.sign_in.verify(request, code))).code == "refused"


async def test_a_code_works_once_and_for_its_own_request(world: World) -> None:
    await world.activate()
    first = await world.ask_to_sign_in()
    code = await world.code()
    world.clock.move(seconds=30)
    second = await world.ask_to_sign_in()
    other = await world.code()
    verify = world.rules.sign_in.verify
    assert (await refusal(verify(second, code))).code == "refused"
    await verify(first, code)
    again = await refusal(verify(first, code))
    assert seen(again) == seen(await refusal(verify(second, "000000x")))
    await verify(second, other)


async def test_a_code_proves_only_what_it_was_asked_for(world: World) -> None:
    flow = await world.reach()
    request = await world.rules.activation.change_contact(flow, Channel.EMAIL, "new@exemple.fr")
    code = await world.code()
    assert (await refusal(world.rules.sign_in.verify(request, code))).code == "refused"
    assert (await refusal(world.rules.recovery.prove_reset(request, code))).code == "refused"


async def test_a_stolen_id_is_of_no_use_without_its_token(world: World) -> None:
    await world.activate()
    request = await world.ask_to_sign_in()
    forged = CodeRequest.model_validate(request.model_dump() | {"token": "x" * 43})
    assert (await refusal(world.rules.sign_in.verify(forged, await world.code()))).wait is None


async def test_sending_again_replaces_the_code(world: World) -> None:
    await world.activate()
    request = await world.ask_to_sign_in()
    first = await world.code()
    world.clock.move(seconds=29)
    assert (await refusal(world.rules.sign_in.send_code(request, Channel.EMAIL))).wait == 1
    world.clock.move(seconds=1)
    again = await world.rules.sign_in.send_code(request, Channel.SMS)
    assert (again.channel, again.id) == (Channel.SMS, request.id)
    second = await world.code()
    if first != second:
        assert (await refusal(world.rules.sign_in.verify(again, first))).code == "refused"
    await world.rules.sign_in.verify(again, second)


async def test_nothing_is_sent_again_once_the_code_was_used(world: World) -> None:
    await world.activate()
    request = await world.ask_to_sign_in()
    await world.rules.sign_in.verify(request, await world.code())
    world.clock.move(seconds=30)
    assert (await refusal(world.rules.sign_in.send_code(request, Channel.SMS))).code == "refused"


async def test_five_codes_an_hour_and_no_more(world: World) -> None:
    await world.activate()
    for _ in range(5):
        await world.ask_to_sign_in()
        world.clock.move(seconds=30)
    late = await refusal(world.ask_to_sign_in())
    assert (late.code, late.wait) == ("send-later", 3600 - 150)
    world.clock.move(seconds=late.wait or 0)
    await world.ask_to_sign_in()
    assert (await refusal(world.ask_to_sign_in())).wait == 30


async def test_the_hour_slides(world: World) -> None:
    await world.activate()
    await world.ask_to_sign_in()
    world.clock.move(minutes=59)
    for _ in range(4):
        await world.ask_to_sign_in()
        world.clock.move(seconds=30)
    assert (await world.ask_to_sign_in()).purpose is Purpose.SIGN_IN
    world.clock.move(seconds=30)
    assert (await refusal(world.ask_to_sign_in())).code == "send-later"


async def test_a_destination_gets_five_an_hour_whatever_they_are_for(world: World) -> None:
    flow = await world.reach()
    for _ in range(3):
        await world.rules.activation.change_contact(flow, Channel.EMAIL, CHRISTIAN.email or "")
        world.clock.move(seconds=30)
    await world.rules.activation.complete(flow, "christian.exemple", "Ornithorynque7!")
    for _ in range(2):
        await world.ask_to_sign_in()
        world.clock.move(seconds=30)
    assert (await refusal(world.ask_to_sign_in())).code == "send-later"


async def test_the_ceiling_holds_for_everybody(tmp_path: Path) -> None:
    async with opened(tmp_path / "data", limits=Limits(codes_per_hour=2)) as world:
        await world.activate(CHRISTIAN)
        await world.activate(DOMINIQUE, "dominique")
        for _ in range(2):
            await world.ask_to_sign_in()
            world.clock.move(minutes=5)
        late = await refusal(world.ask_to_sign_in("dominique"))
        assert (late.code, late.wait) == ("busy", 3000)  # not what they asked for: it is full
        world.clock.move(minutes=50)
        await world.ask_to_sign_in("dominique")


async def test_a_refused_send_costs_nothing(world: World) -> None:
    await world.activate(replace(CHRISTIAN, mobile=None))
    for _ in range(7):
        call = world.rules.sign_in.open("christian.exemple", "Ornithorynque7!", Channel.SMS)
        refused = await refusal(call)
        assert (refused.code, refused.field) == ("channel.unavailable", "channel")
    request = await world.ask_to_sign_in()
    assert not request.other_channel
    world.clock.move(seconds=30)
    refused = await refusal(world.rules.sign_in.send_code(request, Channel.SMS))
    assert refused.code == "channel.unavailable"


async def test_a_changed_contact_is_proved_and_kept_only_at_the_end(world: World) -> None:
    steps = world.rules.activation
    code = await world.invite()
    flow = await world.reach(code=code)
    request = await steps.change_contact(flow, Channel.EMAIL, "neuf@exemple.fr")
    assert (request.destination, request.other_channel) == ("ne•••••@exemple.fr", False)
    assert (await world.letters())[-1].to == "neuf@exemple.fr"
    assert (await refusal(steps.prove_contact(flow, request, "000000x"))).code == "refused"
    proved = await steps.prove_contact(flow, request, await world.code())
    assert (proved.stage, proved.revision) == (Stage.CREDENTIALS, flow.revision + 1)
    changed = Contacts(email="ne•••••@exemple.fr", mobile="+33 6 •• •• •• 46")
    assert proved.contacts == changed
    resumed = await steps.identify(code, CHRISTIAN.nir)
    assert resumed.contacts == changed
    await steps.complete(resumed, "christian.exemple", "Ornithorynque7!")
    assert [letter.to for letter in (await world.letters())[-2:]] == [
        "neuf@exemple.fr",
        CHRISTIAN.email,
    ]
    await world.ask_to_sign_in()
    assert (await world.letters())[-1].to == "neuf@exemple.fr"


async def test_a_contact_that_was_missing_may_be_added(world: World) -> None:
    steps = world.rules.activation
    flow = await world.reach(DOMINIQUE)
    assert flow.contacts
    assert flow.contacts.mobile is None
    request = await steps.change_contact(flow, Channel.SMS, "+33698765432")
    flow = await steps.prove_contact(flow, request, await world.code())
    await steps.complete(flow, "dominique", "Ornithorynque7!")
    assert (await world.kinds())[-2:] == ["contact-code", "activated"]
    sent = await world.rules.sign_in.open("dominique", "Ornithorynque7!", Channel.SMS)
    assert sent.destination == "+33 6 •• •• •• 32"


async def test_a_contact_proved_in_one_activation_is_of_no_use_in_another(world: World) -> None:
    steps = world.rules.activation
    mine, theirs = await world.reach(CHRISTIAN), await world.reach(DOMINIQUE)
    request = await steps.change_contact(mine, Channel.EMAIL, "neuf@exemple.fr")
    assert (await refusal(steps.prove_contact(theirs, request, await world.code()))).wait is None


async def test_the_channel_of_a_contact_to_prove_cannot_change(world: World) -> None:
    flow = await world.reach()
    request = await world.rules.activation.change_contact(flow, Channel.EMAIL, "neuf@exemple.fr")
    world.clock.move(seconds=30)
    refused = await refusal(world.rules.sign_in.send_code(request, Channel.SMS))
    assert refused.code == "channel.unavailable"
    await world.rules.sign_in.send_code(request, Channel.EMAIL)


@pytest.mark.parametrize(
    ("channel", "value", "field"),
    [(Channel.EMAIL, "not an address", "email"), (Channel.SMS, "0102030405", "mobile")],
)
async def test_the_service_trusts_no_face(
    world: World, channel: Channel, value: str, field: str
) -> None:
    flow = await world.reach()
    refused = await refusal(world.rules.activation.change_contact(flow, channel, value))
    assert refused.field == field
    assert value not in repr(vars(refused))
