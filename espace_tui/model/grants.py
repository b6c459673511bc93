"""What a backend grants and tells: rights to go on, and what is known of a person's space.

Frozen and validated; tokens are `SecretStr`, and no model shows its fields in its repr.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from espace_tui.model.values import (
    Channel,
    FrozenModel,
    Id,
    Moment,
    Purpose,
    ShortText,
    SpaceStatus,
    Stage,
    Token,
)
from espace_tui.validators.mobile import as_read

_LAST_REVISION = 999_999_999


class Contacts(FrozenModel):
    """The person's contacts, masked as they may be shown (``ch•••••@exemple.fr``), or None."""

    email: ShortText | None = None
    mobile: ShortText | None = None


class Flow(FrozenModel):
    """A pending activation as the service holds it, and the right to go on with it.

    `revision` grows with every accepted step; a call with an older one is refused. `contacts` are
    known from `Stage.CONTACTS` on, `decided_at` once the activation or the opposition took effect.
    """

    id: Id
    token: Token
    revision: int = Field(ge=0, le=_LAST_REVISION)
    stage: Stage
    first_name: ShortText
    expires_at: Moment
    decided_at: Moment | None = None
    contacts: Contacts | None = None

    def past(self, stage: Stage) -> bool:
        """Tell whether the service no longer waits for this stage."""
        stages = tuple(Stage)
        return stages.index(self.stage) > stages.index(stage)


class CodeRequest(FrozenModel):
    """A one-time code on its way: what it is for, where it went (masked), when another may go."""

    id: Id
    token: Token
    purpose: Purpose
    channel: Channel
    destination: ShortText
    resend_at: Moment
    expires_at: Moment
    other_channel: bool = False


class Space(FrozenModel):
    """An open space: the token of the session, and when it ends at the latest."""

    token: Token
    expires_at: Moment


class Reset(FrozenModel):
    """The right to choose a new password, once."""

    token: Token
    expires_at: Moment


class Profile(FrozenModel):
    """What the space tells of itself; `decided_at` is when its status last changed."""

    first_name: ShortText
    status: SpaceStatus
    decided_at: Moment
    contacts: Contacts = Contacts()
    address: Annotated[str, Field(max_length=400, pattern=r"^https?://[!-~]+$")] = (
        "https://www.monespacesante.fr/"
    )


class Availability(FrozenModel):
    """Whether an identifier is free, and close ones that are."""

    free: bool
    suggestions: Annotated[tuple[ShortText, ...], Field(max_length=20)] = ()


class Message(FrozenModel):
    """A message delivered to the local inbox."""

    is_readable: ClassVar[bool] = True
    to: str
    channel: Channel
    subject: str
    sent_at: Moment
    text: str
    sender: str = ""

    @property
    def recipient(self) -> str:
        """Whom it was sent to, as people read it: a number of France without its country code."""
        return as_read(self.to) if self.channel is Channel.SMS else self.to


class UnreadableMessage(Message):
    """A file of the local inbox that is no message anybody can read; all it has is a date."""

    is_readable: ClassVar[bool] = False
