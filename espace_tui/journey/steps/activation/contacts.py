"""Étape « Je vérifie mes coordonnées »: masked, each can be modified; the change is proved."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.errors import Refused
from espace_tui.i18n import Text
from espace_tui.journey.context import Desk
from espace_tui.journey.form import CONTINUE, Action, Block, Deed, Facts, Paragraph, Situation, Step
from espace_tui.journey.session import Session
from espace_tui.model.grants import Contacts
from espace_tui.model.values import Stage


class CheckContacts(Step[None]):
    """Sign-in needs one of the two at least."""

    name: ClassVar[str] = "contacts"

    @override
    def done(self, session: Session) -> bool:
        return session.past(Stage.CONTACTS)

    @override
    def blocks(self, at: Situation) -> tuple[Block, ...]:
        known = _known(at.session)
        rows = (
            (Text("fact.email"), known.email or Text("fact.none")),
            (Text("fact.mobile"), known.mobile or Text("fact.none")),
        )
        return (Facts(rows), Paragraph(Text("contacts.why")))

    @override
    def actions(self, at: Situation) -> tuple[Action, ...]:
        return (
            CONTINUE,
            Action("change_email", Deed.GO, "change_email"),
            Action("change_mobile", Deed.GO, "change_mobile"),
        )

    @override
    async def submit(self, desk: Desk, answers: None, session: Session) -> Session:
        known, policy = _known(session), await desk.backend.policy()
        if policy.email_required and not known.email:
            raise Refused("email-missing")
        if not (known.email or known.mobile):
            raise Refused("contacts-missing")
        return session.with_(flow=await desk.backend.activation.confirm_contacts(session.held))


def _known(session: Session) -> Contacts:
    return (session.flow.contacts if session.flow else None) or Contacts()


STEP = CheckContacts()
