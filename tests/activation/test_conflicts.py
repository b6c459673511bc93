"""A transaction the engine keeps undoing ends in words, and a store is known by its keys again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import pytest
from typing_extensions import override

from espace_tui.activation.context import ServiceContext
from espace_tui.activation.crypto.hasher import Hasher
from espace_tui.activation.crypto.keys import open_keys, refuse_other_keys
from espace_tui.activation.mail.deliveries.maildir import Maildir
from espace_tui.activation.mail.outbox import Outbox
from espace_tui.activation.rules import Rules
from espace_tui.activation.stores.port import ConflictError, Row, Store, Transaction, Value
from espace_tui.activation.stores.sqlite import SqliteStore
from espace_tui.clock import SystemClock
from espace_tui.errors import Refused, Unreachable
from espace_tui.model.policy import GUIDE_2022
from tests.activation.world import QUICK, World, refusal
from tests.people import CHRISTIAN


class Undone(AbstractAsyncContextManager[Transaction]):
    """A transaction that the engine undoes in favour of another."""

    @override
    async def __aenter__(self) -> Transaction:
        raise ConflictError

    @override
    async def __aexit__(self, *_: object) -> None:
        """There was nothing to end."""


class Undoing:
    """A store whose engine prefers everybody else's transactions."""

    def transaction(self, **_: bool) -> Undone:
        """Begin one."""
        return Undone()


async def nothing(_tx: Transaction) -> None:
    """Do nothing."""


@pytest.fixture
async def undone(tmp_path: Path) -> AsyncIterator[ServiceContext]:
    """Means whose every transaction is undone."""
    keys = open_keys(tmp_path / "keys.json")
    context = ServiceContext(
        cast("Store", Undoing()), keys, Hasher(keys, QUICK), SystemClock(), GUIDE_2022
    )
    yield context
    await context.hasher.aclose()


async def test_a_transaction_always_undone_is_told(undone: ServiceContext) -> None:
    with pytest.raises(Unreachable) as error:
        await undone.act(nothing)
    assert error.value.code == "store-locked"


async def test_letters_that_could_not_be_taken_still_wait(
    undone: ServiceContext, tmp_path: Path
) -> None:
    outbox = Outbox(undone)
    with pytest.raises(Unreachable):
        await outbox.flush(Maildir(tmp_path / "inbox"))
    assert outbox.pending


async def test_a_store_knows_its_keys_again(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "espace.db")
    await store.migrate()
    keys = open_keys(tmp_path / "keys.json")
    await refuse_other_keys(store, keys)
    await refuse_other_keys(store, keys)
    with pytest.raises(Unreachable, match=r"^other-keys$"):
        await refuse_other_keys(store, open_keys(tmp_path / "others.json"))
    async with store.transaction() as tx:
        marks = await tx.all("SELECT value FROM mark WHERE name = 'keys'")
    assert [keys.matches(mark["value"], "mark") for mark in marks] == [True]
    await store.aclose()


@dataclass
class Noting:
    """A guard that notes what it is told of a call."""

    noted: list[object] = field(default_factory=list)

    async def look(self, _tx: Transaction) -> None:
        """Note that a part is run again."""
        self.noted.append("looked")

    async def begin(self, _tx: Transaction) -> bool:
        """Count each call."""
        return True

    async def record(self, _tx: Transaction, answer: object) -> None:
        """Note an answer."""
        self.noted.append(answer)


async def test_a_call_is_recorded_where_it_ends_and_looked_for_where_it_is_done_again(
    either: World,
) -> None:
    guard, refused = Noting(), Refused()
    rules, undone = either.rules.guarded(guard, ""), [ConflictError()]

    async def end(_tx: Transaction) -> str:
        if undone:
            raise undone.pop()
        return "the end"

    async def refuse(_tx: Transaction) -> Refused:
        return refused

    await rules.context.read(nothing)
    assert await rules.context.act(end) == "the end"
    with pytest.raises(Refused):
        await rules.context.read(refuse)
    assert guard.noted == ["looked", "the end", refused]


class Passing:
    """A transaction, as it is."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def one(self, sql: str, **values: Value) -> Row | None:
        """Return a row."""
        return await self._tx.one(sql, **values)

    async def all(self, sql: str, **values: Value) -> Sequence[Row]:
        """Return rows."""
        return await self._tx.all(sql, **values)

    async def changes(self, sql: str, **values: Value) -> bool:
        """Tell whether a statement changes something."""
        return await self._tx.changes(sql, **values)

    async def run(self, sql: str, **values: Value) -> None:
        """Run a statement."""
        await self._tx.run(sql, **values)

    async def lock(self, *names: str) -> None:
        """Hold names."""
        await self._tx.lock(*names)


class Early(Passing):
    """A transaction that looks too early: who it looks for is registered just after."""

    _looked = False

    @override
    async def one(self, sql: str, **values: Value) -> Row | None:
        if "FROM person" not in sql:
            return await super().one(sql, **values)
        looked, self._looked = self._looked, True
        return await super().one(sql, **values) if looked else None


class Late(Passing):
    """A transaction that changes something too late: the session ended just before."""

    @override
    async def changes(self, sql: str, **values: Value) -> bool:
        await self._tx.run("DELETE FROM session")
        return await super().changes(sql, **values)


class Raced:
    """A store where another process is quicker, once."""

    def __init__(self, store: Store, first: type[Passing]) -> None:
        self._store = store
        self._first = first
        self._raced = False

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Begin one."""
        raced, self._raced = self._raced, True
        async with self._store.transaction() as tx:
            yield tx if raced else self._first(tx)


async def test_who_is_invited_by_two_processes_at_once_is_one_person(either: World) -> None:
    code = await either.invite()
    context = either.rules.context
    rules = Rules(replace(context, store=cast("Store", Raced(context.store, Early))))
    assert (await rules.administration.invite(CHRISTIAN)).again
    assert await either.rows("SELECT COUNT(*) AS number FROM person") == [{"number": 1}]
    assert await either.code() != code


async def test_who_signed_out_elsewhere_just_now_is_out(world: World) -> None:
    await world.activate()
    space = await world.sign_in()
    world.clock.move(minutes=1)
    context = world.rules.context
    rules = Rules(replace(context, store=cast("Store", Raced(context.store, Late))))
    assert (await refusal(rules.space.profile(space))).code == "session-expired"
