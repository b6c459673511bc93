"""A new key takes over without a pause, and the former ones go when nothing needs them."""

from __future__ import annotations

import json
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

from espace_tui.activation.stores.postgres import PostgresStore
from espace_tui.model.values import Stage
from tests.activation.world import World, opened, refusal
from tests.people import CHRISTIAN, DOMINIQUE


@dataclass
class Place:
    """A store, opened with the keys of the day."""

    folder: Path
    address: str | None

    def open(self) -> AbstractAsyncContextManager[World]:
        """Open the service."""
        store = PostgresStore(self.address) if self.address else None
        return opened(self.folder, store=store)

    def rotate(self, key_id: str) -> None:
        """Add a key and make it the present one."""
        path = self.folder / "keys.json"
        content = json.loads(path.read_text())
        content["keys"][key_id] = key_id.encode().hex() * 16
        path.write_text(json.dumps(content | {"current": key_id}))

    def forget(self, key_id: str) -> None:
        """Take a key away."""
        path = self.folder / "keys.json"
        content = json.loads(path.read_text())
        del content["keys"][key_id]
        path.write_text(json.dumps(content))


@pytest.fixture
def place(tmp_path: Path, address: str | None) -> Place:
    """A place on each engine."""
    return Place(tmp_path / "data", address)


async def test_everybody_goes_on_after_several_rotations(place: Place) -> None:
    async with place.open() as world:
        await world.activate()
        code = await world.invite(DOMINIQUE)
    for key_id in ("k2", "k3"):
        place.rotate(key_id)
    async with place.open() as world:
        space = await world.sign_in()
        assert (await world.rules.space.profile(space)).first_name == "Christian"
        flow = await world.reach(DOMINIQUE, code)
        assert flow.stage is Stage.CREDENTIALS
        assert await world.rules.administration.unlock(CHRISTIAN.nir)
        again = await world.rules.administration.invite(DOMINIQUE)
        assert again.again


async def test_a_former_identifier_is_still_taken(place: Place) -> None:
    async with place.open() as world:
        await world.activate(CHRISTIAN, "the.same")
    place.rotate("k2")
    async with place.open() as world:
        flow = await world.reach(DOMINIQUE)
        steps = world.rules.activation
        assert not (await steps.availability(flow, "the.same")).free
        refused = await refusal(steps.complete(flow, "the.same", "Ornithorynque7!"))
        assert refused.code == "identifier.taken"


async def test_the_former_key_goes_when_nothing_needs_it(place: Place) -> None:
    async with place.open() as world:
        await world.activate()
        code = await world.invite(DOMINIQUE)
    place.rotate("k2")
    async with place.open() as world:
        office = world.rules.administration
        left = await office.rotation()
        assert (left.identities, left.people, left.passwords) == (2, 2, 1)
        assert [await office.reseal(2) for _ in range(3)] == [3, 0, 0]
        await world.sign_in()
        await world.reach(DOMINIQUE, code)
        left = await office.rotation()
        assert (left.identities, left.people, left.passwords) == (0, 1, 0)
        again = await world.rules.administration.invite(CHRISTIAN)
        assert again.again


async def test_without_the_former_key_who_was_sealed_again_signs_in(place: Place) -> None:
    async with place.open() as world:
        await world.activate()
    place.rotate("k2")
    async with place.open() as world:
        await world.rules.administration.reseal()
        await world.sign_in()
    place.forget("k1")
    async with place.open() as world:
        world.clock.move(minutes=1)
        space = await world.sign_in()
        assert (await world.rules.space.profile(space)).first_name == "Christian"
