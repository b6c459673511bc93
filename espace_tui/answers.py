"""The answers models: one per step that asks something, frozen and unprintable.

A test asserts that the fields of a step are the fields of its model.
"""

from __future__ import annotations

from datetime import date

from espace_tui.model import Channel, Choice, Frozen, Secret
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
