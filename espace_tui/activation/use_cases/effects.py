"""What takes legal effect: activating and opposing, each whole in one transaction."""

from __future__ import annotations

from espace_tui.activation.audit import Event
from espace_tui.activation.context import ServiceContext
from espace_tui.activation.mail.delivery import MessageKind
from espace_tui.activation.mail.outbox import Outbox
from espace_tui.activation.records import credentials, invitation
from espace_tui.activation.records.flow import DONE, OPPOSED, FlowRecords, PendingFlow
from espace_tui.activation.records.person import seal_identity
from espace_tui.activation.records.rights import end_rights
from espace_tui.activation.stores.port import Transaction
from espace_tui.errors import Refused
from espace_tui.model.grants import Flow
from espace_tui.model.values import Channel, SpaceStatus

_ACTIVATE = """
UPDATE person SET status = :status, decided_at = :now, terms = :terms, sealed = :sealed
WHERE id = :person
"""
_OPPOSE = "UPDATE person SET status = :status, decided_at = :now WHERE id = :person"


class DecisionEffects:
    """The two ends of an activation."""

    def __init__(self, context: ServiceContext, outbox: Outbox) -> None:
        self._context = context
        self._outbox = outbox

    async def activate(
        self, tx: Transaction, flows: FlowRecords, pending: PendingFlow, step: str
    ) -> Flow:
        """Activate the space with the contacts proved and the terms accepted in the flow."""
        context, person, identity = self._context, pending.person, pending.identity
        done = await flows.move(tx, pending, DONE, step)
        await self._use_code(tx, pending)
        await tx.run(
            _ACTIVATE,
            person=person.id,
            status=SpaceStatus.ACTIVE.value,
            now=context.now(),
            terms=pending.terms,
            sealed=seal_identity(context.keys, person.id, identity),
        )
        await context.note(tx, Event.ACTIVATED, person.id)
        await self._outbox.enqueue(
            tx, identity, MessageKind.ACTIVATED, person=person.id, at=context.now()
        )
        for name in pending.changed:
            await self._tell_former(tx, pending, Channel(name))
        return done

    async def oppose(self, tx: Transaction, flows: FlowRecords, pending: PendingFlow) -> Flow:
        """Record the opposition: final until the person changes their mind with a new code."""
        context, person = self._context, pending.person
        opposed = await flows.move(tx, pending, OPPOSED, "oppose")
        await self._use_code(tx, pending)
        await tx.run(_OPPOSE, person=person.id, status=SpaceStatus.OPPOSED.value, now=context.now())
        await credentials.delete(tx, person.id)
        await end_rights(tx, person.id)
        await context.note(tx, Event.OPPOSED, person.id)
        await self._outbox.enqueue(
            tx, person.identity, MessageKind.OPPOSED, person=person.id, at=context.now()
        )
        return opposed

    async def _use_code(self, tx: Transaction, pending: PendingFlow) -> None:
        if not await invitation.mark_used(self._context, tx, pending.invitation):
            raise Refused("flow-expired")

    async def _tell_former(self, tx: Transaction, pending: PendingFlow, channel: Channel) -> None:
        """Tell the address or number that was replaced: its owner may not have asked for it."""
        former = pending.person.identity
        await self._outbox.enqueue(
            tx, former, MessageKind.CONTACT_CHANGED, channel, person=pending.person.id
        )
