"""What an operator does: invite, count, open what is due, unlock somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from espace_tui.activation.audit import Event
from espace_tui.activation.context import PAGE_SIZE, Limits, ServiceContext, to_datetime
from espace_tui.activation.crypto.keys import new_id
from espace_tui.activation.mail.delivery import MessageKind
from espace_tui.activation.mail.outbox import Outbox
from espace_tui.activation.records import invitation, presence
from espace_tui.activation.records.person import Identity, find_by_nir, seal_identity
from espace_tui.activation.records.presence import RunningProcess
from espace_tui.activation.records.uniqueness import PEOPLE, lock_names
from espace_tui.activation.stores.port import ConflictError, Transaction
from espace_tui.activation.use_cases import opening, rotation, unlocking
from espace_tui.activation.use_cases.clock_mended import bound_instants
from espace_tui.activation.use_cases.retention import SWEEPS, Sweep, sweep
from espace_tui.activation.use_cases.rotation import RotationStatus
from espace_tui.errors import Refused
from espace_tui.model.values import Channel, SpaceStatus
from espace_tui.validators.card_serial import CardKind

_KEEP = """
INSERT INTO person (id, nir_tag, card_tag, sealed, status, informed_at, decided_at)
VALUES (:id, :nir, :card, :sealed, 'invited', :now, :now)
ON CONFLICT (nir_tag) DO NOTHING
RETURNING id
"""
_UPDATE = """
UPDATE person SET nir_tag = :nir, card_tag = :card, sealed = :sealed
WHERE id = :id AND status <> 'active' RETURNING id
"""
_COUNT = "SELECT status, COUNT(*) AS number FROM person GROUP BY status"
_LETTERS = """
SELECT (SELECT COUNT(*) FROM outbox) AS waiting, (SELECT COUNT(*) FROM dead_letter) AS dead
"""


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
class InvitationResult:
    """What became of an invitation; nothing personal is in it.

    `person` is the pseudonym of the audit trail. `again`: the person was known, and a code they had
    is replaced. Without a channel nothing was sent: the space is active already.
    """

    person: str
    status: SpaceStatus
    again: bool
    channel: Channel | None = None
    expires_at: datetime | None = None


class Administration:
    """What an operator can do."""

    def __init__(self, context: ServiceContext, outbox: Outbox) -> None:
        self._context = context
        self._outbox = outbox

    @property
    def limits(self) -> Limits:
        """How many of each thing there may be."""
        return self._context.limits

    async def invite(self, invitee: Invitee) -> InvitationResult:
        """Register a person and send the invitation; done again, a new code replaces the old one.

        Raises `Refused("contacts-missing")` when there is no way to write to them.
        """
        context = self._context
        code = invitation.new_code(context.policy.code_length)
        with context.hasher.reserve(context.caller):
            hashed = await invitation.hash_code(context, invitee.nir, code)
        return await context.act(lambda tx: self._invite(tx, invitee, code, hashed))

    async def status(self) -> dict[str, int]:
        """Return how many people are in each status, and messages ``waiting`` or ``dead``."""
        return await self._context.read(self._status)

    async def open_due(self, limit: int = 500) -> int:
        """Open the spaces whose six weeks are over, and tell; return how many (0: none left)."""
        context = self._context
        return await context.act(lambda tx: opening.open_due(context, self._outbox, tx, limit))

    async def count_due(self, limit: int) -> int:
        """Return how many spaces are due to be opened now; `limit` when there are as many."""
        return await self._context.read(lambda tx: opening.count_due(self._context, tx, limit))

    async def unlock(self, nir: str) -> bool:
        """Open every authenticator of a person again, and sends; return whether they are known."""
        return await self._context.act(lambda tx: self._unlock(tx, nir))

    async def bound_instants(self) -> None:
        """Bring back to their rule the instants that a clock left too far ahead."""
        await self._context.read(lambda tx: bound_instants(self._context, tx))

    async def purge(self, limit: int = PAGE_SIZE) -> int:
        """Erase some of what has ended, of each kind; return how much (0: nothing is left)."""
        return sum([await self.sweep(each, limit) for each in SWEEPS])

    async def sweep(self, what: Sweep, limit: int) -> int:
        """Erase some of what has ended in one table, in a transaction; return how much."""
        return await self._context.act(lambda tx: sweep(self._context, tx, what, limit))

    async def list_due(self, limit: int) -> tuple[tuple[str, datetime], ...]:
        """Return who would be opened now, by pseudonym, and when they were told; oldest first."""
        return await self._context.read(lambda tx: opening.list_due(self._context, tx, limit))

    async def _invite(
        self, tx: Transaction, invitee: Invitee, code: str, hashed: str
    ) -> InvitationResult:
        context, identity = self._context, identity_of(invitee)
        channel = identity.channel()
        if channel is None:
            raise Refused("contacts-missing")
        await lock_names(context, tx, PEOPLE)
        known = await find_by_nir(tx, context.keys, invitee.nir)
        person = known.id if known else new_id()
        status = known.status if known else SpaceStatus.INVITED
        again, name = known is not None, context.keys.pseudonym(person)
        if status is SpaceStatus.ACTIVE:
            return InvitationResult(name, status, again)
        kept = await tx.one(
            _UPDATE if known else _KEEP,
            id=person,
            nir=context.keys.tag("nir", invitee.nir),
            card=context.keys.tag("card", person, invitee.kind, invitee.serial),
            sealed=seal_identity(context.keys, person, identity),
            **({} if known else {"now": context.now()}),
        )
        if kept is None:  # another process has just registered them, or they are active by now
            raise ConflictError
        deadline = await invitation.replace(context, tx, person, hashed)
        kind = MessageKind.INVITATION
        await self._outbox.enqueue(
            tx, identity, kind, informed=person, code=code, deadline=deadline
        )
        await context.note(tx, Event.INVITED, person)
        return InvitationResult(name, status, again, channel, to_datetime(deadline))

    async def reseal(self, limit: int = 500) -> int:
        """Make with the present key what a former one closed; return how much (0: none left)."""
        return await self._context.act(lambda tx: rotation.reseal(self._context, tx, limit))

    async def processes(self) -> Sequence[RunningProcess]:
        """Return the processes of the service that live, with the keys each holds."""
        return await self._context.read(lambda tx: presence.living(self._context, tx))

    async def rotation(self) -> RotationStatus:
        """Return what still needs a former key."""
        return await self._context.read(lambda tx: rotation.remaining(self._context, tx))

    async def _status(self, tx: Transaction) -> dict[str, int]:
        counts = {status.value: 0 for status in SpaceStatus}
        for row in await tx.all(_COUNT):
            counts[row["status"]] = row["number"]
        return counts | dict(await tx.one(_LETTERS) or {})

    async def _unlock(self, tx: Transaction, nir: str) -> bool:
        person = await find_by_nir(tx, self._context.keys, nir)
        subject = person.id if person else self._context.keys.tag("nir", nir)
        await unlocking.unlock(self._context, tx, nir, person)
        await self._context.note(tx, Event.UNLOCKED, subject)
        return person is not None


def identity_of(invitee: Invitee) -> Identity:
    """Return the identity of an invited person, as it is stored."""
    return Identity(
        first_name=invitee.first_name,
        last_name=invitee.last_name,
        birth_date=invitee.birth_date.isoformat(),
        language=invitee.language,
        email=invitee.email,
        mobile=invitee.mobile,
    )
