"""Records a call's answer in its own transaction, so that a retry has one effect and one answer.

The rules are given a guard for each call (`Rules.guarded`). Before its last transaction ends it
records the answer beside the effect, so that both exist or neither: if the key has an answer
already, the transaction is undone and the recorded answer is given again. So a call of one
transaction need not look for an answer first; one of several looks in its first. Of two calls at
once, the second waits (in one process), or is undone by the first one's row (in two). A refusal may
only mean that the first of two calls did it: a recorded answer takes precedence over it.

What is counted before the last transaction is counted once too: a row without an answer is written
with it, and the same call made again, at once or after a crash, finds the row and counts nothing.
It is the same guess: whoever repeats it learns nothing new.

The key is the caller's secret: only its digest is stored. The request is stored as a keyed HMAC
that also covers the key, and the answer is sealed under both the service's key and the caller's:
whoever has the database, or even the service's keys, can read neither tokens nor answers. A refusal
that says « later » (429, 503) had no effect and is not recorded: the same key may be tried again.
Answers are deleted after a day, beside the requests: never by one of them.
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
from espace_tui.activation.records import attempts
from espace_tui.activation.records.attempts import Authenticator
from espace_tui.activation.stores.port import ConflictError, Row, Transaction
from espace_tui.activation.use_cases.retention import ANSWERS, sweep
from espace_tui.errors import Refused, Unreachable
from espace_tui.service.problems import RequestError
from espace_tui.wire.problems import Code

T = TypeVar("T", bound=BaseModel | None)
_LATER = frozenset({Code.TOO_MANY_ATTEMPTS, Code.SEND_LATER, Code.BUSY})

_FIND = "SELECT request_tag, sealed, kept_at FROM answer WHERE key_digest = :key"
_RECORD = """
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
_SOME = 1000
_DELETE_ONE = "DELETE FROM answer WHERE key_digest = :key AND kept_at <= :old"


@dataclass(frozen=True)
class IdempotentRequest:
    """A request and the key its caller gave it; both may hold secrets."""

    key: str = field(repr=False)
    parts: tuple[str, ...] = field(repr=False)

    @cached_property
    def digest(self) -> str:
        """What is stored of the key."""
        return digest(self.key)


class AlreadyAnsweredError(Exception):
    """The same request was answered before: what this one did is undone."""


