"""What a backend grants and tells: rights to go on, and what is known of a person's space.

Frozen and validated; tokens are `SecretStr`, and no model shows its fields in its repr.
"""

from __future__ import annotations

from pydantic import AwareDatetime

from espace_tui.model.values import Channel, FrozenModel, Purpose, Secret, SpaceStatus, Stage


class Contacts(FrozenModel):
    """The person's contacts, masked as they may be shown (``ch•••••@exemple.fr``), or None."""

    email: str | None = None
    mobile: str | None = None


class Flow(FrozenModel):
    """A pending activation as the service holds it, and the right to go on with it.

    `revision` grows with every accepted step; a call with an older one is refused. `contacts` are
    known from `Stage.CONTACTS` on, `decided_at` once the activation or the opposition took effect.
    """

    id: str
    token: Secret
    revision: int
    stage: Stage
    first_name: str
    expires_at: AwareDatetime
    decided_at: AwareDatetime | None = None
    contacts: Contacts | None = None

    def past(self, stage: Stage) -> bool:
        """Tell whether the service no longer waits for this stage."""
        stages = tuple(Stage)
        return stages.index(self.stage) > stages.index(stage)


class CodeRequest(FrozenModel):
    """A one-time code on its way: what it is for, where it went (masked), when another may go."""

    id: str
    token: Secret
    purpose: Purpose
    channel: Channel
    destination: str
    resend_at: AwareDatetime
    expires_at: AwareDatetime
    other_channel: bool = False


class Space(FrozenModel):
    """An open space: the token of the session, and when it ends at the latest."""

    token: Secret
    expires_at: AwareDatetime


class Reset(FrozenModel):
    """The right to choose a new password, once."""

    token: Secret
    expires_at: AwareDatetime


class Profile(FrozenModel):
    """What the space tells of itself; `decided_at` is when its status last changed."""

    first_name: str
    status: SpaceStatus
    decided_at: AwareDatetime
    contacts: Contacts = Contacts()
    address: str = "https://www.monespacesante.fr/"


class Availability(FrozenModel):
    """Whether an identifier is free, and close ones that are."""

    free: bool
    suggestions: tuple[str, ...] = ()


class Message(FrozenModel):
    """A message delivered to the local inbox."""

    to: str
    channel: Channel
    subject: str
    sent_at: AwareDatetime
    text: str
    sender: str = ""
