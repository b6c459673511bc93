"""Counting failures: against a model, over a thousand flows, and apart for each authenticator."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from espace_tui.activation.context import Limits
from espace_tui.activation.records import attempts
from espace_tui.activation.records.attempts import Authenticator
from espace_tui.errors import Refused
from espace_tui.model.values import Channel, Choice
from tests.activation.world import PASSWORD, World, opened, refusal
from tests.people import CHRISTIAN


async def fail(world: World, count: int, identifier: str = "christian.exemple") -> list[str]:
    """Give a wrong password this many times; return what was told."""
    told = []
    for _ in range(count):
        try:
            await world.rules.sign_in.open(identifier, "Wrong-1-", Channel.EMAIL)
            told.append("a request")
        except Refused as refused:
            told.append(refused.code)
    return told


SERIAL = "00000000000"
WAITS = {5: 5, 6: 40, 7: 135, 8: 320, 9: 625}


@dataclass
class Model:
    """What the counter should do, in the words of the requirement."""

    failed: int = 0
    open_at: int = 0

    def attempt(self, now: int) -> tuple[str, int | None] | None:
        """Return how an attempt is turned away, or None when it is looked at (and wrong)."""
        if self.failed >= 100:
            return ("refused", None)
        if now < self.open_at:
            return ("too-many-attempts", self.open_at - now)
        self.failed += 1
        wait = 3600 if self.failed >= 10 else WAITS.get(self.failed, 0)
        self.open_at = now + wait
        return None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.integers(0, 4000), st.just("right")), max_size=140))
def test_the_counter_does_as_its_model(events: list[int | str]) -> None:
    async def play() -> None:
        model, now = Model(), 1_800_000_000
        with TemporaryDirectory() as folder:
            async with opened(Path(folder) / "data") as world:
                for event in events:
                    if isinstance(event, str):
                        async with world.rules.context.store.transaction() as tx:
                            await attempts.forgive(tx, "someone", Authenticator.CARD)
                        model = Model()
                        continue
                    now += event
                    async with world.rules.context.store.transaction() as tx:
                        found = await attempts.count(
                            tx, Limits(), now, "someone", Authenticator.CARD
                        )
                    shown = None if found is None else (found.code, found.wait)
                    assert shown == model.attempt(now)

    asyncio.run(play())


async def test_the_hundredth_failure_turns_it_off_for_good(world: World) -> None:
    model, now = Model(), int(datetime(2027, 1, 1, tzinfo=UTC).timestamp())
    store = world.rules.context.store
    for _ in range(110):
        async with store.transaction() as tx:
            found = await attempts.count(tx, Limits(), now, "someone", Authenticator.CARD)
        expected = model.attempt(now)
        assert (None if found is None else (found.code, found.wait)) == expected
        now += 3600
    assert model.failed == 100


async def test_a_thousand_flows_never_reset_the_count(world: World) -> None:
    code = await world.invite()
    steps = world.rules.activation
    looked_at = 0
    for _ in range(1000):
        flow = await steps.identify(code, CHRISTIAN.nir)
        refused = await refusal(steps.verify_card(flow, CHRISTIAN.kind, SERIAL))
        looked_at += refused.code == "refused"
    assert looked_at == 5


async def test_new_codes_never_reset_the_count(world: World) -> None:
    identify = world.rules.activation.identify
    for _ in range(5):
        await world.invite()
        await refusal(identify("abcDEF346979", CHRISTIAN.nir))
    code = await world.invite()
    refused = await refusal(identify("abcDEF346979", CHRISTIAN.nir))
    assert refused.code == "too-many-attempts"
    assert (await identify(code, CHRISTIAN.nir)).first_name == "Christian"


async def test_new_one_time_codes_and_requests_never_reset_the_count(world: World) -> None:
    await world.activate()
    answers = []
    for _ in range(9):
        request = await world.ask_to_sign_in()
        answers.append((await refusal(world.rules.sign_in.verify(request, "x"))).code)
        world.clock.move(hours=1)
    assert answers == ["refused"] * 9
    request = await world.ask_to_sign_in()
    await refusal(world.rules.sign_in.verify(request, "x"))
    assert (await refusal(world.rules.sign_in.verify(request, "x"))).wait == 3600


async def test_sending_a_code_again_never_resets_the_count(world: World) -> None:
    flow = await world.reach()
    sign_in, steps = world.rules.sign_in, world.rules.activation
    request = await steps.change_contact(flow, Channel.EMAIL, "neuf@exemple.fr")
    for _ in range(4):
        await refusal(steps.prove_contact(flow, request, "x"))
    world.clock.move(seconds=30)
    again = await sign_in.send_code(request, Channel.EMAIL)
    await refusal(steps.prove_contact(flow, again, "x"))
    assert (await refusal(steps.prove_contact(flow, again, await world.code()))).wait == 5
    world.clock.move(seconds=30)
    other = await steps.change_contact(flow, Channel.EMAIL, "autre@exemple.fr")
    await refusal(steps.prove_contact(flow, other, "x"))
    assert (await refusal(steps.prove_contact(flow, other, await world.code()))).wait == 40


async def test_another_process_never_resets_the_count(tmp_path: Path) -> None:
    told = []
    for _ in range(7):
        async with opened(tmp_path / "data") as world:
            call = world.rules.activation.identify("abcDEF346979", CHRISTIAN.nir)
            told.append((await refusal(call)).code)
    assert told == ["refused"] * 5 + ["too-many-attempts"] * 2


async def test_a_right_answer_forgives(world: World) -> None:
    code = await world.invite()
    steps = world.rules.activation
    for _ in range(20):
        await refusal(steps.identify("abcDEF346979", CHRISTIAN.nir))
        await steps.identify(code, CHRISTIAN.nir)


async def test_password_and_code_are_counted_apart(world: World) -> None:
    await world.activate()
    request = await world.ask_to_sign_in()
    await fail(world, 6)
    space = await world.rules.sign_in.verify(request, await world.code())
    assert (await world.rules.space.profile(space)).first_name == "Christian"


async def test_nobody_outside_can_block_an_open_session(world: World) -> None:
    await world.activate()
    space = await world.sign_in()
    await fail(world, 12)
    for _ in range(12):
        await refusal(world.rules.activation.identify("abcDEF346979", CHRISTIAN.nir))
    assert not (await world.ask_to_sign_in()).destination
    assert (await world.rules.space.close(space)).first_name == "Christian"


async def test_an_unknown_identifier_is_counted_like_a_known_one(world: World) -> None:
    await world.activate()
    mine, theirs = await fail(world, 12), await fail(world, 12, "nobody.at.all")
    assert mine == theirs == ["refused"] * 5 + ["a request"] * 7


async def test_an_operator_opens_everything_again(world: World) -> None:
    await world.activate()
    await fail(world, 6)
    assert not (await world.ask_to_sign_in()).destination
    assert await world.rules.administration.unlock(CHRISTIAN.nir)
    assert (await world.ask_to_sign_in()).destination == "ch•••••@exemple.fr"


async def test_opposing_takes_no_more_wrong_cards_than_activating(world: World) -> None:
    steps = world.rules.activation
    flow = await steps.identify(await world.invite(), CHRISTIAN.nir)
    refused = await refusal(steps.decide(flow, Choice.OPPOSE))
    assert (refused.code, isinstance(refused, Refused)) == ("step-not-pending", True)
    assert PASSWORD not in str(refused)