class IdempotencyStore:
    """The answers of the last day, in the store of the rules."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def answer(
        self,
        request: IdempotentRequest,
        model: type[T],
        work: Callable[[IdempotencyGuard], Awaitable[T]],
    ) -> T:
        """Return the answer of some work, done by this call or by the same one before it.

        `work` is given the guard of the call, for the rules to record the answer with.
        """
        lock = self._locks.setdefault(request.digest, asyncio.Lock())
        async with lock:
            try:
                return await work(IdempotencyGuard(self, request))
            except (AlreadyAnsweredError, Refused) as error:
                raised: Exception = error
        row = await self._context.read(lambda tx: self._compared(tx, request))
        if row:
            return self._recorded_answer(request, model, row)
        raise raised if isinstance(raised, Refused) else Unreachable("busy")

    async def _compared(self, tx: Transaction, request: IdempotentRequest) -> Row | None:
        """Return the row of a key, counted before its request is compared with this one.

        What differs may be a secret: a key that served is no way to guess it.
        """
        row, context, subject = await self.find(tx, request), self._context, request.digest
        if row is None:
            return None
        it = Authenticator.REPLAY
        if await attempts.count(tx, context.limits, context.now(), subject, it):
            return {**row, "request_tag": ""}
        if self._is_of(request, row):
            await attempts.forgive(tx, subject, it)
        return row

    async def purge(self) -> None:
        """Erase the answers that are older than a day, a batch in each transaction."""
        context = self._context
        while await context.read(lambda tx: sweep(context, tx, ANSWERS, _SOME)):
            continue

    async def find(self, tx: Transaction, request: IdempotentRequest) -> Row | None:
        """Return the row of a key, unless a day old, or of this call and without an answer."""
        row = await tx.one(_FIND, key=request.digest)
        old = self._context.now() - DAY
        if row and row["kept_at"] <= old:
            await tx.run(_DELETE_ONE, key=request.digest, old=old)
            return None
        only_begun = row and not row["sealed"] and self._is_of(request, row)
        return None if only_begun else row

    async def begin(self, tx: Transaction, request: IdempotentRequest) -> bool:
        """Return whether the call begins now; False if it began before and has no answer yet."""
        begun = await tx.changes(
            _BEGIN, key=request.digest, request=self._tag(request), now=self._context.now()
        )
        if not begun and await self.find(tx, request):
            raise AlreadyAnsweredError
        return begun

    async def end(self, tx: Transaction, request: IdempotentRequest) -> None:
        """Delete the row that says that a call has begun."""
        await tx.run(_END, key=request.digest)

    async def record(self, tx: Transaction, request: IdempotentRequest, answer: object) -> None:
        """Record an answer at the end of a transaction; one recorded before undoes it."""
        if not await tx.changes(
            _RECORD,
            key=request.digest,
            request=self._tag(request),
            sealed=self._sealed(request, _to_json(answer)),
            now=self._context.now(),
        ):
            raise ConflictError

    def _recorded_answer(self, request: IdempotentRequest, model: type[T], row: Row) -> T:
        if not self._is_of(request, row):
            raise RequestError(Code.KEY_REUSED)
        refusal, answer = json.loads(self._opened(request, row["sealed"]))
        if refusal:
            raise Refused(**refusal)
        if answer is None:
            return cast("T", None)
        return cast("T", cast("type[BaseModel]", model).model_validate_json(answer))

    def _tag(self, request: IdempotentRequest) -> str:
        return self._context.keys.tag("request", request.key, *request.parts)

    def _is_of(self, request: IdempotentRequest, row: Row) -> bool:
        return self._context.keys.matches(
            row["request_tag"], "request", request.key, *request.parts
        )

    def _sealed(self, request: IdempotentRequest, text: str) -> str:
        key_id = self._context.keys.current
        key = seal.SealKey.derive(self._context.keys.pepper(key_id, "answer", request.key))
        return f"{key_id}.{seal.seal(key, text, request.digest)}"

    def _opened(self, request: IdempotentRequest, sealed: str) -> str:
        key_id, _, rest = sealed.partition(".")
        key = seal.SealKey.derive(self._context.keys.pepper(key_id, "answer", request.key))
        return seal.unseal(key, rest, request.digest)


class IdempotencyGuard:
    """Guards one call: looks for its answer before any part that is run again, and records it."""

    def __init__(self, store: IdempotencyStore, request: IdempotentRequest) -> None:
        self._store = store
        self._request = request
        self._looked = False
        self._begun = False

    async def look(self, tx: Transaction) -> None:
        """Raise if the call has an answer already, before anything is done."""
        if not self._looked and await self._store.find(tx, self._request):
            raise AlreadyAnsweredError
        self._looked = True

    async def begin(self, tx: Transaction) -> bool:
        """Return whether the call comes this far for the first time."""
        self._begun = True
        return await self._store.begin(tx, self._request)

    async def record(self, tx: Transaction, answer: object) -> None:
        """Record the answer, unless it says « later »: then an earlier record wins."""
        self._looked = False  # should this be undone, another answer may have been recorded since
        is_later = isinstance(answer, Refused) and answer.code in _LATER
        if not is_later:
            await self._store.record(tx, self._request, answer)
            return
        await self.look(tx)
        if self._begun:
            await self._store.end(tx, self._request)


def _to_json(answer: object) -> str:
    if isinstance(answer, Refused):
        names = ("code", "field", "wait", "attempts_left")
        return json.dumps(({name: getattr(answer, name) for name in names}, None))
    text = answer.model_dump_json() if isinstance(answer, BaseModel) else None
    return json.dumps((None, text))
