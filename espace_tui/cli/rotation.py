"""``espace-tui admin rotate-keys``: a new key takes over while the service serves.

Without an option, it tells the keys and what still needs a former one.
"""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import TYPE_CHECKING

from espace_tui.cli import exits
from espace_tui.cli.call import Call, say_error, say_json
from espace_tui.cli.parser import Parser
from espace_tui.cli.service import house

if TYPE_CHECKING:
    from espace_tui.activation.rotation import Rotation
    from espace_tui.operating.key_file import KeyFile


def describe(parser: Parser) -> None:
    """Add what may be done with the keys, one thing at a time."""
    house.describe(parser)
    one = parser.add_mutually_exclusive_group()
    for act in ("add", "use", "reseal"):
        one.add_argument(f"--{act}", action="store_true", help=parser.texts(f"operator.keys.{act}"))
    one.add_argument(
        "--drop",
        metavar=parser.texts("operator.metavar.key"),
        help=parser.texts("operator.keys.drop"),
    )
    parser.json()


def run(call: Call) -> int:
    """Change the keys, or tell of them."""
    from espace_tui.operating.key_file import KeyFile  # noqa: PLC0415 — when it runs

    file = KeyFile.read(house.choices(call).service.keys)
    if call.options.add:
        call.say("operator.keys.added", key=file.add())
    elif call.options.use:
        call.say("operator.keys.used", key=file.use())
    else:
        left = asyncio.run(_left(call))
        if call.options.drop:
            return _dropped(call, file, left)
        _tell(call, file, left)
    return exits.DONE


async def _left(call: Call) -> Rotation:
    async with house.opened(house.choices(call), is_patient=True) as rules:
        while call.options.reseal and await rules.office.reseal():
            continue
        return await rules.office.rotation()


def _dropped(call: Call, file: KeyFile, left: Rotation) -> int:
    if any(asdict(left).values()):
        say_error(call.texts, "operator.keys.needed", asdict(left))
        return exits.FAILED
    file.drop(call.options.drop)
    call.say("operator.keys.dropped", key=call.options.drop)
    return exits.DONE


def _tell(call: Call, file: KeyFile, left: Rotation) -> None:
    if call.options.json:
        say_json({"present": file.current, "keys": list(file.keys), "left": asdict(left)})
        return
    call.say("operator.keys.present", key=file.current, keys=", ".join(file.keys))
    call.say("operator.keys.left", **asdict(left))
