"""The whole contract of a backend."""

from __future__ import annotations

from espace_tui.model.policy import Policy
from espace_tui.testing.activation import ContactsContract, CredentialsContract, StepsContract
from espace_tui.testing.contract_test import contract_test
from espace_tui.testing.harness import SOMEONE, Harness, identified
from espace_tui.testing.identification import IdentificationContract
from espace_tui.testing.recovery import (
    ForgottenIdentifierContract,
    ForgottenPasswordContract,
    NewCodeContract,
)
from espace_tui.testing.rights import EndedRightsContract
from espace_tui.testing.sign_in import SendAgainContract, SignInContract, SpaceContract


class BackendContract(
    IdentificationContract,
    StepsContract,
    ContactsContract,
    CredentialsContract,
    SignInContract,
    SendAgainContract,
    SpaceContract,
    NewCodeContract,
    ForgottenIdentifierContract,
    ForgottenPasswordContract,
    EndedRightsContract,
):
    """All that a backend promises; a subclass says in `opened` how to open a harness."""

    @contract_test
    async def test_it_publishes_its_rules(self, harness: Harness) -> None:
        """And has a name."""
        assert isinstance(await harness.backend.policy(), Policy)
        assert harness.backend.name

    @contract_test
    async def test_a_local_inbox_tells_all_oldest_first(self, harness: Harness) -> None:
        """Where messages are delivered on this computer."""
        await identified(harness)
        if harness.backend.inbox is not None:
            messages = await harness.backend.inbox.messages()
            assert [each.to for each in messages] == [SOMEONE.email]
            assert list(messages) == sorted(messages, key=lambda each: each.sent_at)

    @contract_test
    async def test_nothing_shows_in_a_repr(self, harness: Harness) -> None:
        """What a backend grants can be printed by accident."""
        flow = await identified(harness)
        assert flow.token.get_secret_value() not in f"{flow!r} {flow}"

    @contract_test
    async def test_closing_twice_is_no_error(self, harness: Harness) -> None:
        """Whoever leaves may be interrupted."""
        await harness.backend.policy()
        await harness.backend.aclose()
        await harness.backend.aclose()
