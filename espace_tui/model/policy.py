"""The rules a backend publishes, as data: two dated sets, `guide-2022` (default) and `app-2025`.

Nothing in a screen knows a length: a step asks the policy. Sources: the 2022 user guide, and
facts read in the official mobile app's published source of August 2025 (`app-2025`).
Spans are in seconds, lifetimes of invitations in days.
"""

from __future__ import annotations

from espace_tui.model.values import FrozenModel
from espace_tui.validators.card_serial import SerialRules
from espace_tui.validators.identifier import IdentifierRules
from espace_tui.validators.password import PasswordRules

GUIDE_ORDER = ("identification", "card", "decision", "contacts", "credentials", "review")


class Policy(FrozenModel):
    """One rule set: what is asked, in which order, and what is accepted."""

    name: str = "guide-2022"
    order: tuple[str, ...] = GUIDE_ORDER
    terms: str = "2022-01"
    code_length: int = 12
    code_days: int = 42
    serial: SerialRules = SerialRules()
    identifier: IdentifierRules = IdentifierRules()
    password: PasswordRules = PasswordRules()
    confirmation_paste: bool = False
    email_required: bool = False
    email_plus: bool = True
    one_time_code_length: int = 6
    one_time_code_seconds: int = 600
    resend_seconds: int = 30


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
