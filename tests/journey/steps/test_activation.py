"""What a step of the activation asks of the service, and what it says of the answer."""

from __future__ import annotations

from typing import cast

import pytest

from espace_tui.backends.port import Backend
from espace_tui.errors import Refused
from espace_tui.i18n import Text
from espace_tui.journey import steps
from espace_tui.journey.context import GuideDesk, StepContext
from espace_tui.journey.form import Facts, MessageList, Paragraph
from espace_tui.journey.session import CredentialsAnswers, PasswordAnswers, Session
from espace_tui.journey.steps.activation.done import HIDE, SHOW
from espace_tui.model.grants import Availability, Contacts, Flow, Message, Profile
from espace_tui.model.policy import APP_2025, GUIDE_2022, Policy
from espace_tui.model.values import Channel, SpaceStatus, Stage
from espace_tui.validators import Advice
from tests.journey.steps.situations import NOW, flow, full_session, state_of
from tests.people import ZOE
from tests.walks.guide_world import PocketDesk
from tests.walks.worlds import Drawer, FirstRun, PocketKeyring

CREDENTIALS = CredentialsAnswers(identifier="zoe.anais", password="Fleur7-Colline")


class Service:
    """A service whose answers are told beforehand; it is its own parts."""

    def __init__(
        self,
        policy: Policy = GUIDE_2022,
        found: Availability | None = None,
        messages: tuple[Message, ...] | None = None,
    ) -> None:
        self._policy, self._found, self._messages = policy, found, messages
        self.activation = self
        self.inbox = None if messages is None else self

    async def policy(self) -> Policy:
        return self._policy

    async def availability(self, _flow: Flow, _identifier: str) -> Availability:
        assert self._found
        return self._found

    async def confirm_contacts(self, _flow: Flow) -> Flow:
        return flow(Stage.CREDENTIALS)

    async def messages(self) -> tuple[Message, ...]:
        return self._messages or ()


def context(
    service: Service, *, guide: bool = False, keyring: PocketKeyring | None = None
) -> StepContext:
    desk = cast("GuideDesk", PocketDesk()) if guide else None
    return StepContext(cast("Backend", service), FirstRun(), keyring or PocketKeyring(), guide=desk)


# --- contacts


@pytest.mark.parametrize(
    ("policy", "email", "mobile", "refused"),
    [
        (GUIDE_2022, "z•@e.fr", "+33 •", ""),
        (GUIDE_2022, "z•@e.fr", None, ""),
        (GUIDE_2022, None, "+33 •", ""),
        (GUIDE_2022, None, None, "contacts-missing"),
        (APP_2025, None, "+33 •", "email-missing"),
        (APP_2025, "z•@e.fr", None, ""),
    ],
)
async def test_one_way_to_be_reached_is_needed_at_least(
    policy: Policy, email: str | None, mobile: str | None, refused: str
) -> None:
    known = flow().model_copy(update={"contacts": Contacts(email=email, mobile=mobile)})
    step, session = steps.load("contacts"), Session(flow=known)
    if refused:
        with pytest.raises(Refused) as refusal:
            await step.submit(context(Service(policy)), None, session)
        assert refusal.value.code == refused
    else:
        after = await step.submit(context(Service(policy)), None, session)
        assert after.past(Stage.CONTACTS)


def test_a_contact_that_is_not_known_is_said_not_to_be() -> None:
    profile = Profile(first_name="Zoé", status=SpaceStatus.ACTIVE, decided_at=NOW)
    space = steps.load("space").blocks(state_of(Session(profile=profile)))
    rows = [row for block in space if isinstance(block, Facts) for row in block.rows]
    assert [value for _, value in rows].count(Text("fact.none")) == 2
    facts = next(
        block
        for block in steps.load("contacts").blocks(state_of(Session()))
        if isinstance(block, Facts)
    )
    assert [value for _, value in facts.rows] == [Text("fact.none"), Text("fact.none")]


# --- credentials


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Availability(free=True), (Advice(Text("advice.identifier.free"), good=True),)),
        (Availability(free=False), (Advice(Text("advice.identifier.taken")),)),
        (
            Availability(free=False, suggestions=("zoe.anais2", "anais.zoe")),
            (
                Advice(Text("advice.identifier.taken"), "zoe.anais2"),
                Advice(Text("advice.identifier.taken"), "anais.zoe"),
            ),
        ),
    ],
)
async def test_whether_an_identifier_is_free_is_told_with_others_that_are(
    found: Availability, told: tuple[Advice, ...]
) -> None:
    step, session = steps.load("credentials"), full_session()
    answered = context(Service(found=found))
    assert await step.probe(answered, session, "identifier", "zoe.anais") == told
    if found.free:
        assert (await step.submit(answered, CREDENTIALS, session)).credentials is CREDENTIALS
    else:
        with pytest.raises(Refused) as refusal:
            await step.submit(answered, CREDENTIALS, session)
        assert (refusal.value.code, refusal.value.field) == ("identifier.taken", "identifier")


