"""Ways back in: a new provisional code, the identifier, a new password.

The caller has proved nothing: known or unknown, right or wrong, the answer and the work are the
same. What is sent goes to the person's own contact only. Cooldowns are counted for exactly what was
asked, so that nobody can use up somebody else's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from espace_tui.activation.audit import Event
from espace_tui.activation.checks import canonical_password, check_password
from espace_tui.activation.context import ServiceContext, to_datetime
from espace_tui.activation.crypto.keys import digest, new_token
from espace_tui.activation.mail.delivery import MessageKind
from espace_tui.activation.mail.outbox import Outbox
from espace_tui.activation.records import attempts, credentials, invitation, rate_limit
from espace_tui.activation.records.attempts import Authenticator
from espace_tui.activation.records.person import PERSON, PersonRecord, find_by_nir, read_person
from espace_tui.activation.records.rights import end_rights
from espace_tui.activation.stores.port import Row, Transaction
from espace_tui.activation.use_cases.one_time_codes import CodeOrder, OneTimeCodes
from espace_tui.errors import Refused
from espace_tui.model.grants import CodeRequest, Reset
from espace_tui.model.values import Channel, Purpose, SpaceStatus
from espace_tui.validators.card_serial import CardKind

_GRANT = """
INSERT INTO reset (token_digest, person, expires_at) VALUES (:token, :person, :expires_at)
"""
_FIND_RESET = f"""
SELECT r.used_at, c.hash, c.sealed AS identifier, {PERSON} FROM reset r
JOIN person p ON p.id = r.person JOIN credential c ON c.person = r.person
WHERE r.token_digest = :token AND r.expires_at > :now
"""  # noqa: S608 — constant
_USE_RESET = """
UPDATE reset SET used_at = :now
WHERE token_digest = :token AND used_at IS NULL AND expires_at > :now
"""


class RecoveryRules:
    """The port's `Recovery`."""

    def __init__(self, context: ServiceContext, codes: OneTimeCodes, outbox: Outbox) -> None:
        self._context = context
        self._codes = codes
        self._outbox = outbox

    async def request_code(
        self, birth_date: date, nir: str, kind: CardKind, serial: str, channel: Channel
    ) -> None:
        """Send a new provisional code to the person's own contact, if all of it is theirs."""
        context = self._context
        code = invitation.new_code(context.policy.code_length)
        with context.hasher.reserve(context.caller):
            hashed = await invitation.hash_code(context, nir, code)

        async def work(tx: Transaction) -> Refused | None:
            person = await find_by_nir(tx, context.keys, nir)
            given = ("new-code", birth_date.isoformat(), nir, kind, serial)
            is_theirs = self._is_theirs(person, birth_date, kind, serial)
            theirs = person if is_theirs else None
            asked = f"new-code:{theirs.id}" if theirs else context.keys.tag(*given)
            too_soon = await self._ask(tx, asked, Event.PROVISIONAL_CODE_ASKED, person, nir)
            if too_soon:
                return too_soon
            if await self._may_go(tx, asked, theirs, channel) and theirs:
                await self._send_new_code(tx, theirs, channel, code, hashed)
            return None

        await context.act(work)

    async def send_identifier(self, birth_date: date, nir: str, channel: Channel) -> None:
        """Send the identifier to the person's own contact."""
        await self._context.act(lambda tx: self._send_identifier(tx, birth_date, nir, channel))

    async def reset_password(self, identifier: str, nir: str, channel: Channel) -> CodeRequest:
        """Send a one-time code that allows a new password."""
        return await self._context.act(lambda tx: self._reset(tx, identifier, nir, channel))

    async def prove_reset(self, request: CodeRequest, code: str) -> Reset:
        """Change the one-time code into the right to choose a new password."""
        return await self._context.act(lambda tx: self._prove_reset(tx, request, code))

    async def set_password(self, reset: Reset, password: str) -> None:
        """Replace the password; every other right of the person ends."""
        context, token = self._context, digest(reset.token.get_secret_value())
        with context.hasher.reserve(context.caller):
            row = await context.read(lambda tx: self._find_reset(tx, token))
            person = read_person(context.keys, row)
            if row["used_at"] is not None:
                return await self._was_set(token, row, person, password)
            identifier = context.keys.unseal(row["identifier"], person.id)
            secret = check_password(context, password, identifier, person)
            hashed = await context.hasher.hash("password", person.id, secret)
        return await context.act(lambda tx: self._set_password(tx, token, person, hashed))

    async def _ask(
        self, tx: Transaction, asked: str, event: Event, person: PersonRecord | None, nir: str
    ) -> Refused | None:
        context = self._context
        too_soon = await rate_limit.take_cooldown(context, tx, asked)
        if not too_soon:
            await context.note(tx, event, person.id if person else context.keys.tag("nir", nir))
        return too_soon

    async def _may_go(
        self, tx: Transaction, asked: str, person: PersonRecord | None, channel: Channel
    ) -> bool:
        known, destination = (person.id, person.identity.contact(channel)) if person else ("", "")
        return await rate_limit.take_silently(self._context, tx, asked, known, destination)

    def _is_theirs(
        self, person: PersonRecord | None, birth_date: date, kind: CardKind, serial: str
    ) -> bool:
        if person is None:
            return False
        right_card = self._context.keys.matches(person.card_tag, "card", person.id, kind, serial)
        return person.is_born(birth_date) and right_card

    async def _send_new_code(
        self, tx: Transaction, person: PersonRecord, channel: Channel, code: str, hashed: str
    ) -> None:
        if person.status is SpaceStatus.ACTIVE:
            await self._outbox.enqueue(
                tx, person.identity, MessageKind.ALREADY_ACTIVE, channel, person=person.id
            )
            return
        deadline = await invitation.replace(self._context, tx, person.id, hashed)
        await self._outbox.enqueue(
            tx,
            person.identity,
            MessageKind.PROVISIONAL_CODE,
            channel,
            person=person.id,
            code=code,
            deadline=deadline,
        )

    async def _send_identifier(
        self, tx: Transaction, birth_date: date, nir: str, channel: Channel
    ) -> Refused | None:
        context = self._context
        person = await find_by_nir(tx, context.keys, nir)
        kept = await credentials.find_for_person(tx, person.id if person else "")
        theirs = person if person and kept and person.is_born(birth_date) else None
        given = ("identifier-asked", birth_date.isoformat(), nir)
        asked = f"identifier:{theirs.id}" if theirs else context.keys.tag(*given)
        too_soon = await self._ask(tx, asked, Event.IDENTIFIER_ASKED, person, nir)
        if too_soon:
            return too_soon
        if await self._may_go(tx, asked, theirs, channel) and theirs and kept:
            identifier = context.keys.unseal(kept["sealed"], theirs.id)
            kind = MessageKind.IDENTIFIER
            await self._outbox.enqueue(
                tx, theirs.identity, kind, channel, person=theirs.id, identifier=identifier
            )
        return None

    async def _reset(
        self, tx: Transaction, identifier: str, nir: str, channel: Channel
    ) -> CodeRequest | Refused:
        context = self._context
        errand = CodeOrder(Purpose.RESET, channel, subject="", cooldown="")
        row = await credentials.find(tx, context.keys, identifier)
        person = await find_by_nir(tx, context.keys, nir)
        await context.note(
            tx, Event.RESET_ASKED, person.id if person else context.keys.tag("nir", nir)
        )
        if row and person and row["person"] == person.id:
            errand = replace(errand, person=person.id, identity=person.identity)
        return await self._codes.send(tx, errand)

    async def _prove_reset(
        self, tx: Transaction, request: CodeRequest, code: str
    ) -> Reset | Refused:
        proof = await self._codes.prove(tx, request, Purpose.RESET, code)
        if isinstance(proof, Refused):
            return proof
        token = new_token()
        expires_at = self._context.now() + self._context.limits.reset_life
        await tx.run(_GRANT, token=digest(token), person=proof.person, expires_at=expires_at)
        await self._context.note(tx, Event.RESET_PROVED, proof.person)
        return Reset.model_validate({"token": token, "expires_at": to_datetime(expires_at)})

    async def _find_reset(self, tx: Transaction, token: str) -> Row | Refused:
        row = await tx.one(_FIND_RESET, token=token, now=self._context.now())
        if row is None or row["used_at"] is None:
            return row or Refused()
        blocked = await attempts.count_once(self._context, tx, token, Authenticator.REPLAY)
        return Refused() if blocked else row

    async def _was_set(self, token: str, row: Row, person: PersonRecord, password: str) -> None:
        """Answer a `set_password` made again: only if it is the same one."""
        context, secret = self._context, canonical_password(password)
        if not await context.hasher.verify(row["hash"], "password", person.id, secret):
            raise Refused
        await context.read(lambda tx: attempts.forgive(tx, token, Authenticator.REPLAY))

    async def _set_password(
        self, tx: Transaction, token: str, person: PersonRecord, hashed: str
    ) -> Refused | None:
        context = self._context
        if not await tx.changes(_USE_RESET, token=token, now=context.now()):
            return Refused()
        await credentials.change(context, tx, person.id, hashed)
        await end_rights(tx, person.id)
        await context.note(tx, Event.PASSWORD_CHANGED, person.id)
        kind = MessageKind.PASSWORD_CHANGED
        await self._outbox.enqueue(tx, person.identity, kind, person=person.id, at=context.now())
        return None
