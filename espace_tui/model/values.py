"""What the models are made of: frozen values that never show themselves, and the domain's words.

>>> Channel("sms").name
'SMS'
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainSerializer, SecretStr
from typing_extensions import override

Secret = Annotated[SecretStr, PlainSerializer(lambda s: s.get_secret_value(), when_used="json")]
"""A secret that is masked wherever it is shown, and written in clear only into a wire body."""


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
