"""Another itinerary as a visit at a counter walks it: it ends in the parting, and is counted."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from espace_tui.journey import steps
from espace_tui.journey.form import Step
from espace_tui.journey.itineraries import Itinerary, resolved
from espace_tui.journey.itineraries.counter import PARTING

if TYPE_CHECKING:
    from espace_tui.journey.context import VisitNotes
    from espace_tui.journey.session import Session

_WHO = ("espace_tui.journey.steps.guide.purpose", "WhoStep")
VISITOR = "visitor"
"""The words of « Pour qui ? » at a counter: « Moi » could be the one who types."""


def visited(itinerary: Itinerary, notes: VisitNotes) -> Itinerary:
    """Return an itinerary that ends in the parting of a visit, and notes how far one goes."""
    leads = {**itinerary.leads, "opposed": PARTING, "signed_out": PARTING}
    if itinerary.name != "guide":
        return itinerary._replace(leads=leads)
    which = leads["guide_which"]

    def after_heading(session: Session) -> str:
        place = resolved(which, session)
        if place == "guide_unknown":  # none of the headings: the site has changed
            notes.note("screen", "other")
        return place

    def at_the_site(session: Session) -> str:
        notes.note("reached", "site")
        return resolved(itinerary.finish, session)

    @cache
    def own_step(name: str) -> Step[Any] | None:
        return steps.make(_WHO, VISITOR) if name == "guide_for" else itinerary.own_step(name)

    return itinerary._replace(
        leads={**leads, "guide_which": after_heading},
        finish=at_the_site,
        own_step=own_step,
    )
