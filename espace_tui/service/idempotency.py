"""One effect and one answer per ``Idempotency-Key``: kept for a day, in the effect's transaction.

The rules are given a guard for each call (`Rules.guarded`). Before its last transaction ends it
records the answer with the effect, or neither is kept: a key kept before undoes the whole, and what
was kept is told again. So a call of one transaction need not look before it leaps; one of several
looks in its first. Of two calls at once, the second waits (in one process), or is undone by the
first one's row (in two). A refusal may only say that the first of two calls did it: what was kept
wins over it.

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

from espace_tui.activation.context import DAY, ServiceContext
from espace_tui.activation.crypto import seal
from espace_tui.activation.crypto.keys import digest
from espace_tui.activation.stores.port import ConflictError, Row, Transaction
from espace_tui.errors import Refused, Unreachable
from espace_tui.service.problems import RequestError
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
class IdempotentRequest:
    """A request and the key its caller gave it; both may hold secrets."""

    key: str = field(repr=False)
    request: tuple[str, ...] = field(repr=False)

    @cached_property
    def digest(self) -> str:
        """What is kept of the key."""
        return digest(self.key)


class AlreadyAnsweredError(Exception):
    """The same request was answered before: what this one did is undone."""


class IdempotencyStore:
    """The answers of the last day, in the store of the rules."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def answer(
        self,
        request: IdempotentRequest,
        model: type[T],
        work: Callable[[IdempotencyGuard], Awaitable[T]],
    ) -> T:
        """Return the answer of some work, done by this call or by the same one before it.

        `work` is given the guard of the call, for the rules to record the answer with.
        """
        turn = self._turns.setdefault(request.digest, asyncio.Lock())
        async with turn:
            try:
                return await work(IdempotencyGuard(self, request))
            except (AlreadyAnsweredError, Refused) as told:
                said: Exception = told
        kept = await self._context.read(lambda tx: self.find(tx, request))
        if kept:
            return self._told(request, model, kept)
        raise said if isinstance(said, Refused) else Unreachable("busy")

    async def purge(self) -> None:
        """Erase the answers that are older than a day."""
        await self._context.read(self._forget)

    async def _forget(self, tx: Transaction) -> None:
        await tx.run(_FORGET, old=self._context.now() - DAY)

    async def find(self, tx: Transaction, request: IdempotentRequest) -> Row | None:
        """Return what stands for a key; not what is of another day, nor this call only begun."""
        row = await tx.one(_FIND, key=request.digest)
        old = self._context.now() - DAY
        if row and row["kept_at"] <= old:
            await tx.run(_FORGET, old=old)
            return None
        only_begun = row and not row["sealed"] and self._is_of(request, row)
        return None if only_begun else row

    async def begin(self, tx: Transaction, request: IdempotentRequest) -> bool:
        """Tell whether the call begins now; one that began before and has no answer goes on."""
        begun = await tx.changes(
            _BEGIN, key=request.digest, request=self._tag(request), now=self._context.now()
        )
        if not begun and await self.find(tx, request):
            raise AlreadyAnsweredError
        return begun

    async def end(self, tx: Transaction, request: IdempotentRequest) -> None:
        """Take away that a call has begun."""
        await tx.run(_END, key=request.digest)

    async def record(self, tx: Transaction, request: IdempotentRequest, answer: object) -> None:
        """Keep an answer at the end of a transaction; another kept before it undoes the whole."""
        if not await tx.changes(
            _KEEP,
            key=request.digest,
            request=self._tag(request),
            sealed=self._sealed(request, _written(answer)),
            now=self._context.now(),
        ):
            raise ConflictError

    def _told(self, keyed: IdempotentRequest, model: type[T], kept: Row) -> T:
        if not self._is_of(keyed, kept):
            raise RequestError(Code.KEY_REUSED)
        refusal, answer = json.loads(self._opened(keyed, kept["sealed"]))
        if refusal:
            raise Refused(**refusal)
        if answer is None:
            return cast("T", None)
        return cast("T", cast("type[BaseModel]", model).model_validate_json(answer))

    def _tag(self, keyed: IdempotentRequest) -> str:
        return self._context.keys.tag("request", keyed.key, *keyed.request)

    def _is_of(self, keyed: IdempotentRequest, row: Row) -> bool:
        return self._context.keys.matches(row["request_tag"], "request", keyed.key, *keyed.request)

    def _sealed(self, keyed: IdempotentRequest, text: str) -> str:
        key_id = self._context.keys.current
        key = seal.SealKey.derive(self._context.keys.pepper(key_id, "answer", keyed.key))
        return f"{key_id}.{seal.seal(key, text, keyed.digest)}"

    def _opened(self, keyed: IdempotentRequest, sealed: str) -> str:
        key_id, _, rest = sealed.partition(".")
        key = seal.SealKey.derive(self._context.keys.pepper(key_id, "answer", keyed.key))
        return seal.unseal(key, rest, keyed.digest)


class IdempotencyGuard:
    """Guards one call: looks for its answer before any part that is run again, and records it."""

    def __init__(self, once: IdempotencyStore, keyed: IdempotentRequest) -> None:
        self._once = once
        self._keyed = keyed
        self._looked = False
        self._begun = False

    async def look(self, tx: Transaction) -> None:
        """Look whether the call was answered, before anything is done."""
        if not self._looked and await self._once.find(tx, self._keyed):
            raise AlreadyAnsweredError
        self._looked = True

    async def begin(self, tx: Transaction) -> bool:
        """Tell whether the call comes this far for the first time."""
        self._begun = True
        return await self._once.begin(tx, self._keyed)

    async def record(self, tx: Transaction, answer: object) -> None:
        """Keep the answer; one that says « later » undoes itself if another was kept before."""
        self._looked = False  # another may have been kept since; should this be undone, look again
        is_later = isinstance(answer, Refused) and answer.code in _LATER
        if not is_later:
            await self._once.record(tx, self._keyed, answer)
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
