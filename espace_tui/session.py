"""The session shared by every step: what is known of the person and of their pending activation.

Frozen and validated. Nothing in it can be printed by accident: no model shows its fields in its
repr, secrets are `SecretStr`, and errors never include what was given. It lives in memory only.

    >>> Session()
    Session(…)
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from typing_extensions import override

from pydantic import AwareDatetime, BaseModel, ConfigDict, PlainSerializer, SecretStr

from espace_tui.errors import Refused
from espace_tui.validators.card_serial import CardKind

Secret = Annotated[SecretStr, PlainSerializer(lambda s: s.get_secret_value(), when_used="json")]
"""A secret that is masked wherever it is shown, and written in clear only into a wire body."""


class Frozen(BaseModel):
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


class IdentificationAnswers(Frozen):
    """Step 1: the provisional code and the NIR (15 characters, ungrouped)."""

    code: Secret
    nir: Secret


class CardAnswers(Frozen):
    """Step 2: the kind of Vitale card and its serial number (without the printed beginning)."""

    kind: CardKind
    serial: Secret


class DecisionAnswers(Frozen):
    """Step 3: the decision; `terms` is compulsory for activating."""

    choice: Choice
    terms: bool = False


class CredentialsAnswers(Frozen):
    """Step 5: the identifier and the password the person chose."""

    identifier: Secret
    password: Secret


class SignInAnswers(CredentialsAnswers):
    """Sign-in: the credentials and how the one-time code is to come."""

    channel: Channel


class OneTimeCodeAnswers(Frozen):
    """The one-time code as received: digits."""

    code: Secret


class ContactAnswers(Frozen):
    """A new e-mail address or mobile number (E.164), to be proved by a one-time code."""

    channel: Channel
    value: Secret


class IdentityAnswers(Frozen):
    """Who asks for a new provisional code, by what their papers say, and how to send it."""

    birth_date: date
    nir: Secret
    kind: CardKind
    serial: Secret
    channel: Channel


class IdentifierAnswers(Frozen):
    """Who has forgotten their identifier, and how to send it."""

    birth_date: date
    nir: Secret
    channel: Channel


class ResetAnswers(Frozen):
    """Who has forgotten their password, and how the proof is to come."""

    identifier: Secret
    nir: Secret
    channel: Channel


class PasswordAnswers(Frozen):
    """A new password."""

    password: Secret


class ConfirmationAnswers(Frozen):
    """An explicit confirmation of an act with legal effect."""

    confirmed: bool


class ReceiptAnswers(Frozen):
    """Nothing to answer: the person read and goes on."""


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
        return Session.model_validate({name: getattr(self, name) for name in type(self).model_fields} | changes)
