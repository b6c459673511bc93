"""The operator's acts: inviting, the six-week rule, counting, the trail."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from espace_tui.activation.audit import Event
from espace_tui.activation.data_requests.trail import Trail
from espace_tui.activation.mail.delivery import MessageKind
from espace_tui.i18n import Texts
from espace_tui.model.values import Channel, Choice, SpaceStatus
from tests.activation.world import World, code_in, refusal
from tests.people import CHRISTIAN, DOMINIQUE, STRANGER_NIR, someone


async def test_the_invitation_says_all_that_the_guide_says(world: World) -> None:
    invited = await world.rules.administration.invite(CHRISTIAN)
    assert (invited.channel, invited.status) == (Channel.EMAIL, SpaceStatus.INVITED)
    assert invited.expires_at == datetime(2027, 1, 4, 22, 59, 59, tzinfo=UTC)
    [letter] = await world.letters()
    assert letter.to == CHRISTIAN.email
    assert letter.sender.startswith("Mon espace santé (démonstration) <")
    assert "n’est pas un message officiel" in letter.text
    assert letter.subject == "Avec Mon espace santé, vous avez la main sur votre santé"
    for said in (
        *("Christian", "4 janvier 2027", "assurance-maladie@info.ameli.fr", "3422"),
        *("hébergé en France", "messagerie sécurisée", "agenda", "partager", "RGPD"),
    ):
        assert said in letter.text
    assert len(code_in(letter.text) or "") == 12
    assert not re.search(r"[0-9]{13}", letter.text.replace(" ", ""))
    assert letter.html
    assert "<p>" in letter.html


async def test_a_letter_is_in_the_person_s_language(world: World) -> None:
    await world.rules.administration.invite(replace(CHRISTIAN, language="en"))
    [letter] = await world.letters()
    assert "4 January 2027" in letter.text
    assert letter.language == "en"


async def test_who_has_no_address_gets_a_text_message(world: World) -> None:
    await world.rules.administration.invite(replace(CHRISTIAN, email=None))
    [letter] = await world.letters()
    assert (letter.channel, letter.to, letter.html) == (Channel.SMS, CHRISTIAN.mobile, None)
    assert code_in(letter.text)


async def test_who_cannot_be_reached_cannot_be_invited(world: World) -> None:
    nobody = replace(CHRISTIAN, email=None, mobile=None)
    assert (await refusal(world.rules.administration.invite(nobody))).code == "contacts-missing"
    assert (await world.rules.administration.status())["invited"] == 0


async def test_inviting_again_updates_the_person_and_replaces_the_code(world: World) -> None:
    await world.rules.administration.invite(replace(CHRISTIAN, serial="00000000001"))
    again = await world.rules.administration.invite(replace(CHRISTIAN, email="neuf@exemple.fr"))
    assert again.again
    assert (await world.letters())[-1].to == "neuf@exemple.fr"
    flow = await world.reach(code=await world.code())
    assert flow.contacts
    assert flow.contacts.email == "ne•••••@exemple.fr"


async def test_who_is_active_is_not_invited_again(world: World) -> None:
    await world.activate()
    again = await world.rules.administration.invite(replace(CHRISTIAN, email="other@exemple.fr"))
    assert (again.status, again.channel) == (SpaceStatus.ACTIVE, None)
    assert await world.kinds() == ["invitation", "activated"]


async def test_after_six_weeks_a_space_is_opened_once_and_told_once(world: World) -> None:
    await world.invite(CHRISTIAN)
    world.clock.move(days=42, hours=13, minutes=59, seconds=59)  # a second to midnight in France
    assert await world.rules.administration.open_due() == 0
    world.clock.move(seconds=1)
    assert await world.rules.administration.open_due() == 1
    assert await world.rules.administration.open_due() == 0
    assert await world.kinds() == ["invitation", "opened"]
    assert (await world.rules.administration.status())["opened"] == 1


async def test_a_new_code_does_not_put_the_six_weeks_off(world: World) -> None:
    await world.invite()
    world.clock.move(days=41)
    await world.rules.recovery.request_code(
        CHRISTIAN.birth_date, CHRISTIAN.nir, CHRISTIAN.kind, CHRISTIAN.serial, Channel.SMS
    )
    code = await world.code()
    world.clock.move(days=2)
    assert await world.rules.administration.open_due() == 1
    flow = await world.reach(code=code)
    assert (await world.rules.activation.decide(flow, Choice.OPPOSE)).first_name == "Christian"


@pytest.mark.parametrize("choice", ["activate", "oppose"])
async def test_nothing_is_opened_after_a_decision(world: World, choice: str) -> None:
    if choice == "activate":
        await world.activate()
    else:
        await world.rules.activation.decide(await world.reach(), Choice.OPPOSE)
    world.clock.move(days=43)
    assert await world.rules.administration.open_due() == 0


async def test_what_is_due_is_opened_by_handfuls(world: World) -> None:
    for number in range(5):
        await world.invite(someone(number))
    world.clock.move(days=43)
    assert [await world.rules.administration.open_due(2) for _ in range(4)] == [2, 2, 1, 0]


async def test_the_counts(world: World) -> None:
    assert set(await world.rules.administration.status()) == {*SpaceStatus, "waiting", "dead"}
    await world.rules.administration.invite(CHRISTIAN)
    await world.rules.administration.invite(DOMINIQUE)
    status = await world.rules.administration.status()
    assert (status["invited"], status["waiting"]) == (2, 2)
    await world.letters()
    assert (await world.rules.administration.status())["waiting"] == 0


async def test_the_trail_tells_the_whole_journey_about_a_pseudonym(world: World) -> None:
    await world.activate()
    space = await world.sign_in()
    await world.rules.space.close(space)
    await world.rules.space.reopen(space)
    await world.rules.sign_in.sign_out(space)
    lines = await Trail(world.rules.context).page()
    assert [line.event for line in lines] == [
        Event.INVITED,
        Event.IDENTIFIED,
        Event.CARD_VERIFIED,
        Event.DECIDED,
        Event.ACTIVATED,
        Event.PASSWORD_ACCEPTED,
        Event.CODE_SENT,
        Event.SIGNED_IN,
        Event.CLOSED,
        Event.REOPENED,
        Event.SIGNED_OUT,
    ]
    assert len({line.subject for line in lines}) == 1
    assert {line.recorded_at.utcoffset() for line in lines} == {timedelta(0)}
    assert all(re.fullmatch(r"k1\.[0-9a-f]+", line.subject) for line in lines)
    assert await Trail(world.rules.context).page(after=lines[-2].id) == lines[-1:]
    assert await Trail(world.rules.context).page(limit=2) == lines[:2]


async def test_failures_leave_a_trace(world: World) -> None:
    code = await world.invite()
    await refusal(world.rules.activation.identify("x" * 12, CHRISTIAN.nir))
    await refusal(world.rules.activation.identify("x" * 12, STRANGER_NIR))
    flow = await world.rules.activation.identify(code, CHRISTIAN.nir)
    await refusal(world.rules.activation.verify_card(flow, CHRISTIAN.kind, "00000000000"))
    events = [line.event for line in await Trail(world.rules.context).page()]
    assert events.count(Event.IDENTIFICATION_REFUSED) == 2
    assert events[-1] is Event.CARD_REFUSED


async def test_unlocking_someone_unknown_says_so(world: World) -> None:
    assert not await world.rules.administration.unlock(STRANGER_NIR)


async def test_what_has_ended_is_erased(world: World) -> None:
    await world.activate()
    await world.sign_in()
    await world.reach(DOMINIQUE)
    world.clock.move(days=120)
    await world.rules.administration.purge()
    for table in ("code_request", "session", "sending", "ceiling", "flow"):
        assert await world.rows(f"SELECT * FROM {table}") == []
    assert await world.rows("SELECT hash FROM invitation WHERE hash <> ''") == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_letter_has_its_words(language: str) -> None:
    say = Texts(language)
    for kind in MessageKind:
        assert say.has(f"mail.{kind}.subject")
        assert say.has(f"mail.{kind}.text")
        assert say.has(f"sms.{kind}.text")


async def test_the_letter_of_an_act_says_when_it_took_effect(world: World) -> None:
    await world.activate()
    assert "23 novembre 2026" in (await world.letters())[-1].text
