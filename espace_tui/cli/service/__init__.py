"""``espace-tui service``: prepare the database, serve, send; each may run anywhere, many times."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

from espace_tui.cli import exit_codes
from espace_tui.cli.context import CommandContext, write_json
from espace_tui.cli.parser import CommandGroup
from espace_tui.cli.service import connection, deliveries, lazy
from espace_tui.errors import InvalidSettings

if TYPE_CHECKING:
    from espace_tui.cli.service.config import ServiceConfig


def add(group: CommandGroup) -> None:
    """Add the command and its acts."""
    acts = group.add("service").add_group("operator")
    connection.add_options(acts.add("migrate", migrate))
    serving = acts.add("run", run)
    connection.add_options(serving)
    for flag in ("host", "port", "metrics-port"):
        name = flag.replace("-", "_")
        serving.add_argument(
            f"--{flag}",
            metavar=serving.texts(f"operator.metavar.{name}"),
            help=serving.texts(f"operator.option.{name}"),
        )
    working = acts.add("work", work)
    connection.add_options(working)
    working.add_argument("--once", action="store_true", help=working.texts("operator.option.once"))


def migrate(context: CommandContext) -> int:
    """Bring the database to the present version; make the keys if there are none."""
    version = asyncio.run(_migrate(connection.read_options(context)))
    if context.options.json:
        write_json({"version": version})
    else:
        context.write("operator.migrated", version=version)
    return exit_codes.DONE


def run(context: CommandContext) -> int:
    """Serve until stopped."""
    chosen = connection.read_options(context)
    asyncio.run(_check_ready(chosen))
    lazy.server.run(chosen.service)
    return exit_codes.DONE


def work(context: CommandContext) -> int:
    """Send messages and apply the six-week rule until stopped, or once."""
    chosen = connection.read_options(context)
    lazy.logs.configure_logs(chosen.service.log_level)
    asyncio.run(_work(chosen, once=context.options.once))
    return exit_codes.DONE


async def _migrate(config: ServiceConfig) -> int:

    keys = config.service.keys
    try:
        lazy.key_file.check_file(keys)
    except InvalidSettings as error:
        if error.code != "no-keys":
            raise
        keys.parent.mkdir(0o700, parents=True, exist_ok=True)
    rules = connection.open_rules(config, is_patient=True)
    try:
        async with connection.explained_failures(config):
            await rules.context.store.migrate()
        await lazy.keys.refuse_other_keys(rules.context.store, rules.context.keys)
        return await rules.context.store.version()
    finally:
        await rules.aclose()


async def _check_ready(config: ServiceConfig) -> None:
    async with connection.opened_rules(config):
        options = config.service
    _refuse_taken_port("http.port", options.host, options.port)
    if options.metrics_port is not None:
        _refuse_taken_port("http.metrics_port", options.metrics_host, options.metrics_port)


def _refuse_taken_port(key: str, host: str, port: int) -> None:
    """Raise for a port that cannot be listened on: another process has it, most of the time."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        place = f"{host}:{port}"
        raise InvalidSettings("no-port", key=key, place=place, reason=error.strerror) from None


async def _work(config: ServiceConfig, *, once: bool) -> None:

    async with (
        connection.opened_rules(config) as rules,
        deliveries.open_deliveries(config) as open_ways,
    ):
        worker = lazy.worker.Worker(rules, open_ways)
        await (worker.once() if once else lazy.worker.run_until_signal(worker))
