"""``espace-tui admin rotate-keys``: a new key takes over while the service serves.

Without an option, it tells the keys and what still needs a former one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from espace_tui.cli import exit_codes
from espace_tui.cli.admin import lazy
from espace_tui.cli.context import CommandContext, write_error, write_json
from espace_tui.cli.parser import Parser
from espace_tui.cli.service import connection

if TYPE_CHECKING:
    from espace_tui.activation.records.presence import RunningProcess
    from espace_tui.activation.use_cases.rotation import RotationStatus
    from espace_tui.operating.key_file import KeyFile


def add_options(parser: Parser) -> None:
    """Add what may be done with the keys, one thing at a time."""
    connection.add_options(parser)
    one = parser.add_mutually_exclusive_group()
    for act in ("add", "use", "reseal"):
        one.add_argument(f"--{act}", action="store_true", help=parser.texts(f"operator.keys.{act}"))
    one.add_argument(
        "--drop",
        metavar=parser.texts("operator.metavar.key"),
        help=parser.texts("operator.keys.drop"),
    )


def run(context: CommandContext) -> int:
    """Change the keys, or tell of them."""
    file = lazy.key_file.KeyFile.read(connection.read_options(context).service.keys)
    if context.options.add:
        _tell(context, "added", file.add())
        return exit_codes.DONE
    left, processes = asyncio.run(_look(context))
    if context.options.use:
        return _use(context, file, processes)
    if context.options.drop:
        return _drop(context, file, left, processes)
    _report(context, file, left, processes)
    return exit_codes.DONE


async def _look(context: CommandContext) -> tuple[RotationStatus, Sequence[RunningProcess]]:
    async with connection.opened_rules(connection.read_options(context), is_patient=True) as rules:
        while context.options.reseal and await rules.administration.reseal():
            continue
        return await rules.administration.rotation(), await rules.administration.processes()


def _use(context: CommandContext, file: KeyFile, processes: Sequence[RunningProcess]) -> int:
    """Use the newest key, if every process that runs could read what others seal with it."""
    lacking = [each for each in processes if file.newest not in each.keys]
    if lacking:
        _refuse(context, "operator.keys.lacking", file.newest, lacking)
        return exit_codes.FAILED
    _tell(context, "used", file.use())
    return exit_codes.DONE


def _drop(
    context: CommandContext,
    file: KeyFile,
    remaining: RotationStatus,
    processes: Sequence[RunningProcess],
) -> int:
    key = context.options.drop
    using = [each for each in processes if each.present == key]
    if using:
        _refuse(context, "operator.keys.in-use", key, using)
        return exit_codes.FAILED
    if any(asdict(remaining).values()):
        write_error(context.texts, "operator.keys.needed", asdict(remaining))
        return exit_codes.FAILED
    file.drop(context.options.drop)
    _tell(context, "dropped", context.options.drop)
    return exit_codes.DONE


def _refuse(
    context: CommandContext, text_id: str, key: str, processes: Sequence[RunningProcess]
) -> None:
    names = ", ".join(f"{each.kind} {each.name}" for each in processes)
    write_error(context.texts, text_id, {"key": key, "processes": names})


def _tell(context: CommandContext, done: str, key: str) -> None:
    if context.options.json:
        write_json({done: key})
    else:
        context.write(f"operator.keys.{done}", key=key)


def _report(
    context: CommandContext,
    file: KeyFile,
    remaining: RotationStatus,
    processes: Sequence[RunningProcess],
) -> None:
    if context.options.json:
        running = [asdict(each) for each in processes]
        told = {"present": file.current, "keys": list(file.keys), "left": asdict(remaining)}
        write_json(told | {"processes": running})
        return
    context.write("operator.keys.present", key=file.current, keys=", ".join(file.keys))
    context.write("operator.keys.left", **asdict(remaining))
    for each in processes:
        held = ", ".join(each.keys)
        named = {"kind": each.kind, "name": each.name, "key": each.present, "keys": held}
        context.write("operator.keys.process", **named)
