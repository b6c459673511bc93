"""``espace-tui admin invite --csv FILE``: a campaign, with what it did and what is left.

Ctrl+C or SIGTERM stops after the batch in hand; the same command goes on from there, as it does
after a kill. Their messages are sent by ``espace-tui service work``.
"""

from __future__ import annotations

import asyncio
import signal
from dataclasses import asdict
from pathlib import Path

from espace_tui.activation.use_cases.campaign import Campaign, CampaignProgress, OvertakenError
from espace_tui.cli import exit_codes
from espace_tui.cli.admin.progress import ProgressDisplay
from espace_tui.cli.context import CommandContext, write_error, write_json
from espace_tui.cli.service import connection
from espace_tui.operating.campaign import CampaignRun
from espace_tui.operating.csv_file import BadFileError, PeopleFile, open_people_file
from espace_tui.operating.rejects import Rejects


def invite_file(context: CommandContext) -> int:
    """Invite the people of a file."""
    path = Path(context.options.csv)
    try:
        sheet = open_people_file(path)
        done, went = asyncio.run(_run_campaign(context, sheet))
    except OSError as error:
        write_error(context.texts, "operator.sheet.unreadable", {"path": error.filename or path})
    except BadFileError as bad:
        write_error(context.texts, f"operator.sheet.{bad.code}", bad.values)
    except OvertakenError:
        write_error(context.texts, "operator.campaign.elsewhere", {})
    else:
        return _report(context, done, went)
    return exit_codes.FAILED


async def _run_campaign(
    context: CommandContext, sheet: PeopleFile
) -> tuple[CampaignProgress, CampaignRun]:
    async with connection.opened_rules(connection.read_options(context)) as rules:
        campaign = Campaign(rules.context, rules.outbox, sheet.digest)
        with ProgressDisplay(context.texts, sheet.size) as meter:
            run = CampaignRun(
                campaign,
                sheet,
                lambda line: Rejects(rejects_path(context), context.texts, line),
                meter.show,
            )
            _stop_on_signals(run)
            return await run.whole(), run


def rejects_path(context: CommandContext) -> Path:
    """Return where the lines that could not be taken are told."""
    beside = Path(context.options.csv)
    return Path(context.options.rejects or beside.with_name(f"{beside.stem}.rejects.csv"))


def _stop_on_signals(run: CampaignRun) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, run.stop.set)


def _report(context: CommandContext, progress: CampaignProgress, run: CampaignRun) -> int:
    is_whole = progress.place >= run.file.size
    if context.options.json:
        write_json(asdict(progress) | {"whole": is_whole})
    else:
        context.write("operator.campaign.done", **asdict(progress))
        if progress.rejected or progress.known:
            context.write("operator.campaign.rejects", path=rejects_path(context))
        if not run.is_new:
            context.write("operator.campaign.already")
        else:
            context.write("operator.campaign.sent" if is_whole else "operator.campaign.stopped")
    if run.stop.is_set() and not is_whole:
        return exit_codes.INTERRUPTED
    return exit_codes.FAILED if progress.rejected else exit_codes.DONE
