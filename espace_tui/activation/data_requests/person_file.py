"""What the service holds of a person: shown masked, exported whole, erased; their space closed.

The operator gives the NIR; each act, and a NIR that nobody has, leaves a line in the audit trail
with who acted and why. The trail stays: its pseudonyms name nobody once the person is erased.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import asdict
from typing import Any, TypeVar

from espace_tui.activation.audit import Event, record_act
from espace_tui.activation.context import ServiceContext, to_datetime
from espace_tui.activation.data_requests.mandate import Mandate
from espace_tui.activation.data_requests.trail import pseudonyms
from espace_tui.activation.mail.delivery import MessageKind
from espace_tui.activation.mail.outbox import Outbox
from espace_tui.activation.records import credentials, invitation
from espace_tui.activation.records.flow import STAGES
from espace_tui.activation.records.person import PersonRecord, find_by_nir
from espace_tui.activation.records.rights import end_rights
from espace_tui.activation.stores.port import Row, Transaction, any_of
from espace_tui.activation.use_cases import unlocking
from espace_tui.errors import Refused
from espace_tui.model.values import SpaceStatus

T = TypeVar("T")
PersonFile = dict[str, Any]
"""What is held of a person, by name; instants are texts in ISO 8601."""

_PERSON = "SELECT terms, informed_at, decided_at FROM person WHERE id = :person"
_INVITATION = "SELECT sent_at, expires_at, used_at FROM invitation WHERE person = :person"
_FLOW = "SELECT stage, expires_at FROM flow WHERE person = :person"
_SESSIONS = "SELECT idle_at, ends_at FROM session WHERE person = :person ORDER BY ends_at"
_FAILURES = "SELECT authenticator, failures, open_at FROM failure WHERE subject IN "
_WAITING = """
SELECT channel, written_at, due_at, attempts FROM outbox WHERE person = :person ORDER BY id
"""
_DEAD = """
SELECT kind, channel, reason, attempts, written_at, died_at FROM dead_letter
WHERE person = :person ORDER BY id
"""
_EVENTS = "SELECT at, event, operator, reason FROM audit WHERE subject IN "
_CLOSE = """
UPDATE person SET status = 'closed', decided_at = :now WHERE id = :person AND status = 'active'
"""
_ERASE = (
    "DELETE FROM session WHERE person = :person",
    "DELETE FROM reset WHERE person = :person",
    "DELETE FROM code_request WHERE person = :person",
    "DELETE FROM flow WHERE person = :person",
    "DELETE FROM outbox WHERE person = :person",
    "DELETE FROM dead_letter WHERE person = :person",
    "DELETE FROM person WHERE id = :person",
)


class PersonDesk:
    """What an operator does for one person."""

    def __init__(self, context: ServiceContext, outbox: Outbox) -> None:
        self._context = context
        self._outbox = outbox

    async def show(self, nir: str, mandate: Mandate) -> PersonFile | None:
        """Return the state of a person, their contacts masked; None when nobody has this NIR."""
        return await self._about(nir, mandate, Event.PERSON_SHOWN, self._shown)

    async def export(
        self, nir: str, mandate: Mandate, hand_over: Callable[[PersonFile], None] | None = None
    ) -> PersonFile | None:
        """Return all that is held of a person (GDPR, article 15).

        `hand_over` gets it before the trail says that it was given: when it fails, nothing was.
        """

        async def given(tx: Transaction, person: PersonRecord, nir: str) -> PersonFile:
            found = await self._exported(tx, person, nir)
            if hand_over:
                hand_over(found)
            return found

        return await self._about(nir, mandate, Event.PERSON_EXPORTED, given)

    async def erase(self, nir: str, mandate: Mandate) -> bool:
        """Erase a person and all that is held of them; False when nobody has this NIR."""
        return bool(await self._about(nir, mandate, Event.PERSON_ERASED, self._erased))

    async def close(self, nir: str, mandate: Mandate) -> bool:
        """Close an active space, and tell the person; False when nobody has this NIR.

        Raises `Refused("not-active")`.
        """
        return bool(await self._about(nir, mandate, Event.PERSON_CLOSED, self._closed))

    async def _about(
        self,
        nir: str,
        mandate: Mandate,
        event: Event,
        act: Callable[[Transaction, PersonRecord, str], Awaitable[T]],
    ) -> T | None:
        context = self._context

        async def whole(tx: Transaction) -> T | None:
            person = await find_by_nir(tx, context.keys, nir)
            subject = person.id if person else context.keys.tag("nir", nir)
            done = await act(tx, person, nir) if person else None
            now = context.now()
            by = (mandate.operator, mandate.reason)
            await record_act(tx, context.keys, now, (event, subject), by)
            return done

        return await context.act(whole)

    async def _shown(self, tx: Transaction, person: PersonRecord, nir: str) -> PersonFile:
        contacts = person.identity.masked()
        held = await self._held(tx, person, nir)
        return {
            **_status(self._context, person),
            "email": contacts.email,
            "mobile": contacts.mobile,
            "language": person.identity.language,
            **held,
            "sessions": len(held["sessions"]),
            "events": len(held["events"]),
        }

    async def _exported(self, tx: Transaction, person: PersonRecord, nir: str) -> PersonFile:
        signing = await credentials.find_for_person(tx, person.id)
        keys = self._context.keys
        identifier = keys.unseal(signing["sealed"], person.id) if signing else None
        return {
            **_status(self._context, person),
            **asdict(person.identity),
            "identifier": identifier,
            **await self._held(tx, person, nir),
        }

    async def _held(self, tx: Transaction, person: PersonRecord, nir: str) -> PersonFile:
        whose = {"person": person.id}
        told, names = any_of("name", await pseudonyms(self._context, tx, nir))
        counted, subjects = any_of(
            "subject", await unlocking.failure_subjects(self._context, tx, nir, person)
        )
        row = await tx.one(_PERSON, **whose)
        return {
            **(_readable(row) if row else {}),
            "invitation": _first(await tx.all(_INVITATION, **whose)),
            "activation": _first([_staged(flow) for flow in await tx.all(_FLOW, **whose)]),
            "sessions": _all(await tx.all(_SESSIONS, **whose)),
            "failures": _all(await tx.all(_FAILURES + counted, **subjects)),
            "messages": _all(await tx.all(_WAITING, **whose)),
            "dead_letters": _all(await tx.all(_DEAD, **whose)),
            "events": _all(await tx.all(f"{_EVENTS}{told} ORDER BY id", **names)),
        }

    async def _erased(self, tx: Transaction, person: PersonRecord, nir: str) -> bool:
        await unlocking.unlock(self._context, tx, nir, person)
        for sql in _ERASE:
            await tx.run(sql, person=person.id)
        return True

    async def _closed(self, tx: Transaction, person: PersonRecord, _: str) -> bool:
        now = self._context.now()
        if not await tx.changes(_CLOSE, person=person.id, now=now):
            raise Refused("not-active")
        await end_rights(tx, person.id)
        await invitation.cancel(self._context, tx, person.id)
        await self._context.note(tx, Event.CLOSED, person.id)
        await self._outbox.enqueue(
            tx, person.identity, MessageKind.CLOSED, person=person.id, at=now
        )
        return True


def _status(context: ServiceContext, person: PersonRecord) -> PersonFile:
    return {"person": context.keys.pseudonym(person.id), "status": SpaceStatus(person.status).value}


def _staged(flow: Row) -> Row:
    return {**flow, "stage": STAGES[flow["stage"]].value}


def _readable(row: Row) -> PersonFile:
    """Return a row whose instants can be read."""
    return {
        name: to_datetime(value).isoformat() if value and name.endswith("at") else value
        for name, value in row.items()
    }


def _all(rows: Iterable[Row]) -> list[PersonFile]:
    return [_readable(row) for row in rows]


def _first(rows: Iterable[Row]) -> PersonFile | None:
    return next(iter(_all(rows)), None)
