"""``espace-tui service``: prepare the database, serve, send; each may run anywhere, many times."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from espace_tui.cli import exit_codes
from espace_tui.cli.context import CommandContext, write_json
from espace_tui.cli.parser import CommandGroup, Parser
from espace_tui.cli.service import connection, deliveries, lazy
from espace_tui.errors import InvalidSettings, Unreachable

if TYPE_CHECKING:
    from espace_tui.activation.stores.port import Store
    from espace_tui.cli.service.config import ServiceConfig


def add(group: CommandGroup) -> None:
    """Add the command and its acts."""
    acts = group.add("service").add_group("operator")
    connection.add_options(acts.add("migrate", migrate))
    serving = acts.add("run", run)
    connection.add_options(serving)
    for name in ("host", "port"):
        serving.add_argument(
            f"--{name}",
            metavar=serving.texts(f"operator.metavar.{name}"),
            help=serving.texts(f"operator.option.{name}"),
        )
    _add_metrics_port(serving)
    working = acts.add("work", work)
    connection.add_options(working)
    _add_metrics_port(working)
    working.add_argument("--once", action="store_true", help=working.texts("operator.option.once"))


def _add_metrics_port(parser: Parser) -> None:
    parser.add_argument(
        "--metrics-port",
        metavar=parser.texts("operator.metavar.metrics_port"),
        help=parser.texts("operator.option.metrics_port"),
    )


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
    lazy.logs.configure_logs(chosen.service.log_level)
    asyncio.run(_check_ready(chosen))
    lazy.server.run(chosen.service)
    return exit_codes.DONE


def work(context: CommandContext) -> int:
    """Send messages and apply the six-week rule until stopped, or once."""
    chosen = connection.read_options(context)
    lazy.logs.configure_logs(chosen.service.log_level)
    port = _worker_port(context, chosen)
    if port is not None:
        _refuse_taken_port("work.metrics_port", _worker_host(chosen), port)
    asyncio.run(_work(chosen, port, once=context.options.once))
    return exit_codes.DONE


async def _migrate(config: ServiceConfig) -> int:
    """Migrate; keys are made for a database that has none, and only once it was reached."""
    store, path = connection.open_store(config), config.service.keys
    try:
        async with connection.explained_failures(config):
            if await store.version():
                await _refuse_other_keys(store, path)
            await store.migrate()
        await _refuse_other_keys(store, path)
        is_first = not _has_keys(path)
        keys = lazy.keys.open_keys(path)
        try:
            await lazy.keys.refuse_other_keys(store, keys)
        except Unreachable:
            if is_first:
                path.unlink()
            raise
        return await store.version()
    finally:
        await store.aclose()


async def _refuse_other_keys(store: Store, path: Path) -> None:
    """Raise for a database that is closed with keys that are not in the file."""
    mark = await lazy.keys.read_mark(store)
    if mark and not (_has_keys(path) and lazy.keys.open_keys(path).matches(mark, "mark")):
        raise Unreachable("other-keys", path=str(path))


def _has_keys(path: Path) -> bool:
    try:
        lazy.key_file.check_file(path)
    except InvalidSettings as error:
        if error.code != "no-keys":
            raise
        return False
    return True


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


def _worker_host(config: ServiceConfig) -> str:
    return str(config.work.get("metrics_host", "127.0.0.1"))


def _worker_port(context: CommandContext, config: ServiceConfig) -> int | None:
    given: str | None = context.options.metrics_port
    if given is not None:
        return lazy.config.parse_whole_number("--metrics-port", "metrics_port", given)
    return config.work.get("metrics_port")


async def _work(config: ServiceConfig, port: int | None, *, once: bool) -> None:

    async with (
        connection.opened_rules(config) as rules,
        deliveries.open_deliveries(config) as open_ways,
    ):
        worker = lazy.worker.Worker(rules, open_ways)
        stop = worker.metrics.serve(_worker_host(config), port) if port is not None else None
        try:
            await (worker.run_once() if once else lazy.worker.run_until_signal(worker))
        finally:
            if stop:
                await asyncio.to_thread(stop)
