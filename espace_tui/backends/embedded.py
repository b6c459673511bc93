"""The embedded backend: the rules of the service on this computer, delivering to a local inbox.

Options: ``data_dir`` (the store, its keys and the inbox live there), ``policy`` (``guide-2022`` by
default, or ``app-2025``), ``language`` (not used here: messages are in the person's own language).
Opening costs nothing: the store, the hash and the mail modules are loaded by the first call.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from espace_tui.backends import lazy
from espace_tui.backends.port import Activation, Inbox, OpenSpace, Recovery, SignIn
from espace_tui.clock import Clock, SystemClock
from espace_tui.errors import InvalidSettings, Unreachable
from espace_tui.i18n.spelling import nearest
from espace_tui.local.settings.parsers import parse_path
from espace_tui.model.grants import Message
from espace_tui.model.policy import GUIDE_2022, POLICIES, Policy

if TYPE_CHECKING:
    from espace_tui.activation.context import Limits
    from espace_tui.activation.crypto.hasher import Cost
    from espace_tui.activation.mail.deliveries.maildir import Maildir
    from espace_tui.activation.rules import Rules
    from espace_tui.activation.use_cases.administration import Administration

T = TypeVar("T")
_log = logging.getLogger(__name__)


def _refuse_emptied(store: Path, keys: Path) -> None:
    """Raise `Unreachable("store-corrupt")` for an empty file beside keys, which are made after it.

    It is no new store: something emptied it, and what it held may still be in a backup.
    """
    with lazy.private_files.os_errors():
        if keys.exists() and store.exists() and not store.stat().st_size:
            raise Unreachable("store-corrupt", path=str(store))


class EmbeddedBackend:
    """A backend over one data folder."""

    name = "embedded"

    def __init__(
        self,
        data_dir: Path,
        policy: Policy = GUIDE_2022,
        *,
        clock: Clock | None = None,
        cost: Cost | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._data_dir = data_dir
        self._policy = policy
        self._clock = clock or SystemClock()
        self._cost = cost
        self._limits = limits
        self._opening = asyncio.Lock()
        self._rules: Rules | None = None
        self.activation = cast("Activation", _Part(self, "activation"))
        self.sign_in = cast("SignIn", _Part(self, "sign_in"))
        self.recovery = cast("Recovery", _Part(self, "recovery"))
        self.space = cast("OpenSpace", _Part(self, "space"))
        self.administration = cast("Administration", _Part(self, "administration"))
        self.inbox: Inbox | None = self

    async def policy(self) -> Policy:
        """Return the rules to follow."""
        return self._policy

    async def messages(self) -> tuple[Message, ...]:
        """Return what was delivered, oldest first; what still waits is delivered now."""
        rules = await self.rules()
        if rules.outbox.pending:
            await rules.outbox.flush(self._maildir)
        return await self._maildir.messages()

    async def aclose(self) -> None:
        """Erase what has ended, end the threads and close the files."""
        if self._rules is not None:
            rules, self._rules = self._rules, None
            try:
                await rules.administration.purge()
            except Unreachable as error:
                _log.warning("what has ended is erased another time: %s", error.code)
            finally:
                await rules.aclose()

    async def rules(self) -> Rules:
        """Return the rules, over the store opened by the first call."""
        async with self._opening:
            if self._rules is None:
                self._rules = await self._open()
        return self._rules

    async def deliver(self, rules: Rules) -> None:
        """Deliver what a call left to send; what cannot be delivered now waits for `messages`."""
        if rules.outbox.pending:
            try:
                await rules.outbox.flush(self._maildir)
            except Unreachable as error:
                _log.warning("a message waits in the outbox: %s", error.code)

    async def _open(self) -> Rules:
        folder = lazy.private_files.ensure_folder(self._data_dir)
        path, keys_path = folder / "espace.db", folder / "keys.json"
        _refuse_emptied(path, keys_path)
        store = lazy.sqlite.SqliteStore(path)
        try:
            await store.migrate()
            keys = lazy.keys.open_keys(keys_path)  # later than the tables: see `_refuse_emptied`
            await lazy.keys.refuse_other_keys(store, keys)
        except BaseException:
            await store.aclose()
            raise
        hasher = lazy.hasher.Hasher(keys, self._cost or lazy.hasher.EMBEDDED)
        context = lazy.context.ServiceContext(
            store,
            keys,
            hasher,
            self._clock,
            self._policy,
            self._limits or lazy.context.Limits(),
        )
        rules = lazy.rules.Rules(context)
        await rules.administration.bound_instants()
        return rules

    @cached_property
    def _maildir(self) -> Maildir:
        return lazy.maildir.Maildir(self._data_dir / "inbox")


class _Part:
    """One part of the rules, opened by its first call; messages are delivered after each call."""

    def __init__(self, backend: EmbeddedBackend, name: str) -> None:
        self._backend = backend
        self._name = name

    def __getattr__(self, call: str) -> Callable[..., Awaitable[object]]:
        async def forward(*given: object, **named: object) -> object:
            rules = await self._backend.rules()
            try:
                return await getattr(getattr(rules, self._name), call)(*given, **named)
            finally:
                await self._backend.deliver(rules)

        return forward


def open_backend(options: Mapping[str, str]) -> EmbeddedBackend:
    """Open the backend of a data folder; raises `InvalidSettings`."""
    return EmbeddedBackend(_data_dir(options), _policy(options))


def _data_dir(options: Mapping[str, str]) -> Path:
    if not options.get("data_dir"):
        raise InvalidSettings("missing-option", key="data_dir")
    return parse_path("data_dir", "data_dir", options["data_dir"])


def _policy(options: Mapping[str, str]) -> Policy:
    name = options.get("policy", GUIDE_2022.name)
    if name not in POLICIES:
        near = nearest(name, POLICIES)
        raise InvalidSettings("unknown-policy", key="policy", found=name, nearest=near)
    return POLICIES[name]
