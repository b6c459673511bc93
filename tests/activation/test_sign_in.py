"""Signing in and being in: one refusal, sessions that end, hashes that follow the times."""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from espace_tui.activation.crypto.hasher import EMBEDDED, SERVICE, Cost, Hasher
from espace_tui.activation.rules import Rules
from espace_tui.errors import Unreachable
from espace_tui.model.grants import Space
from espace_tui.model.values import Channel, SpaceStatus
from tests.activation.world import PASSWORD, QUICK, World, opened, refusal, seen
from tests.people import CHRISTIAN


async def test_the_whole_way_in_and_out(world: World) -> None:
    await world.activate()
    space = await world.sign_in()
    assert space.expires_at == world.clock.now() + timedelta(hours=12)
    profile = await world.rules.space.profile(space)
    assert (profile.first_name, profile.status) == ("Christian", SpaceStatus.ACTIVE)
    assert profile.contacts.email == "ch•••••@exemple.fr"
    await world.rules.sign_in.sign_out(space)
    assert (await refusal(world.rules.space.profile(space))).code == "session-expired"
    await world.rules.sign_in.sign_out(space)


async def test_one_refusal_whatever_was_wrong(world: World) -> None:
    await world.activate()
    sign_in = world.rules.sign_in.open
    wrong = await refusal(sign_in("christian.exemple", "Ornithorynque8!", Channel.EMAIL))
    unknown = await refusal(sign_in("personne.du.tout", PASSWORD, Channel.EMAIL))
    empty = await refusal(sign_in("", "", Channel.SMS))
    assert {seen(wrong), seen(unknown), seen(empty)} == {("refused", None, None, None, "refused")}


async def test_a_password_is_the_same_however_the_keyboard_composed_it(world: World) -> None:
    flow = await world.reach()
    await world.rules.activation.complete(flow, "christian.exemple", "Le\u0301zard-Vert7")
    for typed in ("Lézard-Vert7", "Le\u0301zard-Vert7", "Ｌézard-Vert7"):
        request = await world.rules.sign_in.open("christian.exemple", typed, Channel.SMS)
        assert request.channel is Channel.SMS
        world.clock.move(seconds=30)


async def test_a_session_ends_after_fifteen_idle_minutes(world: World) -> None:
    await world.activate()
    space = await world.sign_in()
    for _ in range(5):
        world.clock.move(minutes=14, seconds=59)
        await world.rules.space.profile(space)
    world.clock.move(minutes=15)
    assert (await refusal(world.rules.space.profile(space))).code == "session-expired"


async def test_a_session_looked_at_again_at_once_moves_no_end(world: World) -> None:
    """Its end moves by a minute at least: it never comes later than it should."""
    await world.activate()
    space = await world.sign_in()
    world.clock.move(seconds=59)
    await world.rules.space.profile(space)
    world.clock.move(minutes=14, seconds=1)
    assert (await refusal(world.rules.space.profile(space))).code == "session-expired"


async def test_a_session_ends_after_twelve_hours_however_busy(world: World) -> None:
    await world.activate()
    space = await world.sign_in()
    for _ in range(71):
        world.clock.move(minutes=10)
        await world.rules.space.profile(space)
    world.clock.move(minutes=10)
    assert (await refusal(world.rules.space.profile(space))).code == "session-expired"


async def test_a_session_is_256_random_bits_kept_as_a_digest(world: World) -> None:
    await world.activate()
    tokens = []
    for _ in range(3):
        tokens.append((await world.sign_in()).token.get_secret_value())
        world.clock.move(seconds=30)
    assert len(set(tokens)) == 3
    assert {len(urlsafe_b64decode(token + "=")) for token in tokens} == {32}
    kept = {row["token_digest"] for row in await world.rows("SELECT token_digest FROM session")}
    assert kept == {sha256(token.encode()).hexdigest() for token in tokens}


async def test_a_made_up_token_opens_nothing(world: World) -> None:
    await world.activate()
    space = await world.sign_in()
    forged = Space.model_validate(space.model_dump() | {"token": "x" * 43})
    assert (await refusal(world.rules.space.close(forged))).code == "session-expired"


async def test_closing_and_reopening_are_told_once(world: World) -> None:
    await world.activate()
    space = await world.sign_in()
    closed = await world.rules.space.close(space)
    assert await world.rules.space.close(space) == closed
    assert closed.status is SpaceStatus.CLOSED
    world.clock.move(minutes=1)
    again = await world.sign_in()
    assert (await world.rules.space.reopen(again)).status is SpaceStatus.ACTIVE
    kinds = await world.kinds()
    assert (kinds.count("closed"), kinds.count("reopened")) == (1, 1)


async def test_a_hash_is_made_again_when_it_became_too_cheap(tmp_path: Path) -> None:
    async with opened(tmp_path / "data", cost=QUICK) as world:
        await world.activate()
    dearer = Cost(rounds=2, kibibytes=16)
    async with opened(tmp_path / "data", cost=dearer) as world:
        await world.ask_to_sign_in()
        [row] = await world.rows("SELECT hash FROM credential")
        assert "$argon2id$v=19$m=16,t=2,p=1$" in str(row["hash"])
        world.clock.move(seconds=30)
        await world.ask_to_sign_in()


async def test_what_is_kept_is_argon2id_at_the_cost_asked(tmp_path: Path) -> None:
    async with opened(tmp_path / "data", cost=SERVICE) as world:
        code = await world.invite()
        [row] = await world.rows("SELECT hash FROM invitation")
        assert "$argon2id$v=19$m=19456,t=2,p=1$" in str(row["hash"])
        await world.rules.activation.complete(await world.reach(code=code), "christian", PASSWORD)
        [row] = await world.rows("SELECT hash FROM credential")
        assert "$argon2id$v=19$m=19456,t=2,p=1$" in str(row["hash"])


def test_the_costs_are_not_below_the_floor() -> None:
    for cost in (SERVICE, EMBEDDED):
        assert (cost.rounds, cost.kibibytes, cost.lanes) >= (2, 19 * 1024, 1)
        assert cost.kibibytes >= 19 * 1024


async def test_a_full_queue_is_told_at_once_and_costs_no_attempt(world: World) -> None:
    code = await world.invite()
    context = world.rules.context
    narrow = Hasher(context.keys, QUICK, queue=0)
    identify = Rules(replace(context, hasher=narrow)).activation.identify
    for _ in range(12):
        with ExitStack() as all_places:
            for _ in range(os.cpu_count() or 1):
                all_places.enter_context(narrow.reserve(None))
            with pytest.raises(Unreachable, match="busy"):
                await identify("x" * 12, CHRISTIAN.nir)
    assert (await identify(code, CHRISTIAN.nir)).first_name == "Christian"
    await narrow.aclose()
