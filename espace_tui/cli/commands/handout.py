"""``espace-tui handout --output FILE.html|.txt``: the blank sheet that people take home."""

from __future__ import annotations

from pathlib import Path

from espace_tui.cli import exit_codes
from espace_tui.cli.context import CommandContext, write_error
from espace_tui.cli.parser import CommandGroup

FRENCH = "fr"
OTHERS = ("en", "ar", "uk")


def add(group: CommandGroup) -> None:
    """Add the command."""
    parser = group.add("handout", run)
    parser.add_argument(
        "--output",
        required=True,
        type=Path,
        metavar=parser.texts("cli.metavar.output"),
        help=parser.texts("cli.handout.output"),
    )
    parser.add_argument("--easy", action="store_true", help=parser.texts("cli.handout.easy"))
    parser.add_argument(
        "--with",
        dest="other",
        choices=OTHERS,
        metavar=parser.texts("cli.metavar.other"),
        help=parser.texts("cli.handout.with"),
    )


def run(context: CommandContext) -> int:
    """Write the sheet: French, and under each line a second language where one is asked for."""
    from espace_tui.counter.handouts import as_page, as_text, load_sheet  # noqa: PLC0415
    from espace_tui.counter.handouts.sheets import EASY  # noqa: PLC0415 — when it runs
    from espace_tui.local.private_files import os_errors  # noqa: PLC0415 — when it runs

    path, easy = context.options.output, context.options.easy
    language = context.options.other or context.texts.language.replace(FRENCH, "")
    write = {".html": as_page, ".txt": as_text}.get(path.suffix.lower())
    if write is None:
        return _refuse(context, "cli.handout.suffix")
    if easy and language and language not in EASY:
        return _refuse(context, "cli.handout.no-easy")
    other = load_sheet(language, easy=easy) if language else None
    with os_errors():
        path.write_text(write(load_sheet(FRENCH, easy=easy), other), "utf-8", newline="\n")
    context.write("cli.handout.written", path=path)
    return exit_codes.DONE


def _refuse(context: CommandContext, text_id: str) -> int:
    write_error(context.texts, text_id, {})
    return exit_codes.USAGE
