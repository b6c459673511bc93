"""The rules a backend publishes, as data: two dated sets, `guide-2022` (default) and `app-2025`.

Nothing in a screen knows a length: a step asks the policy. Sources: the 2022 user guide, and
facts read in the official mobile app's published source of August 2025 (`app-2025`).
Spans are in seconds, lifetimes of invitations in days.
"""

from __future__ import annotations

from dataclasses import astuple
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field

from espace_tui.model.values import FrozenModel, ShortText
from espace_tui.validators.card_serial import SerialRules
from espace_tui.validators.identifier import IdentifierRules
from espace_tui.validators.password import PasswordRules

GUIDE_ORDER = ("identification", "card", "decision", "contacts", "credentials", "review")

Rules = TypeVar("Rules", SerialRules, IdentifierRules, PasswordRules)
_LONGEST = 1000
_YEAR = 366 * 86_400


def _checked_rules(rules: Rules) -> Rules:
    """Return rules whose lengths are those of something that a person types."""
    for value in astuple(rules):
        size = len(value) if isinstance(value, str) else value
        if not 0 <= size <= _LONGEST:
            raise ValueError
    return rules


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(names)) < len(names):
        raise ValueError
    return names


StepName = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$")]
StepNames = Annotated[
    tuple[StepName, ...], Field(min_length=1, max_length=20), AfterValidator(_distinct)
]
Length = Annotated[int, Field(ge=1, le=64)]
Seconds = Annotated[int, Field(ge=0, le=_YEAR)]


class Policy(FrozenModel):
    """One rule set: what is asked, in which order, and what is accepted."""

    name: ShortText = "guide-2022"
    order: StepNames = GUIDE_ORDER
    terms: ShortText = "2022-01"
    code_length: Length = 12
    code_days: int = Field(default=42, ge=1, le=3660)
    serial: Annotated[SerialRules, AfterValidator(_checked_rules)] = SerialRules()
    identifier: Annotated[IdentifierRules, AfterValidator(_checked_rules)] = IdentifierRules()
    password: Annotated[PasswordRules, AfterValidator(_checked_rules)] = PasswordRules()
    confirmation_paste: bool = False
    email_required: bool = False
    email_plus: bool = True
    one_time_code_length: Length = 6
    one_time_code_seconds: Seconds = 600
    resend_seconds: Seconds = 30


GUIDE_2022 = Policy()
APP_2025 = Policy(
    name="app-2025",
    order=("identity", *GUIDE_ORDER),
    terms="2025-08",
    identifier=IdentifierRules(not_nir=True, not_iban=True),
    password=PasswordRules(min=9, no_personal=True, no_dictionary=True),
    email_required=True,
    email_plus=False,
)
POLICIES = {policy.name: policy for policy in (GUIDE_2022, APP_2025)}
