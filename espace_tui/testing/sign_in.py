"""What `port.SignIn` and `port.OpenSpace` promise."""

from __future__ import annotations

from espace_tui.errors import Refused
from espace_tui.model.values import Channel, Purpose, SpaceStatus
from espace_tui.testing.contract_test import OpensHarness, contract_test
from espace_tui.testing.harness import (
    OTHER_PASSWORD,
    PASSWORD,
    SOMEONE,
    STRANGER,
    Harness,
    activated,
    asked,
    entered,
    look,
    refusal,
    wrong,
)


class SignInContract(OpensHarness[Harness]):
    """Two steps: the credentials, then a one-time code."""

    @contract_test
    async def test_the_credentials_bring_a_code_and_the_code_the_space(
        self, harness: Harness
    ) -> None:
        """The destination is masked."""
        await activated(harness)
        request = await asked(harness)
        assert (request.purpose, request.channel) == (Purpose.SIGN_IN, Channel.EMAIL)
        assert request.destination
        assert request.destination != SOMEONE.email
        assert request.other_channel
        space = await harness.backend.sign_in.verify(request, await harness.code(SOMEONE))
        assert (await harness.backend.space.profile(space)).status is SpaceStatus.ACTIVE

    @contract_test
    async def test_a_wrong_half_is_not_told_from_the_other(self, harness: Harness) -> None:
        """One refusal, whatever was wrong."""
        await activated(harness)
        sign_in, mail = harness.backend.sign_in, Channel.EMAIL
        looks = {
            look(await refusal(sign_in.open(SOMEONE.identifier, OTHER_PASSWORD, mail))),
            look(await refusal(sign_in.open(STRANGER.identifier, PASSWORD, mail))),
        }
        assert looks == {look(Refused())}

    @contract_test
    async def test_a_one_time_code_serves_once(self, harness: Harness) -> None:
        """Neither a wrong one nor a used one opens anything."""
        await activated(harness)
        request, verify = await asked(harness), harness.backend.sign_in.verify
        code = await harness.code(SOMEONE)
        assert look(await refusal(verify(request, wrong(code)))) == look(Refused())
        await verify(request, code)
        assert look(await refusal(verify(request, code))) == look(Refused())

    @contract_test
    async def test_a_one_time_code_expires(self, harness: Harness) -> None:
        """Its end was announced."""
        await activated(harness)
        request = await asked(harness)
        code = await harness.code(SOMEONE)
        await harness.move((request.expires_at - harness.now).total_seconds())
        late = await refusal(harness.backend.sign_in.verify(request, code))
        assert look(late) == look(Refused())

    @contract_test
    async def test_a_code_is_bound_to_its_request(self, harness: Harness) -> None:
        """Another request's code opens nothing."""
        await activated(harness)
        first = await asked(harness)
        code = await harness.code(SOMEONE)
        await harness.move((first.resend_at - harness.now).total_seconds())
        second = await asked(harness)
        if code != await harness.code(SOMEONE):
            mixed = await refusal(harness.backend.sign_in.verify(second, code))
            assert look(mixed) == look(Refused())


class SendAgainContract(OpensHarness[Harness]):
    """Not too often, and by the other channel where there is one."""

    @contract_test
    async def test_another_code_waits_for_its_turn(self, harness: Harness) -> None:
        """The answer says how long to wait."""
        await activated(harness)
        request = await asked(harness)
        early = await refusal(harness.backend.sign_in.send_code(request, Channel.EMAIL))
        assert early.code == "send-later"
        assert early.wait
        await harness.move(early.wait)
        again = await harness.backend.sign_in.send_code(request, Channel.EMAIL)
        assert again.resend_at > request.resend_at

    @contract_test
    async def test_another_code_replaces_the_one_before(self, harness: Harness) -> None:
        """Only the last message counts."""
        await activated(harness)
        request, sign_in = await asked(harness), harness.backend.sign_in
        before = await harness.code(SOMEONE)
        await harness.move((request.resend_at - harness.now).total_seconds())
        again = await sign_in.send_code(request, Channel.SMS)
        assert again.channel is Channel.SMS
        after = await harness.code(SOMEONE)
        if before != after:
            assert look(await refusal(sign_in.verify(again, before))) == look(Refused())
        assert (await sign_in.verify(again, after)).token

    @contract_test
    async def test_a_flood_is_stopped(self, harness: Harness) -> None:
        """However patient one is, there is a limit by the hour."""
        await activated(harness)
        request, refused = await asked(harness), None
        for _ in range(30):
            await harness.move((request.resend_at - harness.now).total_seconds())
            try:
                request = await harness.backend.sign_in.send_code(request, Channel.EMAIL)
            except Refused as stopped:
                refused = stopped
                break
        assert refused is not None
        assert refused.code == "send-later"


class SpaceContract(OpensHarness[Harness]):
    """Whoever signed in, until they sign out."""

    @contract_test
    async def test_the_profile_shows_masked_contacts(self, harness: Harness) -> None:
        """And the first name."""
        await activated(harness)
        profile = await harness.backend.space.profile(await entered(harness))
        assert profile.first_name == SOMEONE.first_name
        assert profile.contacts.email
        assert profile.contacts.email != SOMEONE.email

    @contract_test
    async def test_one_may_close_and_change_ones_mind(self, harness: Harness) -> None:
        """Each act made again has one effect."""
        await activated(harness)
        space, door = await entered(harness), harness.backend.space
        closed = await door.close(space)
        assert closed.status is SpaceStatus.CLOSED
        assert await door.close(space) == closed
        assert (await door.reopen(space)).status is SpaceStatus.ACTIVE
        assert (await door.profile(space)).status is SpaceStatus.ACTIVE

    @contract_test
    async def test_signing_out_ends_the_session_at_once(self, harness: Harness) -> None:
        """Signing out twice is no error."""
        await activated(harness)
        space, backend = await entered(harness), harness.backend
        await backend.sign_in.sign_out(space)
        for act in (backend.space.profile, backend.space.close, backend.space.reopen):
            assert (await refusal(act(space))).code == "session-expired"
        await backend.sign_in.sign_out(space)

    @contract_test
    async def test_a_session_has_an_end(self, harness: Harness) -> None:
        """It was announced."""
        await activated(harness)
        space = await entered(harness)
        await harness.move((space.expires_at - harness.now).total_seconds())
        assert (await refusal(harness.backend.space.profile(space))).code == "session-expired"
