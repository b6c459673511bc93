"""Many at once, on each engine: counting is atomic, a code and a flow are of use once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterable

from espace_tui.errors import Refused
from espace_tui.model.values import Channel, Choice, Stage
from tests.activation.world import PASSWORD, World, code_in
from tests.people import CHRISTIAN, DOMINIQUE, STRANGER_NIR


async def outcomes(calls: Iterable[Awaitable[object]]) -> Counter[str]:
    """Run calls together; count how each ended."""
    answers = await asyncio.gather(*calls, return_exceptions=True)
    for answer in answers:
        assert not isinstance(answer, BaseException) or isinstance(answer, Refused), answer
    return Counter(a.code if isinstance(a, Refused) else "accepted" for a in answers)


async def test_wrong_guesses_at_once_let_the_limit_through(either: World) -> None:
    identify = either.rules.activation.identify
    await either.invite()
    for nir in (CHRISTIAN.nir, STRANGER_NIR):
        found = await outcomes(identify(f"abcDEF3469{n:02}", nir) for n in range(20))
        assert found == {"refused": 5, "too-many-attempts": 15}


async def test_wrong_one_time_codes_at_once_let_the_limit_through(either: World) -> None:
    await either.activate()
    request = await either.ask_to_sign_in()
    verify = either.rules.sign_in.verify
    found = await outcomes(verify(request, f"{n:07}") for n in range(40))
    assert found == {"refused": 5, "too-many-attempts": 35}


async def test_right_codes_at_once_give_one_session(either: World) -> None:
    await either.activate()
    request = await either.ask_to_sign_in()
    code = await either.code()
    found = await outcomes(either.rules.sign_in.verify(request, code) for _ in range(8))
    assert found["accepted"] == 1
    assert await either.rows("SELECT COUNT(*) AS n FROM session") == [{"n": 1}]


async def test_of_two_flows_on_one_code_one_wins(either: World) -> None:
    steps = either.rules.activation
    code = await either.invite()
    first = await either.reach(code=code)
    second = await steps.identify(code, CHRISTIAN.nir)
    found = await outcomes(
        [
            steps.complete(first, "christian.one", PASSWORD),
            steps.complete(second, "christian.two", PASSWORD),
        ]
    )
    assert found == {"accepted": 1, "stale-revision": 1}
    assert await either.rows("SELECT COUNT(*) AS n FROM credential") == [{"n": 1}]


async def test_completing_twice_at_once_has_one_effect(either: World) -> None:
    flow = await either.reach()
    steps = either.rules.activation
    found = await outcomes(
        steps.complete(flow, f"christian.{name}", PASSWORD) for name in ("one", "two", "three")
    )
    assert found.pop("accepted") == 1
    assert set(found) <= {"stale-revision", "step-not-pending"}
    letters = await either.kinds()
    assert letters.count("activated") == 1


async def test_opposing_and_completing_at_once_has_one_effect(either: World) -> None:
    flow = await either.reach()
    steps = either.rules.activation
    found = await outcomes(
        [steps.complete(flow, "christian", PASSWORD), steps.decide(flow, Choice.OPPOSE)]
    )
    assert found["accepted"] == 1
    status = await either.rules.administration.status()
    assert status["active"] + status["opposed"] == 1


async def test_an_identifier_goes_to_one_of_two(either: World) -> None:
    steps = either.rules.activation
    flows = [await either.reach(CHRISTIAN), await either.reach(DOMINIQUE)]
    found = await outcomes(steps.complete(flow, "same.name", PASSWORD) for flow in flows)
    assert found == {"accepted": 1, "identifier.taken": 1}
    loser = DOMINIQUE if (await either.rules.administration.status())["active"] == 1 else CHRISTIAN
    assert loser is DOMINIQUE


async def test_identifying_many_times_at_once_leaves_one_flow(either: World) -> None:
    steps = either.rules.activation
    code = await either.invite()
    flows = await asyncio.gather(*(steps.identify(code, CHRISTIAN.nir) for _ in range(5)))
    assert len({flow.id for flow in flows}) == 1
    found = await outcomes(
        steps.verify_card(flow, CHRISTIAN.kind, CHRISTIAN.serial) for flow in flows
    )
    assert found == {"accepted": 1, "stale-revision": 4}


async def test_inviting_the_same_person_at_once_registers_them_once(either: World) -> None:
    await asyncio.gather(*(either.rules.administration.invite(CHRISTIAN) for _ in range(6)))
    assert (await either.rules.administration.status())["invited"] == 1
    codes = [code_in(letter.text) or "" for letter in await either.letters()]
    found = await outcomes(
        either.rules.activation.identify(code, CHRISTIAN.nir) for code in reversed(codes[-5:])
    )
    assert found == {"accepted": 1, "refused": 4}


async def test_of_two_new_passwords_at_once_one_is_kept(either: World) -> None:
    await either.activate()
    recovery = either.rules.recovery
    request = await recovery.reset_password("christian.exemple", CHRISTIAN.nir, Channel.EMAIL)
    reset = await recovery.prove_reset(request, await either.code())
    found = await outcomes(recovery.set_password(reset, f"Tamanoir-Gris-{n}") for n in range(4))
    assert found == {"accepted": 1, "refused": 3}


async def test_a_new_code_while_completing_leaves_one_of_the_two(either: World) -> None:
    flow = await either.reach()
    found = await asyncio.gather(
        either.rules.activation.complete(flow, "christian", PASSWORD),
        *(either.rules.administration.invite(CHRISTIAN) for _ in range(3)),
        return_exceptions=True,
    )
    ended = isinstance(found[0], Refused)
    assert not any(isinstance(answer, BaseException) for answer in found[1:])
    assert (await either.rules.administration.status())["active"] == (0 if ended else 1)


async def test_sends_at_once_take_one_turn(either: World) -> None:
    await either.activate()
    found = await outcomes(either.ask_to_sign_in() for _ in range(5))
    assert found == {"accepted": 1, "send-later": 4}
    assert (await either.kinds()).count("sign-in-code") == 1


async def test_two_runs_of_the_six_week_rule_open_and_tell_once(either: World) -> None:
    await either.invite(CHRISTIAN)
    await either.invite(DOMINIQUE)
    either.clock.move(days=43)
    opened = await asyncio.gather(*(either.rules.administration.open_due() for _ in range(4)))
    assert sum(opened) == 2
    assert (await either.kinds()).count("opened") == 2


async def test_resuming_while_completing_never_shows_a_half_step(either: World) -> None:
    steps = either.rules.activation
    code = await either.invite()
    flow = await either.reach(code=code)
    answers = await asyncio.gather(
        steps.complete(flow, "christian", PASSWORD),
        *(steps.identify(code, CHRISTIAN.nir) for _ in range(3)),
        return_exceptions=True,
    )
    stages = [a.stage for a in answers if not isinstance(a, BaseException)]
    assert stages.count(Stage.DONE) <= 1
    status = await either.rules.administration.status()
    assert status["active"] == stages.count(Stage.DONE)
