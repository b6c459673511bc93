"""What `port.Activation` promises of identifying."""

from __future__ import annotations

from espace_tui.errors import Refused
from espace_tui.model.values import Stage
from espace_tui.testing.contract_test import OpensHarness, contract_test
from espace_tui.testing.harness import (
    ANOTHER,
    DAY,
    SOMEONE,
    STRANGER,
    WRONG_CODE,
    Harness,
    activated,
    decided,
    identified,
    look,
    refusal,
)


class IdentificationContract(OpensHarness[Harness]):
    """A provisional code: for one person, once, for a time."""

    @contract_test
    async def test_the_code_received_opens_the_activation(self, harness: Harness) -> None:
        """Nothing is shown but the first name before the card is checked."""
        flow = await identified(harness)
        assert (flow.stage, flow.first_name) == (Stage.CARD, SOMEONE.first_name)
        assert flow.contacts is None

    @contract_test
    async def test_unknown_and_wrong_are_refused_alike(self, harness: Harness) -> None:
        """Nobody learns who is known."""
        await harness.invite(SOMEONE)
        code, identify = await harness.code(SOMEONE), harness.backend.activation.identify
        looks = {
            look(await refusal(identify(code, STRANGER.nir))),
            look(await refusal(identify(WRONG_CODE, SOMEONE.nir))),
            look(await refusal(identify(WRONG_CODE, STRANGER.nir))),
        }
        assert looks == {look(Refused())}

    @contract_test
    async def test_a_code_is_of_use_to_nobody_else(self, harness: Harness) -> None:
        """It is bound to its person."""
        await harness.invite(SOMEONE)
        await harness.invite(ANOTHER)
        code = await harness.code(SOMEONE)
        stolen = await refusal(harness.backend.activation.identify(code, ANOTHER.nir))
        assert look(stolen) == look(Refused())

    @contract_test
    async def test_a_new_code_replaces_the_one_before(self, harness: Harness) -> None:
        """Only the last message counts."""
        await harness.invite(SOMEONE)
        before = await harness.code(SOMEONE)
        await harness.invite(SOMEONE)
        identify = harness.backend.activation.identify
        assert look(await refusal(identify(before, SOMEONE.nir))) == look(Refused())
        flow = await identify(await harness.code(SOMEONE), SOMEONE.nir)
        assert flow.stage is Stage.CARD

    @contract_test
    async def test_an_expired_code_is_refused_like_a_wrong_one(self, harness: Harness) -> None:
        """It lives as long as the policy says, and until the end of that day."""
        await harness.invite(SOMEONE)
        code = await harness.code(SOMEONE)
        await harness.move(((await harness.backend.policy()).code_days + 1) * DAY)
        late = await refusal(harness.backend.activation.identify(code, SOMEONE.nir))
        assert look(late) == look(Refused())

    @contract_test
    async def test_a_used_code_is_refused_like_a_wrong_one(self, harness: Harness) -> None:
        """It serves once."""
        await activated(harness)
        code = await harness.code(SOMEONE)
        again = await refusal(harness.backend.activation.identify(code, SOMEONE.nir))
        assert look(again) == look(Refused())

    @contract_test
    async def test_identifying_again_resumes_and_takes_over(self, harness: Harness) -> None:
        """What was done stays done; whoever held the activation before no longer does."""
        steps = harness.backend.activation
        before = await decided(harness)
        after = await steps.identify(await harness.code(SOMEONE), SOMEONE.nir)
        assert (after.id, after.stage) == (before.id, Stage.CONTACTS)
        assert (await refusal(steps.confirm_contacts(before))).code == "stale-revision"
        assert (await steps.confirm_contacts(after)).stage is Stage.CREDENTIALS

    @contract_test
    async def test_an_activation_left_alone_ends_and_can_be_resumed(self, harness: Harness) -> None:
        """Its end was announced; the code resumes it."""
        steps = harness.backend.activation
        flow = await decided(harness)
        await harness.move((flow.expires_at - harness.now).total_seconds())
        assert (await refusal(steps.confirm_contacts(flow))).code == "flow-expired"
        code = await harness.code(SOMEONE)
        assert (await steps.identify(code, SOMEONE.nir)).stage is Stage.CONTACTS
