"""The whole contract of a backend."""
# ruff: noqa: S101 — a promise is an assertion

from __future__ import annotations

from espace_tui.model.policy import Policy
from espace_tui.testing.activation import Credentials, Steps, TheirContacts
from espace_tui.testing.harness import SOMEONE, Harness, identified
from espace_tui.testing.identification import Identification
from espace_tui.testing.promise import promise
from espace_tui.testing.recovery import ForgottenIdentifier, ForgottenPassword, NewCode
from espace_tui.testing.sign_in import InTheSpace, SendingAgain, SigningIn


class BackendContract(
    Identification,
    Steps,
    TheirContacts,
    Credentials,
    SigningIn,
    SendingAgain,
    InTheSpace,
    NewCode,
    ForgottenIdentifier,
    ForgottenPassword,
):
    """All that a backend promises; a subclass says in `opened` how to open a harness."""

    @promise
    async def test_it_publishes_its_rules(self, harness: Harness) -> None:
        """And has a name."""
        assert isinstance(await harness.backend.policy(), Policy)
        assert harness.backend.name

    @promise
    async def test_a_local_inbox_tells_all_oldest_first(self, harness: Harness) -> None:
        """Where messages are delivered on this computer."""
        await identified(harness)
        if harness.backend.inbox is not None:
            messages = await harness.backend.inbox.messages()
            assert [each.to for each in messages] == [SOMEONE.email]
            assert list(messages) == sorted(messages, key=lambda each: each.sent_at)

    @promise
    async def test_nothing_shows_in_a_repr(self, harness: Harness) -> None:
        """What a backend grants can be printed by accident."""
        flow = await identified(harness)
        assert flow.token.get_secret_value() not in f"{flow!r} {flow}"

    @promise
    async def test_closing_twice_is_no_error(self, harness: Harness) -> None:
        """Whoever leaves may be interrupted."""
        await harness.backend.policy()
        await harness.backend.aclose()
        await harness.backend.aclose()
