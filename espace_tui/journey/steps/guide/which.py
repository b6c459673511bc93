"""« Quel titre voyez-vous ? »: the headings of the site; a few letters leave fewer of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.errors import InvalidValue
from espace_tui.guide.official.model import Screen
from espace_tui.i18n import Bilingual, Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import Field, FieldKind, Step, StepState
from espace_tui.journey.guiding import SiteJourney, journey_id, known, remembered, words
from espace_tui.journey.session import Session

NONE = "none"


class WhichStep(Step[str]):
    """Two screens bear the same heading twice: they are told apart by what they ask."""

    name: ClassVar[str] = "guide_which"

    def __init__(self, site: SiteJourney) -> None:
        self._site = site

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        found = self._found(state)
        texts = {each.id: _label(each) for each in found}
        names = (*texts, NONE)
        letters = Field("letters", str, narrows=True, review=False)
        heading = Field(
            "heading",
            partial(_parse, among=names),
            FieldKind.CHOICE,
            choices=names,
            choice_texts=texts,
            review=False,
        )
        return letters, heading

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


def _parse(text: str, *, among: tuple[str, ...]) -> str:
    if text not in among:
        raise InvalidValue("heading.missing")
    return text
