"""What `port.Backend` promises of rights: they end when what they came from ends."""

from __future__ import annotations

from espace_tui.errors import Refused
from espace_tui.model.grants import Reset
from espace_tui.model.values import Channel, Choice, SpaceStatus
from espace_tui.testing.contract_test import OpensHarness, contract_test
from espace_tui.testing.harness import (
    OTHER_PASSWORD,
    PASSWORD,
    SOMEONE,
    Harness,
    activated,
    asked,
    entered,
    identified,
    look,
    refusal,
)


async def proved(harness: Harness) -> Reset:
    """Bring someone to the right to choose a new password."""
    recovery = harness.backend.recovery
    request = await recovery.reset_password(SOMEONE.identifier, SOMEONE.nir, Channel.EMAIL)
    reset = await recovery.prove_reset(request, await harness.code(SOMEONE))
    await harness.move((request.resend_at - harness.now).total_seconds())
    return reset


class EndedRightsContract(OpensHarness[Harness]):
    """Half of a sign-in, or a proved reset, is a right too."""

    @contract_test
    async def test_a_sign_in_begun_before_a_new_password_opens_nothing(
        self, harness: Harness
    ) -> None:
        """The old password may be the reason for the new one."""
        await activated(harness)
        reset, request = await proved(harness), await asked(harness)
        code = await harness.code(SOMEONE)
        await harness.backend.recovery.set_password(reset, OTHER_PASSWORD)
        late = await refusal(harness.backend.sign_in.verify(request, code))
        assert look(late) == look(Refused())

    @contract_test
    async def test_a_reset_dies_with_a_later_change_of_the_password(self, harness: Harness) -> None:
        """Of two that were proved, one serves."""
        await activated(harness)
        first, second = await proved(harness), await proved(harness)
        await harness.backend.recovery.set_password(second, OTHER_PASSWORD)
        late = await refusal(harness.backend.recovery.set_password(first, PASSWORD))
        assert look(late) == look(Refused())

    @contract_test
    async def test_who_opposed_after_closing_has_no_way_back_by_a_begun_sign_in(
        self, harness: Harness
    ) -> None:
        """No space is active without credentials."""
        await activated(harness)
        space = await entered(harness)
        assert (await harness.backend.space.close(space)).status is SpaceStatus.CLOSED
        await harness.move(60)
        request = await asked(harness)
        code = await harness.code(SOMEONE)
        flow = await identified(harness)
        flow = await harness.backend.activation.verify_card(flow, SOMEONE.kind, SOMEONE.serial)
        await harness.backend.activation.decide(flow, Choice.OPPOSE)
        late = await refusal(harness.backend.sign_in.verify(request, code))
        assert look(late) == look(Refused())
        assert (await refusal(harness.backend.space.reopen(space))).code == "session-expired"

    @contract_test
    async def test_sending_again_does_not_prolong_a_request_for_ever(
        self, harness: Harness
    ) -> None:
        """However often a code is sent again, the sign-in must be begun again one day."""
        await activated(harness)
        request, ends = await asked(harness), []
        for _ in range(60):
            await harness.move(max(60, (request.resend_at - harness.now).total_seconds()))
            try:
                request = await harness.backend.sign_in.send_code(request, Channel.EMAIL)
            except Refused as refused:
                ends.append(refused.code)
        assert ends[-1] == "refused"
