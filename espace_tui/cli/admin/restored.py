"""``espace-tui admin restored --since INSTANT``: after an older backup, and before any worker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from espace_tui.cli import exit_codes
from espace_tui.cli.admin import lazy, mandate
from espace_tui.cli.context import CommandContext, write_json, write_line
from espace_tui.cli.parser import Parser
from espace_tui.cli.service import connection

if TYPE_CHECKING:
    from espace_tui.activation.data_requests.mandate import Mandate
    from espace_tui.activation.data_requests.restored import PersonToTell
    from espace_tui.activation.rules import Rules


def add_options(parser: Parser) -> None:
    """Add the options."""
    connection.add_options(parser)
    mandate.add_since(parser, required=True)
    mandate.add_options(parser)


def run(context: CommandContext) -> int:
    """End what must end, and tell of whom."""
    by, since = mandate.read_mandate(context), mandate.read_since(context)
    people: list[PersonToTell] = []
    tell = people.append if context.options.json else partial(_tell, context)
    ended = asyncio.run(
        connection.run_with_rules(context, lambda rules: _end(rules, by, since, tell))
    )
    if context.options.json:
        write_json({"ended": ended, "people": [asdict(each) for each in people]})
        return exit_codes.DONE
    context.write("operator.restored.done", ended=ended)
    context.write("operator.restored.oppositions")
    return exit_codes.DONE


def _tell(context: CommandContext, each: PersonToTell) -> None:
    """Say whom to tell, and what was ended: a line a person, as they are found."""
    what = context.texts(f"operator.restored.{each.ended}")
    write_line(f"{each.person}  {each.email or each.mobile or '—'}  {what}")


async def _end(rules: Rules, by: Mandate, since: int, tell: Callable[[PersonToTell], None]) -> int:
    restoration, total = lazy.restored.Restoration(rules.context), 0
    await restoration.begin(by)
    while True:
        count, some = await restoration.some(since)
        total += count
        for each in some:
            tell(each)
        if not count:
            return total
