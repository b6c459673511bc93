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
from espace_tui.guide.message.letter import Letter
from espace_tui.journey.guide_answers import GuideAnswers
from espace_tui.model.grants import CodeRequest, Flow, Message, Profile, Reset, Space
from espace_tui.model.values import Channel, Choice, FrozenModel, Secret, Stage
from espace_tui.validators.card_serial import CardKind


class IdentificationAnswers(FrozenModel):
    """Step 1: the provisional code and the NIR (15 characters, ungrouped)."""

    code: Secret
    nir: Secret


class CardAnswers(FrozenModel):
    """Step 2: the kind of Vitale card and its serial number (without the printed beginning)."""

    kind: CardKind
    serial: Secret


class DecisionAnswers(FrozenModel):
    """Step 3: the decision; `terms` is compulsory for activating."""

    choice: Choice
    terms: bool = False


class CredentialsAnswers(FrozenModel):
    """Step 5: the identifier and the password the person chose."""

    identifier: Secret
    password: Secret


class SignInAnswers(CredentialsAnswers):
    """Sign-in: the credentials and how the one-time code is to come."""

    channel: Channel


class OneTimeCodeAnswers(FrozenModel):
    """The one-time code as received: digits."""

    code: Secret


class ContactAnswers(FrozenModel):
    """A new e-mail address or mobile number (E.164), to be proved by a one-time code."""

    channel: Channel
    value: Secret


class IdentityAnswers(FrozenModel):
    """Who asks for a new provisional code, by what their papers say, and how to send it."""

    birth_date: date
    nir: Secret
    kind: CardKind
    serial: Secret
    channel: Channel


class IdentifierAnswers(FrozenModel):
    """Who has forgotten their identifier, and how to send it."""

    birth_date: date
    nir: Secret
    channel: Channel


class ResetAnswers(FrozenModel):
    """Who has forgotten their password, and how the proof is to come."""

    identifier: Secret
    nir: Secret
    channel: Channel


class PasswordAnswers(FrozenModel):
    """A new password."""

    password: Secret


class ConfirmationAnswers(FrozenModel):
    """An explicit confirmation of an act with legal effect."""

    confirmed: bool


class ReceiptAnswers(FrozenModel):
    """Nothing to answer: the person read and goes on."""


class Session(FrozenModel):
    """Everything the steps share; each accepted step returns a new one.

    Answers stay until the activation ends, so that the person can go back and review; tokens are
    rights granted by the service. `notice` is the id of a sentence to say once on the next screen.
    `letter` is a received message that was judged.
    """

    identity: IdentityAnswers | None = None
    identification: IdentificationAnswers | None = None
    card: CardAnswers | None = None
    decision: DecisionAnswers | None = None
    credentials: CredentialsAnswers | None = None
    flow: Flow | None = None
    code_request: CodeRequest | None = None
    new_contact: ContactAnswers | None = None
    """What was just typed to be proved by that code: shown in full, so that a slip is seen."""
    reset: Reset | None = None
    space: Space | None = None
    profile: Profile | None = None
    inbox: tuple[Message, ...] = ()
    done_at: AwareDatetime | None = None
    password_shown: bool = False
    notice: str | None = None
    nobody_invited: bool = False
    has_keyring: bool = True
    receipt: str | None = None
    """Where the receipt was saved; empty before, None where none can be."""
    letter: Letter | None = None
    guide: GuideAnswers | None = None

    def past(self, stage: Stage) -> bool:
        """Tell whether the pending activation is beyond a stage."""
        return self.flow is not None and self.flow.past(stage)

    def require_flow(self) -> Flow:
        """Return the pending activation; without one, the person identifies again."""
        if self.flow is None:
            raise Refused("flow-expired")
        return self.flow

    def require_space(self) -> Space:
        """Return the open space; without one, the person signs in again."""
        if self.space is None:
            raise Refused("session-expired")
        return self.space

    def require_code(self) -> CodeRequest:
        """Return the awaited one-time code; without one, the person signs in again."""
        if self.code_request is None:
            raise Refused("session-expired")
        return self.code_request

    def with_(self, **changes: object) -> Session:
        """Return this session with some fields changed, checked again."""
        kept = {name: getattr(self, name) for name in type(self).model_fields}
        return Session.model_validate(kept | changes)
