"""One app that shows every step in turn, in a session that holds something of everything."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

from espace_tui.app import EspaceApp
from espace_tui.backends.port import Backend
from espace_tui.errors import InvalidAnswers
from espace_tui.i18n import Texts
from espace_tui.journey import steps
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import parse_fields
from espace_tui.journey.history import History
from espace_tui.journey.itineraries.activation import ACTIVATION
from espace_tui.journey.itineraries.checking import CHECKING
from espace_tui.journey.remarks import Remarks
from espace_tui.journey.session import Session
from espace_tui.journey.wizard import Wizard
from espace_tui.model.grants import Message, Profile
from espace_tui.model.policy import GUIDE_2022
from espace_tui.model.values import Channel, SpaceStatus, Stage
from tests.journey.steps.situations import NOW, flow, full_session
from tests.people import ZOE
from tests.walks.full_screen import Hands
from tests.walks.worlds import Drawer, FirstRun, PocketKeyring

STEPS = (*steps.STEPS, *steps.CHECKING)
TYPED = {
    "code": "Kd7mP3xRw9Tf",
    "nir": ZOE.nir,
    "kind": "photo",
    "serial": ZOE.serial,
    "choice": "activate",
    "password": "Fleur7-Colline",
    "one_time_code": "123456",
    "email": "zoe.anais.d.ete@un-fournisseur-au-nom-tres-long.exemple.fr",
    "mobile": "+33639981234",
}
"""What stands in the fields that are right."""


def _message(text: str, channel: Channel) -> Message:
    to = "zoe@exemple.fr" if channel is Channel.EMAIL else "+33639981234"
    sender = "Mon espace santé (démonstration) <ne-pas-repondre@espace-tui.invalid>"
    return Message(to=to, channel=channel, subject="Bonjour", sent_at=NOW, text=text, sender=sender)


def _session(texts: Texts) -> Session:
    letter = texts("mail.invitation.text", first_name=ZOE.first_name, code="Kd7mP3xRw9Tf")
    sms = texts("sms.sign-in-code.text", code="123456", minutes=10)
    return full_session().with_(
        flow=flow(Stage.CREDENTIALS),
        inbox=(_message(letter, Channel.EMAIL), _message(sms, Channel.SMS)),
        profile=Profile(first_name=ZOE.first_name, status=SpaceStatus.ACTIVE, decided_at=NOW),
        receipt="",
    )


class Album:
    """Turns to any step."""

    def __init__(self, hands: Hands, session: Session) -> None:
        self.hands = hands
        self.session = session

    @property
    def app(self) -> EspaceApp:
        """The app that shows it."""
        return self.hands.app

    async def turn_to(self, step: str) -> None:
        """Show a step whose fields hold something, with what is said of empty ones."""
        wizard = self.app.wizard
        history, remarks = History("welcome"), Remarks()
        history.move_to(step)
        history.draft(step).update(TYPED)
        vars(wizard).update(_history=history, _remarks=remarks, _session=self.session, _order=None)
        wizard.focus = ""
        wizard.ask_one_by_one(one_by_one=False)  # what is drawn is made anew
        try:
            parse_fields(wizard.view().fields, {})
        except InvalidAnswers as error:
            remarks.refuse(error.problems)
            wizard.ask_one_by_one(one_by_one=False)
        self.app.stale = True
        await self.app.sync_screen()
        await self.hands.calm()


@asynccontextmanager
async def open_album(
    size: tuple[int, int], language: str = "fr", theme: str = "dark"
) -> AsyncIterator[Album]:
    """Open the app, without a backend: nothing is asked of it."""
    texts = Texts(language)
    preferences = FirstRun()
    preferences.choose(frozenset({"keyring"}))
    context = StepContext(cast("Backend", None), preferences, PocketKeyring(), receipts=Drawer())
    wizard = Wizard(context, ACTIVATION, CHECKING)
    vars(wizard)["_policies"] = {one.name: GUIDE_2022 for one in (ACTIVATION, CHECKING)}
    app = EspaceApp(wizard, texts, theme=theme)
    async with app.run_test(size=size) as pilot:
        hands = Hands(app, pilot, texts)
        await hands.calm()
        yield Album(hands, _session(texts))
