"""The audit trail: a closed catalogue of events, about pseudonyms, that can only grow.

Nothing typed by anyone is ever in it. The store refuses to change or delete a line.
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


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the audit trail: when (UTC), what, about whom (a pseudonym)."""

    id: str
    recorded_at: datetime
    event: Event
    subject: str


async def record(tx: Transaction, keys: Keys, at: int, event: Event, subject: str) -> None:
    """Add a line about a person (or what stands for an unknown one)."""
    await tx.run(
        "INSERT INTO audit (id, at, event, subject) VALUES (:id, :at, :event, :subject)",
        id=new_ordered_id(),
        at=at,
        event=event.value,
        subject=keys.pseudonym(subject),
    )
