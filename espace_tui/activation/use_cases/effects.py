"""What takes legal effect: activating and opposing, each whole in one transaction."""

from __future__ import annotations

from espace_tui.activation.audit import Event
from espace_tui.activation.context import Means
from espace_tui.activation.mail.delivery import LetterKind
from espace_tui.activation.mail.outbox import Outbox
from espace_tui.activation.records import credentials, invitation
from espace_tui.activation.records.flow import DONE, OPPOSED, Flows, Pending
from espace_tui.activation.records.person import seal_identity
from espace_tui.activation.stores.port import Transaction
from espace_tui.errors import Refused
from espace_tui.model.grants import Flow
from espace_tui.model.values import Channel, SpaceStatus

_ACTIVATE = """
UPDATE person SET status = :status, decided_at = :now, terms = :terms, sealed = :sealed
WHERE id = :person
"""
_STATUS = "UPDATE person SET status = :status, decided_at = :now WHERE id = :person"
_END_SESSIONS = "DELETE FROM session WHERE person = :person"


class Effects:
    """The two ends of an activation."""

    def __init__(self, means: Means, outbox: Outbox) -> None:
        self._means = means
        self._outbox = outbox

    async def activate(self, tx: Transaction, flows: Flows, pending: Pending, step: str) -> Flow:
        """Activate the space with the contacts proved and the terms accepted in the flow."""
        means, person, identity = self._means, pending.person, pending.identity
        done = await flows.move(tx, pending, DONE, step)
        await self._use_code(tx, pending)
        await tx.run(
            _ACTIVATE,
            person=person.id,
            status=SpaceStatus.ACTIVE.value,
            now=means.now(),
            terms=pending.terms,
            sealed=seal_identity(means.keys, person.id, identity),
        )
        await end_sessions(tx, person.id)
        await means.note(tx, Event.ACTIVATED, person.id)
        await self._outbox.put(tx, identity, LetterKind.ACTIVATED, at=means.now())
        for name in pending.changed:
            await self._tell_former(tx, pending, Channel(name))
        return done

    async def oppose(self, tx: Transaction, flows: Flows, pending: Pending) -> Flow:
        """Record the opposition: final until the person changes their mind with a new code."""
        means, person = self._means, pending.person
        opposed = await flows.move(tx, pending, OPPOSED, "oppose")
        await self._use_code(tx, pending)
        await set_status(means, tx, person.id, SpaceStatus.OPPOSED)
        await credentials.forget(tx, person.id)
        await end_sessions(tx, person.id)
        await means.note(tx, Event.OPPOSED, person.id)
        await self._outbox.put(tx, person.identity, LetterKind.OPPOSED, at=means.now())
        return opposed

    async def _use_code(self, tx: Transaction, pending: Pending) -> None:
        if not await invitation.use(self._means, tx, pending.invitation):
            raise Refused("flow-expired")

    async def _tell_former(self, tx: Transaction, pending: Pending, channel: Channel) -> None:
        """Tell the address or number that was replaced: its owner may not have asked for it."""
        former = pending.person.identity
        await self._outbox.put(tx, former, LetterKind.CONTACT_CHANGED, channel)


async def set_status(means: Means, tx: Transaction, person: str, status: SpaceStatus) -> None:
    """Change what a space is, from now on."""
    await tx.run(_STATUS, person=person, status=status.value, now=means.now())


async def end_sessions(tx: Transaction, person: str) -> None:
    """End every open session of a person."""
    await tx.run(_END_SESSIONS, person=person)
