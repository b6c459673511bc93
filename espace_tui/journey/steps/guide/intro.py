"""« À côté du site officiel »: what this is, and that the site is right where it differs."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.form import Action, ActionKind, Block, Bullets, Paragraph, Step, StepState
from espace_tui.journey.guiding import SiteJourney


class GuideIntroStep(Step[None]):
    """Nothing of the official file is needed but its date, so that it can be painted at once."""

    name: ClassVar[str] = "guide_intro"
    early: ClassVar[bool] = True

    def __init__(self, site: SiteJourney) -> None:
        self._site = site

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        said = tuple(Text(f"guide.intro.{what}") for what in ("unofficial", "nothing", "never"))
        return (
            Paragraph(Text("guide.intro")),
            Bullets(said),
            Paragraph(Text("guide.right", {"age": self._site.age})),
        )

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        home = (
            (Action(self._site.home_action, ActionKind.GO, self._site.home),)
            if self._site.home
            else ()
        )
        return (
            Action("begin", ActionKind.GO, "guide_for"),
            Action("check_message", ActionKind.GO, "check_message"),
            *home,
        )


class GuideOverStep(Step[None]):
    """The last screen: what was prepared is forgotten when one arrives."""

    name: ClassVar[str] = "guide_over"

    def __init__(self, site: SiteJourney) -> None:
        self._site = site

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (Paragraph(Text("guide.over")), Paragraph(Text("guide.over.word")))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        home = (
            (Action(self._site.home_action, ActionKind.GO, self._site.home),)
            if self._site.home
            else ()
        )
        return (Action("begin_again", ActionKind.GO, "guide_intro"), *home)
