"""« C'est fait »: what was done, what *activé* means, and the offer of the keyring."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import (
    Action,
    ActionKind,
    Block,
    Bullets,
    Facts,
    Paragraph,
    Step,
    StepState,
    mask_all,
)
from espace_tui.journey.session import Session
from espace_tui.journey.steps.kept_here import (
    SAVE_RECEIPT,
    look_for_keyring,
    may_use_keyring,
    prepare_receipt,
    receipt_action,
    receipt_row,
    save_receipt,
)

SHOW, HIDE = "show_password", "hide_password"


class DoneStep(Step[None]):
    """The receipt holds no secret. Nothing goes to the keyring unless the person asks."""

    name: ClassVar[str] = "done"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        known, shown = state.session.credentials, state.session.password_shown
        noted: tuple[tuple[Text, Text | str], ...] = ()
        if known is not None:
            password = known.password.get_secret_value()
            noted = (
                (Text("field.identifier.label"), known.identifier.get_secret_value()),
                (Text("field.password.label"), password if shown else mask_all(password)),
            )
        when = (Text("fact.activated"), Text("fact.at", {"day": state.session.done_at}))
        receipt = Facts((*noted, when, *receipt_row(state.session)))
        held = ("nowhere",) if state.session.credentials else ()
        offered = ("keyring",) if _can_store(state) else ()
        said = ("active", "keep", *held, *offered)
        flow = state.session.flow
        hello = (Paragraph(Text("done.hello", {"name": flow.first_name})),) if flow else ()
        return (*hello, receipt, Bullets(tuple(Text(f"done.{each}") for each in said)))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        keep = (Action("keep_credentials", ActionKind.ACT, self.name),) if _can_store(state) else ()
        hides = state.session.password_shown
        name = HIDE if hides else SHOW
        show = Action(name, ActionKind.ACT, self.name, quiet=True, reveals=True, conceals=hides)
        shown = (show,) if state.session.credentials is not None else ()
        receipt = receipt_action(state.session, self.name)
        home = Action("home", ActionKind.GO, "welcome", quiet=True)
        return (Action("sign_in"), *receipt, *keep, home, *shown)

    @override
    async def enter(self, context: StepContext, session: Session) -> Session:
        session = session.with_(identity=None, identification=None, card=None, decision=None)
        session = await look_for_keyring(context, session)
        return await prepare_receipt(context, session, "activated")

    @override
    async def act(self, action: str, context: StepContext, session: Session) -> Session:
        if action == SAVE_RECEIPT:
            return await save_receipt(context, session, "activated")
        if session.credentials is None:
            return session
        if action in {SHOW, HIDE}:
            return session.with_(password_shown=action == SHOW)
        await context.keyring.save(
            session.credentials.identifier.get_secret_value(),
            session.credentials.password.get_secret_value(),
        )
        return session.with_(credentials=None, notice="kept_in_keyring")

    @override
    async def submit(self, context: StepContext, answers: None, session: Session) -> Session:
        return Session()


def _can_store(state: StepState) -> bool:
    return may_use_keyring(state) and state.session.credentials is not None


STEP = DoneStep()
