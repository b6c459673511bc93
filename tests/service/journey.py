"""Every call of the port, in one life: activation, sign-in, space, recovery."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from espace_tui.backends.port import Backend
from espace_tui.errors import Unreachable
from espace_tui.model.values import Channel, Choice, Purpose, SpaceStatus, Stage
from tests.people import ALICE
from tests.service.town import IDENTIFIER, PASSWORD, ServiceWorld

T = TypeVar("T")
_PATIENCE = 5
NEW_EMAIL = "alice.martin@exemple.fr"
NEW_PASSWORD = "Un-autre-petit-chat-7"


class LifeWalker:
    """Walks the whole life of Alice's space; `before` is told of each call about to be made."""

    def __init__(
        self, backend: Backend, town: ServiceWorld, before: Callable[[str], None] = lambda _: None
    ) -> None:
        self._backend = backend
        self._town = town
        self._before = before

    async def call(self, name: str, work: Callable[[], Awaitable[T]]) -> T:
        """Make one call; press « Réessayer » while nobody answers."""
        self._before(name)
        for _ in range(_PATIENCE):
            try:
                return await work()
            except Unreachable:
                continue
        return await work()

    async def walk(self) -> None:
        """Live the whole life."""
        await self.call("policy", self._backend.policy)
        await self.activate()
        await self.sign_in()
        await self.recover()

    async def activate(self) -> None:
        provisional = await self._town.invite()
        part, call = self._backend.activation, self.call
        flow = await call("identify", lambda: part.identify(provisional, ALICE.nir))
        held = flow
        flow = await call("card", lambda: part.verify_card(held, ALICE.kind, ALICE.serial))
        carded = flow
        flow = await call("decide", lambda: part.decide(carded, Choice.ACTIVATE, "2022-01"))
        decided = flow
        request = await call(
            "change", lambda: part.change_contact(decided, Channel.EMAIL, NEW_EMAIL)
        )
        await self._town.forget_send_limits()
        again = await call("send", lambda: self._backend.sign_in.send_code(request, Channel.EMAIL))
        assert again.purpose is Purpose.CONTACT
        code = await self._town.last(r"\b[0-9]{6}\b", NEW_EMAIL)
        proved = await call("prove", lambda: part.prove_contact(decided, again, code))
        assert proved.contacts
        assert proved.contacts.email == "al•••••@exemple.fr"
        confirmed = await call("confirm", lambda: part.confirm_contacts(proved))
        free = await call("availability", lambda: part.availability(confirmed, IDENTIFIER))
        assert free.free
        done = await call("complete", lambda: part.complete(confirmed, IDENTIFIER, PASSWORD))
        assert done.stage is Stage.DONE

    async def sign_in(self, password: str = PASSWORD) -> None:
        part, space, call = self._backend.sign_in, self._backend.space, self.call
        await self._town.forget_send_limits()
        request = await call("open", lambda: part.open(IDENTIFIER, password, Channel.SMS))
        code = await self._town.one_time_code()
        opened = await call("verify", lambda: part.verify(request, code))
        profile = await call("profile", lambda: space.profile(opened))
        assert profile.status is SpaceStatus.ACTIVE
        closed = await call("close", lambda: space.close(opened))
        assert closed.status is SpaceStatus.CLOSED
        reopened = await call("reopen", lambda: space.reopen(opened))
        assert reopened.status is SpaceStatus.ACTIVE
        await call("sign out", lambda: part.sign_out(opened))

    async def recover(self) -> None:
        part, call = self._backend.recovery, self.call
        await self._town.forget_send_limits()
        await call("lost code", self._ask_code)
        await self._town.forget_send_limits()
        await call(
            "lost identifier",
            lambda: part.send_identifier(ALICE.birth_date, ALICE.nir, Channel.SMS),
        )
        await self._town.forget_send_limits()
        request = await call(
            "lost password", lambda: part.reset_password(IDENTIFIER, ALICE.nir, Channel.SMS)
        )
        code = await self._town.one_time_code()
        reset = await call("prove reset", lambda: part.prove_reset(request, code))
        await call("new password", lambda: part.set_password(reset, NEW_PASSWORD))

    async def _ask_code(self) -> None:
        await self._backend.recovery.request_code(
            ALICE.birth_date, ALICE.nir, ALICE.kind, ALICE.serial, Channel.SMS
        )
