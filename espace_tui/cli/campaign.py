"""``espace-tui admin invite --csv FILE``: a campaign, with what it did and what is left.

Ctrl+C or SIGTERM stops after the batch in hand; the same command goes on from there, as it does
after a kill. The letters go by ``espace-tui service work``.
"""

from __future__ import annotations

import asyncio
import signal
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from espace_tui.cli import exits
from espace_tui.cli.call import Call, say_error, say_json
from espace_tui.cli.parser import Parser
from espace_tui.cli.service import house

if TYPE_CHECKING:
    from espace_tui.activation.campaign import Progress
    from espace_tui.operating.campaign import Run
    from espace_tui.operating.sheet import Sheet


def describe(parser: Parser) -> None:
    """Add the options of a campaign."""
    for name in ("csv", "rejects"):
        parser.add_argument(
            f"--{name}",
            metavar=parser.texts("operator.metavar.file"),
            help=parser.texts(f"operator.option.{name}"),
        )


def invite(call: Call) -> int:
    """Invite the people of a file."""
    from espace_tui.activation.campaign import Overtaken  # noqa: PLC0415 — when it runs
    from espace_tui.operating.sheet import BadSheet, open_sheet  # noqa: PLC0415 — when it runs

    path = Path(call.options.csv)
    try:
        sheet = open_sheet(path)
        done, went = asyncio.run(_invited(call, sheet))
    except OSError as error:
        say_error(call.texts, "operator.sheet.unreadable", {"path": error.filename or path})
    except BadSheet as bad:
        say_error(call.texts, f"operator.sheet.{bad.code}", bad.values)
    except Overtaken:
        say_error(call.texts, "operator.campaign.elsewhere", {})
    else:
        return _ended(call, done, went)
    return exits.FAILED


async def _invited(call: Call, sheet: Sheet) -> tuple[Progress, Run]:
    from espace_tui.activation.campaign import Campaign  # noqa: PLC0415 — when it runs
    from espace_tui.cli.meter import Meter  # noqa: PLC0415 — when it runs
    from espace_tui.operating.campaign import Run  # noqa: PLC0415 — when it runs
    from espace_tui.operating.rejects import Rejects  # noqa: PLC0415 — when it runs

    async with house.opened(house.choices(call)) as rules:
        campaign = Campaign(rules.means, rules.outbox, sheet.digest)
        with Meter(call.texts, sheet.size) as meter:
            run = Run(
                campaign,
                sheet,
                lambda line: Rejects(rejects(call), call.texts, line),
                meter.show,
            )
            _stop_when_told(run)
            return await run.whole(), run


def rejects(call: Call) -> Path:
    """Return where the lines that could not be taken are told."""
    beside = Path(call.options.csv)
    return Path(call.options.rejects or beside.with_name(f"{beside.stem}.rejects.csv"))


def _stop_when_told(run: Run) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, run.stop.set)


def _ended(call: Call, done: Progress, went: Run) -> int:
    is_whole = done.place >= went.sheet.size
    if call.options.json:
        say_json(asdict(done) | {"whole": is_whole})
    else:
        call.say("operator.campaign.done", **asdict(done))
        if done.rejected or done.known:
            call.say("operator.campaign.rejects", path=rejects(call))
        if not went.is_new:
            call.say("operator.campaign.already")
        else:
            call.say("operator.campaign.sent" if is_whole else "operator.campaign.stopped")
    if went.stop.is_set() and not is_whole:
        return exits.INTERRUPTED
    return exits.FAILED if done.rejected else exits.DONE
