"""``espace-tui counter start|check|counts``; ``--counter`` is the first, ``demo --counter`` too.

The counter itself is a process that knows nothing (`espace_tui.counter`): the command line looks
whether this computer is fit for it, then starts it in its own place.
"""

from __future__ import annotations

import csv
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from espace_tui.cli import exit_codes
from espace_tui.cli.context import CommandContext, write_error, write_json
from espace_tui.cli.parser import CommandGroup
from espace_tui.counter import computer
from espace_tui.counter.tally import FEW, Tally, hidden_small
from espace_tui.local.settings import LocalPaths

if TYPE_CHECKING:
    from espace_tui.counter.computer import Risk

TALLY = "tally.json"


def add(group: CommandGroup) -> None:
    """Add the commands."""
    parser = group.add("counter")
    commands = parser.add_group("cli.counter")
    start = commands.add("start", start_counter)
    start.add_face_options()
    start.add_argument("--exercise", action="store_true", help=parser.texts("cli.counter.exercise"))
    commands.add("check", check_computer)
    counts = commands.add("counts", show_counts)
    counts.add_argument("--csv", action="store_true", help=parser.texts("cli.counter.csv"))


def check_computer(context: CommandContext) -> int:
    """Say what is unsafe about this computer: 0 nothing, 1 warned, 2 refused."""
    risks = computer.unsafe(context.environment, _paths(context).state_folder)
    if context.options.json:
        write_json(
            [{"code": risk.code, "refused": risk.refused, "how": risk.how} for risk in risks]
        )
    elif risks:
        for risk in risks:
            _write_risk(context, risk)
    else:
        context.write("counter.computer.fit")
    return max((2 if risk.refused else 1 for risk in risks), default=exit_codes.DONE)


def _write_risk(context: CommandContext, risk: Risk) -> None:
    words = context.texts(f"counter.computer.{risk.code}", how=risk.how)
    context.write("counter.refused" if risk.refused else "counter.warned", reason=words)


def show_counts(context: CommandContext) -> int:
    """Say the counts of each month; a small number is only said to be one."""
    months = Tally(_tally(context)).read()
    rows = [
        (month, key, hidden_small(number))
        for month, counts in sorted(months.items())
        for key, number in sorted(counts.items())
    ]
    if context.options.json:
        write_json([{"month": m, "what": k, "count": n, "few": n is None} for m, k, n in rows])
    elif context.options.csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(("month", "what", "count"))
        writer.writerows((m, k, f"<{FEW}" if n is None else n) for m, k, n in rows)
    elif not rows:
        context.write("counter.counts.none")
    else:
        for month, key, number in rows:
            few = context.texts("counter.counts.few", limit=FEW)
            count = few if number is None else number
            context.write("counter.counts.line", month=month, what=key, count=count)
    return exit_codes.DONE


def start_counter(context: CommandContext) -> int:
    """Become the counter, the parent of the visits, unless this computer is not fit for it."""
    risks = computer.unsafe(context.environment, _paths(context).state_folder)
    refused = [risk for risk in risks if risk.refused]
    for risk in refused:
        reason = context.texts(f"counter.computer.{risk.code}", how=risk.how)
        write_error(context.texts, "counter.refused", {"reason": reason})
    return exit_codes.USAGE if refused else _become_counter(context)


def _become_counter(context: CommandContext) -> NoReturn:
    settings, exercise = context.settings, context.options.exercise
    counted = settings.counter_counts and not exercise
    parent = [
        *(sys.executable, "-m", "espace_tui.counter"),
        str(_tally(context)) if counted else "-",
        "locked" if settings.counter_lock else "open",
    ]
    given = [word for word in sys.argv[1:] if word not in {"counter", "start"}]
    visit = [sys.executable, "-m", "espace_tui", "visit", "--counter", *given]
    sys.stdout.flush()
    os.execv(sys.executable, [*parent, *visit])


def _paths(context: CommandContext) -> LocalPaths:
    return LocalPaths.from_environment(context.environment)


def _tally(context: CommandContext) -> Path:
    return _paths(context).state_folder / TALLY
