"""A pending activation as it is stored: one for each provisional code, moved by one statement.

A call names its flow by id, token and revision; the statement that moves it checks all three, the
stage and the time, so that of two simultaneous calls one wins. The same call retried (its answer
was lost) finds its own mark in `last_step` and gets the same answer, with one effect.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

from espace_tui.activation.context import ServiceContext, to_datetime
from espace_tui.activation.crypto.keys import digest, equal, new_id, new_token
from espace_tui.activation.records import attempts
from espace_tui.activation.records.attempts import Authenticator
from espace_tui.activation.records.person import PERSON, Identity, PersonRecord, read_person
from espace_tui.activation.stores.port import Row, Transaction
from espace_tui.errors import Refused
from espace_tui.model.grants import Flow
from espace_tui.model.values import Channel, Stage

STAGES = tuple(Stage)
CARD, DECISION, CONTACTS, CREDENTIALS, DONE, OPPOSED = range(len(STAGES))

_OPEN = """
INSERT INTO flow (id, person, invitation, token_digest, revision, stage, expires_at)
SELECT :id, i.person, i.id, :token, 1, 0,
    CASE WHEN i.expires_at < :expires_at THEN i.expires_at ELSE :expires_at END
FROM invitation i WHERE i.id = :invitation AND i.used_at IS NULL AND i.expires_at > :now
ON CONFLICT (person) DO UPDATE SET
    token_digest = EXCLUDED.token_digest, revision = flow.revision + 1, last_step = '',
    expires_at = EXCLUDED.expires_at
WHERE flow.stage < 4
RETURNING id, revision, stage, sealed, expires_at
"""
_FIND = f"""
SELECT f.id, f.invitation, f.token_digest, f.revision, f.stage, f.last_step, f.terms,
    f.sealed AS changed, f.expires_at, i.expires_at AS ends_at, {PERSON}
FROM flow f JOIN invitation i ON i.id = f.invitation JOIN person p ON p.id = f.person
WHERE f.id = :id
"""  # noqa: S608 — constant
_MOVE = """
UPDATE flow SET revision = revision + 1, stage = :stage, last_step = :step, terms = :terms,
    sealed = :sealed, expires_at = :expires_at
WHERE id = :id AND token_digest = :token AND revision = :revision AND stage < 4
    AND expires_at > :now
