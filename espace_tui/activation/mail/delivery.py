"""The Delivery port: whoever takes letters to people (a local inbox, a mail server, a gateway)."""

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
    IDENTIFIER = "identifier"
    ACTIVATED = "activated"
    CONTACT_CHANGED = "contact-changed"
    PASSWORD_CHANGED = "password-changed"
    OPPOSED = "opposed"
    OPENED = "opened"
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
    """A letter came back; `reason` is for the operator, `is_final` when trying again is useless."""

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_final = is_final


class Delivery(Protocol):
    """Takes letters away. Sending the same letter twice delivers it once where that can be told."""

    async def send(self, message: OutgoingMessage) -> None:
        """Deliver one letter; raises `Returned`, or `Unreachable` when no letter can go now."""
        ...
