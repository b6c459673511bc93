"""``espace-tui admin rotate-keys``: a new key takes over while the service serves.

Without an option, it tells the keys and what still needs a former one.
"""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import TYPE_CHECKING

from espace_tui.cli import exit_codes
from espace_tui.cli.admin import lazy
from espace_tui.cli.context import CommandContext, write_error, write_json
from espace_tui.cli.parser import Parser
from espace_tui.cli.service import connection

if TYPE_CHECKING:
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
    elif context.options.use:
        _tell(context, "used", file.use())
    else:
        left = asyncio.run(_remaining(context))
        if context.options.drop:
            return _drop(context, file, left)
        _report(context, file, left)
    return exit_codes.DONE


async def _remaining(context: CommandContext) -> RotationStatus:
    async with connection.opened_rules(connection.read_options(context), is_patient=True) as rules:
        while context.options.reseal and await rules.administration.reseal():
            continue
        return await rules.administration.rotation()


def _drop(context: CommandContext, file: KeyFile, remaining: RotationStatus) -> int:
    if any(asdict(remaining).values()):
        write_error(context.texts, "operator.keys.needed", asdict(remaining))
        return exit_codes.FAILED
    file.drop(context.options.drop)
    _tell(context, "dropped", context.options.drop)
    return exit_codes.DONE


def _tell(context: CommandContext, done: str, key: str) -> None:
    if context.options.json:
        write_json({done: key})
    else:
        context.write(f"operator.keys.{done}", key=key)


def _report(context: CommandContext, file: KeyFile, remaining: RotationStatus) -> None:
    if context.options.json:
        write_json({"present": file.current, "keys": list(file.keys), "left": asdict(remaining)})
        return
    context.write("operator.keys.present", key=file.current, keys=", ".join(file.keys))
    context.write("operator.keys.left", **asdict(remaining))