"""


@dataclass(frozen=True, slots=True)
class PendingFlow:
    """A flow and its person, as read from the store with a right to it."""

    id: str
    invitation: str
    revision: int
    stage: int
    last_step: str
    terms: str
    expires_at: int
    ends_at: int
    person: PersonRecord
    token: str = field(repr=False)
    changed: dict[str, str] = field(repr=False)

    @property
    def identity(self) -> Identity:
        """Who the person is, with the contacts changed in this flow."""
        known = self.person.identity
        for channel, value in self.changed.items():
            known = known.with_contact(Channel(channel), value)
        return known

    def to_flow(self) -> Flow:
        """Return the flow as it is given to the person: masked."""
        return Flow.model_validate(
            {
                "id": self.id,
                "token": self.token,
                "revision": self.revision,
                "stage": STAGES[self.stage],
                "first_name": self.person.identity.first_name,
                "expires_at": to_datetime(self.expires_at),
                "decided_at": to_datetime(self.person.decided_at) if self.stage >= DONE else None,
                "contacts": self.identity.masked() if self.stage >= CONTACTS else None,
            }
        )


class FlowRecords:
    """The pending activations of a store."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    async def open(self, tx: Transaction, invitation: str, person: PersonRecord) -> Flow | None:
        """Open the flow of a code or take it over at its stage; None when the code is used."""
        token, now = new_token(), self._context.now()
        row = await tx.one(
            _OPEN,
            id=new_id(),
            invitation=invitation,
            token=digest(token),
            now=now,
            expires_at=now + self._context.limits.flow_idle,
        )
        if row is None:
            return None
        pending = PendingFlow(
            id=row["id"],
            invitation=invitation,
            revision=row["revision"],
            stage=row["stage"],
            last_step="",
            terms="",
            expires_at=row["expires_at"],
            ends_at=row["expires_at"],
            person=person,
            token=token,
            changed=self._changed(row["sealed"], row["id"]),
        )
        return pending.to_flow()

    async def find(self, tx: Transaction, flow: Flow, stage: int) -> PendingFlow:
        """Return the flow a call may move.

        Raises `Refused`: ``flow-expired``, ``stale-revision``, ``step-not-pending``.
        """
        pending = await self._held(tx, flow)
        self._refuse(pending, flow, stage)
        return pending

    async def find_or_repeat(
        self,
        tx: Transaction,
        flow: Flow,
        stage: int,
        step: str,
        secret: Authenticator | None = None,
    ) -> PendingFlow | Flow | Refused:
        """Return the same, or the answer of that very step if it was made already.

        A step that proves something (`secret`) is counted before it is compared: made again with
        another value, it would be a guess.
        """
        pending = await self._held(tx, flow)
        if pending.revision == flow.revision + 1:
            context, person = self._context, pending.person.id
            if secret and await attempts.count(tx, context.limits, context.now(), person, secret):
                return Refused("stale-revision")
            if pending.last_step == step:
                if secret:
                    await attempts.forgive(tx, person, secret)
                return pending.to_flow()
            if secret:
                return Refused("stale-revision")
        self._refuse(pending, flow, stage)
        return pending

    async def move(self, tx: Transaction, pending: PendingFlow, stage: int, step: str) -> Flow:
        """Move a flow to a stage at least; raises `stale-revision` when another call has."""
        keeps = bool(pending.changed) and stage < DONE
        changed = json.dumps(pending.changed)
        now = self._context.now()
        moved = replace(
            pending,
            revision=pending.revision + 1,
            stage=max(pending.stage, stage),
            expires_at=min(pending.ends_at, now + self._context.limits.flow_idle),
        )
        if not await tx.changes(
            _MOVE,
            id=pending.id,
            token=digest(pending.token),
            revision=pending.revision,
            stage=moved.stage,
            step=step,
            terms=pending.terms,
            sealed=self._context.keys.seal(changed, pending.id) if keeps else "",
            expires_at=moved.expires_at,
            now=now,
        ):
            raise Refused("stale-revision")
        if stage < DONE:
            return moved.to_flow()
        return replace(moved, person=replace(moved.person, decided_at=now)).to_flow()

    async def _held(self, tx: Transaction, flow: Flow) -> PendingFlow:
        row = await tx.one(_FIND, id=flow.id)
        if row is None:
            raise Refused("flow-expired")
        token = flow.token.get_secret_value()
        if not equal(row["token_digest"], digest(token)):
            raise Refused("stale-revision")
        return self._read(row, token)

    def _refuse(self, pending: PendingFlow, flow: Flow, stage: int) -> None:
        if pending.revision != flow.revision:
            raise Refused("stale-revision")
        if pending.expires_at <= self._context.now():
            raise Refused("flow-expired")
        if not stage <= pending.stage < DONE:
            raise Refused("step-not-pending")

    def _read(self, row: Row, token: str) -> PendingFlow:
        return PendingFlow(
            id=row["id"],
            invitation=row["invitation"],
            revision=row["revision"],
            stage=row["stage"],
            last_step=row["last_step"],
            terms=row["terms"],
            expires_at=row["expires_at"],
            ends_at=row["ends_at"],
            person=read_person(self._context.keys, row),
            token=token,
            changed=self._changed(row["changed"], row["id"]),
        )

    def _changed(self, sealed: str, flow: str) -> dict[str, str]:
        if not sealed:
            return {}
        changed: dict[str, str] = json.loads(self._context.keys.unseal(sealed, flow))
        return changed
