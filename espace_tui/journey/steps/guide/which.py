"""« Quel titre voyez-vous ? »: the headings of the site; a few letters leave fewer of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.guide.official.model import Screen
from espace_tui.i18n import Bilingual, Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import custom_choice_field
from espace_tui.journey.form import Field, StepState
from espace_tui.journey.guiding import journey_id, known, remembered, words
from espace_tui.journey.session import Session
from espace_tui.journey.steps.kinds import SiteStep

NONE = "none"


class WhichStep(SiteStep[str]):
    """Two screens bear the same heading twice: they are told apart by what they ask."""

    name: ClassVar[str] = "guide_which"

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        texts = {each.id: _label(each) for each in self._found(state)}
        letters = Field("letters", str, narrows=True, review=False)
        return letters, custom_choice_field("heading", texts, NONE)

    def _found(self, state: StepState) -> tuple[Screen, ...]:
        """Return what the letters may name, those of this journey first."""
        official = self._site.official
        typed = state.typed.get("letters", "")
        mine = official.journeys[journey_id(known(state.session))].screens
        if not typed.strip():
            return tuple(official.screens[name] for name in mine)
        return tuple(sorted(official.find(typed), key=lambda each: each.id not in mine))

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> str:
        return str(values["heading"])

    @override
    async def submit(self, context: StepContext, answers: str, session: Session) -> Session:
        return remembered(session, heading=answers)


def _label(screen: Screen) -> Text:
    values = {"heading": screen.headings[0], "seen": words(Bilingual(screen.recognise))}
    return Text("guide.which.heading", values)
