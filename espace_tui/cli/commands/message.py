"""``espace-tui message FILE|FOLDER|-``: what speaks for and against a message that was received.

Exit code 0: nothing unusual found (or a list to choose from); 1: signs of fraud, or to be checked;
2: the message cannot be read. The text of the message is not shown, and a code in it neither.
"""

from __future__ import annotations

import sys
import time
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any

from espace_tui.cli import exit_codes
from espace_tui.cli.context import CommandContext, write_error, write_json, write_line, write_notice
from espace_tui.cli.parser import CommandGroup
from espace_tui.clock import SystemClock
from espace_tui.errors import InvalidValue
from espace_tui.guide.message import sentences, sources
from espace_tui.guide.message.letter import Letter
from espace_tui.guide.message.process import Preview, read_letter, read_previews
from espace_tui.guide.message.sources import MessageSource, Progress

UNREADABLE = 2
STANDARD_INPUT = "-"
SECONDS_BETWEEN_REPORTS = 0.5


def add(group: CommandGroup) -> None:
    """Add the command."""
    parser = group.add("message", run)
    parser.epilog = parser.texts("cli.message.epilog")
    parser.add_argument(
        "source",
        metavar=parser.texts("cli.metavar.source"),
        help=parser.texts("cli.message.source"),
    )
    parser.add_argument(
        "--number",
        type=int,
        metavar=parser.texts("cli.metavar.number"),
        help=parser.texts("cli.message.number"),
    )


def run(context: CommandContext) -> int:
    """Read a message and judge it, or list the messages of a mailbox."""
    try:
        with _source(context) as source:
            return _choose(context, source)
    except InvalidValue as error:
        write_error(context.texts, f"error.{error.code}", error.values)
        return UNREADABLE


def _source(context: CommandContext) -> AbstractContextManager[MessageSource]:
    if context.options.source == STANDARD_INPUT:
        return nullcontext(sources.read_input())
    return sources.open_source(Path(context.options.source), _progress(context))


def _progress(context: CommandContext) -> Progress | None:
    """Return what tells a person at a terminal how far a large mailbox is read."""
    if not is_terminal():
        return None
    told = time.monotonic()

    def report(done: int, of: int) -> None:
        nonlocal told
        if time.monotonic() - told > SECONDS_BETWEEN_REPORTS and of:
            told = time.monotonic()
            percent = 100 * done // of
            write_notice(context.texts("cli.message.searching", percent=percent))

    return report


def is_terminal() -> bool:
    """Tell whether a person reads the standard error."""
    return sys.stderr.isatty()


def _choose(context: CommandContext, source: MessageSource) -> int:
    number = context.options.number
    if number is None and source.listed > 1:
        _show_list(context, source, read_previews([source.head(n) for n in range(source.listed)]))
        return exit_codes.DONE
    wanted = 1 if number is None else number
    if not 1 <= wanted <= source.listed:
        raise InvalidValue("message.no-such-number", number=wanted, count=source.listed)
    believed = context.settings.letterbox_providers
    today = SystemClock().now().astimezone().date()
    letter = read_letter(source.message(wanted - 1), believed).dated(today)
    write_json(_as_json(context, letter)) if context.options.json else _show(context, letter)
    return exit_codes.DONE if letter.verdict == "nothing-unusual" else exit_codes.FAILED


# --- one message


def _show(context: CommandContext, letter: Letter) -> None:
    texts = context.texts
    context.write("cli.message.result", verdict=sentences.title(letter.verdict))
    for finding in letter.findings:
        write_line(texts(sentences.weighed(finding)))
    for text in sentences.advice(letter.verdict):
        write_line(texts(text))
    if letter.sender:
        context.write("cli.message.sender", sender=letter.sender)
    if letter.subject:
        context.write("cli.message.subject", subject=letter.subject)
    if letter.sent_on:
        context.write("cli.message.sent", day=letter.sent_on)


def _as_json(context: CommandContext, letter: Letter) -> dict[str, Any]:
    return {
        "verdict": letter.verdict.value,
        "sender": letter.sender,
        "sender_name": letter.sender_name,
        "recipient": letter.recipient,
        "forwarded_by": letter.forwarded_by,
        "subject": letter.subject,
        "sent_on": _day(letter.sent_on),
        "hosts": list(letter.hosts),
        "code_found": bool(letter.code),
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity.value,
                "values": dict(finding.values),
                "text": context.texts(sentences.sentence(finding)),
            }
            for finding in letter.findings
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


# --- many messages


def _show_list(context: CommandContext, source: MessageSource, previews: list[Preview]) -> None:
    if context.options.json:
        write_json(
            {
                "total": source.total,
                "messages": [
                    {"number": n, "sender": each.sender, "subject": each.subject, "day": each.day}
                    for n, each in enumerate(previews, 1)
                ],
            }
        )
        return
    context.write_count("cli.message.count", source.total)
    for number, each in enumerate(previews, 1):
        row = {"sender": each.sender, "subject": each.subject, "day": each.day}
        context.write("cli.message.row", number=number, **row)
    if source.total > len(previews):
        context.write_count("cli.message.not-listed", source.total - len(previews))
    context.write("cli.message.choose")
