"""``espace-tui admin invite --csv FILE``: a campaign, with what it did and what is left.

Ctrl+C or SIGTERM stops after the batch in hand; the same command goes on from there, as it does
after a kill. The letters go by ``espace-tui service work``. With ``--dry-run`` the file is read and
checked, nobody is invited, and no database is needed.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from espace_tui.activation.use_cases.campaign import Campaign, CampaignProgress, OvertakenError
from espace_tui.cli import exit_codes, lazy
from espace_tui.cli.admin.progress import ProgressDisplay
from espace_tui.cli.context import STANDARD_INPUT, CommandContext, write_error, write_json
from espace_tui.cli.service import connection
from espace_tui.operating.campaign import CampaignRun, LineReport, judge
from espace_tui.operating.csv_file import BadFileError, PeopleFile, open_people_file
from espace_tui.operating.rejects import Rejects


@dataclass(frozen=True, slots=True)
class CampaignEnd:
    """What a campaign came to: how far, how many deserve a second look, and how it ended."""

    progress: CampaignProgress
    doubts: int
    is_whole: bool
    is_new: bool = True
    is_stopped: bool = False


def invite_file(context: CommandContext) -> int:
    """Invite the people of a file."""
    with _given_file(context) as path:
        return _invite_people(context, path)


@contextmanager
def _given_file(context: CommandContext) -> Iterator[Path]:
    """Give the file of people; what comes on the standard input waits in a private one."""
    if context.options.csv != STANDARD_INPUT:
        yield Path(context.options.csv)
        return
    with lazy.tempfile.TemporaryDirectory() as folder:  # 0700
        path = Path(folder) / "people.csv"
        with path.open("wb") as file:
            lazy.shutil.copyfileobj(sys.stdin.buffer, file)
        yield path


def _invite_people(context: CommandContext, path: Path) -> int:
    try:
        sheet = open_people_file(path)
        _refuse_same_files(context, path)
        _tell_columns(context, sheet)
        end = (
            _judge(context, sheet)
            if context.options.dry_run
            else asyncio.run(_run_campaign(context, sheet))
        )
    except OSError as error:
        write_error(context.texts, "operator.sheet.unreadable", {"path": error.filename or path})
    except BadFileError as bad:
        write_error(context.texts, f"operator.sheet.{bad.code}", _named(context, bad))
    except OvertakenError:
        write_error(context.texts, "operator.campaign.elsewhere", {})
        return exit_codes.FAILED
    else:
        return _report(context, sheet, end)
    return exit_codes.USAGE


async def _run_campaign(context: CommandContext, sheet: PeopleFile) -> CampaignEnd:
    async with connection.opened_rules(connection.read_options(context)) as rules:
        campaign = Campaign(rules.context, rules.outbox, sheet.digest)
        with ProgressDisplay(context.texts, sheet.size) as meter:
            run = CampaignRun(
                campaign, sheet, lambda line: _lines(context, sheet, line), meter.show
            )
            _stop_on_signals(run)
            done = await run.whole()
    is_whole = done.place >= sheet.size
    return CampaignEnd(done, run.doubts, is_whole, run.is_new, run.stop.is_set() and not is_whole)


def _judge(context: CommandContext, sheet: PeopleFile) -> CampaignEnd:
    kept = _lines(context, sheet, 0)
    with ProgressDisplay(context.texts, sheet.size) as meter:
        done = judge(sheet, kept, meter.show)
    return CampaignEnd(done, kept.doubts, is_whole=True)


def rejects_path(context: CommandContext) -> Path:
    """Return where the lines that could not be taken are told."""
    return _beside(context, "rejects")


def review_path(context: CommandContext) -> Path:
    """Return where the lines that deserve a second look are told."""
    return _beside(context, "review")


def _beside(context: CommandContext, name: str) -> Path:
    given = context.options.csv
    beside = Path("people.csv" if given == STANDARD_INPUT else given)
    chosen: str | None = getattr(context.options, name)
    return Path(chosen or beside.with_name(f"{beside.stem}.{name}.csv"))


def _lines(context: CommandContext, sheet: PeopleFile, line: int) -> LineReport:
    titles = sheet.header.titles
    return LineReport(
        Rejects(rejects_path(context), context.texts, line, titles),
        Rejects(review_path(context), context.texts, line, titles),
    )


def _refuse_same_files(context: CommandContext, path: Path) -> None:
    """Refuse to write what is told of a file over the file, or the two lists over each other."""
    places = [path.resolve(), rejects_path(context).resolve(), review_path(context).resolve()]
    for place in places[1:]:
        if places.count(place) > 1:
            raise BadFileError("same-file", path=place)


def _named(context: CommandContext, bad: BadFileError) -> dict[str, object]:
    """Return the values of a text, a column with the name that people give it."""
    if bad.code != "missing-column":
        return bad.values
    column = bad.values["column"]
    return bad.values | {"name": context.texts(f"operator.column.{column}")}


def _tell_columns(context: CommandContext, sheet: PeopleFile) -> None:
    if context.options.json:
        return
    for other, first in sheet.header.seconds:
        context.write("operator.campaign.second", other=other, first=first)
    if sheet.header.ignored:
        context.write("operator.campaign.ignored", titles=", ".join(sheet.header.ignored))


def _stop_on_signals(run: CampaignRun) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, run.stop.set)


def _report(context: CommandContext, sheet: PeopleFile, end: CampaignEnd) -> int:
    if context.options.json:
        write_json(_as_json(context, sheet, end))
    else:
        _tell(context, end)
    if end.is_stopped:
        return exit_codes.INTERRUPTED
    done = end.progress
    is_empty = not (done.invited or done.known or done.rejected) and end.is_whole
    return exit_codes.FAILED if done.rejected or is_empty else exit_codes.DONE


def _tell(context: CommandContext, end: CampaignEnd) -> None:
    done = end.progress
    if end.is_whole and not (done.invited or done.known or done.rejected):
        context.write("operator.campaign.nobody")
        return
    is_dry = context.options.dry_run
    told = "operator.campaign.judged" if is_dry else "operator.campaign.done"
    context.write(told, **asdict(done))
    if done.rejected or done.known:
        context.write("operator.campaign.rejects", path=rejects_path(context))
    if end.doubts:
        context.write("operator.campaign.review", count=end.doubts, path=review_path(context))
    if is_dry:
        context.write("operator.campaign.dry")
    elif not end.is_new:
        context.write("operator.campaign.already")
    else:
        context.write("operator.campaign.sent" if end.is_whole else "operator.campaign.stopped")


def _as_json(context: CommandContext, sheet: PeopleFile, end: CampaignEnd) -> dict[str, object]:
    return asdict(end.progress) | {
        "whole": end.is_whole,
        "dry_run": bool(context.options.dry_run),
        "doubts": end.doubts,
        "columns": {name: sheet.header.title(name) for name in sheet.header.places},
        "ignored": list(sheet.header.ignored),
        "encoding": sheet.encoding,
        "rejects": str(rejects_path(context)),
        "review": str(review_path(context)),
    }
