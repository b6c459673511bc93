"""What was answered to the guide beside the official site, for the time of one journey.

It is in memory only, and nothing in it can be printed by accident. There is no place in it for a
password that somebody chose, nor for a code: the guide asks for neither.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from espace_tui.model.values import FrozenModel, Secret
from espace_tui.validators.card_serial import CardKind


class Who(StrEnum):
    """For whom one does it."""

    ME = "me"
    CHILD = "child"
    OTHER = "other"


class Goal(StrEnum):
    """What one wants to do on the official site."""

    ACTIVATE = "activate"
    OPPOSE = "oppose"
    CLOSE = "close"
    SIGN_IN = "sign-in"
    FORGOTTEN = "forgotten"


class Reach(StrEnum):
    """Where the code of the official site can be read, now."""

    MOBILE = "mobile"
    EMAIL = "email"
    LETTER = "letter"
    UNKNOWN = "unknown"


class PreparedNumbers(FrozenModel):
    """What was checked before it is typed on the official site; each can be left out."""

    birth_date: date | None = None
    nir: Secret | None = None
    kind: CardKind | None = None
    serial: Secret | None = None


class GuideAnswers(FrozenModel):
    """What the guide beside the official site knows: no password that was chosen, no code.

    `done` are the steps behind the person, `screen` the official screen they are at, `heading` and
    `outcome` what they said of it. `identifiers` and `passwords` are proposals, shown on
    request. At a counter one `may_hide` the numbers; they are hidden with the screen.
    """

    who: Who | None = None
    goal: Goal | None = None
    reach: Reach | None = None
    numbers: PreparedNumbers = PreparedNumbers()
    may_hide: bool = False
    numbers_hidden: bool = False
    identifiers: tuple[Secret, ...] = ()
    passwords: tuple[Secret, ...] = ()
    rules_shown: bool = False
    done: frozenset[str] = frozenset()
    screen: str = ""
    heading: str = ""
    outcome: str = ""
    may_open: bool = False
    opened: bool = False
    may_save: bool = False
    saved_as: str = ""

    def with_(self, **changes: object) -> GuideAnswers:
        """Return these answers with some changed, checked again."""
        kept = {name: getattr(self, name) for name in type(self).model_fields}
        return GuideAnswers.model_validate(kept | changes)
