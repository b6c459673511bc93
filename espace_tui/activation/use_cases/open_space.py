"""What a signed-in person can do: see what their space is, close it, reopen it.

Every call checks in the store that the session is still valid, and moves its idle end when that is
at least a minute away: an immediate second call writes nothing.
"""

from __future__ import annotations

from espace_tui.activation.audit import Event
from espace_tui.activation.context import MINUTE, ServiceContext, to_datetime
from espace_tui.activation.crypto.keys import digest
from espace_tui.activation.mail.delivery import MessageKind
from espace_tui.activation.mail.outbox import Outbox
from espace_tui.activation.records import invitation
from espace_tui.activation.records.person import PERSON, PersonRecord, read_person
from espace_tui.activation.records.rights import end_rights
from espace_tui.activation.stores.port import Transaction
from espace_tui.errors import Refused
from espace_tui.model.grants import Profile, Space
from espace_tui.model.values import SpaceStatus

_STAND = """
UPDATE session SET idle_at = :idle_at
WHERE token_digest = :token AND idle_at > :now AND ends_at > :now
"""
_FIND = f"""
SELECT s.idle_at, {PERSON} FROM session s JOIN person p ON p.id = s.person
WHERE s.token_digest = :token AND s.idle_at > :now AND s.ends_at > :now
"""  # noqa: S608 — constant
_BECOME = """
UPDATE person SET status = :status, decided_at = :now WHERE id = :person AND status = :former
"""
_FORMER = {SpaceStatus.CLOSED: SpaceStatus.ACTIVE, SpaceStatus.ACTIVE: SpaceStatus.CLOSED}
"""What a space must be to become this: only an active one is closed, a closed one reopened."""
_TELLS = {
    SpaceStatus.CLOSED: (Event.CLOSED, MessageKind.CLOSED),
    SpaceStatus.ACTIVE: (Event.REOPENED, MessageKind.REOPENED),
}


class SpaceRules:
    """The port's `OpenSpace`."""

    def __init__(self, context: ServiceContext, outbox: Outbox) -> None:
        self._context = context
        self._outbox = outbox

    async def profile(self, space: Space) -> Profile:
        """Return the status and masked contacts."""
        person = await self._context.act(lambda tx: self._person(tx, space))
        return _profile(person, person.status, person.decided_at)

    async def close(self, space: Space) -> Profile:
        """Close the space (archived ten years); one may change one's mind."""
        return await self._context.act(lambda tx: self._become(tx, space, SpaceStatus.CLOSED))

    async def reopen(self, space: Space) -> Profile:
        """Reopen a closed space."""
        return await self._context.act(lambda tx: self._become(tx, space, SpaceStatus.ACTIVE))

    async def _become(self, tx: Transaction, space: Space, status: SpaceStatus) -> Profile:
        person = await self._person(tx, space)
        if person.status is status:
            return _profile(person, status, person.decided_at)
        event, kind = _TELLS[status]
        now, former = self._context.now(), _FORMER[status].value
        if not await tx.changes(
            _BECOME, person=person.id, status=status.value, former=former, now=now
        ):
            raise Refused("session-expired")
        if status is SpaceStatus.CLOSED:
            await end_rights(tx, person.id, kept=digest(space.token.get_secret_value()))
        else:
            await invitation.cancel(self._context, tx, person.id)
        await self._context.note(tx, event, person.id)
        await self._outbox.enqueue(tx, person.identity, kind, person=person.id, at=now)
        return _profile(person, status, now)

    async def _person(self, tx: Transaction, space: Space) -> PersonRecord:
        token, now = digest(space.token.get_secret_value()), self._context.now()
        idle_at = now + self._context.limits.session_idle
        row = await tx.one(_FIND, token=token, now=now)
        if not row:
            raise Refused("session-expired")
        is_moved = abs(idle_at - row["idle_at"]) >= MINUTE
        if is_moved and not await tx.changes(_STAND, token=token, now=now, idle_at=idle_at):
            raise Refused("session-expired")
        return read_person(self._context.keys, row)


def _profile(person: PersonRecord, status: SpaceStatus, decided_at: int) -> Profile:
    return Profile(
        first_name=person.identity.first_name,
        status=status,
        decided_at=to_datetime(decided_at),
        contacts=person.identity.masked(),
    )
