"""The audit trail: a closed catalogue of events, about pseudonyms, that can only grow.

Nothing typed by a person is ever in it; an operator who acts in somebody's place leaves a name and
a reason, which hold no number. The store refuses to change or delete a line.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from espace_tui.activation.crypto.keys import Keys, new_ordered_id
from espace_tui.activation.stores.port import Transaction


class Event(StrEnum):
    """Everything that is worth remembering."""

    INVITED = "invited"
    IDENTIFIED = "identified"
    IDENTIFICATION_REFUSED = "identification-refused"
    CARD_VERIFIED = "card-verified"
    CARD_REFUSED = "card-refused"
    DECIDED = "decided"
    OPPOSED = "opposed"
    CONTACT_PROVED = "contact-proved"
    ACTIVATED = "activated"
    OPENED = "opened"
    OPENING_HELD = "opening-held"
    CODE_SENT = "code-sent"
    CODE_REFUSED = "code-refused"
    PASSWORD_ACCEPTED = "password-accepted"
    PASSWORD_REFUSED = "password-refused"
    SIGNED_IN = "signed-in"
    SIGNED_OUT = "signed-out"
    PROVISIONAL_CODE_ASKED = "provisional-code-asked"
    IDENTIFIER_ASKED = "identifier-asked"
    RESET_ASKED = "reset-asked"
    RESET_PROVED = "reset-proved"
    PASSWORD_CHANGED = "password-changed"
    CLOSED = "closed"
    REOPENED = "reopened"
    UNLOCKED = "unlocked"
    PERSON_SHOWN = "person-shown"
    PERSON_EXPORTED = "person-exported"
    PERSON_ERASED = "person-erased"
    PERSON_CLOSED = "person-closed"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the audit trail: when (UTC), what, about whom (a pseudonym); by whom, and why.

    Only what an operator does in somebody's place has an `operator` and a `reason`.
    """

    id: str
    recorded_at: datetime
    event: Event
    subject: str
    operator: str
    reason: str


_ADD = """
INSERT INTO audit (id, at, event, subject, operator, reason)
VALUES (:id, :at, :event, :subject, :operator, :reason)
"""


async def record(tx: Transaction, keys: Keys, at: int, event: Event, subject: str) -> None:
    """Add a line about a person (or what stands for an unknown one)."""
    await record_act(tx, keys, at, (event, subject), ("", ""))


async def record_act(
    tx: Transaction, keys: Keys, at: int, what: tuple[Event, str], by: tuple[str, str]
) -> None:
    """Add a line about what an operator did, and about whom; `by` whom, and why."""
    event, subject = what
    operator, reason = by
    await tx.run(
        _ADD,
        id=new_ordered_id(),
        at=at,
        event=event.value,
        subject=keys.pseudonym(subject),
        operator=operator,
        reason=reason,
    )
