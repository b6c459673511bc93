"""``espace-tui counter start|check|counts``; ``--counter`` is the first, ``demo --counter`` too.

The counter itself is a process that knows nothing (`espace_tui.counter`): the command line looks
whether this computer is fit for it, then starts it in its own place.
"""

from __future__ import annotations

import csv
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from espace_tui.cli import exit_codes
from espace_tui.cli.context import CommandContext, write_codes, write_error, write_json
from espace_tui.cli.parser import CommandGroup
from espace_tui.counter import computer, scrollback
from espace_tui.counter.desk import in_order, tally_file
from espace_tui.counter.tally import FEW, Tally
from espace_tui.local.settings import LocalPaths, is_set

if TYPE_CHECKING:
    from espace_tui.counter.computer import Risk

PREPARED = "espace_tui.cli.commands.visits.prepared"
"""What a visit is started with: it imports what it needs, then waits until it may begin."""


def add(group: CommandGroup) -> None:
    """Add the commands."""
    parser = group.add("counter")
    commands = parser.add_group("cli.counter")
    start = commands.add("start", start_counter)
    start.add_face_options()
    start.add_argument("--exercise", action="store_true", help=parser.texts("cli.counter.exercise"))
    check = commands.add("check", check_computer)
    check.add_argument("--scroll", action="store_true", help=parser.texts("cli.counter.scroll"))
    counts = commands.add("counts", show_counts)
    counts.add_argument("--csv", action="store_true", help=parser.texts("cli.counter.csv"))


def check_computer(context: CommandContext) -> int:
    """Say what is unsafe about this computer: 0 nothing, 1 warned, 2 refused."""
    if context.options.scroll and not _look_for_erased_lines(context):
        return exit_codes.USAGE
    risks = _risks(context)
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


def _look_for_erased_lines(context: CommandContext) -> bool:
    """Erase some lines and ask whether they are still seen; tell whether it was answered."""
    context.refuse_together("--scroll", "--json")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        write_error(context.texts, "counter.refused", {"reason": context.texts("cli.no-terminal")})
        return False
    write_codes(scrollback.sample())
    context.write_count("counter.check.scrollback", scrollback.LINES)
    word = sys.stdin.readline().strip().lower()
    answers = {context.texts(f"linear.{each}"): each == "yes" for each in ("yes", "no")}
    seen = next((yes for name, yes in answers.items() if word and name.startswith(word)), None)
    if seen is None:
        write_error(context.texts, "linear.choice.yes-no", {})
        return False
    folder = LocalPaths.from_environment(context.environment).state_folder
    scrollback.remember(context.environment, folder, seen=seen)
    return True


def _write_risk(context: CommandContext, risk: Risk) -> None:
    text_id = "counter.refused" if risk.refused else "counter.warned"
    context.write(text_id, reason=_words_of(context, risk))


def _words_of(context: CommandContext, risk: Risk) -> str:
    """Return what was found, and what to do about it."""
    text_id = f"counter.computer.{risk.code}"
    return f"{context.texts(text_id, how=risk.how)} {context.texts(f'{text_id}.do', how=risk.how)}"


def show_counts(context: CommandContext) -> int:
    """Say the counts of each month; a small number is only said to be one."""
    months = Tally(tally_file(context.environment)).read()
    rows = [
        (month, key, word, number)
        for month, counts in sorted(months.items())
        for key, word, number in in_order(counts)
    ]
    if context.options.json:
        write_json(
            [
                {"month": m, "key": k, "word": w, "count": n or None, "few": n is None}
                for m, k, w, n in rows
            ]
        )
    elif context.options.csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(("month", "key", "word", "count", "label"))
        for month, key, word, number in rows:
            count = f"<{FEW}" if number is None else number or ""
            writer.writerow((month, key, word, count, _count_label(context, key, word)))
    elif not rows:
        context.write("counter.counts.none")
    else:
        few = context.texts("counter.counts.few", limit=FEW)
        withheld = context.texts("counter.counts.withheld")
        for month, key, word, number in rows:
            label = _count_label(context, key, word)
            count = few if number is None else number or withheld
            context.write("counter.counts.line", month=month, what=label, count=count)
    return exit_codes.DONE


def _count_label(context: CommandContext, key: str, word: str) -> str:
    what, which = context.texts(f"counts.{key}"), context.texts(f"counts.{key}.{word}")
    return context.texts("counter.counts.label", what=what, which=which)


def start_counter(context: CommandContext) -> int:
    """Become the counter, the parent of the visits, unless this computer is not fit for it."""
    refused = [risk for risk in _risks(context) if risk.refused]
    for risk in refused:
        write_error(context.texts, "counter.refused", {"reason": _words_of(context, risk)})
    return exit_codes.USAGE if refused else _become_counter(context)


def _become_counter(context: CommandContext) -> NoReturn:
    settings, exercise = context.settings, _is_exercise(context)
    counted = settings.counter_counts and not exercise
    parent = [
        *(sys.executable, "-P", "-m", "espace_tui.counter"),
        str(tally_file(context.environment)) if counted else "-",
        "locked" if settings.counter_lock else "open",
    ]
    given = [word for word in sys.argv[1:] if word not in {"counter", "start"}]
    visit = [sys.executable, "-P", "-m", PREPARED, "visit", "--counter", *given]
    sys.stdout.flush()
    os.execv(sys.executable, [*parent, *visit])


def _risks(context: CommandContext) -> tuple[Risk, ...]:
    """Return what is unsafe here; an exercise has a store that is thrown away."""
    folder = LocalPaths.from_environment(context.environment).state_folder
    settings, asked = context.settings, (context.environment, context.options.settings)
    here = is_set("counter_screens", *asked) and "here" in settings.counter_screens
    embedded = settings.backend == "embedded" and (here or is_set("backend", *asked))
    return computer.unsafe(
        context.environment, folder, is_embedded=embedded and not _is_exercise(context)
    )


def _is_exercise(context: CommandContext) -> bool:
    return bool(getattr(context.options, "exercise", False))