@pytest.mark.parametrize("step_name", ["credentials", "new_password"])
async def test_a_password_that_is_proposed_is_put_in_its_field(step_name: str) -> None:
    step = steps.load(step_name)
    filled = await step.fill("propose_password", context(Service()), full_session())
    field = next(each for each in step.fields(state_of(full_session())) if each.name == "password")
    assert list(filled) == ["password"]
    assert field.parse(filled["password"])


# --- the message


@pytest.mark.parametrize(
    ("messages", "guide", "nobody"),
    [(None, True, False), ((), True, True), ((), False, False)],
)
async def test_nobody_was_invited_where_messages_come_here_and_none_did(
    messages: tuple[Message, ...] | None, *, guide: bool, nobody: bool
) -> None:
    step = steps.load("message")
    session = await step.enter(context(Service(messages=messages), guide=guide), Session())
    assert session.nobody_invited is nobody
    first = step.blocks(state_of(session))[0]
    assert (first == Paragraph(Text("message.nobody"), strong=True)) is nobody


@pytest.mark.parametrize(
    ("policy", "first"), [(GUIDE_2022, "identification"), (APP_2025, "identity")]
)
def test_where_all_is_in_the_messages_one_goes_on_at_once(policy: Policy, first: str) -> None:
    texts = (f"Votre carte : 8025000002 {ZOE.serial}", "Code provisoire : Kd7mP3xRw9Tf")
    inbox = tuple(
        Message(to="z", channel=Channel.SMS, subject="", sent_at=NOW, text=text) for text in texts
    )
    for came, target in ((inbox, first), ((), "prerequisites")):
        goes_on = steps.load("message").actions(state_of(Session(inbox=came), policy=policy))[0]
        assert (goes_on.name, goes_on.target) == ("continue", target)


async def test_the_messages_that_came_are_there_to_be_read() -> None:
    step = steps.load("messages")
    assert not any(isinstance(block, MessageList) for block in step.blocks(state_of(Session())))
    came = Message(to="z", channel=Channel.SMS, subject="", sent_at=NOW, text="Bonjour")
    session = await step.enter(context(Service(messages=(came,))), Session())
    assert MessageList((came,)) in step.blocks(state_of(session))
    assert (await step.enter(context(Service()), session)).inbox == ()


@pytest.mark.parametrize("name", steps.STEPS)
def test_a_step_has_the_name_it_is_found_by(name: str) -> None:
    assert steps.load(name).name == name


# --- the end


async def test_the_password_is_shown_and_hidden_again_where_it_is_still_known() -> None:
    step, here = steps.load("done"), context(Service())
    shown = await step.act(SHOW, here, Session(credentials=CREDENTIALS))
    assert shown.password_shown
    assert not (await step.act(HIDE, here, shown)).password_shown
    assert await step.act(SHOW, here, Session()) == Session()


async def test_what_was_kept_in_the_keyring_is_forgotten_here() -> None:
    keyring = PocketKeyring()
    here = context(Service(), keyring=keyring)
    after = await steps.load("done").act("keep_credentials", here, Session(credentials=CREDENTIALS))
    assert (after.credentials, after.notice) == (None, "kept_in_keyring")
    assert await keyring.load() == ("zoe.anais", "Fleur7-Colline")


@pytest.mark.parametrize(
    ("step_name", "said"),
    [
        ("done", "Activation de Mon espace santé faite le 23 novembre 2026"),
        ("opposed", "Opposition à la création de Mon espace santé faite le 23 novembre 2026"),
    ],
)
async def test_a_receipt_that_was_asked_for_says_what_was_done_and_when(
    step_name: str, said: str
) -> None:
    drawer = Drawer()
    drawer.at_once = True
    here = context(Service())._replace(receipts=drawer)
    session = await steps.load(step_name).enter(here, Session(done_at=NOW))
    assert session.notice == "receipt_saved"
    (receipt,) = drawer.receipts
    assert said in receipt
    assert "ni identifiant, ni mot de passe" in receipt


async def test_what_was_not_chosen_cannot_be_validated() -> None:
    with pytest.raises(Refused) as refusal:
        await steps.load("review").submit(context(Service()), None, Session(flow=flow()))
    assert refusal.value.code == "step-not-pending"


async def test_a_password_is_changed_by_who_may_and_by_nobody_else() -> None:
    answers = PasswordAnswers(password="Fleur7-Colline")
    with pytest.raises(Refused) as refusal:
        await steps.load("new_password").submit(context(Service()), answers, Session())
    assert refusal.value.code == "session-expired"
