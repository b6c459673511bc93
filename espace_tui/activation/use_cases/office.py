"""The operator's acts: invite, count, open what is due, read the trail, open an authenticator."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from espace_tui.activation.audit import AuditLine, Event
from espace_tui.activation.context import DAY, Means, moment
from espace_tui.activation.crypto.keys import new_id
from espace_tui.activation.mail.delivery import LetterKind
from espace_tui.activation.mail.outbox import Outbox
from espace_tui.activation.records import invitation
from espace_tui.activation.records.person import (
    PERSON,
    Identity,
    find_by_nir,
    read_person,
    seal_identity,
)
from espace_tui.activation.stores.port import Conflict, Transaction
from espace_tui.activation.use_cases import rotation
from espace_tui.activation.use_cases.retention import sweep
from espace_tui.activation.use_cases.rotation import Rotation
from espace_tui.errors import Refused
from espace_tui.model.values import Channel, SpaceStatus
from espace_tui.validators.card_serial import CardKind

_KEEP = """
INSERT INTO person (id, nir_tag, card_tag, sealed, status, informed_at, decided_at)
VALUES (:id, :nir, :card, :sealed, 'invited', :now, :now)
ON CONFLICT (nir_tag) DO UPDATE SET card_tag = EXCLUDED.card_tag, sealed = EXCLUDED.sealed
WHERE person.id = EXCLUDED.id
RETURNING id
"""
_DUE = f"""
UPDATE person SET status = 'opened', decided_at = :now
WHERE status = 'invited' AND id IN (
    SELECT p.id FROM person p WHERE p.status = 'invited' AND p.informed_at <= :informed_at
        AND NOT EXISTS (SELECT 1 FROM outbox WHERE informs = p.id)
        AND NOT EXISTS (SELECT 1 FROM dead_letter WHERE informs = p.id)
    ORDER BY p.informed_at LIMIT :most
    /* postgres: FOR UPDATE OF p SKIP LOCKED */
)
RETURNING {PERSON.replace("p.", "")}
"""  # noqa: S608 — constant
_COUNT = "SELECT status, COUNT(*) AS number FROM person GROUP BY status"
_LETTERS = """
SELECT (SELECT COUNT(*) FROM outbox) AS waiting, (SELECT COUNT(*) FROM dead_letter) AS dead
"""
_TRAIL = "SELECT id, at, event, subject FROM audit WHERE id > :after ORDER BY id LIMIT :most"
_UNLOCK = "DELETE FROM failure WHERE subject = :person OR subject IN "


@dataclass(frozen=True, slots=True)
class Invitee:
    """Someone to invite, with clean values as the validators return them."""

    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    birth_date: date = field(repr=False)
    nir: str = field(repr=False)
    kind: CardKind
    serial: str = field(repr=False)
    email: str | None = field(default=None, repr=False)
    mobile: str | None = field(default=None, repr=False)
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Invited:
    """What became of an invitation; nothing personal is in it.

    `person` is the pseudonym of the audit trail. `again`: the person was known, and a code they had
    is replaced. Without a channel nothing was sent: the space is active already.
    """

    person: str
    status: SpaceStatus
    again: bool
    channel: Channel | None = None
    expires_at: datetime | None = None


class Office:
    """What an operator can do."""

    def __init__(self, means: Means, outbox: Outbox) -> None:
        self._means = means
        self._outbox = outbox

    async def invite(self, invitee: Invitee) -> Invited:
        """Register a person and send the invitation; again: a new code replaces the old one.

        Raises `Refused("contacts-missing")` when there is no way to write to them.
        """
        means = self._means
        code = invitation.new_code(means.policy.code_length)
        with means.hasher.place():
            hashed = await invitation.hash_code(means, invitee.nir, code)
        return await means.act(lambda tx: self._invite(tx, invitee, code, hashed))

    async def status(self) -> dict[str, int]:
        """Return how many people are in each status, and letters ``waiting`` or ``dead``."""
        return await self._means.read(self._status)

    async def open_due(self, most: int = 500) -> int:
        """Open the spaces whose six weeks are over, and tell; return how many (0: none left)."""
        return await self._means.act(lambda tx: self._open_due(tx, most))

    async def audit(self, after: str = "", most: int = 1000) -> tuple[AuditLine, ...]:
        """Return lines of the audit trail, oldest first, after a line's `id`."""
        return await self._means.read(lambda tx: self._audit(tx, after, most))

    async def unlock(self, nir: str) -> bool:
        """Open every authenticator of a person again; return whether the person is known."""
        return await self._means.act(lambda tx: self._unlock(tx, nir))

    async def sweep(self, most: int = 1000) -> int:
        """Erase some of what has ended; return how much (0: nothing is left)."""
        return await self._means.act(lambda tx: sweep(tx, self._means.now(), most))

    async def _invite(self, tx: Transaction, invitee: Invitee, code: str, hashed: str) -> Invited:
        means, identity = self._means, identity_of(invitee)
        channel = identity.channel()
        if channel is None:
            raise Refused("contacts-missing")
        known = await find_by_nir(tx, means.keys, invitee.nir)
        person = known.id if known else new_id()
        status = known.status if known else SpaceStatus.INVITED
        again, name = known is not None, means.keys.pseudonym(person)
        if status is SpaceStatus.ACTIVE:
            return Invited(name, status, again)
        await self._keep(tx, person, invitee, identity)
        deadline = await invitation.replace(means, tx, person, hashed)
        kind = LetterKind.INVITATION
        await self._outbox.put(tx, identity, kind, informs=person, code=code, deadline=deadline)
        await means.note(tx, Event.INVITED, person)
        return Invited(name, status, again, channel, moment(deadline))

    async def _keep(
        self, tx: Transaction, person: str, invitee: Invitee, identity: Identity
    ) -> None:
        keys = self._means.keys
        kept = await tx.one(
            _KEEP,
            id=person,
            nir=keys.tag("nir", invitee.nir),
            card=keys.tag("card", person, invitee.kind, invitee.serial),
            sealed=seal_identity(keys, person, identity),
            now=self._means.now(),
        )
        if kept is None:  # another process has just registered them
            raise Conflict

    async def reseal(self, most: int = 500) -> int:
        """Make with the present key what a former one closed; return how much (0: none left)."""
        return await self._means.act(lambda tx: rotation.reseal(self._means, tx, most))

    async def rotation(self) -> Rotation:
        """Return what still needs a former key."""
        return await self._means.read(lambda tx: rotation.left(self._means, tx))

    async def _status(self, tx: Transaction) -> dict[str, int]:
        counts = {status.value: 0 for status in SpaceStatus}
        for row in await tx.all(_COUNT):
            counts[row["status"]] = row["number"]
        return counts | dict(await tx.one(_LETTERS) or {})

    async def _open_due(self, tx: Transaction, most: int) -> int:
        means = self._means
        now = means.now()
        informed_at = now - means.policy.code_days * DAY
        rows = await tx.all(_DUE, now=now, informed_at=informed_at, most=most)
        for row in rows:
            person = read_person(means.keys, row)
            await means.note(tx, Event.OPENED, person.id)
            await self._outbox.put(tx, person.identity, LetterKind.OPENED, at=now)
        return len(rows)

    async def _audit(self, tx: Transaction, after: str, most: int) -> tuple[AuditLine, ...]:
        rows = await tx.all(_TRAIL, after=after, most=most)
        return tuple(
            AuditLine(row["id"], moment(row["at"]), Event(row["event"]), row["subject"])
            for row in rows
        )

    async def _unlock(self, tx: Transaction, nir: str) -> bool:
        keys = self._means.keys
        person = await find_by_nir(tx, keys, nir)
        subject = person.id if person else keys.tag("nir", nir)
        await tx.run(_UNLOCK + keys.any_tag, person=subject, **keys.tags("nir", nir))
        await self._means.note(tx, Event.UNLOCKED, subject)
        return person is not None


def identity_of(invitee: Invitee) -> Identity:
    """Return who somebody invited is, as it is kept."""
    return Identity(
        first_name=invitee.first_name,
        last_name=invitee.last_name,
        birth_date=invitee.birth_date.isoformat(),
        language=invitee.language,
        email=invitee.email,
        mobile=invitee.mobile,
    )
