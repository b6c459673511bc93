"""Two-step sign-in: the credentials, then a one-time code, then a session.

Sessions are random tokens kept as digests; 15 minutes idle, 12 hours at most, ended at once
everywhere by `sign_out`: every use asks the store.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from espace_tui.activation.audit import Event
from espace_tui.activation.checks import canonical_password
from espace_tui.activation.context import Means, moment
from espace_tui.activation.crypto.keys import digest, new_token
from espace_tui.activation.records import attempts, credentials
from espace_tui.activation.records.attempts import Authenticator
from espace_tui.activation.records.person import Person, read_person
from espace_tui.activation.stores.port import Transaction
from espace_tui.activation.use_cases.one_time_codes import Errand, OneTimeCodes
from espace_tui.errors import Refused
from espace_tui.model.grants import CodeRequest, Space
from espace_tui.model.values import Channel, Purpose

_OPEN = """
INSERT INTO session (token_digest, person, idle_at, ends_at)
VALUES (:token, :person, :idle_at, :ends_at)
"""
_FIND = "SELECT person FROM session WHERE token_digest = :token"
_END = "DELETE FROM session WHERE token_digest = :token"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who an identifier is of, and the hash of their password."""

    person: Person
    hash: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Claim:
    """Whom attempts are counted for, and the owner if there is one."""

    subject: str
    owner: Owner | None = None


class SignIn:
    """The port's `SignIn`."""

    def __init__(self, means: Means, codes: OneTimeCodes) -> None:
        self._means = means
        self._codes = codes

    async def open(self, identifier: str, password: str, channel: Channel) -> CodeRequest:
        """Check the credentials and send a one-time code; one refusal whatever was wrong."""
        means, secret = self._means, canonical_password(password)
        with means.hasher.place():
            claim = await means.read(lambda tx: self._claim(tx, identifier))
            owner = await self._proved(claim.owner, secret)
            if owner is None:
                return await means.act(lambda tx: self._refuse(tx, claim))
            dearer = None
            if means.hasher.is_outdated(owner.hash):
                dearer = await means.hasher.hash("password", owner.person.id, secret)
        return await means.act(lambda tx: self._accept(tx, owner, channel, dearer))

    async def send_code(self, request: CodeRequest, channel: Channel) -> CodeRequest:
        """Send another code for a request, by the same or the other channel."""
        return await self._means.act(lambda tx: self._codes.send_again(tx, request, channel))

    async def verify(self, request: CodeRequest, code: str) -> Space:
        """Open the space with the code received."""
        return await self._means.act(lambda tx: self._verify(tx, request, code))

    async def sign_out(self, space: Space) -> None:
        """End the session everywhere, at once; a session already ended is no error."""
        await self._means.act(lambda tx: self._sign_out(tx, space))

    async def _claim(self, tx: Transaction, identifier: str) -> Claim | Refused:
        means = self._means
        row = await credentials.find(tx, means.keys, identifier)
        subject = row["person"] if row else means.keys.tag("identifier", identifier)
        blocked = await attempts.count_first(means, tx, subject, Authenticator.PASSWORD)
        if blocked or row is None:
            return blocked or Claim(subject)
        return Claim(subject, Owner(read_person(means.keys, row), row["hash"]))

    async def _proved(self, owner: Owner | None, secret: str) -> Owner | None:
        """Return the owner if the password is theirs; nobody costs the same time."""
        kept, person = (owner.hash, owner.person.id) if owner else (None, "")
        right = await self._means.hasher.verify(kept, "password", person, secret)
        return owner if right else None

    async def _refuse(self, tx: Transaction, claim: Claim) -> CodeRequest | Refused:
        await self._means.note(tx, Event.PASSWORD_REFUSED, claim.subject)
        return Refused()

    async def _accept(
        self, tx: Transaction, owner: Owner, channel: Channel, dearer: str | None
    ) -> CodeRequest | Refused:
        means, person = self._means, owner.person
        await attempts.forgive(tx, person.id, Authenticator.PASSWORD)
        await means.note(tx, Event.PASSWORD_ACCEPTED, person.id)
        if dearer:
            await credentials.rehash(tx, person.id, owner.hash, dearer)
        if not person.identity.contact(channel):
            return Refused("channel.unavailable", field="channel")
        errand = Errand(
            purpose=Purpose.SIGN_IN,
            channel=channel,
            subject=person.id,
            turn=person.id,
            person=person.id,
            identity=person.identity,
        )
        return await self._codes.ask(tx, errand)

    async def _verify(self, tx: Transaction, request: CodeRequest, code: str) -> Space | Refused:
        proof = await self._codes.prove(tx, request, Purpose.SIGN_IN, code)
        if isinstance(proof, Refused):
            return proof
        token, now, limits = new_token(), self._means.now(), self._means.limits
        ends_at = now + limits.session_life
        await tx.run(
            _OPEN,
            token=digest(token),
            person=proof.person,
            idle_at=now + limits.session_idle,
            ends_at=ends_at,
        )
        await self._means.note(tx, Event.SIGNED_IN, proof.person)
        return Space.model_validate({"token": token, "expires_at": moment(ends_at)})

    async def _sign_out(self, tx: Transaction, space: Space) -> None:
        token = digest(space.token.get_secret_value())
        found = await tx.one(_FIND, token=token)
        if found and await tx.changes(_END, token=token):
            await self._means.note(tx, Event.SIGNED_OUT, found["person"])
