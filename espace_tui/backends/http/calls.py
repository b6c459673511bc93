"""The port, call by call: the route, the headers that show what was granted, the body, the answer.

Each grant goes back as its token alone, in a header.
"""

from __future__ import annotations

from datetime import date

from espace_tui.backends.http.caller import Caller
from espace_tui.model.grants import Availability, CodeRequest, Flow, Profile, Reset, Space
from espace_tui.model.values import Channel, Choice, Secret
from espace_tui.validators.card_serial import CardKind
from espace_tui.wire import bodies
from espace_tui.wire.problems import sent
from espace_tui.wire.routes import Header, Route, tag


def _token_header(header: Header, token: Secret) -> dict[str, str]:
    return {header: token.get_secret_value()}


def _flow_headers(flow: Flow) -> dict[str, str]:
    return _token_header(Header.FLOW_TOKEN, flow.token) | {Header.REVISION: tag(flow.revision)}


class HttpActivation:
    """The journey from the invitation to the credentials, over HTTP."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def identify(self, code: str, nir: str) -> Flow:
        """Open or resume the pending activation."""
        body = sent(bodies.Identification, code=code, nir=nir)
        return await self._caller.write(Route.FLOWS.at(), Flow, body=body)

    async def verify_card(self, flow: Flow, kind: CardKind, serial: str) -> Flow:
        """Check the card's serial number."""
        body = sent(bodies.Card, kind=kind, serial=serial)
        return await self._caller.write(
            Route.CARD.at(flow_id=flow.id), Flow, _flow_headers(flow), body
        )

    async def decide(self, flow: Flow, choice: Choice, terms: str | None = None) -> Flow:
        """Record the decision."""
        body = sent(bodies.Decision, choice=choice, terms=terms)
        return await self._caller.write(
            Route.DECISION.at(flow_id=flow.id), Flow, _flow_headers(flow), body
        )

    async def change_contact(self, flow: Flow, channel: Channel, value: str) -> CodeRequest:
        """Send a one-time code to a new address or number."""
        body = sent(bodies.Contact, channel=channel, value=value)
        path = Route.CONTACT_CHANGES.at(flow_id=flow.id)
        return await self._caller.write(path, CodeRequest, _flow_headers(flow), body)

    async def prove_contact(self, flow: Flow, request: CodeRequest, code: str) -> Flow:
        """Replace the contact by the proved one."""
        path = Route.CONTACT_PROOF.at(flow_id=flow.id, request_id=request.id)
        rights = _flow_headers(flow) | _token_header(Header.CODE_TOKEN, request.token)
        return await self._caller.write(path, Flow, rights, sent(bodies.Proof, code=code))

    async def confirm_contacts(self, flow: Flow) -> Flow:
        """Keep the contacts as they are."""
        return await self._caller.write(
            Route.CONTACTS.at(flow_id=flow.id), Flow, _flow_headers(flow)
        )

    async def availability(self, flow: Flow, identifier: str) -> Availability:
        """Tell whether an identifier is free."""
        body = sent(bodies.Wanted, identifier=identifier)
        path = Route.AVAILABILITY.at(flow_id=flow.id)
        return await self._caller.write(path, Availability, _flow_headers(flow), body)

    async def complete(self, flow: Flow, identifier: str, password: str) -> Flow:
        """Activate the space."""
        body = sent(bodies.Credentials, identifier=identifier, password=password)
        return await self._caller.write(
            Route.COMPLETION.at(flow_id=flow.id), Flow, _flow_headers(flow), body
        )


class HttpSignIn:
    """Two-step sign-in over HTTP."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def open(self, identifier: str, password: str, channel: Channel) -> CodeRequest:
        """Check the credentials and send a one-time code."""
        body = sent(bodies.Opening, identifier=identifier, password=password, channel=channel)
        return await self._caller.write(Route.SIGN_INS.at(), CodeRequest, body=body)

    async def send_code(self, request: CodeRequest, channel: Channel) -> CodeRequest:
        """Send another code for a request."""
        path = Route.CODES.at(request_id=request.id)
        right = _token_header(Header.CODE_TOKEN, request.token)
        body = sent(bodies.Sending, channel=channel, purpose=request.purpose)
        return await self._caller.write(path, CodeRequest, right, body)

    async def verify(self, request: CodeRequest, code: str) -> Space:
        """Open the space with the code received."""
        path = Route.SIGN_IN_PROOF.at(request_id=request.id)
        right = _token_header(Header.CODE_TOKEN, request.token)
        return await self._caller.write(path, Space, right, sent(bodies.Proof, code=code))

    async def sign_out(self, space: Space) -> None:
        """End the session everywhere."""
        await self._caller.act(Route.SIGN_OUT.at(), _token_header(Header.SPACE_TOKEN, space.token))


class HttpRecovery:
    """Ways back in, over HTTP."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def request_code(
        self, birth_date: date, nir: str, kind: CardKind, serial: str, channel: Channel
    ) -> None:
        """Send a new provisional code, if all of it is the person's."""
        body = sent(
            bodies.LostCode,
            birth_date=birth_date,
            nir=nir,
            kind=kind,
            serial=serial,
            channel=channel,
        )
        await self._caller.act(Route.NEW_CODES.at(), body=body)

    async def send_identifier(self, birth_date: date, nir: str, channel: Channel) -> None:
        """Send the identifier to the person's own contact."""
        body = sent(bodies.LostIdentifier, birth_date=birth_date, nir=nir, channel=channel)
        await self._caller.act(Route.IDENTIFIERS.at(), body=body)

    async def reset_password(self, identifier: str, nir: str, channel: Channel) -> CodeRequest:
        """Send a one-time code that allows a new password."""
        body = sent(bodies.LostPassword, identifier=identifier, nir=nir, channel=channel)
        return await self._caller.write(Route.RESETS.at(), CodeRequest, body=body)

    async def prove_reset(self, request: CodeRequest, code: str) -> Reset:
        """Change the one-time code into the right to choose a new password."""
        path = Route.RESET_PROOF.at(request_id=request.id)
        right = _token_header(Header.CODE_TOKEN, request.token)
        return await self._caller.write(path, Reset, right, sent(bodies.Proof, code=code))

    async def set_password(self, reset: Reset, password: str) -> None:
        """Replace the password."""
        right = _token_header(Header.RESET_TOKEN, reset.token)
        await self._caller.act(
            Route.PASSWORD.at(), right, sent(bodies.NewPassword, password=password)
        )


class HttpOpenSpace:
    """What a signed-in person can do, over HTTP."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def profile(self, space: Space) -> Profile:
        """Return the status and masked contacts."""
        right = _token_header(Header.SPACE_TOKEN, space.token)
        return await self._caller.read(Route.SPACE.at(), Profile, right)

    async def close(self, space: Space) -> Profile:
        """Close the space."""
        right = _token_header(Header.SPACE_TOKEN, space.token)
        return await self._caller.write(Route.CLOSING.at(), Profile, right)

    async def reopen(self, space: Space) -> Profile:
        """Reopen a closed space."""
        right = _token_header(Header.SPACE_TOKEN, space.token)
        return await self._caller.write(Route.REOPENING.at(), Profile, right)
