"""The Delivery port: what sends a message (to a local inbox, a mail server, a gateway)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from espace_tui.model.values import Channel


class MessageKind(StrEnum):
    """Every message the service writes; its words are ``mail.<kind>.…`` and ``sms.<kind>.text``."""

    INVITATION = "invitation"
    PROVISIONAL_CODE = "provisional-code"
    ALREADY_ACTIVE = "already-active"
    SIGN_IN_CODE = "sign-in-code"
    CONTACT_CODE = "contact-code"
    RESET_CODE = "reset-code"
    RESET_KEY = "reset-key"
    IDENTIFIER = "identifier"
    ACTIVATED = "activated"
    CONTACT_CHANGED = "contact-changed"
    PASSWORD_CHANGED = "password-changed"
    OPPOSED = "opposed"
    OPENED = "opened"
    OPENING_HELD = "opening-held"
    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message ready to go. Its `id` is the same when it is sent again: nobody gets it twice.

    `html` is the same words for a mail reader; a text message has none. Nothing shows in a repr.
    """

    id: str
    kind: MessageKind
    channel: Channel
    language: str
    sent_at: datetime
    to: str = field(repr=False)
    sender: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    html: str | None = field(default=None, repr=False)


class DeliveryError(Exception):
    """A message was refused; `reason` is for the operator, `is_final` if a retry is useless."""

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_final = is_final


class Delivery(Protocol):
    """Sends messages. The same message sent twice is delivered once, where that can be known."""

    async def send(self, message: OutgoingMessage) -> None:
        """Send a message; raises `DeliveryError`, or `Unreachable` when the channel is down."""
        ...
