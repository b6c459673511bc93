"""``espace-tui completion bash|zsh|fish``: what the shell needs to complete the commands."""

from __future__ import annotations

from espace_tui.cli import exit_codes, lazy
from espace_tui.cli.context import CommandContext, write_json, write_line
from espace_tui.cli.parser import CommandGroup

SHELLS = ("bash", "zsh", "fish")


def add(group: CommandGroup) -> None:
    """Add the command."""
    parser = group.add("completion", run)
    parser.add_argument(
        "shell", choices=SHELLS, metavar="bash|zsh|fish", help=parser.texts("cli.completion.shell")
    )


def run(context: CommandContext) -> int:
    """Write the completion script of a shell."""
    shell = context.options.shell
    script = lazy.shtab.complete(context.parser, shell=shell)
    write_json({"shell": shell, "script": script}) if context.options.json else write_line(script)
    return exit_codes.DONE
