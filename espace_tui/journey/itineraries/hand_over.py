"""The keyboard changes hands around what is secret, on the way into another itinerary.

Which steps are secret depends on who types: all that opens an account where somebody types for the
person, the password alone where they type themselves. Nobody arrives at such a step but by
« Passez le clavier », and nobody leaves it but by « Vous pouvez rendre le clavier ».
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from espace_tui.journey.context import VisitNotes
from espace_tui.journey.guiding import SCREEN, SiteJourney
from espace_tui.journey.itineraries import Itinerary
from espace_tui.journey.itineraries.counter import GIVE_BACK, HAND_OVER

if TYPE_CHECKING:
    from espace_tui.model.policy import Policy

FOR_THEM = "for-them"
NUMBERS = "guide_numbers"
"""Where the numbers of a person are checked beside the official site."""
_PASSWORDS = frozenset({"guide_password", "credentials", "sign_in", "new_password"})
_SECRETS = _PASSWORDS | {"guide_identifier", "forgotten_password", "one_time_code"}
"""The steps where a secret is typed or shown: with the identifier and the codes in the second."""
_ASKED_PASSWORD = frozenset({"password"})
_ASKED_SECRETS = _ASKED_PASSWORD | {"identifier", "one_time_code", "contact_code"}
"""The same, by what a screen of the official site asks."""
IsSecret = Callable[[str], bool]


def secret_steps(notes: VisitNotes, site: SiteJourney) -> IsSecret:
    """Return what tells whether something secret is typed or shown at a step."""

    def is_secret(name: str) -> bool:
        for_them = notes.get("posture") == FOR_THEM
        if not name.startswith(SCREEN):
            return name in (_SECRETS if for_them else _PASSWORDS)
        asked = site.official.screens[name.removeprefix(SCREEN)].asks
        return not (_ASKED_SECRETS if for_them else _ASKED_PASSWORD).isdisjoint(asked)

    return is_secret


def with_hand_over(itinerary: Itinerary, notes: VisitNotes, is_secret: IsSecret) -> Itinerary:
    """Return an itinerary where the keyboard is handed over before secret steps, and given back.

    Where somebody types for the person, their numbers are checked only if that is allowed here.
    """

    def before(name: str) -> str:
        lent = notes.handed_over and name == notes.lent_at
        if (is_secret(name) or lent) == notes.handed_over:
            return name
        notes.pending = name
        return GIVE_BACK if notes.handed_over else HAND_OVER

    def order(policy: Policy) -> tuple[str, ...]:
        checks = notes.checks_numbers or notes.get("posture") != FOR_THEM
        return tuple(each for each in itinerary.order(policy) if checks or each != NUMBERS)

    return itinerary._replace(before=before, order=order)
