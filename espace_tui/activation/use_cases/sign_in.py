"""Two-step sign-in: the credentials, then a one-time code, then a session.

Wrong passwords keep nobody out. Beyond the limit, attempts are no longer told apart: right or
wrong, each brings the same request for a code, and only a right one sends it
(`docs/decisions/0040-rights-a-stranger-cannot-take.md`).

Sessions are random tokens kept as digests; 15 minutes idle, 12 hours at most, ended at once
everywhere by `sign_out`: every use asks the store.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from espace_tui.activation.audit import Event
from espace_tui.activation.checks import canonical_password
from espace_tui.activation.context import ServiceContext, to_datetime
from espace_tui.activation.crypto.keys import digest, new_token
from espace_tui.activation.records import attempts, credentials
from espace_tui.activation.records.attempts import Authenticator
from espace_tui.activation.records.person import PersonRecord, read_person
from espace_tui.activation.stores.port import Transaction
from espace_tui.activation.use_cases.one_time_codes import CodeOrder, OneTimeCodes
from espace_tui.errors import Refused, Unreachable
from espace_tui.model.grants import CodeRequest, Space
from espace_tui.model.values import Channel, Purpose

_OPEN = """
INSERT INTO session (token_digest, person, idle_at, ends_at)
VALUES (:token, :person, :idle_at, :ends_at)
"""
_FIND = "SELECT person FROM session WHERE token_digest = :token"
_END = "DELETE FROM session WHERE token_digest = :token"


@dataclass(frozen=True, slots=True)
class CredentialOwner:
    """Who an identifier is of, and the hash of their password."""

    person: PersonRecord
    hash: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignInClaim:
    """Who an attempt is about, what it is counted under, and the owner if there is one.

    `is_blocked`: there were too many before it, and it was not counted.
    """

    subject: str
    counted: str
    is_blocked: bool
    owner: CredentialOwner | None = None


class SignInRules:
    """The port's `SignIn`."""

    def __init__(self, context: ServiceContext, codes: OneTimeCodes) -> None:
        self._context = context
        self._codes = codes

    async def open(self, identifier: str, password: str, channel: Channel) -> CodeRequest:
        """Check the credentials and send a one-time code; one refusal whatever was wrong."""
        context, secret = self._context, canonical_password(password)
        with context.hasher.reserve(context.caller):
            claim = await context.read(lambda tx: self._claim(tx, identifier))
            owner = await self._proved(claim.owner, secret)
            if owner is None:
                return await context.act(lambda tx: self._refuse(tx, claim, channel))
            renewed = owner.hash
            if context.hasher.is_outdated(owner.hash) and not claim.is_blocked:
                renewed = await context.hasher.hash("password", owner.person.id, secret)
        return await context.act(lambda tx: self._accept(tx, claim, owner, channel, renewed))

    async def send_code(self, request: CodeRequest, channel: Channel) -> CodeRequest:
        """Send another code for a request, by the same or the other channel."""
        return await self._context.act(lambda tx: self._codes.send_again(tx, request, channel))

    async def verify(self, request: CodeRequest, code: str) -> Space:
        """Open the space with the code received."""
        return await self._context.act(lambda tx: self._verify(tx, request, code))

    async def sign_out(self, space: Space) -> None:
        """End the session everywhere, at once; a session already ended is no error."""
        await self._context.act(lambda tx: self._sign_out(tx, space))

    async def _claim(self, tx: Transaction, identifier: str) -> SignInClaim:
        context = self._context
        row = await credentials.find(tx, context.keys, identifier)
        counted = context.keys.tag("identifier", identifier)
        blocked = await attempts.count_once(context, tx, counted, Authenticator.PASSWORD)
        claim = SignInClaim(row["person"] if row else counted, counted, blocked is not None)
        if row is None:
            return claim
        return replace(claim, owner=CredentialOwner(read_person(context.keys, row), row["hash"]))

    async def _proved(self, owner: CredentialOwner | None, secret: str) -> CredentialOwner | None:
        """Return the owner if the password is theirs; nobody costs the same time."""
        kept, person = (owner.hash, owner.person.id) if owner else (None, "")
        right = await self._context.hasher.verify(kept, "password", person, secret)
        return owner if right else None

    async def _refuse(
        self, tx: Transaction, claim: SignInClaim, channel: Channel
    ) -> CodeRequest | Refused:
        await self._context.note(tx, Event.PASSWORD_REFUSED, claim.subject)
        if not claim.is_blocked:
            return Refused()
        await credentials.rehash(tx, "", "", "")  # as much work as for a right password
        return await self._codes.send(tx, _disguised(channel))

    async def _accept(
        self,
        tx: Transaction,
        claim: SignInClaim,
        owner: CredentialOwner,
        channel: Channel,
        renewed: str,
    ) -> CodeRequest | Refused:
        context, person = self._context, owner.person
        await context.note(tx, Event.PASSWORD_ACCEPTED, person.id)
        if not await credentials.rehash(tx, person.id, owner.hash, renewed):
            raise Unreachable("busy")  # it was changed just now: whoever asks again is told
        if claim.is_blocked:
            known = replace(_disguised(channel), person=person.id, identity=person.identity)
            return await self._codes.send(tx, known)
        await attempts.take_back(tx, claim.counted, Authenticator.PASSWORD)
        if not person.identity.contact(channel):
            return Refused("channel.unavailable", field="channel")
        errand = CodeOrder(
            purpose=Purpose.SIGN_IN,
            channel=channel,
            subject=person.id,
            cooldown=person.id,
            person=person.id,
            identity=person.identity,
        )
        return await self._codes.send(tx, errand)

    async def _verify(self, tx: Transaction, request: CodeRequest, code: str) -> Space | Refused:
        proof = await self._codes.prove(tx, request, Purpose.SIGN_IN, code)
        if isinstance(proof, Refused):
            return proof
        token, now, limits = new_token(), self._context.now(), self._context.limits
        ends_at = now + limits.session_life
        await tx.run(
            _OPEN,
            token=digest(token),
            person=proof.person,
            idle_at=now + limits.session_idle,
            ends_at=ends_at,
        )
        await self._context.note(tx, Event.SIGNED_IN, proof.person)
        return Space.model_validate({"token": token, "expires_at": to_datetime(ends_at)})

    async def _sign_out(self, tx: Transaction, space: Space) -> None:
        token = digest(space.token.get_secret_value())
        found = await tx.one(_FIND, token=token)
        if found and await tx.changes(_END, token=token):
            await self._context.note(tx, Event.SIGNED_OUT, found["person"])


def _disguised(channel: Channel) -> CodeOrder:
    """Return the order of a code that nobody is told of: the request itself is what is counted."""
    return CodeOrder(Purpose.SIGN_IN, channel, subject="", cooldown="", is_disguised=True)
