"""What the models are made of: frozen values that never show themselves, and the domain's words.

>>> Channel("sms").name
'SMS'
"""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    SecretStr,
)
from typing_extensions import override

Secret = Annotated[SecretStr, PlainSerializer(lambda s: s.get_secret_value(), when_used="json")]
"""A secret that is masked wherever it is shown, and written in clear only into a wire body."""


ID_PATTERN = r"^[A-Za-z0-9_-]{1,64}$"
GRANT_PATTERN = r"^[A-Za-z0-9._~+/=-]{1,256}$"
_YEARS = range(1900, 2200)


def _checked_token(token: SecretStr) -> SecretStr:
    if not re.fullmatch(GRANT_PATTERN, token.get_secret_value()):
        raise ValueError
    return token


def _checked_moment(moment: datetime) -> datetime:
    if moment.year not in _YEARS:
        raise ValueError
    return moment


Id = Annotated[str, Field(pattern=ID_PATTERN)]
"""What names a grant, in an address too: it opens nothing by itself."""
Token = Annotated[
    Secret, Field(json_schema_extra={"pattern": GRANT_PATTERN}), AfterValidator(_checked_token)
]
"""What opens a right: it goes back in a header."""
Moment = Annotated[AwareDatetime, AfterValidator(_checked_moment)]
"""A moment that every calendar and time zone can show."""
ShortText = Annotated[str, Field(max_length=400)]
"""A few words to show, from outside: a first name, a masked contact."""


class FrozenModel(BaseModel):
    """A value that is checked when made, never changed, and never shown by its repr."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    @override
    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"

    @override
    def __str__(self) -> str:
        return repr(self)


class Choice(StrEnum):
    """The decision a person takes on their space."""

    ACTIVATE = "activate"
    OPPOSE = "oppose"


class Channel(StrEnum):
    """How a message reaches a person; a letter only carries a provisional code."""

    EMAIL = "email"
    SMS = "sms"


class Stage(StrEnum):
    """What the service waits for in a pending activation, in order."""

    CARD = "card"
    DECISION = "decision"
    CONTACTS = "contacts"
    CREDENTIALS = "credentials"
    DONE = "done"
    OPPOSED = "opposed"


class Purpose(StrEnum):
    """What a one-time code proves."""

    SIGN_IN = "sign-in"
    CONTACT = "contact"
    RESET = "reset"


class SpaceStatus(StrEnum):
    """What a space is: *opened* exists without credentials, *active* has them."""

    INVITED = "invited"
    OPENED = "opened"
    ACTIVE = "active"
    OPPOSED = "opposed"
    CLOSED = "closed"
