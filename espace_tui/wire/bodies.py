"""What is sent: one small model per request, bounded and strict.

They bound what the service reads; they do not judge it. A wrong number is refused by the rules,
with the one text for everything wrong.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

from espace_tui.model.values import Channel, Choice, FrozenModel, Purpose, Secret
from espace_tui.validators.card_serial import CardKind

_PRINTABLE = r"^[^\u0000-\u001f\u007f]+$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def _printable(secret: SecretStr) -> SecretStr:
    text = secret.get_secret_value()
    text.encode()  # half a surrogate pair is not text: UnicodeEncodeError is a ValueError
    if not re.fullmatch(_PRINTABLE, text):
        raise ValueError
    return secret


def _iso_day(value: object) -> object:
    if isinstance(value, date) or (isinstance(value, str) and re.fullmatch(_DAY, value)):
        return value
    raise ValueError


_PATTERN = {"pattern": _PRINTABLE, "writeOnly": True}

Number = Annotated[
    Secret,
    Field(min_length=1, max_length=64, json_schema_extra=_PATTERN),
    AfterValidator(_printable),
]
"""A code or a number."""

Words = Annotated[
    Secret,
    Field(min_length=1, max_length=320, json_schema_extra=_PATTERN),
    AfterValidator(_printable),
]
"""An identifier, a password or an address."""

Terms = Annotated[str, Field(min_length=1, max_length=32, pattern=r"^[0-9A-Za-z.-]+$")]
Day = Annotated[date, BeforeValidator(_iso_day)]


class Identification(FrozenModel):
    """The provisional code and the NIR."""

    code: Number
    nir: Number


class Card(FrozenModel):
    """The kind of Vitale card and its serial number."""

    kind: CardKind
    serial: Number


class Decision(FrozenModel):
    """The decision; `terms` is the version of the terms that the person accepted."""

    choice: Choice
    terms: Terms | None = None


class Contact(FrozenModel):
    """A new address or number, to be proved."""

    channel: Channel
    value: Words


class Proof(FrozenModel):
    """The one-time code as received."""

    code: Number


class Wanted(FrozenModel):
    """An identifier the person would like."""

    identifier: Words


class Credentials(FrozenModel):
    """The identifier and the password."""

    identifier: Words
    password: Words


class Opening(Credentials):
    """The credentials, and how the one-time code is to come."""

    channel: Channel


class Sending(FrozenModel):
    """How another one-time code is to come, and what the first one was for."""

    channel: Channel
    purpose: Purpose


class LostIdentifier(FrozenModel):
    """Who has forgotten their identifier, and how to send it."""

    birth_date: Day
    nir: Number
    channel: Channel


class LostCode(LostIdentifier, Card):
    """Who asks for a new provisional code, by what their papers say."""


class LostPassword(FrozenModel):
    """Who has forgotten their password, and how the proof is to come."""

    identifier: Words
    nir: Number
    channel: Channel


class NewPassword(FrozenModel):
    """A new password."""

    password: Words
