"""``espace-tui handout --output FILE.html|.txt``: the blank sheet that people take home."""

from __future__ import annotations

from pathlib import Path

from espace_tui.cli import exit_codes, lazy
from espace_tui.cli.context import CommandContext, write_error, write_json
from espace_tui.cli.parser import CommandGroup
from espace_tui.local.private_files import os_errors

FRENCH = "fr"
OTHERS = ("en", "ar", "uk", "tr", "pt", "fa")


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
    handouts = lazy.handouts
    path, easy = context.options.output, context.options.easy
    language = context.options.other or context.texts.language.replace(FRENCH, "")
    write = {".html": handouts.as_page, ".txt": handouts.as_text}.get(path.suffix.lower())
    if write is None:
        return _refuse(context, "cli.handout.suffix")
    if easy and language and language not in handouts.EASY:
        return _refuse(context, "cli.handout.no-easy")
    other = handouts.load_sheet(language, easy=easy) if language else None
    with os_errors():
        path.write_text(write(handouts.load_sheet(FRENCH, easy=easy), other), "utf-8", newline="\n")
    if context.options.json:
        write_json({"output": str(path)})
    else:
        context.write("cli.handout.written", path=path)
    return exit_codes.DONE


def _refuse(context: CommandContext, text_id: str) -> int:
    write_error(context.texts, text_id, {})
    return exit_codes.USAGE
