"""One effect and one answer per ``Idempotency-Key``: kept for a day, in the effect's transaction.

The rules show each call to their `witness`. Before its last transaction ends it keeps the answer
with the effect, or neither is kept: a key kept before undoes the whole, and what was kept is told
again. So a call of one transaction need not look before it leaps; one of several looks in its
first. Of two calls at once, the second waits (in one process), or is undone by the first one's row
(in two). A refusal may only say that the first of two calls did it: what was kept wins over it.

What is counted before the last transaction is counted once too: with it stands a row that has no
answer yet, and the same call made again, at once or after a crash, finds it and counts nothing. It
is the same guess: who repeats it learns no more.

The key is the caller's secret and is not kept: only its digest is. The request is kept as a keyed
HMAC that also covers the key, and the answer is sealed under both the service's key and the
caller's: who holds the database, or even the service's keys, reads neither tokens nor answers.
What says « later » (429, 503) had no effect and is not kept: the same key may be tried again.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, cast
from weakref import WeakValueDictionary

from pydantic import BaseModel

from espace_tui.activation.context import DAY, Means, witness
from espace_tui.activation.crypto import seal
from espace_tui.activation.crypto.keys import digest
from espace_tui.activation.stores.port import Conflict, Row, Transaction
from espace_tui.errors import Refused, Unreachable
from espace_tui.service.problems import Objection
from espace_tui.wire.problems import Code

T = TypeVar("T", bound=BaseModel | None)
_LATER = frozenset({Code.TOO_MANY_ATTEMPTS, Code.SEND_LATER, Code.BUSY})

_FIND = "SELECT request_tag, sealed, kept_at FROM answer WHERE key_digest = :key"
_KEEP = """
INSERT INTO answer (key_digest, request_tag, sealed, kept_at)
VALUES (:key, :request, :sealed, :now)
ON CONFLICT (key_digest) DO UPDATE SET
    request_tag = EXCLUDED.request_tag, sealed = EXCLUDED.sealed, kept_at = EXCLUDED.kept_at
