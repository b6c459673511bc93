"""The session shared by every step: what is known of the person and of their pending activation.

Frozen and validated. Nothing in it can be printed by accident: no model shows its fields in its
repr, secrets are `SecretStr`, and errors never include what was given. It lives in memory only.

    >>> Session()
    Session(…)
"""

from __future__ import annotations

from pydantic import AwareDatetime

from espace_tui.answers import (
    CardAnswers,
    CredentialsAnswers,
    DecisionAnswers,
    IdentificationAnswers,
    IdentityAnswers,
)
from espace_tui.errors import Refused
from espace_tui.model import Channel, Choice, Frozen, Purpose, Secret, SpaceStatus, Stage

__all__ = [
    "Availability",
    "Channel",
    "Choice",
    "CodeRequest",
    "Contacts",
    "Flow",
    "Frozen",
    "Message",
    "Profile",
    "Purpose",
    "Reset",
    "Secret",
    "Session",
    "Space",
    "SpaceStatus",
    "Stage",
]


class Contacts(Frozen):
    """The person's contacts, masked as they may be shown (``ch•••••@exemple.fr``), or None."""

    email: str | None = None
    mobile: str | None = None


class Flow(Frozen):
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


class CodeRequest(Frozen):
    """A one-time code on its way: what it is for, where it went (masked), when another may go."""

    id: str
    token: Secret
    purpose: Purpose
    channel: Channel
    destination: str
    resend_at: AwareDatetime
    expires_at: AwareDatetime
    other_channel: bool = False


class Space(Frozen):
    """An open space: the token of the session, and when it ends at the latest."""

    token: Secret
    expires_at: AwareDatetime


class Reset(Frozen):
    """The right to choose a new password, once."""

    token: Secret
    expires_at: AwareDatetime


class Profile(Frozen):
    """What the space tells of itself; `decided_at` is when its status last changed."""

    first_name: str
    status: SpaceStatus
    decided_at: AwareDatetime
    contacts: Contacts = Contacts()
    address: str = "https://www.monespacesante.fr/"


class Availability(Frozen):
    """Whether an identifier is free, and close ones that are."""

    free: bool
    suggestions: tuple[str, ...] = ()


class Message(Frozen):
    """A message delivered to the local inbox."""

    to: str
    channel: Channel
    subject: str
    sent_at: AwareDatetime
    text: str
    sender: str = ""


class Session(Frozen):
    """Everything the steps share; each accepted step returns a new one.

    Answers stay until the activation ends, so that the person can go back and review; tokens are
    rights granted by the service. `notice` is the id of a sentence to say once on the next screen.
    """

    identity: IdentityAnswers | None = None
    identification: IdentificationAnswers | None = None
    card: CardAnswers | None = None
    decision: DecisionAnswers | None = None
    credentials: CredentialsAnswers | None = None
    flow: Flow | None = None
    code_request: CodeRequest | None = None
    reset: Reset | None = None
    space: Space | None = None
    profile: Profile | None = None
    inbox: tuple[Message, ...] = ()
    done_at: AwareDatetime | None = None
    notice: str | None = None

    def past(self, stage: Stage) -> bool:
        """Tell whether the pending activation is beyond a stage."""
        return self.flow is not None and self.flow.past(stage)

    @property
    def held(self) -> Flow:
        """The pending activation; without one, the person identifies again."""
        if self.flow is None:
            raise Refused("flow-expired")
        return self.flow

    @property
    def entered(self) -> Space:
        """The open space; without one, the person signs in again."""
        if self.space is None:
            raise Refused("session-expired")
        return self.space

    @property
    def awaited(self) -> CodeRequest:
        """The one-time code that is awaited; without one, the person signs in again."""
        if self.code_request is None:
            raise Refused("session-expired")
        return self.code_request

    def with_(self, **changes: object) -> Session:
        """Return this session with some fields changed, checked again."""
        kept = {name: getattr(self, name) for name in type(self).model_fields}
        return Session.model_validate(kept | changes)
