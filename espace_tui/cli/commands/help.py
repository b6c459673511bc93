"""``espace-tui help [COMMAND]``, and ``help accessibility`` (« aide accessibilite »), as a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from espace_tui.cli import exit_codes
from espace_tui.cli.context import CommandContext, write_error, write_json, write_line
from espace_tui.cli.parser import CommandGroup, Parser
from espace_tui.i18n import Texts
from espace_tui.i18n.spelling import nearest
from espace_tui.linear.command_names import COMMANDS
from espace_tui.linear.speaker import wrap
from espace_tui.local.settings.keys import DEFAULT_KEYS

TOPICS = ("accessibility", "accessibilite", "accessibilité")


def add(group: CommandGroup) -> None:
    """Add the command and its French name."""
    parser = group.add("help", run, "aide")
    parser.add_argument(
        "words",
        nargs="*",
        default=[],
        metavar=parser.texts("cli.help.metavar"),
        help=parser.texts("cli.help.topic"),
    )


def run(context: CommandContext) -> int:
    """Show the help of a command, a topic, or without any the usual help."""
    words, is_json = context.options.words, context.options.json
    if len(words) == 1 and words[0] in TOPICS:
        page = accessibility(context.texts)
        write_json({"topic": TOPICS[0], "text": page}) if is_json else write_line(page)
        return exit_codes.DONE
    parser = _find(context, words)
    if parser is None:
        return exit_codes.USAGE
    write_json(parser.as_json()) if is_json else parser.print_help()
    return exit_codes.DONE


def _find(context: CommandContext, words: list[str]) -> Parser | None:
    """Return the parser of a command; says which is the nearest when there is none."""
    parser = cast("Parser", context.parser)
    for word in words:
        known = parser.commands()
        if word not in known:
            near = nearest(word, [*known, TOPICS[0]])
            write_error(context.texts, "cli.help.unknown", {"nearest": near})
            return None
        parser = known[word]
    return parser


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


def _without_state(texts: Texts, name: str) -> str:
    """Return what a key does, without the state that the full screen shows beside it."""
    return texts(f"face.do.{name}", name="").rstrip(" :\u00a0\u202f")


def _keys(texts: Texts) -> list[str]:
    lines = [
        texts("linear.manual.keys.line", key=key.upper(), what=_without_state(texts, name))
        for name, key in sorted(DEFAULT_KEYS.items(), key=lambda item: int(item[1][1:]))
    ]
    return [texts("linear.manual.keys.moving"), *lines, texts("linear.manual.keys.others")]
