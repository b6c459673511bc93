"""Étape « Je vérifie mes coordonnées »: masked, each can be modified; the change is proved."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.errors import Refused
from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import (
    CONTINUE,
    Action,
    ActionKind,
    Block,
    Facts,
    Paragraph,
    Step,
    StepState,
)
from espace_tui.journey.session import Session
from espace_tui.model.grants import Contacts
from espace_tui.model.values import Stage


class ContactsStep(Step[None]):
    """Sign-in needs one of the two at least."""

    name: ClassVar[str] = "contacts"

    @override
    def done(self, session: Session) -> bool:
        return session.past(Stage.CONTACTS)

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        known = _known(state.session)
        rows = (
            (Text("fact.email"), known.email or Text("fact.none")),
            (Text("fact.mobile"), known.mobile or Text("fact.none")),
        )
        return (Facts(rows), Paragraph(Text("contacts.why")))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (
            CONTINUE,
            Action("change_email", ActionKind.GO, "change_email"),
            Action("change_mobile", ActionKind.GO, "change_mobile"),
        )

    @override
    async def submit(self, context: StepContext, answers: None, session: Session) -> Session:
        known, policy = _known(session), await context.backend.policy()
        if policy.email_required and not known.email:
            raise Refused("email-missing")
        if not (known.email or known.mobile):
            raise Refused("contacts-missing")
        return session.with_(
            flow=await context.backend.activation.confirm_contacts(session.require_flow())
        )


def _known(session: Session) -> Contacts:
    return (session.flow.contacts if session.flow else None) or Contacts()


STEP = ContactsStep()
