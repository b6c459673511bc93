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
from espace_tui.activation.context import Means
from espace_tui.activation.records import attempts, credentials, invitation
from espace_tui.activation.records.attempts import Authenticator
from espace_tui.activation.records.flow import (
    CARD,
    CONTACTS,
    CREDENTIALS,
    DECISION,
    Flows,
    Pending,
)
from espace_tui.activation.records.person import PERSON, Person, read_person
from espace_tui.activation.stores.port import Transaction
from espace_tui.activation.use_cases import rotation
from espace_tui.activation.use_cases.effects import Effects
from espace_tui.activation.use_cases.one_time_codes import Errand, OneTimeCodes
from espace_tui.errors import Refused
from espace_tui.model.grants import Availability, CodeRequest, Flow
from espace_tui.model.values import Channel, Choice, Purpose
from espace_tui.validators.card_serial import CardKind

_INVITED = f"""
SELECT i.id, i.hash, {PERSON} FROM person p LEFT JOIN invitation i ON i.person = p.id
WHERE p.nir_tag IN """  # noqa: S608 — constant

Move = Callable[[Transaction, Pending], Awaitable[Flow | Refused]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who may be at the door: the person of a NIR, if any, and the hash of their code."""

    subject: str
    person: Person | None = None
    invitation: str = ""
    hash: str | None = field(default=None, repr=False)


class Journey:
    """The steps of an activation, in order."""

    def __init__(self, means: Means, codes: OneTimeCodes, effects: Effects) -> None:
        self._means = means
        self._codes = codes
        self._effects = effects
        self._flows = Flows(means)

    async def identify(self, code: str, nir: str) -> Flow:
        """Open the pending activation of this provisional code, or resume it at its stage."""
        means = self._means
        with means.hasher.place():
            found = await means.read(lambda tx: self._candidate(tx, nir))
            right = await invitation.is_code(means, found.hash, nir, code)
        proved = found.person if right else None
        return await means.act(lambda tx: self._open(tx, found, proved, nir))

    async def verify_card(self, flow: Flow, kind: CardKind, serial: str) -> Flow:
        """Check the card's serial number."""
        step = self._means.keys.tag("step", "card", kind, serial)
        return await self._move(
            flow, CARD, step, lambda tx, at: self._verify_card(tx, at, (kind, serial), step)
        )

    async def decide(self, flow: Flow, choice: Choice, terms: str | None = None) -> Flow:
        """Record the decision; opposing takes effect at once."""
        if choice is Choice.OPPOSE:
            return await self._move(
                flow, DECISION, "oppose", lambda tx, at: self._effects.oppose(tx, self._flows, at)
            )
        if terms != self._means.policy.terms:
            raise Refused("terms.missing", field="terms")
        step = f"agree:{terms}"
        return await self._move(
            flow, DECISION, step, lambda tx, at: self._agree(tx, replace(at, terms=terms), step)
        )

    async def change_contact(self, flow: Flow, channel: Channel, value: str) -> CodeRequest:
        """Send a one-time code to a new address or number, to prove it."""
        clean = check_contact(self._means.policy, channel, value)
        return await self._means.act(lambda tx: self._change_contact(tx, flow, channel, clean))

    async def prove_contact(self, flow: Flow, request: CodeRequest, code: str) -> Flow:
        """Replace the contact by the proved one; it takes effect with `complete`."""
        step = f"prove:{request.id}"
        return await self._move(
            flow, CONTACTS, step, lambda tx, at: self._prove_contact(tx, at, (request, code), step)
        )

    async def confirm_contacts(self, flow: Flow) -> Flow:
        """Keep the contacts as they are."""
        return await self._move(flow, CONTACTS, "confirm", self._confirm_contacts)

    async def availability(self, flow: Flow, identifier: str) -> Availability:
        """Tell whether an identifier is free, and suggest close ones that are.

        It has no effect: no answer is kept, and who asks again is told what is true by then.
        """
        clean = check_identifier(self._means.policy, identifier)
        return await self._means.read(lambda tx: self._availability(tx, flow, clean))

    async def complete(self, flow: Flow, identifier: str, password: str) -> Flow:
        """Activate the space: everything takes effect in one transaction."""
        means = self._means
        chosen = check_identifier(means.policy, identifier)
        with means.hasher.place():
            step = self._last_step(chosen)
            pending: Pending | Flow = await means.read(
                lambda tx: self._flows.find_or_answer(tx, flow, CREDENTIALS, step)
            )
            if isinstance(pending, Flow):
                return await self._completed(pending, chosen, password)
            secret = check_password(means, password, chosen, pending.person)
            hashed = await means.hasher.hash("password", pending.person.id, secret)
        at = pending
        return await means.act(lambda tx: self._complete(tx, at, chosen, hashed))

    async def _candidate(self, tx: Transaction, nir: str) -> Candidate | Refused:
        means = self._means
        row = await tx.one(_INVITED + means.keys.any_tag, **means.keys.tags("nir", nir))
        subject = row["person"] if row else means.keys.tag("nir", nir)
        blocked = await attempts.count_first(means, tx, subject, Authenticator.PROVISIONAL_CODE)
        if blocked or row is None:
            return blocked or Candidate(subject)
        return Candidate(subject, read_person(means.keys, row), row["id"] or "", row["hash"])

    async def _open(
        self, tx: Transaction, found: Candidate, proved: Person | None, nir: str
    ) -> Flow | Refused:
        opened = await self._flows.open(tx, found.invitation, proved) if proved else None
        if proved is None or opened is None:
            await self._means.note(tx, Event.IDENTIFICATION_REFUSED, found.subject)
            return Refused()
        await attempts.forgive(tx, found.subject, Authenticator.PROVISIONAL_CODE)
        await rotation.tag_nir(self._means, tx, proved, nir)
        await self._means.note(tx, Event.IDENTIFIED, found.subject)
        return opened

    async def _move(self, flow: Flow, stage: int, step: str, work: Move) -> Flow:
        """Do one step of a flow, or answer the very same step as before."""

        async def whole(tx: Transaction) -> Flow | Refused:
            pending = await self._flows.find_or_answer(tx, flow, stage, step)
            return pending if isinstance(pending, Flow) else await work(tx, pending)

        return await self._means.act(whole)

    async def _verify_card(
        self, tx: Transaction, pending: Pending, card: tuple[CardKind, str], step: str
    ) -> Flow | Refused:
        means, person = self._means, pending.person
        blocked = await attempts.count(tx, means.limits, means.now(), person.id, Authenticator.CARD)
        if blocked:
            return blocked
        if not means.keys.matches(person.card_tag, "card", person.id, *card):
            await means.note(tx, Event.CARD_REFUSED, person.id)
            return Refused()
        await attempts.forgive(tx, person.id, Authenticator.CARD)
        await rotation.tag_card(means, tx, person, *card)
        await means.note(tx, Event.CARD_VERIFIED, person.id)
        return await self._flows.move(tx, pending, DECISION, step)

    async def _agree(self, tx: Transaction, pending: Pending, step: str) -> Flow:
        await self._means.note(tx, Event.DECIDED, pending.person.id)
        return await self._flows.move(tx, pending, CONTACTS, step)

    async def _change_contact(
        self, tx: Transaction, flow: Flow, channel: Channel, value: str
    ) -> CodeRequest | Refused:
        pending = await self._flows.find(tx, flow, CONTACTS)
        person = pending.person
        errand = Errand(
            purpose=Purpose.CONTACT,
            channel=channel,
            subject=person.id,
            turn=person.id,
            person=person.id,
            identity=person.identity,
            flow=flow.id,
            target=value,
        )
        return await self._codes.ask(tx, errand)

    async def _prove_contact(
        self, tx: Transaction, pending: Pending, given: tuple[CodeRequest, str], step: str
    ) -> Flow | Refused:
        request, code = given
        proof = await self._codes.prove(tx, request, Purpose.CONTACT, code)
        if isinstance(proof, Refused):
            return proof
        if proof.flow != pending.id:
            return Refused()
        await self._means.note(tx, Event.CONTACT_PROVED, proof.person)
        changed = pending.changed | {proof.channel: proof.target}
        return await self._flows.move(tx, replace(pending, changed=changed), CONTACTS, step)

    async def _confirm_contacts(self, tx: Transaction, pending: Pending) -> Flow:
        if self._means.policy.email_required and not pending.identity.email:
            raise Refused("email-missing")
        return await self._flows.move(tx, pending, CREDENTIALS, "confirm")

    async def _availability(self, tx: Transaction, flow: Flow, identifier: str) -> Availability:
        pending = await self._flows.find(tx, flow, CREDENTIALS)
        return await credentials.availability(self._means, tx, pending.person.id, identifier)

    async def _complete(
        self, tx: Transaction, pending: Pending, identifier: str, hashed: str
    ) -> Flow | Refused:
        step = self._last_step(identifier)
        done = await self._effects.activate(tx, self._flows, pending, step)
        if not await credentials.take(self._means, tx, pending.person.id, identifier, hashed):
            raise Refused("identifier.taken", field="identifier")
        return done

    async def _completed(self, done: Flow, identifier: str, password: str) -> Flow:
        """Answer a `complete` made again: only if it is the same one."""
        means = self._means
        row = await means.read(lambda tx: credentials.find(tx, means.keys, identifier))
        kept, person = (row["hash"], row["person"]) if row else (None, "")
        if not await means.hasher.verify(kept, "password", person, canonical_password(password)):
            raise Refused("stale-revision")
        return done

    def _last_step(self, identifier: str) -> str:
        return self._means.keys.tag("step", "complete", identifier)
