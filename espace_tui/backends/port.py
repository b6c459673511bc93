"""What a backend is: small Protocols, grouped on one object.

All calls are coroutines and raise only `Refused` or `Unreachable`. A backend keeps no state of a
person between calls: what it grants (`Flow`, `CodeRequest`, `Space`, `Reset`) comes back with the
next call. After `Unreachable` the same call may be made again with the same arguments: it has one
effect. Values are clean, as `espace_tui.validators` return them.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from espace_tui.model.grants import Availability, CodeRequest, Flow, Message, Profile, Reset, Space
from espace_tui.model.policy import Policy
from espace_tui.model.values import Channel, Choice
from espace_tui.validators.card_serial import CardKind


class Activation(Protocol):
    """The journey from the invitation to the credentials.

    Steps go in order; an earlier one may be answered again with the present flow. Only `decide`
    with `Choice.OPPOSE` and `complete` take effect, each in one transaction.
    """

    async def identify(self, code: str, nir: str) -> Flow:
        """Open the pending activation of this provisional code, or resume it at its stage.

        Resuming takes the flow over: an older token of it is refused as ``stale-revision``.
        """
        ...

    async def verify_card(self, flow: Flow, kind: CardKind, serial: str) -> Flow:
        """Check the card's serial number; the stage becomes `Stage.DECISION` at least."""
        ...

    async def decide(self, flow: Flow, choice: Choice, terms: str | None = None) -> Flow:
        """Record the decision. Opposing takes effect at once; activating waits for `complete`.

        `terms` is the version of the terms the person accepted; compulsory for activating.
        """
        ...

    async def change_contact(self, flow: Flow, channel: Channel, value: str) -> CodeRequest:
        """Send a one-time code to a new address or number, to prove it."""
        ...

    async def prove_contact(self, flow: Flow, request: CodeRequest, code: str) -> Flow:
        """Replace the contact by the proved one."""
        ...

    async def confirm_contacts(self, flow: Flow) -> Flow:
        """Keep the contacts as they are; the stage becomes `Stage.CREDENTIALS`."""
        ...

    async def availability(self, flow: Flow, identifier: str) -> Availability:
        """Tell whether an identifier is free, and suggest close ones that are."""
        ...

    async def complete(self, flow: Flow, identifier: str, password: str) -> Flow:
        """Activate the space: code used, credentials kept, all in one transaction.

        Raises `Refused("identifier.taken", field="identifier")` and the password's codes.
        """
        ...


class SignIn(Protocol):
    """Two-step sign-in, and the one-time codes of every purpose."""

    async def open(self, identifier: str, password: str, channel: Channel) -> CodeRequest:
        """Check the credentials and send a one-time code; one refusal whatever was wrong."""
        ...

    async def send_code(self, request: CodeRequest, channel: Channel) -> CodeRequest:
        """Send another code for a request, by the same or the other channel.

        Raises `Refused("send-later", wait=seconds)` before `resend_at` or over the hourly limit.
        """
        ...

    async def verify(self, request: CodeRequest, code: str) -> Space:
        """Open the space with the code received."""
        ...

    async def sign_out(self, space: Space) -> None:
        """End the session everywhere, at once."""
        ...


class Recovery(Protocol):
    """Ways back in; each answers the same for known and unknown people."""

    async def request_code(
        self, birth_date: date, nir: str, kind: CardKind, serial: str, channel: Channel
    ) -> None:
        """Send a new provisional code to the person's own contact, if all of it is theirs."""
        ...

    async def send_identifier(self, birth_date: date, nir: str, channel: Channel) -> None:
        """Send the identifier to the person's own contact."""
        ...

    async def reset_password(self, identifier: str, nir: str, channel: Channel) -> CodeRequest:
        """Send a one-time code that allows a new password."""
        ...

    async def prove_reset(self, request: CodeRequest, code: str) -> Reset:
        """Change the one-time code into the right to choose a new password."""
        ...

    async def set_password(self, reset: Reset, password: str) -> None:
        """Replace the password; every open session of the person ends."""
        ...


class OpenSpace(Protocol):
    """What a signed-in person can do. A session that has ended is `Refused("session-expired")`."""

    async def profile(self, space: Space) -> Profile:
        """Return the status and masked contacts."""
        ...

    async def close(self, space: Space) -> Profile:
        """Close the space (archived ten years); one may change one's mind."""
        ...

    async def reopen(self, space: Space) -> Profile:
        """Reopen a closed space."""
        ...


class Inbox(Protocol):
    """The local inbox of a backend that delivers on this computer."""

    async def messages(self) -> tuple[Message, ...]:
        """Return what was delivered, oldest first."""
        ...


class Backend(Protocol):
    """One backend: its name, its rules, and its parts; `inbox` is None where mail is real."""

    name: str
    activation: Activation
    sign_in: SignIn
    recovery: Recovery
    space: OpenSpace
    inbox: Inbox | None

    async def policy(self) -> Policy:
        """Return the rules to follow."""
        ...

    async def aclose(self) -> None:
        """Let go of files and connections."""
        ...
