"""« C'est fait »: what was done, what *activé* means, and the offer of the keyring."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import Action, ActionKind, Block, Bullets, Facts, Step, StepState
from espace_tui.journey.session import Session


class DoneStep(Step[None]):
    """The receipt holds no secret. Nothing goes to the keyring unless the person asks."""

    name: ClassVar[str] = "done"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        receipt = Facts(
            (
                (Text("fact.act"), Text("fact.activated")),
                (Text("fact.day"), Text("fact.at", {"day": state.session.done_at})),
            )
        )
        held = ("nowhere",) if state.session.credentials else ()
        offered = ("keyring",) if _can_store(state) else ()
        said = ("active", "keep", *held, *offered)
        return (receipt, Bullets(tuple(Text(f"done.{each}") for each in said)))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        keep = (Action("keep_credentials", ActionKind.ACT, self.name),) if _can_store(state) else ()
        return (Action("sign_in"), *keep, Action("home", ActionKind.GO, "welcome"))

    @override
    async def enter(self, context: StepContext, session: Session) -> Session:
        return session.with_(identity=None, identification=None, card=None, decision=None)

    @override
    async def act(self, action: str, context: StepContext, session: Session) -> Session:
        if session.credentials is None:
            return session
        await context.keyring.save(
            session.credentials.identifier.get_secret_value(),
            session.credentials.password.get_secret_value(),
        )
        return session.with_(credentials=None, notice="kept_in_keyring")

    @override
    async def submit(self, context: StepContext, answers: None, session: Session) -> Session:
        return Session()


def _can_store(state: StepState) -> bool:
    return "keyring" in (state.consents or ()) and state.session.credentials is not None


STEP = DoneStep()
