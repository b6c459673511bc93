"""``espace-tui admin``: what an operator does, on this computer or on a service's database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from espace_tui.cli import campaign, exits, invitee, records, rotation
from espace_tui.cli.call import Call, say_json
from espace_tui.cli.parser import Branch
from espace_tui.cli.service import house

if TYPE_CHECKING:
    from espace_tui.activation.office import Invited, Office

T = TypeVar("T")


def add(branch: Branch) -> None:
    """Add the command and its acts."""
    acts = branch.add("admin").branch("cli.admin")
    inviting, counting = acts.add("invite", invite), acts.add("status", status)
    invitee.describe(inviting)
    campaign.describe(inviting)
    counting.json()
    for parser in (inviting, counting, acts.add("open-due", open_due)):
        house.describe(parser)
    records.add(acts)
    rotation.describe(acts.add("rotate-keys", rotation.run))


def invite(call: Call) -> int:
    """Register a person and send the invitation; or the people of a file."""
    if call.options.csv:
        return campaign.invite(call)
    person = invitee.read(call)
    if person is None:
        return exits.USAGE
    invited: Invited = asyncio.run(_in_office(call, lambda office: office.invite(person)))
    if call.options.json:
        say_json(
            {
                "person": invited.person,
                "status": invited.status.value,
                "again": invited.again,
                "channel": invited.channel and invited.channel.value,
                "expires_at": invited.expires_at and invited.expires_at.isoformat(),
            }
        )
    elif invited.channel is None:
        call.say("cli.admin.invited.active", person=invited.person)
    else:
        again = "cli.admin.invited.again" if invited.again else "cli.admin.invited.first"
        channel = call.texts(f"cli.admin.invited.{invited.channel.value}")
        call.say(again, channel=channel, deadline=invited.expires_at, person=invited.person)
    return exits.DONE


def status(call: Call) -> int:
    """Count the people in each status."""
    counts = asyncio.run(_in_office(call, lambda office: office.status()))
    if call.options.json:
        say_json(counts)
        return exits.DONE
    for name, count in counts.items():
        call.say("cli.admin.status.row", name=call.texts(f"cli.admin.status.{name}"), count=count)
    return exits.DONE


def open_due(call: Call) -> int:
    """Open the spaces whose six weeks are over."""
    count = asyncio.run(_in_office(call, _open_all))
    call.say_count("cli.admin.opened", count)
    return exits.DONE


async def _open_all(office: Office) -> int:
    total = 0
    while some := await office.open_due():
        total += some
    return total


async def _in_office(call: Call, act: Callable[[Office], Awaitable[T]]) -> T:
    """Do something in the office of the service, or of the backend on this computer."""
    return await house.within(call, lambda rules: act(rules.office))
