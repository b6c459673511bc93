"""The house an operator's command works in: the rules over the database it names."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from espace_tui.cli.parser import Parser
from espace_tui.cli.process import service_variables
from espace_tui.cli.service import lazy
from espace_tui.errors import InvalidSettings, Unreachable

if TYPE_CHECKING:
    from espace_tui.activation.rules import Rules
    from espace_tui.activation.stores.port import Store
    from espace_tui.cli.context import CommandContext
    from espace_tui.cli.service.config import ServiceConfig

T = TypeVar("T")
DATABASE_VARIABLES = ("ESPACE_SERVICE_DATABASE", "ESPACE_SERVICE_CONFIG")
OPTIONS = ("database", "keys", "config")


def add_options(parser: Parser) -> None:
    """Add the options that name the database, the keys and the file of choices."""
    for name in OPTIONS:
        parser.add_argument(
            f"--{name}",
            dest=f"service_{name}",
            metavar=parser.texts(f"operator.metavar.{name}"),
            help=parser.texts(f"operator.option.{name}"),
        )


def names_database(context: CommandContext) -> bool:
    """Tell whether a command is to work on a service's database, not on this computer's data."""
    named = (getattr(context.options, f"service_{name}", None) for name in ("database", "config"))
    return any(named) or any(context.environment.get(name) for name in DATABASE_VARIABLES)


def read_options(context: CommandContext) -> ServiceConfig:
    """Return what the operator chose; raises `InvalidSettings`."""
    service_variables.refuse_unknown(context.environment)
    given = {name: getattr(context.options, f"service_{name}", None) for name in OPTIONS}
    others = {
        name: getattr(context.options, name, None) for name in ("host", "port", "metrics_port")
    }
    return lazy.config.read_config(given, others, context.environment, context.settings.data_dir)


def open_store(config: ServiceConfig) -> Store:
    """Open the store alone, for what needs no keys."""
    if config.password:
        os.environ["PGPASSWORD"] = config.password
    return lazy.server.open_store(config.service.database, long_statements=True)


def open_rules(config: ServiceConfig, *, is_patient: bool = False) -> Rules:
    """Open the rules over the database; nothing is asked of it yet."""
    if config.password:
        os.environ["PGPASSWORD"] = config.password  # libpq's own way: never in an address
    return lazy.server.open_rules(config.service, long_statements=is_patient)


@asynccontextmanager
async def opened_rules(config: ServiceConfig, *, is_patient: bool = False) -> AsyncIterator[Rules]:
    """Open the rules over a database that is ready for them; raises `InvalidSettings`.

    `is_patient`: a statement may take an hour.
    """
    lazy.key_file.check_file(config.service.keys)
    rules = open_rules(config, is_patient=is_patient)
    try:
        async with explained_failures(config):
            version = await rules.context.store.version()
        if version < lazy.port.migrations("sqlite")[-1][0]:
            raise InvalidSettings("not-migrated")
        await lazy.keys.refuse_other_keys(rules.context.store, rules.context.keys)
        await rules.context.synchronise_clock()
        yield rules
    finally:
        await rules.aclose()


@asynccontextmanager
async def explained_failures(config: ServiceConfig) -> AsyncIterator[None]:
    """Say why a database is not reached, in its own words: `Unreachable("database")`."""
    try:
        yield
    except Unreachable as error:
        if error.code != "network" or lazy.server.is_file(config.service.database):
            raise

        reason = await asyncio.to_thread(lazy.postgres_sql.refusal, config.service.database)
        if not reason:
            raise
        raise Unreachable("database", reason=reason) from error


async def run_with_rules(context: CommandContext, act: Callable[[Rules], Awaitable[T]]) -> T:
    """Act within the rules of a service, or of the backend on this computer that has an office."""
    service_variables.refuse_unknown(context.environment)
    if names_database(context):
        if context.is_given("--backend"):
            raise InvalidSettings("contradiction", key="--backend", other="--database")
        async with opened_rules(read_options(context), is_patient=True) as rules:
            return await act(rules)

    context.refuse_without("--database", "--keys")
    backend: Any = lazy.registry.open_backend(context.settings.backend, context.backend_options())
    try:
        if not hasattr(backend, "rules"):
            raise InvalidSettings("no-office", found=context.settings.backend)
        rules = await backend.rules()
        done = await act(rules)
        await backend.deliver(rules)
    finally:
        await backend.aclose()
    return done
