"""``espace-tui admin``: what an operator does, on this computer or on a service's database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from espace_tui.cli import exit_codes
from espace_tui.cli.admin import invitee, lazy, person, records, restored, rotate_keys
from espace_tui.cli.context import CommandContext, write_json, write_line
from espace_tui.cli.parser import CommandGroup, Parser
from espace_tui.cli.service import connection

if TYPE_CHECKING:
    from espace_tui.activation.use_cases.administration import Administration, InvitationResult

T = TypeVar("T")
_EVERYBODY = 1_000_000_000
_LISTED = 1000


def add(group: CommandGroup) -> None:
    """Add the command and its acts."""
    acts = group.add("admin").add_group("cli.admin")
    inviting, counting = acts.add("invite", invite), acts.add("status", status)
    invitee.add_options(inviting)
    _add_campaign_options(inviting)
    opening = acts.add("open-due", open_due)
    about = opening.texts("operator.option.preview")
    opening.add_argument("--dry-run", action="store_true", help=about)
    for parser in (inviting, counting, opening):
        connection.add_options(parser)
    records.add(acts)
    person.add(acts)
    restored.add_options(acts.add("restored", restored.run))
    rotate_keys.add_options(acts.add("rotate-keys", rotate_keys.run))


def _add_campaign_options(parser: Parser) -> None:
    for name in ("csv", "rejects", "review"):
        parser.add_argument(
            f"--{name}",
            metavar=parser.texts("operator.metavar.file"),
            help=parser.texts(f"operator.option.{name}"),
        )
    about = parser.texts("operator.option.dry-run")
    parser.add_argument("--dry-run", action="store_true", help=about)


def invite(context: CommandContext) -> int:
    """Register a person and send the invitation; or the people of a file."""
    for name in (*invitee.REQUIRED, *invitee.OPTIONAL):
        context.refuse_together("--csv", f"--{name}")
    context.refuse_without("--csv", "--rejects", "--review", "--dry-run")
    if context.options.csv:
        return lazy.campaign.invite_file(context)
    person = invitee.read_invitee(context)
    if person is None:
        return exit_codes.USAGE
    invited: InvitationResult = asyncio.run(
        _administer(context, lambda office: office.invite(person))
    )
    if context.options.json:
        write_json(
            {
                "person": invited.person,
                "status": invited.status.value,
                "again": invited.again,
                "channel": invited.channel and invited.channel.value,
                "expires_at": invited.expires_at and invited.expires_at.isoformat(),
            }
        )
    elif invited.channel is None:
        context.write("cli.admin.invited.active", person=invited.person)
    else:
        again = "cli.admin.invited.again" if invited.again else "cli.admin.invited.first"
        channel = context.texts(f"cli.admin.invited.{invited.channel.value}")
        context.write(again, channel=channel, deadline=invited.expires_at, person=invited.person)
    return exit_codes.DONE


def status(context: CommandContext) -> int:
    """Count the people in each status."""
    counts = asyncio.run(_administer(context, lambda office: office.status()))
    if context.options.json:
        write_json(counts)
        return exit_codes.DONE
    for name, count in counts.items():
        context.write(
            "cli.admin.status.row", name=context.texts(f"cli.admin.status.{name}"), count=count
        )
    return exit_codes.DONE


def open_due(context: CommandContext) -> int:
    """Open the spaces whose six weeks are over; or only tell which they are."""
    if context.options.dry_run:
        return _preview(context)
    count = asyncio.run(_administer(context, _open_all_due))
    if context.options.json:
        write_json({"opened": count})
    else:
        context.write_count("cli.admin.opened", count)
    return exit_codes.DONE


def _preview(context: CommandContext) -> int:
    async def look(office: Administration) -> tuple[int, tuple[tuple[str, datetime], ...]]:
        return await office.count_due(_EVERYBODY), await office.list_due(_LISTED)

    count, people = asyncio.run(_administer(context, look))
    if context.options.json:
        listed = [{"person": name, "told_at": at.isoformat()} for name, at in people]
        write_json({"due": count, "people": listed})
        return exit_codes.DONE
    context.write_count("operator.due", count)
    for name, at in people:
        write_line(f"{name}  {at.isoformat()}")
    if count > len(people):
        context.write("operator.due.more", count=count - len(people))
    return exit_codes.DONE


async def _open_all_due(office: Administration) -> int:
    total = 0
    while some := await office.open_due():
        total += some
    return total


async def _administer(context: CommandContext, act: Callable[[Administration], Awaitable[T]]) -> T:
    """Do something in the office of the service, or of the backend on this computer."""
    return await connection.run_with_rules(context, lambda rules: act(rules.administration))
