"""Identifying: the code works once, for its NIR, for six weeks; every refusal looks the same."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

from espace_tui.activation.context import Limits
from espace_tui.activation.records.invitation import ALPHABET, LOOK_ALIKES, new_code
from espace_tui.model.values import Choice, Stage
from tests.activation.world import PASSWORD, World, opened, refusal, seen
from tests.people import CHRISTIAN, DOMINIQUE, STRANGER_NIR

_MOVE = """
UPDATE invitation SET hash =
    (SELECT i.hash FROM invitation i JOIN person p ON p.id = i.person WHERE p.nir_tag = :tag)
"""


async def test_the_code_of_the_message_opens_the_activation(world: World) -> None:
    flow = await world.rules.activation.identify(await world.invite(), CHRISTIAN.nir)
    assert (flow.stage, flow.first_name, flow.contacts) == (Stage.CARD, "Christian", None)


def test_a_code_holds_nothing_that_is_misread() -> None:
    codes = [new_code(12) for _ in range(200)]
    assert all(re.fullmatch(f"[{ALPHABET}]{{12}}", code) for code in codes)
    assert not LOOK_ALIKES & set("".join(codes))
    assert len(set(codes)) == 200
    assert min(Counter("".join(codes)).values()) > 10


async def test_a_code_is_of_use_to_nobody_else(world: World) -> None:
    code = await world.invite(CHRISTIAN)
    await world.invite(DOMINIQUE)
    assert (await refusal(world.rules.activation.identify(code, DOMINIQUE.nir))).code == "refused"
    assert (await world.rules.activation.identify(code, CHRISTIAN.nir)).stage is Stage.CARD


async def test_a_code_moved_to_somebody_else_in_the_store_is_of_no_use(world: World) -> None:
    code = await world.invite(CHRISTIAN)
    await world.invite(DOMINIQUE)
    async with world.rules.context.store.transaction() as tx:
        await tx.run(_MOVE, tag=world.rules.context.keys.tag("nir", CHRISTIAN.nir))
    identify = world.rules.activation.identify
    assert (await identify(code, CHRISTIAN.nir)).stage is Stage.CARD
    assert (await refusal(identify(code, DOMINIQUE.nir))).code == "refused"


async def test_every_refusal_looks_the_same(world: World) -> None:
    identify = world.rules.activation.identify
    used = await world.invite(DOMINIQUE)
    await world.rules.activation.complete(
        await world.reach(DOMINIQUE, used), "dom.modele", PASSWORD
    )
    replaced = await world.invite()
    code = await world.invite()
    looks = {
        "unknown": seen(await refusal(identify(code, STRANGER_NIR))),
        "wrong": seen(await refusal(identify("abcDEF346979", CHRISTIAN.nir))),
        "replaced": seen(await refusal(identify(replaced, CHRISTIAN.nir))),
        "used": seen(await refusal(identify(used, DOMINIQUE.nir))),
    }
    world.clock.move(days=43)
    looks["expired"] = seen(await refusal(identify(code, CHRISTIAN.nir)))
    assert set(looks.values()) == {("refused", None, None, None, "refused")}


async def test_locked_and_unknown_look_the_same_too(world: World) -> None:
    await world.invite()
    code, identify = "abcDEF34697A", world.rules.activation.identify
    for _ in range(5):
        mine = seen(await refusal(identify("abcDEF346979", CHRISTIAN.nir)))
        theirs = seen(await refusal(identify("abcDEF346979", STRANGER_NIR)))
        assert mine == theirs
    locked = await refusal(identify("abcDEF346979", CHRISTIAN.nir))
    assert (locked.code, locked.wait) == ("too-many-attempts", 5)
    assert seen(locked) == seen(await refusal(identify(code, STRANGER_NIR)))


async def test_an_authenticator_that_is_off_says_no_more_and_takes_the_right_code(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path / "data", limits=Limits(max_failures=3)) as world:
        code = await world.invite()
        identify = world.rules.activation.identify
        wrong = [await refusal(identify("abcDEF346979", CHRISTIAN.nir)) for _ in range(3)]
        off = await refusal(identify("abcDEF346979", CHRISTIAN.nir))
        assert seen(off) == seen(wrong[0])
        assert (await identify(code, CHRISTIAN.nir)).stage is Stage.CARD


async def test_the_code_lives_until_the_last_second_of_the_last_day_in_france(world: World) -> None:
    code = await world.invite()
    world.clock.move(days=42, hours=13, minutes=59, seconds=59)
    flow = await world.rules.activation.identify(code, CHRISTIAN.nir)
    assert flow.expires_at == world.clock.now() + timedelta(seconds=1)
    world.clock.move(seconds=1)
    late = await refusal(world.rules.activation.verify_card(flow, CHRISTIAN.kind, CHRISTIAN.serial))
    assert late.code == "flow-expired"


async def test_identifying_again_resumes_and_takes_over(world: World) -> None:
    steps = world.rules.activation
    code = await world.invite()
    first = await steps.identify(code, CHRISTIAN.nir)
    first = await steps.verify_card(first, CHRISTIAN.kind, CHRISTIAN.serial)
    second = await steps.identify(code, CHRISTIAN.nir)
    assert (second.id, second.stage) == (first.id, Stage.DECISION)
    assert (await refusal(steps.decide(first, Choice.OPPOSE))).code == "stale-revision"
    assert (await steps.decide(second, Choice.ACTIVATE, "2022-01")).stage is Stage.CONTACTS


async def test_an_idle_activation_ends_but_its_code_resumes_it(world: World) -> None:
    steps = world.rules.activation
    code = await world.invite()
    flow = await world.reach(code=code)
    world.clock.move(minutes=30)
    assert (await refusal(steps.availability(flow, "christian"))).code == "flow-expired"
    resumed = await steps.identify(code, CHRISTIAN.nir)
    assert resumed.stage is Stage.CREDENTIALS
    assert (await steps.complete(resumed, "christian", PASSWORD)).stage is Stage.DONE


async def test_a_new_code_ends_the_activation_that_was_pending(world: World) -> None:
    flow = await world.reach()
    await world.invite()
    refused = await refusal(world.rules.activation.complete(flow, "christian", PASSWORD))
    assert refused.code == "flow-expired"
