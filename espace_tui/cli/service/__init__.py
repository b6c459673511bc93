"""``espace-tui service``: prepare the database, serve, send; each may run anywhere, many times."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

from espace_tui.cli import exits
from espace_tui.cli.call import Call
from espace_tui.cli.parser import Branch
from espace_tui.cli.service import house
from espace_tui.errors import InvalidSettings

if TYPE_CHECKING:
    from espace_tui.cli.service.choices import Choices


def add(branch: Branch) -> None:
    """Add the command and its acts."""
    acts = branch.add("service").branch("operator")
    house.describe(acts.add("migrate", migrate))
    serving = acts.add("run", run)
    house.describe(serving)
    for flag in ("host", "port", "metrics-port"):
        name = flag.replace("-", "_")
        serving.add_argument(
            f"--{flag}",
            metavar=serving.texts(f"operator.metavar.{name}"),
            help=serving.texts(f"operator.option.{name}"),
        )
    working = acts.add("work", work)
    house.describe(working)
    working.add_argument("--once", action="store_true", help=working.texts("operator.option.once"))


def migrate(call: Call) -> int:
    """Bring the database to the present version; make the keys if there are none."""
    version = asyncio.run(_migrated(house.choices(call)))
    call.say("operator.migrated", version=version)
    return exits.DONE


def run(call: Call) -> int:
    """Serve until told to stop."""
    from espace_tui.service import server  # noqa: PLC0415 — when it runs

    chosen = house.choices(call)
    asyncio.run(_looked_at(chosen))
    server.run(chosen.service)
    return exits.DONE


def work(call: Call) -> int:
    """Send letters and apply the six-week rule until told to stop, or once."""
    from espace_tui.service.logs import write_logs  # noqa: PLC0415 — when it runs

    chosen = house.choices(call)
    write_logs(chosen.service.log_level)
    asyncio.run(_worked(chosen, once=call.options.once))
    return exits.DONE


async def _migrated(chosen: Choices) -> int:
    from espace_tui.activation.keys import refuse_other_keys  # noqa: PLC0415 — when it runs
    from espace_tui.operating.key_file import look_at  # noqa: PLC0415 — when it runs

    keys = chosen.service.keys
    try:
        look_at(keys)
    except InvalidSettings as error:
        if error.code != "no-keys":
            raise
        keys.parent.mkdir(0o700, parents=True, exist_ok=True)
    rules = house.rules_of(chosen, is_patient=True)
    try:
        async with house.reasoned(chosen):
            await rules.means.store.migrate()
        await refuse_other_keys(rules.means.store, rules.means.keys)
        return await rules.means.store.version()
    finally:
        await rules.aclose()


async def _looked_at(chosen: Choices) -> None:
    async with house.opened(chosen):
        options = chosen.service
    _refuse_taken("http.port", options.host, options.port)
    if options.metrics_port is not None:
        _refuse_taken("http.metrics_port", options.metrics_host, options.metrics_port)


def _refuse_taken(key: str, host: str, port: int) -> None:
    """Raise for a port that cannot be listened on: another process has it, most of the time."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        place = f"{host}:{port}"
        raise InvalidSettings("no-port", key=key, place=place, reason=error.strerror) from None


async def _worked(chosen: Choices, *, once: bool) -> None:
    from espace_tui.cli.service.ways import ways  # noqa: PLC0415 — when it runs
    from espace_tui.operating.worker import Worker, until_told  # noqa: PLC0415 — when it runs

    async with house.opened(chosen) as rules, ways(chosen) as open_ways:
        worker = Worker(rules, open_ways)
        await (worker.once() if once else until_told(worker))
