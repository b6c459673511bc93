"""The session shared by every step: what is known of the person and of their pending activation.

Frozen and validated. Nothing in it can be printed by accident: no model shows its fields in its
repr, secrets are `SecretStr`, and errors never include what was given. It lives in memory only.

    >>> Session()
    Session(…)
"""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime

from espace_tui.errors import Refused
from espace_tui.model.grants import CodeRequest, Flow, Message, Profile, Reset, Space
from espace_tui.model.values import Channel, Choice, Frozen, Secret, Stage
from espace_tui.validators.card_serial import CardKind


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
