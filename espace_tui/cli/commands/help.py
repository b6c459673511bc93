"""``espace-tui help accessibility`` (« aide accessibilite »): what one reads before a face."""

from __future__ import annotations

from collections.abc import Iterator

from espace_tui.cli import exit_codes
from espace_tui.cli.context import CommandContext, write_line
from espace_tui.cli.parser import CommandGroup
from espace_tui.i18n import Texts
from espace_tui.linear.command_names import COMMANDS
from espace_tui.linear.speaker import wrap
from espace_tui.local.settings.keys import DEFAULT_KEYS

TOPICS = ("accessibility", "accessibilite", "accessibilité")


def add(group: CommandGroup) -> None:
    """Add the command and its French name."""
    parser = group.add("help", run, "aide")
    parser.add_argument(
        "topic",
        nargs="?",
        choices=TOPICS,
        metavar=parser.texts("cli.help.metavar"),
        help=parser.texts("cli.help.topic"),
    )


def run(context: CommandContext) -> int:
    """Show a topic, or without one the usual help."""
    if context.options.topic is None:
        context.parser.print_help()
        return exit_codes.DONE
    write_line(accessibility(context.texts))
    return exit_codes.DONE


# --- the page on accessibility


def accessibility(texts: Texts) -> str:
    """Return the manual's page on accessibility, wrapped for any terminal."""
    sections = [_section(texts, heading, lines) for heading, lines in _sections(texts)]
    return "\n\n".join([texts("linear.manual.title"), *sections])


def _section(texts: Texts, heading: str, lines: list[str]) -> str:
    items = [line for words in lines for line in wrap(f"- {words}", "  ")]
    return "\n".join([*wrap(texts(heading)), *items])


def _sections(texts: Texts) -> Iterator[tuple[str, list[str]]]:
    ways = [texts(f"linear.manual.ways.{each}") for each in ("visual", "linear", "how", "back")]
    yield "linear.manual.ways", ways
    yield "linear.manual.commands", _commands(texts)
    yield "linear.manual.keys", _keys(texts)
    chosen = [texts(f"linear.manual.settings.{each}") for each in ("theme", "said", "paste")]
    yield "linear.manual.settings", chosen
    yield "linear.manual.script", [texts(f"linear.manual.script.{x}") for x in ("lines", "codes")]
    known = ("untested", "visual", "paste", "long", "windows")
    yield "linear.manual.limits", [texts(f"linear.manual.limits.{each}") for each in known]


def _commands(texts: Texts) -> list[str]:
    words = ("signs", "secret", "editing")
    each = [
        texts(
            "linear.command.line",
            name=texts(f"linear.command.{name}"),
            about=texts(f"linear.command.{name}.about"),
        )
        for name in COMMANDS
    ]
    return [*each, *(texts(f"linear.manual.commands.{word}") for word in words)]


def _keys(texts: Texts) -> list[str]:
    lines = [
        texts("linear.manual.keys.line", key=key.upper(), what=texts(f"face.do.{name}"))
        for name, key in sorted(DEFAULT_KEYS.items(), key=lambda item: int(item[1][1:]))
    ]
    return [texts("linear.manual.keys.moving"), *lines, texts("linear.manual.keys.others")]
