"""The house an operator's command works in: the rules over the database it names."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from espace_tui.cli.parser import Parser
from espace_tui.errors import InvalidSettings, Unreachable

if TYPE_CHECKING:
    from espace_tui.activation.rules import Rules
    from espace_tui.cli.call import Call
    from espace_tui.cli.service.choices import Choices

T = TypeVar("T")
HOUSES = ("ESPACE_SERVICE_DATABASE", "ESPACE_SERVICE_CONFIG")
NAMES = ("database", "keys", "config")


def describe(parser: Parser) -> None:
    """Add the options that name the database, the keys and the file of choices."""
    for name in NAMES:
        parser.add_argument(
            f"--{name}",
            dest=f"service_{name}",
            metavar=parser.texts(f"operator.metavar.{name}"),
            help=parser.texts(f"operator.option.{name}"),
        )


def is_named(call: Call) -> bool:
    """Tell whether a command is to work on a service's database, not on this computer's data."""
    named = (getattr(call.options, f"service_{name}", None) for name in ("database", "config"))
    return any(named) or any(call.environment.get(name) for name in HOUSES)


def choices(call: Call) -> Choices:
    """Return what the operator chose; raises `InvalidSettings`."""
    from espace_tui.cli.service.choices import read  # noqa: PLC0415 — when it runs

    given = {name: getattr(call.options, f"service_{name}", None) for name in NAMES}
    others = {name: getattr(call.options, name, None) for name in ("host", "port", "metrics_port")}
    return read(given, others, call.environment, call.settings.data_dir)


def rules_of(chosen: Choices, *, is_patient: bool = False) -> Rules:
    """Open the rules over the database; nothing is asked of it yet."""
    from espace_tui.service.opening import open_rules  # noqa: PLC0415 — when it runs

    if chosen.password:
        os.environ["PGPASSWORD"] = chosen.password  # libpq's own way: never in an address
    return open_rules(chosen.service, is_patient=is_patient)


@asynccontextmanager
async def opened(chosen: Choices, *, is_patient: bool = False) -> AsyncIterator[Rules]:
    """Open the rules over a database that is ready for them; raises `InvalidSettings`.

    `is_patient`: a statement may take an hour.
    """
    from espace_tui.activation.keys import refuse_other_keys  # noqa: PLC0415 — when it runs
    from espace_tui.activation.store import migrations  # noqa: PLC0415 — when it runs
    from espace_tui.operating.key_file import look_at  # noqa: PLC0415 — when it runs

    look_at(chosen.service.keys)
    rules = rules_of(chosen, is_patient=is_patient)
    try:
        async with reasoned(chosen):
            version = await rules.means.store.version()
        if version < migrations("sqlite")[-1][0]:
            raise InvalidSettings("not-migrated")
        await refuse_other_keys(rules.means.store, rules.means.keys)
        yield rules
    finally:
        await rules.aclose()


@asynccontextmanager
async def reasoned(chosen: Choices) -> AsyncIterator[None]:
    """Say why a database is not reached, in its own words: `Unreachable("database")`."""
    from espace_tui.service.opening import is_file  # noqa: PLC0415 — when it runs

    try:
        yield
    except Unreachable as error:
        if error.code != "network" or is_file(chosen.service.database):
            raise
        from espace_tui.stores.postgres_words import refusal  # noqa: PLC0415 — one engine

        reason = await asyncio.to_thread(refusal, chosen.service.database)
        if not reason:
            raise
        raise Unreachable("database", reason=reason) from error


async def within(call: Call, act: Callable[[Rules], Awaitable[T]]) -> T:
    """Act within the rules of a service, or of the backend on this computer that has an office."""
    if is_named(call):
        async with opened(choices(call), is_patient=True) as rules:
            return await act(rules)
    from espace_tui.backends.registry import open_backend  # noqa: PLC0415 — when it runs

    backend: Any = open_backend(call.settings.backend, call.backend_options())
    try:
        if not hasattr(backend, "rules"):
            raise InvalidSettings("no-office", found=call.settings.backend)
        rules = await backend.rules()
        done = await act(rules)
        await backend.deliver(rules)
    finally:
        await backend.aclose()
    return done
