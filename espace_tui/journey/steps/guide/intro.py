"""« À côté du site officiel »: what this is, and that the site is right where it differs."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.form import Action, ActionKind, Block, Bullets, Paragraph, StepState
from espace_tui.journey.steps.kinds import SiteStep


class GuideIntroStep(SiteStep[None]):
    """Nothing of the official file is needed but its date, so that it can be painted at once."""

    name: ClassVar[str] = "guide_intro"
    early: ClassVar[bool] = True

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
        return (
            Action("begin", ActionKind.GO, "guide_for"),
            Action("check_message", ActionKind.GO, "check_message"),
            *self._site.exit_actions,
        )


class GuideOverStep(SiteStep[None]):
    """The last screen: what was prepared is forgotten when one arrives."""

    name: ClassVar[str] = "guide_over"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (Paragraph(Text("guide.over")), Paragraph(Text("guide.over.word")))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        again = (Action("begin_again", ActionKind.GO, "guide_intro"),)
        exit_actions = self._site.exit_actions
        parts = self._site.home_action == "to_parting"
        return (*exit_actions, *again) if parts else (*again, *exit_actions)
