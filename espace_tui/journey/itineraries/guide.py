"""The second itinerary: beside the official site. It asks no backend; its rules are the site's.

The numbered steps prepare; then come the screens of the official file, one step each, in its order.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from espace_tui.journey import steps
from espace_tui.journey.form import Step
from espace_tui.journey.guiding import SCREEN, SiteJourney, known, screen_step, site_rules, step_of
from espace_tui.journey.itineraries import Itinerary

if TYPE_CHECKING:
    from espace_tui.journey.session import Session

ORDER = (
    "guide_for",
    "guide_goal",
    "guide_reach",
    "guide_time",
    "guide_message",
    "guide_numbers",
    "guide_ready",
    "guide_identifier",
    "guide_password",
    "guide_open",
)
OF_DATA = {
    "guide_intro": ("espace_tui.journey.steps.guide.intro", "GuideIntroStep"),
    "guide_over": ("espace_tui.journey.steps.guide.intro", "GuideOverStep"),
    "guide_neutral": ("espace_tui.journey.steps.guide.site_screen", "NeutralStep"),
    "guide_which": ("espace_tui.journey.steps.guide.which", "WhichStep"),
    "guide_refusal": ("espace_tui.journey.steps.guide.refusal", "RefusalStep"),
    "guide_meaning": ("espace_tui.journey.steps.guide.refusal", "MeaningStep"),
}
"""The steps that are made of the official journey, besides its screens."""
_OF_A_SCREEN = ("espace_tui.journey.steps.guide.site_screen", "SiteScreenStep")


def guide_itinerary(site: SiteJourney) -> Itinerary:
    """Return the itinerary that follows an official journey."""

    @cache
    def own_step(name: str) -> Step[Any] | None:
        if name in OF_DATA:
            return steps.make(OF_DATA[name], site)
        if name.startswith(SCREEN):
            return steps.make(_OF_A_SCREEN, site, name.removeprefix(SCREEN))
        return None

    return Itinerary(
        name="guide",
        first="guide_intro",
        holds=lambda name: name in steps.GUIDE or name in OF_DATA or name.startswith(SCREEN),
        order=lambda _policy: ORDER,
        leads={
            "guide_reach": _after_reach,
            "guide_which": _after_heading,
            "guide_refusal": _after_outcome,
            "guide_calendar": _after_calendar,
        },
        finish=lambda session: screen_step(session, site.official),
        terminal=frozenset({"guide_caisse", "guide_over"}),
        clear_on_success=frozenset({"guide_which", "guide_refusal", "guide_calendar"}),
        clear_session=frozenset({"guide_over"}),
        own_policy=site_rules,
        own_step=own_step,
    )


def _after_reach(session: Session) -> str:
    return "guide_caisse" if known(session).reach == "unknown" else ""


def _after_calendar(session: Session) -> str:
    return _after_reach(session) or "guide_end"


def _after_heading(session: Session) -> str:
    heading = known(session).heading
    return "guide_unknown" if heading == "none" else step_of(heading)


def _after_outcome(session: Session) -> str:
    return "guide_unknown" if known(session).outcome == "other" else "guide_meaning"