WHERE answer.sealed = ''
"""
_BEGIN = """
INSERT INTO answer (key_digest, request_tag, sealed, kept_at)
VALUES (:key, :request, '', :now) ON CONFLICT (key_digest) DO NOTHING
"""
_END = "DELETE FROM answer WHERE key_digest = :key AND sealed = ''"
_FORGET = "DELETE FROM answer WHERE kept_at <= :old"


@dataclass(frozen=True)
class Keyed:
    """A request and the key its caller gave it; both may hold secrets."""

    key: str = field(repr=False)
    request: tuple[str, ...] = field(repr=False)

    @cached_property
    def digest(self) -> str:
        """What is kept of the key."""
        return digest(self.key)


class Answered(Exception):  # noqa: N818 — what happened, not a failure: the answer is known
    """The same request was answered before: what this one did is undone."""


class Once:
    """The answers of the last day, in the store of the rules."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def answer(self, keyed: Keyed, model: type[T], work: Callable[[], Awaitable[T]]) -> T:
        """Return the answer of some work, done by this call or by the same one before it."""
        turn = self._turns.setdefault(keyed.digest, asyncio.Lock())
        async with turn:
            token = witness.set(Watching(self, keyed))
            try:
                return await work()
            except (Answered, Refused) as told:
                said: Exception = told
            finally:
                witness.reset(token)
        kept = await self._means.read(lambda tx: self.find(tx, keyed))
        if kept:
            return self._told(keyed, model, kept)
        raise said if isinstance(said, Refused) else Unreachable("busy")

    async def forget(self) -> None:
        """Erase the answers that are older than a day."""
        await self._means.read(self._forget)

    async def _forget(self, tx: Transaction) -> None:
        await tx.run(_FORGET, old=self._means.now() - DAY)

    async def find(self, tx: Transaction, keyed: Keyed) -> Row | None:
        """Return what stands for a key; not what is of another day, nor this call only begun."""
        row = await tx.one(_FIND, key=keyed.digest)
        old = self._means.now() - DAY
        if row and row["kept_at"] <= old:
            await tx.run(_FORGET, old=old)
            return None
        only_begun = row and not row["sealed"] and self._is_of(keyed, row)
        return None if only_begun else row

    async def begin(self, tx: Transaction, keyed: Keyed) -> bool:
        """Tell whether the call begins now; one that began before and has no answer goes on."""
        begun = await tx.changes(
            _BEGIN, key=keyed.digest, request=self._tag(keyed), now=self._means.now()
        )
        if not begun and await self.find(tx, keyed):
            raise Answered
        return begun

    async def end(self, tx: Transaction, keyed: Keyed) -> None:
        """Take away that a call has begun."""
        await tx.run(_END, key=keyed.digest)

    async def keep(self, tx: Transaction, keyed: Keyed, answer: object) -> None:
        """Keep an answer at the end of a transaction; another kept before it undoes the whole."""
        if not await tx.changes(
            _KEEP,
            key=keyed.digest,
            request=self._tag(keyed),
            sealed=self._sealed(keyed, _written(answer)),
            now=self._means.now(),
        ):
            raise Conflict

    def _told(self, keyed: Keyed, model: type[T], kept: Row) -> T:
        if not self._is_of(keyed, kept):
            raise Objection(Code.KEY_REUSED)
        refusal, answer = json.loads(self._opened(keyed, kept["sealed"]))
        if refusal:
            raise Refused(**refusal)
        if answer is None:
            return cast("T", None)
        return cast("T", cast("type[BaseModel]", model).model_validate_json(answer))

    def _tag(self, keyed: Keyed) -> str:
        return self._means.keys.tag("request", keyed.key, *keyed.request)

    def _is_of(self, keyed: Keyed, row: Row) -> bool:
        return self._means.keys.matches(row["request_tag"], "request", keyed.key, *keyed.request)

    def _sealed(self, keyed: Keyed, text: str) -> str:
        key_id = self._means.keys.current
        key = seal.Key.of(self._means.keys.pepper(key_id, "answer", keyed.key))
        return f"{key_id}.{seal.seal(key, text, keyed.digest)}"

    def _opened(self, keyed: Keyed, sealed: str) -> str:
        key_id, _, rest = sealed.partition(".")
        key = seal.Key.of(self._means.keys.pepper(key_id, "answer", keyed.key))
        return seal.unseal(key, rest, keyed.digest)


class Watching:
    """The witness of one call: looks before its first part, and before any part run again."""

    def __init__(self, once: Once, keyed: Keyed) -> None:
        self._once = once
        self._keyed = keyed
        self._looked = False
        self._begun = False

    async def look(self, tx: Transaction) -> None:
        """Look whether the call was answered, before anything is done."""
        if not self._looked and await self._once.find(tx, self._keyed):
            raise Answered
        self._looked = True

    async def begin(self, tx: Transaction) -> bool:
        """Tell whether the call comes this far for the first time."""
        self._begun = True
        return await self._once.begin(tx, self._keyed)

    async def keep(self, tx: Transaction, answer: object) -> None:
        """Keep the answer; one that says « later » undoes itself if another was kept before."""
        self._looked = False  # another may have been kept since; should this be undone, look again
        is_later = isinstance(answer, Refused) and answer.code in _LATER
        if not is_later:
            await self._once.keep(tx, self._keyed, answer)
            return
        await self.look(tx)
        if self._begun:
            await self._once.end(tx, self._keyed)


def _written(answer: object) -> str:
    if isinstance(answer, Refused):
        names = ("code", "field", "wait", "attempts_left")
        return json.dumps(({name: getattr(answer, name) for name in names}, None))
    text = answer.model_dump_json() if isinstance(answer, BaseModel) else None
    return json.dumps((None, text))
