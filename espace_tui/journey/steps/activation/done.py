"""« C'est fait »: what was done, what *activé* means, and the offer of the keyring."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import Desk
from espace_tui.journey.form import Action, Block, Bullets, Deed, Facts, Situation, Step
from espace_tui.journey.session import Session


class Done(Step[None]):
    """The receipt holds no secret. Nothing goes to the keyring unless the person asks."""

    name: ClassVar[str] = "done"

    @override
    def blocks(self, at: Situation) -> tuple[Block, ...]:
        receipt = Facts(
            (
                (Text("fact.act"), Text("fact.activated")),
                (Text("fact.day"), Text("fact.at", {"day": at.session.done_at})),
            )
        )
        held = ("nowhere",) if at.session.credentials else ()
        offered = ("keyring",) if _can_keep(at) else ()
        said = ("active", "keep", *held, *offered)
        return (receipt, Bullets(tuple(Text(f"done.{each}") for each in said)))

    @override
    def actions(self, at: Situation) -> tuple[Action, ...]:
        keep = (Action("keep_credentials", Deed.ACT, self.name),) if _can_keep(at) else ()
        return (Action("sign_in"), *keep, Action("home", Deed.GO, "welcome"))

    @override
    async def enter(self, desk: Desk, session: Session) -> Session:
        return session.with_(identity=None, identification=None, card=None, decision=None)

    @override
    async def act(self, action: str, desk: Desk, session: Session) -> Session:
        if session.credentials is None:
            return session
        await desk.keyring.keep(
            session.credentials.identifier.get_secret_value(),
            session.credentials.password.get_secret_value(),
        )
        return session.with_(credentials=None, notice="kept_in_keyring")

    @override
    async def submit(self, desk: Desk, answers: None, session: Session) -> Session:
        return Session()


def _can_keep(at: Situation) -> bool:
    return "keyring" in (at.kept or ()) and at.session.credentials is not None


STEP = Done()
