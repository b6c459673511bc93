"""The journey from the invitation to the credentials: the port's `Activation`.

Nothing takes effect before `decide(OPPOSE)` or `complete`, each in one transaction. Where a hash is
needed, the attempt is counted in a first transaction, the hash is made outside of any, and the
last transaction checks again what it changes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from espace_tui.activation.audit import Event
from espace_tui.activation.checks import (
    canonical_password,
    check_contact,
    check_identifier,
    check_password,
)
from espace_tui.activation.context import ServiceContext
from espace_tui.activation.records import attempts, credentials, invitation
from espace_tui.activation.records.attempts import Authenticator
from espace_tui.activation.records.flow import (
    CARD,
    CONTACTS,
    CREDENTIALS,
    DECISION,
    FlowRecords,
    PendingFlow,
)
from espace_tui.activation.records.person import PERSON, PersonRecord, read_person
from espace_tui.activation.records.rights import end_rights
from espace_tui.activation.stores.port import Row, Transaction
from espace_tui.activation.use_cases import rotation
from espace_tui.activation.use_cases.effects import DecisionEffects
from espace_tui.activation.use_cases.one_time_codes import CodeOrder, OneTimeCodes
from espace_tui.errors import Refused
from espace_tui.model.grants import Availability, CodeRequest, Flow
from espace_tui.model.values import Channel, Choice, Purpose
from espace_tui.validators.card_serial import CardKind

_INVITED = f"""
SELECT i.id, i.hash, {PERSON} FROM person p LEFT JOIN invitation i ON i.person = p.id
WHERE p.nir_tag IN """  # noqa: S608 — constant

Move = Callable[[Transaction, PendingFlow], Awaitable[Flow | Refused]]


@dataclass(frozen=True, slots=True)
class CodeCandidate:
    """Who a NIR belongs to, if anybody, and the hash of their provisional code."""

    subject: str
    counted: str
    blocked: Refused | None
    person: PersonRecord | None = None
    invitation: str = ""
    hash: str | None = field(default=None, repr=False)


class ActivationRules:
    """The steps of an activation, in order."""

    def __init__(
        self, context: ServiceContext, codes: OneTimeCodes, effects: DecisionEffects
    ) -> None:
        self._context = context
        self._codes = codes
        self._effects = effects
        self._flows = FlowRecords(context)

    async def identify(self, code: str, nir: str) -> Flow:
        """Open the pending activation of this provisional code, or resume it at its stage.

        A right code is taken whatever others failed: with 64 bits of chance nobody guesses it.
        """
        context = self._context
        with context.hasher.reserve(context.caller):
            found = await context.read(lambda tx: self._candidate(tx, nir))
            right = await invitation.is_code(context, found.hash, nir, code)
        proved = found.person if right else None
        return await context.act(lambda tx: self._open(tx, found, proved, nir))

    async def verify_card(self, flow: Flow, kind: CardKind, serial: str) -> Flow:
        """Check the card's serial number."""
        step = self._context.keys.tag("step", "card", kind, serial)
        return await self._move(
            flow,
            CARD,
            step,
            lambda tx, at: self._verify_card(tx, at, (kind, serial), step),
            secret=Authenticator.CARD,
        )

    async def decide(self, flow: Flow, choice: Choice, terms: str | None = None) -> Flow:
        """Record the decision; opposing takes effect at once."""
        if choice is Choice.OPPOSE:
            return await self._move(
                flow, DECISION, "oppose", lambda tx, at: self._effects.oppose(tx, self._flows, at)
            )
        if terms != self._context.policy.terms:
            raise Refused("terms.missing", field="terms")
        step = f"agree:{terms}"
        return await self._move(
            flow, DECISION, step, lambda tx, at: self._agree(tx, replace(at, terms=terms), step)
        )

    async def change_contact(self, flow: Flow, channel: Channel, value: str) -> CodeRequest:
        """Send a one-time code to a new address or number, to prove it."""
        clean = check_contact(self._context.policy, channel, value)
        return await self._context.act(lambda tx: self._change_contact(tx, flow, channel, clean))

    async def prove_contact(self, flow: Flow, request: CodeRequest, code: str) -> Flow:
        """Replace the contact by the proved one; it takes effect with `complete`."""
        step = f"prove:{request.id}"
        return await self._move(
            flow, CONTACTS, step, lambda tx, at: self._prove_contact(tx, at, (request, code), step)
        )

    async def confirm_contacts(self, flow: Flow) -> Flow:
        """Confirm the contacts without a change."""
        return await self._move(flow, CONTACTS, "confirm", self._confirm_contacts)

    async def availability(self, flow: Flow, identifier: str) -> Availability:
        """Tell whether an identifier is free, and suggest close ones that are.

        It has no effect and no answer is stored: asked again, it answers what is true by then.
        """
        clean = check_identifier(self._context.policy, identifier)
        return await self._context.read(lambda tx: self._availability(tx, flow, clean))

    async def complete(self, flow: Flow, identifier: str, password: str) -> Flow:
        """Activate the space: everything takes effect in one transaction."""
        context = self._context
        chosen = check_identifier(context.policy, identifier)
        with context.hasher.reserve(context.caller):
            step = self._last_step(chosen)
            pending: PendingFlow | Flow = await context.read(
                lambda tx: self._flows.find_or_repeat(tx, flow, CREDENTIALS, step)
            )
            if isinstance(pending, Flow):
                return await self._completed(pending, chosen, password)
            secret = check_password(context, password, chosen, pending.person)
            hashed = await context.hasher.hash("password", pending.person.id, secret)
        at = pending
        return await context.act(lambda tx: self._complete(tx, at, chosen, hashed))

    async def _candidate(self, tx: Transaction, nir: str) -> CodeCandidate:
        context = self._context
        row = await tx.one(_INVITED + context.keys.any_tag, **context.keys.tags("nir", nir))
        counted = row["nir_tag"] if row else context.keys.tag("nir", nir)
        blocked = await attempts.count_once(context, tx, counted, Authenticator.PROVISIONAL_CODE)
        if row is None:
            return CodeCandidate(counted, counted, blocked)
        return CodeCandidate(
            row["person"],
            counted,
            blocked,
            person=read_person(context.keys, row),
            invitation=row["id"] or "",
            hash=row["hash"],
        )

    async def _open(
        self, tx: Transaction, found: CodeCandidate, proved: PersonRecord | None, nir: str
    ) -> Flow | Refused:
        opened = await self._flows.open(tx, found.invitation, proved) if proved else None
        if proved is None or opened is None:
            await self._context.note(tx, Event.IDENTIFICATION_REFUSED, found.subject)
            return found.blocked or Refused()
        if not found.blocked:
            await attempts.take_back(tx, found.counted, Authenticator.PROVISIONAL_CODE)
        await rotation.tag_nir(self._context, tx, proved, nir)
        await self._context.note(tx, Event.IDENTIFIED, found.subject)
        return opened

    async def _move(
        self,
        flow: Flow,
        stage: int,
        step: str,
        work: Move,
        *,
        secret: Authenticator | None = None,
    ) -> Flow:
        """Do one step of a flow, or answer the very same step as before."""

        async def whole(tx: Transaction) -> Flow | Refused:
            pending = await self._flows.find_or_repeat(tx, flow, stage, step, secret)
            return pending if not isinstance(pending, PendingFlow) else await work(tx, pending)

        return await self._context.act(whole)

    async def _verify_card(
        self, tx: Transaction, pending: PendingFlow, card: tuple[CardKind, str], step: str
    ) -> Flow | Refused:
        context, person = self._context, pending.person
        blocked = await attempts.count(
            tx, context.limits, context.now(), person.id, Authenticator.CARD
        )
        if blocked:
            return blocked
        if not context.keys.matches(person.card_tag, "card", person.id, *card):
            await context.note(tx, Event.CARD_REFUSED, person.id)
            return Refused()
        await attempts.forgive(tx, person.id, Authenticator.CARD)
        await rotation.tag_card(context, tx, person, *card)
        await context.note(tx, Event.CARD_VERIFIED, person.id)
        return await self._flows.move(tx, pending, DECISION, step)

    async def _agree(self, tx: Transaction, pending: PendingFlow, step: str) -> Flow:
        await self._context.note(tx, Event.DECIDED, pending.person.id)
        return await self._flows.move(tx, pending, CONTACTS, step)

    async def _change_contact(
        self, tx: Transaction, flow: Flow, channel: Channel, value: str
    ) -> CodeRequest | Refused:
        pending = await self._flows.find(tx, flow, CONTACTS)
        person = pending.person
        errand = CodeOrder(
            purpose=Purpose.CONTACT,
            channel=channel,
            subject=person.id,
            cooldown=person.id,
            person=person.id,
            identity=person.identity,
            flow=flow.id,
            target=value,
        )
        return await self._codes.send(tx, errand)

    async def _prove_contact(
        self, tx: Transaction, pending: PendingFlow, given: tuple[CodeRequest, str], step: str
    ) -> Flow | Refused:
        request, code = given
        proof = await self._codes.prove(tx, request, Purpose.CONTACT, code)
        if isinstance(proof, Refused):
            return proof
        if proof.flow != pending.id:
            return Refused()
        await self._context.note(tx, Event.CONTACT_PROVED, proof.person)
        changed = pending.changed | {proof.channel: proof.target}
        return await self._flows.move(tx, replace(pending, changed=changed), CONTACTS, step)

    async def _confirm_contacts(self, tx: Transaction, pending: PendingFlow) -> Flow:
        if self._context.policy.email_required and not pending.identity.email:
            raise Refused("email-missing")
        return await self._flows.move(tx, pending, CREDENTIALS, "confirm")

    async def _availability(self, tx: Transaction, flow: Flow, identifier: str) -> Availability:
        pending = await self._flows.find(tx, flow, CREDENTIALS)
        return await credentials.availability(self._context, tx, pending.person.id, identifier)

    async def _complete(
        self, tx: Transaction, pending: PendingFlow, identifier: str, hashed: str
    ) -> Flow | Refused:
        step = self._last_step(identifier)
        done = await self._effects.activate(tx, self._flows, pending, step)
        if not await credentials.create(self._context, tx, pending.person.id, identifier, hashed):
            raise Refused("identifier.taken", field="identifier")
        await end_rights(tx, pending.person.id)  # now that no former credential is of use
        return done

    async def _completed(self, done: Flow, identifier: str, password: str) -> Flow:
        """Answer a `complete` made again: only if it is the same one."""
        context = self._context
        row = await context.read(lambda tx: self._replayed(tx, done, identifier))
        kept, person = (row["hash"], row["person"]) if row else (None, "")
        if not await context.hasher.verify(kept, "password", person, canonical_password(password)):
            raise Refused("stale-revision")
        await context.read(lambda tx: attempts.forgive(tx, done.id, Authenticator.REPLAY))
        return done

    async def _replayed(self, tx: Transaction, done: Flow, identifier: str) -> Row | Refused | None:
        blocked = await attempts.count_once(self._context, tx, done.id, Authenticator.REPLAY)
        if blocked:
            return Refused("stale-revision")
        return await credentials.find(tx, self._context.keys, identifier)

    def _last_step(self, identifier: str) -> str:
        return self._context.keys.tag("step", "complete", identifier)
