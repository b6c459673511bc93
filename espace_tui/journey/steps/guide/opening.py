"""« Ouvrir le site »: the address to be typed by hand, large; the browser only on request."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.guide.address import ADDRESS, URL
from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import (
    Action,
    ActionKind,
    Block,
    Paragraph,
    SiteAddress,
    StepState,
)
from espace_tui.journey.guiding import known, remembered
from espace_tui.journey.session import Session
from espace_tui.journey.steps.kinds import GuidedStep


class OpeningStep(GuidedStep[None]):
    """The address is a constant: none ever comes from a message or a file."""

    name: ClassVar[str] = "guide_open"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        opened = (Paragraph(Text("guide.opened")),) if known(state.session).opened else ()
        own = known(state.session).may_save
        private = () if own else (Paragraph(Text("guide.open.private")),)
        address = SiteAddress(ADDRESS, URL)
        return (Paragraph(Text("guide.open"), strong=True), *private, address, *opened)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        browser = Action("open_browser", ActionKind.ACT, self.name)
        return (Action("site_is_open"), *((browser,) if known(state.session).may_open else ()))

    @override
    async def enter(self, context: StepContext, session: Session) -> Session:
        desk = context.guide
        return remembered(
            session,
            may_open=desk is not None and desk.may_open,
            may_save=desk is None or desk.may_save,
        )

    @override
    async def act(self, action: str, context: StepContext, session: Session) -> Session:
        if context.guide:
            await context.guide.open_site()
        return remembered(session, opened=True)


STEP = OpeningStep()
