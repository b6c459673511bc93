"""A campaign: a file of people invited a batch at a time, each person once, wherever it stopped.

The position in the file is stored in the transaction of a batch's invitations and messages: killed
at any moment, a campaign goes on after the last batch stored. Somebody the service knows (from an
earlier campaign or another line) is left as they are. Codes are hashed between two transactions, as
many at once as there are cores.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from espace_tui.activation.audit import Event
from espace_tui.activation.context import ServiceContext
from espace_tui.activation.crypto.keys import new_id
from espace_tui.activation.mail.delivery import MessageKind
from espace_tui.activation.mail.outbox import Outbox
from espace_tui.activation.records import invitation
from espace_tui.activation.records.person import find_by_nir, seal_identity
from espace_tui.activation.records.uniqueness import PEOPLE, lock_names
from espace_tui.activation.stores.port import Transaction
from espace_tui.activation.use_cases.administration import Invitee, identity_of

_FIND = "SELECT place, line, invited, known, rejected FROM campaign WHERE digest = :digest"
_BEGIN = """
INSERT INTO campaign (digest, place, line, invited, known, rejected, started_at, moved_at)
VALUES (:digest, :place, :line, 0, 0, 0, :now, :now)
ON CONFLICT (digest) DO NOTHING
"""
_MOVE = """
UPDATE campaign SET place = :place, line = :line, invited = :invited, known = :known,
    rejected = :rejected, moved_at = :now
WHERE digest = :digest AND place = :was RETURNING place
"""
_ENROL = """
INSERT INTO person (id, nir_tag, card_tag, sealed, status, informed_at, decided_at)
SELECT :id, :nir, :card, :sealed, 'invited', :now, :now
WHERE NOT EXISTS (SELECT 1 FROM person WHERE nir_tag IN {any_tag})
ON CONFLICT (nir_tag) DO NOTHING RETURNING id
"""


class OvertakenError(Exception):
    """Another process runs the same campaign, and is further."""


@dataclass(frozen=True, slots=True)
class CampaignProgress:
    """How far a campaign is: `place` in bytes, `line`, and what became of the lines so far."""

    place: int
    line: int
    invited: int = 0
    known: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """People to invite together, each with its line; where the next batch starts."""

    people: Sequence[tuple[int, Invitee]]
    position: int
    line: int
    rejected: int


@dataclass(frozen=True, slots=True)
class PreparedBatch:
    """A batch ready to be written: new people with a code and its hash; the lines of the others."""

    batch: Batch
    new: Sequence[tuple[int, Invitee, str, str]] = field(repr=False)
    known: Sequence[int]


class Campaign:
    """One file of people, by its digest."""

    def __init__(self, context: ServiceContext, outbox: Outbox, digest: str) -> None:
        self._context = context
        self._outbox = outbox
        self._digest = digest

    async def begin(self, position: int, line: int) -> CampaignProgress:
        """Begin at a place, or go on where the campaign stopped."""
        now = self._context.now()

        async def find(tx: Transaction) -> CampaignProgress:
            await tx.run(_BEGIN, digest=self._digest, place=position, line=line, now=now)
            row = await tx.one(_FIND, digest=self._digest)
            return CampaignProgress(**row) if row else CampaignProgress(position, line)

        return await self._context.act(find)

    async def prepare(self, batch: Batch) -> PreparedBatch:
        """Find who is new in a batch, and make their codes; nothing is written."""
        new = await self._new(batch.people)
        codes = await asyncio.gather(*(self._code(person) for _, person in new))
        lines = {line for line, _ in new}
        return PreparedBatch(
            batch,
            [(*each, *code) for each, code in zip(new, codes, strict=True)],
            [line for line, _ in batch.people if line not in lines],
        )

    async def invite(
        self, prepared: PreparedBatch, progress: CampaignProgress
    ) -> tuple[CampaignProgress, Sequence[int]]:
        """Invite who is new in a batch; return the new position, and who became known meanwhile.

        Raises `OvertakenError` when `progress` is no longer where the campaign is.
        """
        return await self._context.act(lambda tx: self._invite(tx, prepared, progress))

    async def _new(self, people: Sequence[tuple[int, Invitee]]) -> list[tuple[int, Invitee]]:
        once = {person.nir: (line, person) for line, person in reversed(people)}
        keys = self._context.keys

        async def look(tx: Transaction) -> list[tuple[int, Invitee]]:
            first = sorted(once.values(), key=lambda each: each[0])
            return [each for each in first if not await find_by_nir(tx, keys, each[1].nir)]

        return await self._context.read(look)

    async def _code(self, person: Invitee) -> tuple[str, str]:
        code = invitation.new_code(self._context.policy.code_length)
        return code, await invitation.hash_code(self._context, person.nir, code)

    async def _invite(
        self, tx: Transaction, ready: PreparedBatch, so_far: CampaignProgress
    ) -> tuple[CampaignProgress, Sequence[int]]:
        await lock_names(self._context, tx, PEOPLE)
        late = [
            line
            for line, person, code, hashed in ready.new
            if not await self._enrol(tx, person, code, hashed)
        ]
        batch, known = ready.batch, len(ready.known) + len(late)
        after = CampaignProgress(
            place=batch.position,
            line=batch.line,
            invited=so_far.invited + len(batch.people) - known,
            known=so_far.known + known,
            rejected=so_far.rejected + batch.rejected,
        )
        await self._move(tx, so_far, after)
        return after, late

    async def _enrol(self, tx: Transaction, invitee: Invitee, code: str, hashed: str) -> bool:
        context, person, identity = self._context, new_id(), identity_of(invitee)
        enrolled = await tx.one(
            _ENROL.format(any_tag=context.keys.any_tag),
            **context.keys.tags("nir", invitee.nir),
            id=person,
            nir=context.keys.tag("nir", invitee.nir),
            card=context.keys.tag("card", person, invitee.kind, invitee.serial),
            sealed=seal_identity(context.keys, person, identity),
            now=context.now(),
        )
        if enrolled is None:
            return False
        deadline = await invitation.replace(context, tx, person, hashed)
        kind = MessageKind.INVITATION
        await self._outbox.enqueue(
            tx, identity, kind, informed=person, code=code, deadline=deadline
        )
        await context.note(tx, Event.INVITED, person)
        return True

    async def _move(
        self, tx: Transaction, so_far: CampaignProgress, after: CampaignProgress
    ) -> None:
        moved = await tx.one(
            _MOVE,
            digest=self._digest,
            was=so_far.place,
            place=after.place,
            line=after.line,
            invited=after.invited,
            known=after.known,
            rejected=after.rejected,
            now=self._context.now(),
        )
        if moved is None:
            raise OvertakenError
