"""What travels between `espace_tui.backends.http` and `espace_tui.service`: said once for both.

Routes, headers, request bodies and problems. Answers are the models of `espace_tui.session`, whose
secrets are in clear in the wire body only. What grants a right (a flow's token, a code request's,
a space's, a reset's) travels in a header of its own, never in an address: what is in an address
ends up in logs. The revision of a flow is its entity tag.

Every `POST` carries an ``Idempotency-Key`` of the caller's choice: the same key with the same
request has one effect and one answer for a day; with another request it is refused.

    >>> Route.CARD.at(flow_id="f1")
    '/v1/flows/f1/card'
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, SecretStr

from espace_tui.session import Channel, Choice, Frozen
from espace_tui.validators.card_serial import CardKind

PROBLEM_TYPE = "application/problem+json"
MAX_BODY = 16 * 1024


class Route(StrEnum):
    """Where each call of the port is answered."""

    POLICY = "/v1/policy"
    FLOWS = "/v1/flows"
    CARD = "/v1/flows/{flow_id}/card"
    DECISION = "/v1/flows/{flow_id}/decision"
    CONTACT_CHANGES = "/v1/flows/{flow_id}/contact-changes"
    CONTACT_PROOF = "/v1/flows/{flow_id}/contact-changes/{request_id}"
    CONTACTS = "/v1/flows/{flow_id}/contacts"
    AVAILABILITY = "/v1/flows/{flow_id}/availability"
    COMPLETION = "/v1/flows/{flow_id}/completion"
    SIGN_INS = "/v1/sign-ins"
    SIGN_IN_PROOF = "/v1/sign-ins/{request_id}"
    CODES = "/v1/codes/{request_id}"
    SIGN_OUT = "/v1/space/sign-out"
    NEW_CODES = "/v1/recovery/codes"
    IDENTIFIERS = "/v1/recovery/identifiers"
    RESETS = "/v1/recovery/resets"
    RESET_PROOF = "/v1/recovery/resets/{request_id}"
    PASSWORD = "/v1/recovery/password"  # noqa: S105 — an address
    SPACE = "/v1/space"
    CLOSING = "/v1/space/closing"
    REOPENING = "/v1/space/reopening"

    def at(self, **ids: str) -> str:
        """Return the address with its ids filled in."""
        return self.format(**ids)


class Header(StrEnum):
    """The headers that carry rights, revisions and the caller's key."""

    FLOW_TOKEN = "Flow-Token"  # noqa: S105 — a header's name
    CODE_TOKEN = "Code-Token"  # noqa: S105 — a header's name
    SPACE_TOKEN = "Space-Token"  # noqa: S105 — a header's name
    RESET_TOKEN = "Reset-Token"  # noqa: S105 — a header's name
    REVISION = "If-Match"
    KEY = "Idempotency-Key"


ID = r"^[A-Za-z0-9_-]{1,64}$"
TOKEN = r"^[A-Za-z0-9._~+/=-]{1,256}$"  # noqa: S105 — a pattern
KEY = r"^[A-Za-z0-9_-]{16,64}$"
TAG = r'^"[0-9]{1,9}"$'

_PRINTABLE = r"^[^\u0000-\u001f\u007f]+$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def tag(revision: int) -> str:
    """Return the entity tag of a revision."""
    return f'"{revision}"'


def _printable(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(_PRINTABLE, secret.get_secret_value()):
        raise ValueError
    return secret


def _iso_day(value: object) -> object:
    if isinstance(value, date) or (isinstance(value, str) and re.fullmatch(_DAY, value)):
        return value
    raise ValueError


_IN_CLEAR = PlainSerializer(lambda secret: secret.get_secret_value(), when_used="json")
_PATTERN = Field(json_schema_extra={"pattern": _PRINTABLE})

Short = Annotated[
    SecretStr, Field(min_length=1, max_length=64), AfterValidator(_printable), _PATTERN, _IN_CLEAR
]
"""A code or a number."""

Long = Annotated[
    SecretStr, Field(min_length=1, max_length=320), AfterValidator(_printable), _PATTERN, _IN_CLEAR
]
"""An identifier, a password or an address."""

Terms = Annotated[str, Field(min_length=1, max_length=32, pattern=r"^[0-9A-Za-z.-]+$")]
Day = Annotated[date, BeforeValidator(_iso_day)]


class Identification(Frozen):
    """The provisional code and the NIR."""

    code: Short
    nir: Short


class Card(Frozen):
    """The kind of Vitale card and its serial number."""

    kind: CardKind
    serial: Short


class Decision(Frozen):
    """The decision; `terms` is the version of the terms that the person accepted."""

    choice: Choice
    terms: Terms | None = None


class Contact(Frozen):
    """A new address or number, to be proved."""

    channel: Channel
    value: Long


class Proof(Frozen):
    """The one-time code as received."""

    code: Short


class Wanted(Frozen):
    """An identifier the person would like."""

    identifier: Long


class Credentials(Frozen):
    """The identifier and the password."""

    identifier: Long
    password: Long


class Opening(Credentials):
    """The credentials, and how the one-time code is to come."""

    channel: Channel


class Sending(Frozen):
    """How another one-time code is to come."""

    channel: Channel


class LostIdentifier(Frozen):
    """Who has forgotten their identifier, and how to send it."""

    birth_date: Day
    nir: Short
    channel: Channel


class LostCode(LostIdentifier, Card):
    """Who asks for a new provisional code, by what their papers say."""


class LostPassword(Frozen):
    """Who has forgotten their password, and how the proof is to come."""

    identifier: Long
    nir: Short
    channel: Channel


class NewPassword(Frozen):
    """A new password."""

    password: Long


class Nothing(Frozen):
    """An act that needs no more than the right to it."""
