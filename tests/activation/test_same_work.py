"""Known or not, right or not: as many trips to the database, so that none is told by its time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from typing_extensions import override

from espace_tui.activation.stores.port import Row
from espace_tui.activation.stores.postgres import (
    Connection,
    PostgresStore,
    PostgresTransaction,
    Statement,
)
from espace_tui.errors import Refused
from espace_tui.model.values import Channel
from espace_tui.validators.card_serial import CardKind
from tests.activation.world import PASSWORD, World, opened
from tests.people import CHRISTIAN, STRANGER_NIR

Call = Callable[[World, str, str], Awaitable[object]]
WRONG = "Loutre-Sage7"
CALLS: dict[str, Call] = {
    "a new code": lambda world, nir, _: world.rules.recovery.request_code(
        CHRISTIAN.birth_date, nir, CardKind.PHOTO, CHRISTIAN.serial, Channel.EMAIL
    ),
    "the identifier": lambda world, nir, _: world.rules.recovery.send_identifier(
        CHRISTIAN.birth_date, nir, Channel.EMAIL
    ),
    "a new password": lambda world, nir, name: world.rules.recovery.reset_password(
        name, nir, Channel.EMAIL
    ),
    "a wrong code": lambda world, nir, _: world.rules.activation.identify("AAAAaaaa3333", nir),
    "a wrong password": lambda world, _, name: world.rules.sign_in.open(name, WRONG, Channel.EMAIL),
}


class CountingTransaction(PostgresTransaction):
    """A transaction that tells its store of each trip."""

    count: Callable[[], None]

    @override
    async def _trip(self, connection: Connection, statements: list[Statement]) -> Sequence[Row]:
        self.count()
        return await super()._trip(connection, statements)


class CountingStore(PostgresStore):
    """A store that counts its trips."""

    trips = 0

    @override
    def transaction(self) -> PostgresTransaction:
        made = CountingTransaction(self._opened, self._patience)
        made.count = self._count
        return made

    def _count(self) -> None:
        self.trips += 1


@pytest.fixture
async def counted(database: str, tmp_path: Path) -> AsyncIterator[tuple[World, CountingStore]]:
    """A service that knows one person, and its store."""
    store = CountingStore(database)
    async with opened(tmp_path / "data", store=store) as world:
        await world.activate()
        yield world, store


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
async def test_who_is_known_costs_no_more_trips(
    counted: tuple[World, CountingStore], call: Call
) -> None:
    world, store = counted
    spent = []
    for who in ((CHRISTIAN.nir, "christian.exemple"), (STRANGER_NIR, "personne.inconnue")):
        before = store.trips
        with suppress(Refused):
            await call(world, *who)
        spent.append(store.trips - before)
    assert spent[0] == spent[1] > 0


async def test_beyond_the_limit_a_right_password_costs_no_more_trips(
    counted: tuple[World, CountingStore],
) -> None:
    world, store = counted
    opens, spent = world.rules.sign_in.open, set()
    for name in ("christian.exemple", "personne.inconnue"):
        for _ in range(6):
            with suppress(Refused):
                await opens(name, WRONG, Channel.EMAIL)
    for name, password in (
        ("christian.exemple", PASSWORD),
        ("christian.exemple", WRONG),
        ("personne.inconnue", WRONG),
    ):
        before = store.trips
        request = await opens(name, password, Channel.EMAIL)
        between = store.trips
        with suppress(Refused):
            await world.rules.sign_in.verify(request, "00000x")
        spent.add((between - before, store.trips - between))
    assert len(spent) == 1
