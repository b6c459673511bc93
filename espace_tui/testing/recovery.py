"""What `port.Recovery` promises: the same answers for those who are known and those who are not."""

from __future__ import annotations

from espace_tui.errors import Refused
from espace_tui.model.grants import CodeRequest
from espace_tui.model.values import Channel, Purpose, Stage
from espace_tui.testing.contract_test import OpensHarness, contract_test
from espace_tui.testing.harness import (
    OTHER_PASSWORD,
    PASSWORD,
    SOMEONE,
    STRANGER,
    Harness,
    Person,
    activated,
    asked,
    entered,
    look,
    refusal,
    wrong,
)


async def another_code(harness: Harness, person: Person, card: Person) -> None:
    """Ask for a new provisional code for somebody, with a card."""
    await harness.backend.recovery.request_code(
        person.birth_date, person.nir, card.kind, card.serial, Channel.EMAIL
    )


async def forgotten(harness: Harness, person: Person) -> CodeRequest:
    """Say that somebody's password is forgotten."""
    recovery = harness.backend.recovery
    return await recovery.reset_password(person.identifier, person.nir, Channel.EMAIL)


class NewCodeContract(OpensHarness[Harness]):
    """« J'ai besoin d'un code ? »."""

    @contract_test
    async def test_a_new_code_goes_to_its_owner(self, harness: Harness) -> None:
        """It replaces the one before."""
        await harness.invite(SOMEONE)
        before = await harness.code(SOMEONE)
        await another_code(harness, SOMEONE, SOMEONE)
        identify = harness.backend.activation.identify
        assert look(await refusal(identify(before, SOMEONE.nir))) == look(Refused())
        flow = await identify(await harness.code(SOMEONE), SOMEONE.nir)
        assert flow.stage is Stage.CARD

    @contract_test
    async def test_asking_tells_nobody_who_is_known(self, harness: Harness) -> None:
        """A stranger and a wrong card get the same answer, and nothing is sent."""
        await harness.invite(SOMEONE)
        letters = await harness.letters(SOMEONE)
        await another_code(harness, STRANGER, STRANGER)
        await another_code(harness, SOMEONE, STRANGER)
        assert await harness.letters(SOMEONE) == letters
        assert await harness.letters(STRANGER) == ()


class ForgottenIdentifierContract(OpensHarness[Harness]):
    """It is sent, never shown."""

    @contract_test
    async def test_the_identifier_goes_to_its_owner(self, harness: Harness) -> None:
        """By the channel asked for."""
        await activated(harness)
        recovery = harness.backend.recovery
        await recovery.send_identifier(SOMEONE.birth_date, SOMEONE.nir, Channel.EMAIL)
        assert SOMEONE.identifier in (await harness.letters(SOMEONE))[-1]

    @contract_test
    async def test_asking_for_it_tells_nobody_who_is_known(self, harness: Harness) -> None:
        """A stranger and a wrong birth date get the same answer, and nothing is sent."""
        await activated(harness)
        letters = await harness.letters(SOMEONE)
        send = harness.backend.recovery.send_identifier
        await send(STRANGER.birth_date, STRANGER.nir, Channel.EMAIL)
        await send(STRANGER.birth_date, SOMEONE.nir, Channel.EMAIL)
        assert await harness.letters(SOMEONE) == letters


class ForgottenPasswordContract(OpensHarness[Harness]):
    """A code, then a new password, once."""

    @contract_test
    async def test_a_new_password_replaces_the_old_one(self, harness: Harness) -> None:
        """Every open session ends."""
        await activated(harness)
        space, recovery = await entered(harness), harness.backend.recovery
        request = await forgotten(harness, SOMEONE)
        assert request.purpose is Purpose.RESET
        reset = await recovery.prove_reset(request, await harness.code(SOMEONE))
        await recovery.set_password(reset, OTHER_PASSWORD)
        assert (await refusal(harness.backend.space.profile(space))).code == "session-expired"
        await harness.move((request.resend_at - harness.now).total_seconds())
        assert look(await refusal(asked(harness, PASSWORD))) == look(Refused())
        assert (await entered(harness, OTHER_PASSWORD)).token

    @contract_test
    async def test_a_reset_serves_once(self, harness: Harness) -> None:
        """Made again it has one effect; another password comes too late."""
        await activated(harness)
        recovery = harness.backend.recovery
        request = await forgotten(harness, SOMEONE)
        reset = await recovery.prove_reset(request, await harness.code(SOMEONE))
        await recovery.set_password(reset, OTHER_PASSWORD)
        await recovery.set_password(reset, OTHER_PASSWORD)
        await refusal(recovery.set_password(reset, "Primevere&2031"))

    @contract_test
    async def test_a_weak_password_leaves_the_reset_whole(self, harness: Harness) -> None:
        """The refusal names the field."""
        await activated(harness)
        recovery = harness.backend.recovery
        request = await forgotten(harness, SOMEONE)
        reset = await recovery.prove_reset(request, await harness.code(SOMEONE))
        assert (await refusal(recovery.set_password(reset, "short"))).field == "password"
        await recovery.set_password(reset, OTHER_PASSWORD)

    @contract_test
    async def test_a_stranger_gets_the_same_request(self, harness: Harness) -> None:
        """And no code is ever right for it."""
        await activated(harness)
        known, unknown = await forgotten(harness, SOMEONE), await forgotten(harness, STRANGER)
        seen = {"purpose", "channel", "destination", "other_channel"}
        assert known.model_dump(include=seen) == unknown.model_dump(include=seen)
        assert (known.resend_at - unknown.resend_at).total_seconds() < 1
        code, prove = await harness.code(SOMEONE), harness.backend.recovery.prove_reset
        looks = {
            look(await refusal(prove(unknown, code))),
            look(await refusal(prove(known, wrong(code)))),
        }
        assert looks == {look(Refused())}
