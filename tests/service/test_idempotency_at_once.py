"""S18: the same key at two processes in the same instant, or after a crash: one effect, one count.

Two `Once` over the same rules stand for two processes: nothing keeps them from going at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from espace_tui.activation.audit import Event
from espace_tui.activation.records import attempts
from espace_tui.activation.records.attempts import Authenticator
from espace_tui.activation.rules import Rules
from espace_tui.errors import Refused, Unreachable
from espace_tui.model.grants import CodeRequest, Flow
from espace_tui.model.values import Channel, Choice
from espace_tui.service.idempotency import IdempotentRequest
from espace_tui.service.problems import RequestError
from espace_tui.service.state import state_of
from tests.people import ALICE
from tests.service.town import IDENTIFIER, PASSWORD, ServiceWorld, open_world

KEY = "0b8f3c62-8c1e-4c0f-9d53-0f4b7e6a1d29"
WRONG_CODE, WRONG_SERIAL = "abcdefghjkmn", "00000000000"


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> dict[str, str]:
    """What to change for a town to stand on an engine."""
    is_postgres = request.param == "postgres"
    return {"database": request.getfixturevalue("database")} if is_postgres else {}


@pytest.fixture
async def either(engine: dict[str, str], tmp_path: Path) -> AsyncIterator[ServiceWorld]:
    """A town on each engine."""
    town = await open_world(tmp_path, **engine)
    yield town
    await town.rules.aclose()


async def at_once(
    town: ServiceWorld,
    model: type[BaseModel | None],
    work: Callable[[Rules], Awaitable[Any]],
    body: str = "body",
) -> list[object]:
    """Make a call under one key at three processes at once; return what each told."""
    keyed = IdempotentRequest(KEY, ("POST", "/somewhere", body))
    told = await asyncio.gather(
        *(
            state_of(town.rules).idempotency.answer(
                keyed, model, lambda guard: work(town.rules.guarded(guard, "somebody"))
            )
            for _ in range(3)
        ),
        return_exceptions=True,
    )
    return [shown(each) for each in told]


def shown(told: object) -> object:
    if isinstance(told, Refused | Unreachable | RequestError):
        return type(told), told.code
    assert not isinstance(told, BaseException), told
    return told


async def counted(town: ServiceWorld, authenticator: Authenticator) -> int:
    async with town.rules.context.store.transaction() as tx:
        row = await tx.one(
            "SELECT failures FROM failure WHERE authenticator = :it", it=authenticator.value
        )
    return row["failures"] if row else 0


async def activated(town: ServiceWorld) -> None:
    steps = town.rules.activation
    flow = await steps.identify(await town.invite(), ALICE.nir)
    flow = await steps.verify_card(flow, ALICE.kind, ALICE.serial)
    flow = await steps.decide(flow, Choice.ACTIVATE, town.rules.context.policy.terms)
    await steps.complete(await steps.confirm_contacts(flow), IDENTIFIER, PASSWORD)


async def test_a_wrong_code_is_counted_once(either: ServiceWorld) -> None:
    await either.invite()
    told = await at_once(
        either, Flow, lambda rules: rules.activation.identify(WRONG_CODE, ALICE.nir)
    )
    assert told == [(Refused, "refused")] * 3
    assert await counted(either, Authenticator.PROVISIONAL_CODE) == 1
    assert (await either.audit_events()).count(Event.IDENTIFICATION_REFUSED) == 1


async def test_a_password_is_counted_and_accepted_once(either: ServiceWorld) -> None:
    await activated(either)
    wrong = await at_once(
        either,
        CodeRequest,
        lambda rules: rules.sign_in.open(IDENTIFIER, "Wrong-1-", Channel.SMS),
        "wrong",
    )
    assert wrong == [(Refused, "refused")] * 3
    assert await counted(either, Authenticator.PASSWORD) == 1
    async with either.rules.context.store.transaction() as tx:
        await tx.run("DELETE FROM answer")
    first, *others = await at_once(
        either, CodeRequest, lambda rules: rules.sign_in.open(IDENTIFIER, PASSWORD, Channel.SMS)
    )
    assert isinstance(first, CodeRequest)
    assert others == [first, first]
    assert await counted(either, Authenticator.PASSWORD) == 1
    trail = await either.audit_events()
    assert (trail.count(Event.PASSWORD_ACCEPTED), trail.count(Event.CODE_SENT)) == (1, 1)


async def test_a_wrong_card_is_counted_once_and_its_key_serves_for_nothing_else(
    either: ServiceWorld,
) -> None:
    steps = either.rules.activation
    flow = await steps.identify(await either.invite(), ALICE.nir)
    wrong = await at_once(
        either,
        Flow,
        lambda rules: rules.activation.verify_card(flow, ALICE.kind, WRONG_SERIAL),
        "wrong",
    )
    assert wrong == [(Refused, "refused")] * 3
    right = await at_once(
        either, Flow, lambda rules: rules.activation.verify_card(flow, ALICE.kind, ALICE.serial)
    )
    assert right == [(RequestError, "key-reused")] * 3
    assert await counted(either, Authenticator.CARD) == 1
    async with either.rules.context.store.transaction() as tx:
        await tx.run("UPDATE answer SET kept_at = kept_at - 86400")
    first, *others = await at_once(
        either, Flow, lambda rules: rules.activation.verify_card(flow, ALICE.kind, ALICE.serial)
    )
    assert isinstance(first, Flow)
    assert others == [first, first]
    assert (await either.audit_events()).count(Event.CARD_VERIFIED) == 1


async def test_later_leaves_the_key_free(either: ServiceWorld) -> None:
    await activated(either)
    sign_in = either.rules.sign_in.open
    await sign_in(IDENTIFIER, PASSWORD, Channel.SMS)
    told = await at_once(
        either,
        CodeRequest,
        lambda rules: rules.sign_in.open(IDENTIFIER, PASSWORD, Channel.SMS),
        "soon",
    )
    assert told == [(Refused, "send-later")] * 3
    assert await either.count("answer") == 0
    await either.forget_send_limits()
    other = await at_once(
        either, CodeRequest, lambda rules: rules.sign_in.open(IDENTIFIER, PASSWORD, Channel.SMS)
    )
    assert all(isinstance(each, CodeRequest) for each in other)


async def test_a_guess_cut_short_is_counted_once_and_taken_up_again(either: ServiceWorld) -> None:
    async def count(rules: Rules) -> None:
        await rules.context.read(
            lambda tx: attempts.count_once(rules.context, tx, "someone", Authenticator.PASSWORD)
        )

    async def cut_short(rules: Rules) -> None:
        await count(rules)
        raise Unreachable("store-locked")

    async def whole(rules: Rules) -> None:
        await count(rules)

        async def refuse(_: object) -> Refused:
            return Refused()

        await rules.context.act(refuse)

    assert await at_once(either, type(None), cut_short) == [(Unreachable, "store-locked")] * 3
    assert await counted(either, Authenticator.PASSWORD) == 1
    assert await at_once(either, type(None), whole, "other") == [(RequestError, "key-reused")] * 3
    assert await at_once(either, type(None), whole) == [(Refused, "refused")] * 3
    assert await counted(either, Authenticator.PASSWORD) == 1
    assert await either.count("answer") == 1
